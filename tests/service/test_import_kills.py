"""An import that is killed at any moment has kept all of its file or nothing, and again brings the rest (F4, F5)."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import audit
from service.access import OPERATOR
from service.privacy import Keys
from service.storage.engine import Database
from tests.service.intake.made import HEADINGS, WORDS, csv_of

KILLS, PEOPLE = 8, 12

IMPORTER = """
import sys
from multiprocessing import get_context
from pathlib import Path
from service.app import build_house
from service.intake.rows import SURVEYS, read_path
from service.operations.importing import import_surveys
from service.settings import Settings

def bring_in(path):
    report = import_surveys(house, read_path(path, SURVEYS).rows, name=".csv")
    print(report.saved, report.duplicate, len(report.rejected), flush=True)

house = build_house(Settings(database=sys.argv[1], secret_file=Path(sys.argv[2])))
house.database.close()
for line in sys.stdin:
    seconds, path = line.split()
    process = get_context("fork").Process(target=bring_in, args=(Path(path),))
    process.start()
    process.join(float(seconds))
    process.kill()
    process.join()
    print("over", flush=True)
"""


class Importer:
    """A process that imports files, each in a process of its own that is killed after some time."""

    def __init__(self, folder: Path) -> None:
        self.folder, secret = folder, folder / "key"
        secret.write_bytes(b"k" * 32)
        self.url = f"sqlite:///{folder / 'a.db'}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", IMPORTER, self.url, str(secret)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, path: Path, seconds: float) -> str:
        """Import a file, and return what was said of it before the time was over."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{seconds} {path}\n")
        self._process.stdin.flush()
        said = iter(self._process.stdout.readline, "over\n")
        return "".join(said).strip()

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def importer(tmp_path: Path) -> Iterator[Importer]:
    made = Importer(tmp_path)
    yield made
    made.close()


def written(folder: Path, run: int) -> Path:
    rows = [[f"R{run}-{i}", WORDS[i % 4], "Phan Rí Cửa", "20/11/2026", "", ""] for i in range(PEOPLE)]
    path = folder / f"{run}.csv"
    path.write_text(csv_of([HEADINGS, *rows]), encoding="utf-8")
    return path


def people_of(database: Database, run: int) -> int:
    with database.store(OPERATOR) as store:
        return sum(person.person_id.startswith(f"R{run}-") for person in store.people.page(limit=1000))


def test_a_killed_import_is_whole_or_never_was(importer: Importer):
    """F4, F5: killed at moments all over the time that it takes, then let through; nothing comes twice."""
    importer.run(written(importer.folder, 0), 60)
    began = time.monotonic()
    assert importer.run(written(importer.folder, 1), 60) == f"{PEOPLE} 0 0"
    seconds = time.monotonic() - began
    database = Database(importer.url, Keys(b"k" * 32))
    for run in range(2, 2 + KILLS):
        path = written(importer.folder, run)
        said = importer.run(path, seconds * 1.2 * (run - 1) / KILLS)
        kept = people_of(database, run)
        assert kept in (0, PEOPLE)
        assert not said or kept == PEOPLE, "what was acknowledged is there"
        assert importer.run(path, 60) == f"{PEOPLE - kept} {kept} 0"
    with database.reading() as connection:
        entries, _ = audit.verify(connection, database.keys)
    database.close()
    assert entries == 2 + KILLS, "one entry for each file"
