"""Counts of requests, for Prometheus: by route template, never by path, so that no id stands in them."""

import threading
from bisect import bisect_left
from collections import Counter

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds in seconds."""


class Metrics:
    """What this process has answered since it started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[tuple[str, int]] = Counter()
        self._seconds: Counter[str] = Counter()

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._buckets[route, bisect_left(BUCKETS, seconds)] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]

    def text(self) -> str:
        """Return the counts in Prometheus' text format."""
        with self._lock:
            lines = ["# TYPE viecgan_requests_total counter"]
            lines += [
                f'viecgan_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}'
                for (method, route, status), count in sorted(self._requests.items())
            ]
            lines.append("# TYPE viecgan_request_seconds histogram")
            for route in sorted(self._seconds):
                lines += self._histogram(route)
        return "\n".join(lines) + "\n"

    def _histogram(self, route: str) -> list[str]:
        total, lines = 0, []
        for i, bound in enumerate((*map(str, BUCKETS), "+Inf")):
            total += self._buckets[route, i]
            lines.append(f'viecgan_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}')
        lines.append(f'viecgan_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}')
        lines.append(f'viecgan_request_seconds_count{{route="{route}"}} {total}')
        return lines
