"""Fixtures of the service's tests: databases of both kinds."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from gouji.service.database import Database, migrate

_numbers = itertools.count()


def load(name: str):
    """A helper module beside this file."""
    known = f"service_tests_{name}"
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, Path(__file__).parent / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[known] = module
        spec.loader.exec_module(module)
    return sys.modules[known]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A running PostgreSQL; skipped, by name, where Debian's package `postgresql` is not installed."""
    postgres = load("postgres")
    if postgres.PROGRAMS is None:
        pytest.skip("needs PostgreSQL (Debian package postgresql)")
    with postgres.server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server) -> str:
    """A fresh database on the server."""
    name = f"gouji_{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres_server.replace("/postgres", f"/{name}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'gouji.sqlite3'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def open_database() -> Iterator[Callable[[str], Database]]:
    """Opens databases and closes them behind the test."""
    opened: list[Database] = []

    def open_(url: str) -> Database:
        opened.append(Database(url.replace("postgresql://", "postgresql+psycopg://")))
        return opened[-1]

    yield open_
    for database in opened:
        database.close()


@pytest.fixture
def database(database_url, open_database) -> Database:
    """An empty database at the newest revision, of each kind in turn."""
    found = open_database(database_url)
    migrate(found)
    return found


@pytest.fixture(scope="session")
def gates():
    """The module that makes running services."""
    return load("gate")


@pytest.fixture(scope="session")
def shared_gate(gates, tmp_path_factory):
    """One service for many tests, with its cast; a test that changes much makes its own campaign in it."""
    with gates.running(tmp_path_factory.mktemp("gate")) as gate:
        yield gates.people(gate)


@pytest.fixture
def gate(shared_gate, request):
    """The shared service with a fresh campaign under the name `campaign`."""
    units = ["清水县水利局", "清水县公路局"]
    shared_gate.open_campaign("campaign", units, ["reviewer"], title=request.node.name[:80])
    return shared_gate


@pytest.fixture
def tools():
    """The modules that start processes and load them."""
    return load("processes"), load("load")


@pytest.fixture(scope="session")
def load_helper():
    """Helper modules by name."""
    return load
