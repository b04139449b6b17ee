"""Results on a survey, ready for every format."""
