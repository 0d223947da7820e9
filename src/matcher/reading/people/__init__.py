"""Rules for who somebody is: age and sex, smoking, alcohol, contraception, volunteers."""
