"""The fields of a posting, one reader a file; each reads the same `Page`."""
