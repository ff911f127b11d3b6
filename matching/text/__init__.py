"""Vietnamese made comparable: pure functions that keep the way back to the original text."""
