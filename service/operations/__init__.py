"""What users do, one module a kind of user; each function authorises by its store, reads, matches and records."""
