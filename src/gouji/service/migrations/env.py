"""Alembic's entry: runs the revisions over the connection that `gouji.service.database.migrate` hands in."""

from __future__ import annotations

from alembic import context

from gouji.service.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
