"""Draws the committed judgements anew: `python -m matching.samples`, after a change of people, offers or preference."""

from matching.samples.committed import DATA, draw_judgements, load_samples
from matching.taxonomy.release import current_taxonomy

if __name__ == "__main__":
    (DATA / "judgements.jsonl").write_bytes(draw_judgements(load_samples(), current_taxonomy()))
