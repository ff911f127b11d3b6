"""What things are called and how they relate: one release of reviewable tables."""
