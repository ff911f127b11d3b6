"""The only reader of the environment; everything else is handed its values.

| variable              | meaning                                                        | default              |
|-----------------------|----------------------------------------------------------------|----------------------|
| VIECGAN_DATABASE      | SQLAlchemy URL                                                 | sqlite:///viecgan.db |
| VIECGAN_HOST, _PORT   | where to listen                                                | 127.0.0.1, 8000      |
| VIECGAN_WORKERS       | processes                                                      | 1                    |
| VIECGAN_SECRET_FILE   | key behind pseudonyms, candidate ids and the audit chain       | DATABASE.key         |
| VIECGAN_SAMPLES       | 1: load the invented people and offers, loopback only          | 0                    |
| VIECGAN_TLS           | 1: browsers come over TLS (Secure cookies, HSTS)               | 0                    |
| VIECGAN_PROXIES       | addresses of proxies that are believed from where a request is | 127.0.0.1            |
| VIECGAN_MODELS        | folder of model releases                                       | models               |
| VIECGAN_POOLS         | folder of offers laid out for servers to open                  | DATABASE.pools       |
| VIECGAN_HOME_PROVINCE | province in which bare place names are looked up first         | Lâm Đồng             |
"""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from service.errors import SettingsError

PREFIX = "VIECGAN_"
MIN_SECRET_BYTES = 32
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How one process of the service runs."""

    database: str = "sqlite:///viecgan.db"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    secret_file: Path | None = None
    """None: beside the SQLite file."""
    samples: bool = False
    tls: bool = False
    proxies: str = "127.0.0.1"
    """Separated by commas; each must say in `X-Forwarded-For` for whom it asks, or all its users are one network."""
    models: Path = Path("models")
    pools: Path | None = None
    """None: beside the SQLite file, or `pools` where there is none."""
    home_province: str = "Lâm Đồng"

    def __post_init__(self) -> None:
        if not 0 < self.port < 65536:
            raise SettingsError(f"port [{self.port}] must be between 1 and 65535")
        if not 1 <= self.workers <= 64:
            raise SettingsError(f"workers [{self.workers}] must be between 1 and 64")
        if self.samples and not is_loopback(self.host):
            raise SettingsError(
                f"host [{self.host}] is refused: sample users have a public password, so with --samples the service "
                "listens on this machine only; use --host 127.0.0.1, or start without --samples"
            )

    def as_environment(self) -> dict[str, str]:
        """Return the variables that give these settings again, for worker processes."""
        values = {
            "DATABASE": self.database,
            "HOST": self.host,
            "PORT": str(self.port),
            "WORKERS": str(self.workers),
            "SAMPLES": str(int(self.samples)),
            "TLS": str(int(self.tls)),
            "PROXIES": self.proxies,
            "MODELS": str(self.models),
            "HOME_PROVINCE": self.home_province,
        }
        for name, path in (("SECRET_FILE", self.secret_file), ("POOLS", self.pools)):
            if path is not None:
                values[name] = str(path)
        return {PREFIX + name: value for name, value in values.items()}

    def secret(self) -> bytes:
        """Return the key behind pseudonyms, candidate ids and the audit chain; make it on first use.

        Raises
        ------
        SettingsError
            The file is too short to be a key, or there is no place to keep one.
        """
        path = self.secret_file or self._default_secret_file()
        try:
            if not path.exists():
                _make_secret(path)
            secret = path.read_bytes()
        except OSError as error:
            raise SettingsError(f"{PREFIX}SECRET_FILE [{path}] cannot be used: {error.strerror}") from error
        if len(secret) < MIN_SECRET_BYTES:
            raise SettingsError(f"{PREFIX}SECRET_FILE [{path}] holds fewer than {MIN_SECRET_BYTES} bytes")
        return secret

    @property
    def pool_folder(self) -> Path:
        """Where offers are laid out."""
        beside = Path(self.database.removeprefix(_SQLITE) + ".pools")
        return self.pools or (beside if self.database.startswith(_SQLITE) else Path("pools"))

    def _default_secret_file(self) -> Path:
        if not self.database.startswith(_SQLITE):
            raise SettingsError(f"{PREFIX}SECRET_FILE must name a file when the database is not SQLite")
        return Path(self.database.removeprefix(_SQLITE) + ".key")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment gives.

    Raises
    ------
    SettingsError
        A variable holds what it cannot hold; the message names it.
    """
    values = os.environ if environment is None else environment
    chosen: dict[str, object] = {}
    for name in ("database", "host", "proxies", "home_province"):
        if text := values.get(PREFIX + name.upper()):
            chosen[name] = text
    for name in ("port", "workers"):
        if text := values.get(PREFIX + name.upper()):
            chosen[name] = _whole(PREFIX + name.upper(), text)
    for name in ("samples", "tls"):
        if text := values.get(PREFIX + name.upper()):
            chosen[name] = _yes(PREFIX + name.upper(), text)
    for name in ("secret_file", "models", "pools"):
        if text := values.get(PREFIX + name.upper()):
            chosen[name] = Path(text)
    return Settings(**chosen)  # type: ignore[arg-type]


def is_loopback(host: str) -> bool:
    """Say whether *host* reaches this machine only.

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _make_secret(path: Path) -> None:
    """Write a new secret so that of two processes that start at once one wins and both read the same bytes."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(secrets.token_bytes(MIN_SECRET_BYTES))
    with contextlib.suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise SettingsError(f"{name} [{text}] must be a whole number") from error


def _yes(name: str, text: str) -> bool:
    if text not in ("0", "1"):
        raise SettingsError(f"{name} [{text}] must be 0 or 1")
    return text == "1"
