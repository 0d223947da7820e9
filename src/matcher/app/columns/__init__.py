"""The three columns of the main screen: the patient, the trials, the chosen trial."""
