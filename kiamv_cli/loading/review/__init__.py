"""The files of a review: reviewers, assignment, forms, seals, first verdicts and outcomes."""
