"""From judged pairs to a model: a specification and a folder of events make one release, always the same."""
