"""Scores and classes, shown."""

VIEWS = {"Scores": "score:ScoreView"}
