"""Files from outside: rows in, records or reasons out; nothing here writes."""
