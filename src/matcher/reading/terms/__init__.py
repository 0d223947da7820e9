"""Rules for names: diseases, treatments and allergies, with their times, doses, courses and places."""
