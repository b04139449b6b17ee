"""Questionnaires, exports, interviews and answers from files."""
