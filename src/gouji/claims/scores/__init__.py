"""Scores, weights, grades: in running text, and the score sheet that a report makes up."""
