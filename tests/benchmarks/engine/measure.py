"""Quartiles of timings, and the machine they were taken on."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np


def quartiles_ms(seconds: Sequence[float]) -> dict[str, float]:
    """Return median and quartiles in milliseconds."""
    low, median, high = np.percentile(np.array(seconds) * 1e3, [25, 50, 75])
    return {"q1": round(float(low), 3), "median": round(float(median), 3), "q3": round(float(high), 3)}


def processor_clock(process: int) -> int:
    """Return the clock of the processor time of all threads of another process (clock_getcpuclockid of Linux)."""
    return (~process << 3) | 2


def machine() -> dict[str, Any]:
    """Return what the numbers depend on besides the code."""
    cpu = [line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return {
        "cpu": cpu[0] if cpu else platform.processor(),
        "cores": os.cpu_count(),
        "load_1min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []
