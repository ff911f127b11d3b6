"""Opens and closes offers at a steady pace, as an importing process beside the servers does.

`python -m tests.benchmarks.engine.load_changes FOLDER A_SECOND SECONDS` prints how many were made, and how late the
last one was.
"""

import sys
import time
from pathlib import Path

from service.app import build_house
from service.operations.own_offers import keep_offer, read_changed_offer, read_new_offer
from tests.benchmarks.engine.load_house import EMPLOYER, settings_for

OPENING = {
    "title": "Phụ hồ công trình nhà dân",
    "text": "Trộn hồ, chuyển gạch trong xã. Trả công theo ngày.",
    "occupation": "9313",
    "wage_min_vnd": 320000,
    "wage_unit": "day",
}
READY = "ready"


def main(folder: Path, a_second: float, seconds: float) -> None:
    """Open an offer and close the one opened before, in turn, through the operations of the product."""
    house = build_house(settings_for(folder))
    places, begun_at = house.taxonomy.places, int(time.time())
    print(READY, flush=True)  # noqa: T201
    sys.stdin.readline()
    begun, late = time.perf_counter(), 0.0
    for made in range(int(a_second * seconds)):
        due = begun + made / a_second
        time.sleep(max(0.0, due - time.perf_counter()))
        offer_id, home = f"N{begun_at}-{made // 2}", made // 2 * 37 % len(places)
        if made % 2:
            read = read_changed_offer(house, EMPLOYER, offer_id, {"status": "closed"})
        else:
            commune = f"{places.communes[home]}, {places.provinces[home]}"
            read = read_new_offer(house, EMPLOYER, OPENING | {"offer_id": offer_id, "commune": commune})
        with house.database.store(EMPLOYER, write=True) as store:
            keep_offer(store, house, read)
        late = time.perf_counter() - due
        if time.perf_counter() > begun + 2 * seconds:
            break
    print(made + 1, round(late, 3), flush=True)  # noqa: T201
    house.database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
