"""Migrations, transactions and the audit trail, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import threading

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from gouji.service import trail
from gouji.service.database import current, migrate, newest
from gouji.service.tables import Base, Campaign, Person, Unit, Webhook, now

KEY = b"the key of the tests"


def fill(database) -> None:
    """Rows in tables of both revisions, and two rows of the trail."""
    with database.write() as session:
        session.add(Unit(name="甲局"))
        session.add(Person(login="li", name="李", role="administrator", created_at=now()))
        session.add(Campaign(title="2024年度", year=2024, kind="whole_department", policy={"minimum_coverage": 50}))
        session.add(Webhook(url="http://127.0.0.1/hook"))
        trail.record(session, KEY, "li", "campaign.create", "campaign:1", title="2024年度")
        trail.record(session, KEY, "li", "unit.create", "unit:1", name="甲局")


def test_models_and_migrations_say_the_same(database):
    """The migrations make exactly the tables that the program declares."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": lambda n, *_: "procrastinate" not in str(n)})
        assert compare_metadata(context, Base.metadata) == []
    assert current(database) == newest()


def test_migrations_run_down_and_up_with_data_in_them(database):
    """A step down keeps what the older revision knows, down to nothing leaves nothing, and up again works each time."""
    fill(database)
    migrate(database, "0001")
    tables = inspect(database.engine).get_table_names()
    assert "webhooks" not in tables
    assert not [name for name in tables if "procrastinate" in name]
    with database.read() as session:
        assert session.scalars(select(Campaign.policy)).one() == {"minimum_coverage": 50}
        assert trail.verify(session, KEY).fault is None
    migrate(database)
    with database.read() as session:
        assert session.scalars(select(Person.created_at)).one().tzinfo is not None
        assert session.scalars(select(Webhook)).all() == []
    migrate(database, "base")
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    migrate(database)
    fill(database)


def test_a_database_of_a_newer_program_is_left_alone(database):
    """A revision that this program does not know is an error and not a guess."""
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RuntimeError, match="newer gouji"):
        migrate(database)


def test_a_failed_transaction_leaves_neither_change_nor_trail(database):
    """The change and its row in the trail are there together or not at all."""
    fill(database)
    with pytest.raises(ZeroDivisionError), database.write() as session:
        session.add(Unit(name="乙局"))
        trail.record(session, KEY, "li", "unit.create", "unit:2")
        raise ZeroDivisionError
    with database.read() as session:
        assert session.scalars(select(Unit.name)).all() == ["甲局"]
        assert trail.verify(session, KEY).rows == 2


def test_trail_written_by_many_at_once_is_one_chain(database):
    """Twelve threads write forty-eight rows: no gap, no fork, no deadlock."""

    def write(number: int) -> None:
        for turn in range(4):
            with database.write() as session:
                session.add(Unit(name=f"单位{number}-{turn}"))
                trail.record(session, KEY, f"p{number}", "unit.create", f"unit:{number}-{turn}")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        found = trail.verify(session, KEY)
        assert (found.rows, found.fault) == (48, None)


def test_the_database_refuses_to_change_the_trail(database):
    """Rows are appended; an UPDATE or DELETE is an error of the database itself."""
    fill(database)
    for statement in ("UPDATE trail SET actor = 'x'", "DELETE FROM trail"):
        with pytest.raises(DBAPIError, match="append-only"), database.write() as session:
            session.execute(text(statement))


TAMPERING = {
    "changed": ("UPDATE trail SET details = '{}' WHERE position = 1", "row 1 was changed"),
    "removed inside": ("DELETE FROM trail WHERE position = 1", "row 1 is missing"),
    "removed at the end": ("DELETE FROM trail WHERE position = 2", "removed at the end"),
    "all removed": ("DELETE FROM trail; UPDATE trail_head SET position = 0, digest = '0', seal = ''", "no rows"),
    "another seal": ("UPDATE trail_head SET seal = 'x'", "seal"),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_trail_shows_what_was_done_to_it(database, what):
    """Past the triggers, with the database in hand: changed words, removed rows and a new chain are told."""
    fill(database)
    statements, said = TAMPERING[what]
    with database.write() as session:
        if database.on_sqlite:
            session.execute(text("DROP TRIGGER trail_no_update"))
            session.execute(text("DROP TRIGGER trail_no_delete"))
        else:
            session.execute(text("ALTER TABLE trail DISABLE TRIGGER ALL"))
        for statement in statements.split("; "):
            session.execute(text(statement))
    with database.read() as session:
        assert said in trail.verify(session, KEY).fault


def test_a_chain_cut_back_and_sealed_anew_lacks_the_digest_noted_down(database):
    """Whoever has the key too can make a chain anew; a digest kept elsewhere still shows it."""
    fill(database)
    with database.read() as session:
        head = trail.verify(session, KEY).head
        assert trail.verify(session, KEY, head).fault is None
        assert "noted down" in trail.verify(session, KEY, "f" * 64).fault


def test_export_is_json_lines_in_order(database):
    """One object a line, with details as an object and the digest."""
    fill(database)
    with database.read() as session:
        lines = [json.loads(line) for line in trail.export(session)]
    assert [(e["position"], e["action"]) for e in lines] == [(1, "campaign.create"), (2, "unit.create")]
    assert lines[0]["details"] == {"title": "2024年度"}
    assert len(lines[1]["digest"]) == 64


def test_dump_of_postgresql_restores_with_a_whole_trail(postgres_url, postgres_server, open_database, load_helper, tmp_path):
    """pg_dump and pg_restore, as docs/service.md says: the rows, the trail and its triggers are there again."""
    database = open_database(postgres_url)
    migrate(database)
    fill(database)
    programs = load_helper("postgres").PROGRAMS
    dump, other = tmp_path / "gouji.dump", postgres_url + "_restored"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {other.rpartition('/')[2]}")
    subprocess.run([programs / "pg_dump", "-Fc", "-f", dump, postgres_url], check=True)
    subprocess.run([programs / "pg_restore", "--no-owner", "-d", other, dump], check=True)
    restored = open_database(other)
    migrate(restored)
    with restored.read() as session:
        assert (trail.verify(session, KEY).fault, session.scalars(select(Unit.name)).all()) == (None, ["甲局"])
    with pytest.raises(DBAPIError, match="append-only"), restored.write() as session:
        session.execute(text("DELETE FROM trail"))
