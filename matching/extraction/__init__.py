"""The skills-profile extractor and the posting reader: text in, facts with evidence out."""
