"""Server-rendered pages, Vietnamese first and English: no build step, nothing loaded from elsewhere."""
