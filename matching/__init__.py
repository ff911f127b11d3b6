"""From what was surveyed to what is proposed: the matching library of Việc Gần.

No web, no SQL, no environment and no clock in here; `docs/architecture.md` shows the rooms.
"""
