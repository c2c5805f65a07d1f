"""Set up and run the tracker on a machine that has Python 3.11+ and nothing else.

Used by the Makefile, which has chosen the Python; standard library only, since it runs before
anything is installed.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
ACCOUNTS = (
    ("province", "省金融办工作人员", "provincial clerk: reviews, publishes"),
    ("shaoguan", "韶关市金融局工作人员", "prefecture clerk: Shaoguan only"),
    ("department", "省直部门工作人员", "provincial department"),
    ("leader", "领导", "leader: reads"),
    ("auditor", "审计人员", "auditor: reads everything, and the journal"),
    ("administrator", "系统管理员", "administrator: users and rules"),
    ("bank-preparer", "银行填报人", "a bank's preparer"),
    ("bank-signatory", "银行签发人", "the same bank's signatory"),
    ("village-preparer", "村镇银行填报人", "a village bank's preparer"),
    ("village-signatory", "村镇银行签发人", "the same village bank's signatory"),
    ("microloan-preparer", "小额贷款公司填报人", "a microloan company's preparer"),
    ("microloan-signatory", "小额贷款公司签发人", "the same company's signatory"),
    ("guarantee-preparer", "担保机构填报人", "a guarantee agency's preparer"),
    ("guarantee-signatory", "担保机构签发人", "the same agency's signatory"),
)
DEMO_PASSWORD = "tracker-demo-2012"


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def fail(text: str) -> None:
    sys.stderr.write(text + "\n")
    raise SystemExit(1)


def install(requirements: str) -> None:
    """Make the virtual environment hold exactly what is pinned; nothing to do is quick."""
    files = ["requirements.txt", "requirements-dev.txt", "constraints.txt"]
    pinned = b"".join((ROOT / name).read_bytes() for name in files)
    mark = VENV / f".installed-{requirements}"
    digest = hashlib.sha256(pinned + sys.version.encode()).hexdigest()
    if PYTHON.exists() and mark.exists() and mark.read_text() == digest:
        return
    say(f"Installing what {requirements} names ...")
    if not PYTHON.exists():
        _make_venv()
    wanted = ["-r", requirements, "-c", "constraints.txt"]
    uv = _uv()
    if uv:
        subprocess.run(
            [uv, "pip", "install", "--quiet", "--python", str(PYTHON), *wanted],
            check=True,
            cwd=ROOT,
        )
    else:
        _pip(*wanted)
    mark.write_text(digest)


def _make_venv() -> None:
    """Make the virtual environment, or leave nothing behind and say what is missing."""
    try:
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True, cwd=ROOT)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        fail(
            f"{sys.executable} cannot make a virtual environment. On Debian or Ubuntu install "
            "it with: apt-get install python3-venv"
        )


def _uv() -> str | None:
    """uv installs several times faster than pip; without it pip does the same."""
    found = shutil.which("uv") or shutil.which(str(BIN / "uv"))
    if found:
        return found
    with contextlib.suppress(subprocess.CalledProcessError):
        _pip("uv")
        return shutil.which(str(BIN / "uv"))
    return None


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], check=True, cwd=ROOT)


def manage(*arguments: str) -> None:
    subprocess.run([str(PYTHON), "manage.py", *arguments], check=True, cwd=ROOT, env=environment())


def environment() -> dict[str, str]:
    """The environment of every process of a demonstration: the demo label is on.

    Webhooks may go to this machine itself, so that a receiver can be tried.
    """
    loopback = {
        "WEBHOOK_ALLOWED_HOSTS": "127.0.0.1",
        "WEBHOOK_PRIVATE_NETWORKS": "127.0.0.0/8",
        "WEBHOOK_ALLOW_HTTP": "1",
    }
    return {"DEMO_DATA": "1", **loopback, **os.environ, "PYTHONUNBUFFERED": "1"}


def prepare() -> None:
    """Database, reference data, and demo data the first time; nothing to do is quick.

    Migrating has run the system checks already.
    """
    (VAR / "static").mkdir(parents=True, exist_ok=True)
    ready, state = VAR / "prepared", _state()
    if ready.exists() and ready.read_text() == state and _database_stands():
        return
    say("Preparing the database ...")
    manage("prepare_database")
    manage("seed_reference", "--skip-checks")
    mark = VAR / "demo-seeded"
    if not mark.exists():
        manage("seed_demo", "--skip-checks")
        mark.write_text("The demo data was made on the first run; delete nothing here.\n")
    ready.write_text(state)


def _state() -> str:
    """A digest of what the database is made from: its address, migrations, reference data."""
    found = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/reference/**/*.*")]):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def _database_stands() -> bool:
    """Whether the SQLite file is there; another database is always asked again."""
    elsewhere = os.environ.get("DATABASE_URL") or (ROOT / ".env").exists()
    return not elsewhere and (VAR / "tracker.sqlite3").exists()


def run() -> None:
    """Serve pages and work in the background until Ctrl+C."""
    port = os.environ.get("PORT", "8000")
    _ask_free(port)
    install("requirements.txt")
    prepare()
    server = [
        str(BIN / "gunicorn"),
        "config.wsgi:application",
        f"--bind=127.0.0.1:{port}",
        "--worker-class=gthread",
        f"--workers={max(2, min(4, os.cpu_count() or 2))}",
        "--threads=4",
        "--preload",
        "--timeout=120",
        "--graceful-timeout=5",
        "--log-level=warning",
    ]
    worker = [str(PYTHON), "manage.py", "db_worker", "--queue-name=*"]
    processes = [subprocess.Popen(each, cwd=ROOT, env=environment()) for each in (server, worker)]
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: _stop(processes))
    _await_server(port, processes)
    _greet(port)
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)
    _stop(processes, _ended(processes))


def _ask_free(port: str) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", int(port))) == 0:
            fail(f"Port {port} is taken. Stop what uses it, or choose another: make run PORT=8001")


def _await_server(port: str, processes: list[subprocess.Popen]) -> None:
    for _ in range(240):
        if any(process.poll() is not None for process in processes):
            _stop(processes, _ended(processes))
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2)
            return
        time.sleep(0.25)
    _stop(processes, "The server did not answer within a minute.")


def _ended(processes: list[subprocess.Popen]) -> str:
    """Say which process ended by itself; the other one is then stopped as well."""
    ended = next(each for each in processes if each.poll() is not None)
    return f"{Path(ended.args[0]).name} ended with code {ended.returncode}; stopping."


def _greet(port: str) -> None:
    say(f"\n  中小企业融资支持跟踪系统   http://127.0.0.1:{port}/\n")
    say(f"  演示账号 demo accounts, all with the password  {DEMO_PASSWORD}")
    for name, chinese, english in ACCOUNTS:
        say(f"    {name:<20} {chinese}（{english}）")
    say("\n  Ctrl+C stops the server; nothing is lost.\n")


def _stop(processes: list[subprocess.Popen], problem: str = "") -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
    if problem:
        fail(problem)
    raise SystemExit(0)


COMMANDS = {
    "run": run,
    "install": lambda: install("requirements.txt"),
    "install-dev": lambda: install("requirements-dev.txt"),
}

if __name__ == "__main__":
    os.chdir(ROOT)
    COMMANDS[sys.argv[1]]()
