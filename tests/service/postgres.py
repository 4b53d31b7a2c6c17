"""A PostgreSQL server of the test run's own, from Debian's package; it needs no service and leaves nothing behind."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _as_user() -> list[str]:
    """The server refuses to run as root: where tests do, it runs as the package's own user."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] if os.geteuid() == 0 else []


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def server() -> Iterator[str]:
    """The URL of a fresh server's database `postgres`."""
    folder = Path(tempfile.mkdtemp(prefix="gouji-pg-"))
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, port = folder / "data", _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    initdb = [PROGRAMS / "initdb", "-D", data, "-U", "gouji", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]
    subprocess.run([*_as_user(), *initdb], check=True, **quiet)
    options = {"port": port, "unix_socket_directories": "''", "listen_addresses": "127.0.0.1", "fsync": "off"}
    options |= {"max_connections": 300, "synchronous_commit": "on"}
    said = [word for key, value in options.items() for word in ("-c", f"{key}={value}".replace("''", ""))]
    running = subprocess.Popen([*_as_user(), PROGRAMS / "postgres", "-D", data, *said], **quiet)
    try:
        ready = [PROGRAMS / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-U", "gouji", "-t", "30"]
        while subprocess.run(ready, **quiet).returncode:
            assert running.poll() is None, "PostgreSQL did not start"
        yield f"postgresql://gouji@127.0.0.1:{port}/postgres"
    finally:
        running.terminate()
        running.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)
