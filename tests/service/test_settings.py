"""Settings: the only place where the environment is read."""

import re
import stat
from pathlib import Path

import pytest

import service
from service.errors import SettingsError
from service.settings import Settings, from_environment


def test_the_environment_gives_every_setting_and_gives_it_again():
    given = {
        "VIECGAN_DATABASE": "sqlite:///x.db", "VIECGAN_HOST": "127.0.0.1", "VIECGAN_PORT": "9000",
        "VIECGAN_WORKERS": "2", "VIECGAN_SAMPLES": "1", "VIECGAN_TLS": "1", "VIECGAN_SECRET_FILE": "k",
        "VIECGAN_MODELS": "m", "VIECGAN_PROXIES": "10.0.0.2", "VIECGAN_HOME_PROVINCE": "Quảng Trị", "OTHER": "x",
    }  # fmt: skip
    settings = from_environment(given)
    assert settings.port == 9000
    assert settings.samples is True
    assert from_environment(settings.as_environment()) == settings
    assert from_environment({}) == Settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PORT", "x"), ("PORT", "0"), ("PORT", "70000"), ("WORKERS", "-1"), ("SAMPLES", "yes"), ("TLS", "2")],
)
def test_a_setting_that_cannot_be_used_is_named(variable: str, value: str):
    with pytest.raises(SettingsError, match=re.escape(f"[{value}]")):
        from_environment({"VIECGAN_" + variable: value})


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_samples_are_served_on_this_machine_only(host: str):
    with pytest.raises(SettingsError, match=re.escape(host)):
        Settings(samples=True, host=host)


def test_the_secret_is_made_once_and_read_by_nobody_else(tmp_path: Path):
    settings = Settings(database=f"sqlite:///{tmp_path / 'a.db'}")
    secret = settings.secret()
    assert len(secret) >= 32
    assert settings.secret() == secret
    assert stat.S_IMODE((tmp_path / "a.db.key").stat().st_mode) == 0o600


def test_a_short_or_missing_secret_is_refused(tmp_path: Path):
    (tmp_path / "k").write_bytes(b"short")
    with pytest.raises(SettingsError, match="fewer"):
        Settings(secret_file=tmp_path / "k").secret()
    with pytest.raises(SettingsError, match="SECRET_FILE"):
        Settings(database="postgresql://x/y").secret()
    with pytest.raises(SettingsError, match="cannot"):
        Settings(secret_file=tmp_path / "no" / "k").secret()


def test_only_settings_reads_the_environment():
    """And only `app` and `cli` read settings."""
    root = Path(service.__file__).parent
    for path in root.rglob("*.py"):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        if name != "settings.py" and not name.startswith("cli/"):
            assert "os.environ" not in text, name
        if name not in ("settings.py", "app.py") and not name.startswith("cli/"):
            assert "service.settings" not in text, name
