"""Additive models: a score is the sum of one contribution a feature, looked up in tables that a person can read."""
