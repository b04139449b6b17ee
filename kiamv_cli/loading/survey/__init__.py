"""The files of a survey: interviews as they were coded, the codebook, and reported figures."""
