"""The script behind ``make run``: told plainly, done once, ended together."""

import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "tracker.py"


@pytest.fixture
def tracker(tmp_path, monkeypatch):
    """The script as a module, with a data folder of its own."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    spec = importlib.util.spec_from_file_location("tracker_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_taken_port_is_told_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [sys.executable, str(SCRIPT), "run"],
            env={**os.environ, "PORT": port},
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert f"Port {port} is taken" in ended.stderr
    assert "PORT=8001" in ended.stderr


def test_a_prepared_database_is_not_prepared_again(tracker, monkeypatch, tmp_path) -> None:
    asked = []
    monkeypatch.setattr(tracker, "manage", lambda *arguments: asked.append(arguments[0]))
    (tmp_path / "tracker.sqlite3").touch()
    tracker.prepare()
    assert asked == ["prepare_database", "seed_reference", "seed_demo"]
    tracker.prepare()
    assert len(asked) == 3


def test_new_migrations_are_applied_and_the_demo_is_not_made_twice(
    tracker, monkeypatch, tmp_path
) -> None:
    asked = []
    monkeypatch.setattr(tracker, "manage", lambda *arguments: asked.append(arguments[0]))
    (tmp_path / "tracker.sqlite3").touch()
    tracker.prepare()
    (tmp_path / "prepared").write_text("the state of an older version")
    tracker.prepare()
    assert asked[3:] == ["prepare_database", "seed_reference"]


def test_the_accounts_it_prints_are_those_of_the_demonstration(tracker) -> None:
    from reports.demo import people

    assert tracker.DEMO_PASSWORD == people.PASSWORD
    source = Path(people.__file__).read_text()
    for name, _chinese, _english in tracker.ACCOUNTS:
        word, _, role = name.partition("-")
        assert f'"{word}"' in source
        assert not role or f"-{role}" in source


def test_when_one_process_ends_the_other_is_stopped_and_told(tracker, capsys) -> None:
    lasting = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    ending = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    ending.wait(timeout=20)
    with pytest.raises(SystemExit):
        tracker._stop([lasting, ending], tracker._ended([lasting, ending]))
    assert lasting.poll() is not None
    assert "ended with code 3" in capsys.readouterr().err


def test_the_makefile_offers_what_the_readme_says() -> None:
    targets = (ROOT / "Makefile").read_text()
    for target in ("run", "test", "lint", "bench"):
        assert f"\n{target}:" in targets
