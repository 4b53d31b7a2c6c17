"""The database: SQLite in WAL mode or PostgreSQL, its sessions, its migrations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session, sessionmaker

_LOCK = 0x676F756A69  # "gouji": the advisory lock that lets one process migrate


class Database:
    """Sessions to read with and sessions to write with. A write is one transaction: whole, or not at all."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.on_sqlite = url.startswith("sqlite")
        if self.on_sqlite:
            self.engine = create_engine(url, connect_args={"timeout": 60, "check_same_thread": False}, pool_size=50)
            _prepare_sqlite(self.engine)
        else:
            self.engine = create_engine(url, pool_size=10, max_overflow=8, pool_timeout=60, pool_pre_ping=True)
        self._session = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that changes nothing."""
        with self._session() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction. On SQLite it holds the one write lock from its start, so that what it reads stays true."""
        engine = self.engine.execution_options(gouji_writes=True)
        with self._session(bind=engine) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins transactions itself, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=60000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("gouji_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("gouji.service") / "migrations"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision that this program's tables are at."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(database: Database) -> str | None:
    """The revision that the database is at; None where it has no tables of ours."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision, up or down; one process at a time."""
    with database.engine.execution_options(gouji_writes=True).begin() as connection:
        if not database.on_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config = _config(connection)
        here = MigrationContext.configure(connection).get_current_revision()
        scripts = ScriptDirectory.from_config(config)
        known = {script.revision for script in scripts.walk_revisions()}
        if here is not None and here not in known:
            raise RuntimeError(f"the database is at revision {here}, made by a newer gouji; known: {', '.join(sorted(known))}")
        down = revision == "base" or (revision in known and here is not None and revision < here)
        (command.downgrade if down else command.upgrade)(config, revision)
