"""How good it is, measured: extraction, postings, ranking, fairness."""
