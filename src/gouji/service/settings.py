"""What the service is told when it starts: places, limits, ways to sign in."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

PREFIX = "GOUJI_"
_MB = 1024 * 1024


class SettingError(Exception):
    """A setting that cannot be used; the message names it and the reason."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one upload and one check may cost."""

    file_bytes: int = 50 * _MB  # one file
    upload_bytes: int = 120 * _MB  # one request
    upload_files: int = 20  # in one package
    check_seconds: float = 120.0  # wall clock of one check
    check_memory: int = 2048 * _MB  # address space of one worker process, beyond what it takes idle
    sync_bytes: int = 2 * _MB  # up to here POST /v1/check waits for the verdict
    sync_seconds: float = 25.0
    login_failures: int = 5  # in a row, then the account is locked
    lock_minutes: int = 15
    login_per_minute: int = 20  # from one address
    requests_per_minute: int = 1200  # by one person or token


@dataclass(frozen=True, slots=True)
class OpenIdConnect:
    """A provider that people may sign in with."""

    metadata: str  # …/.well-known/openid-configuration
    client_id: str
    client_secret: str = field(repr=False)
    name: str = "OpenID Connect"


@dataclass(frozen=True, slots=True)
class Settings:
    """Places, limits, ways to sign in. `database` and `files` default to places in the data folder."""

    data: Path
    database: str = ""
    files: str = ""
    secret: str = field(default="", repr=False)
    secure_cookies: bool = False
    session_hours: int = 12
    workers: int = 2
    password_cost: int = 3  # argon2 iterations
    limits: Limits = Limits()
    oidc: OpenIdConnect | None = None

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL."""
        if not self.database:
            return f"sqlite:///{(self.data / 'gouji.sqlite3').resolve()}"
        scheme, mark, rest = self.database.partition("://")
        if not mark or scheme not in {"sqlite", "postgresql", "postgres", "postgresql+psycopg"}:
            raise SettingError(f"database: {self.database!r} is neither sqlite:///FILE nor postgresql://…")
        return self.database if scheme == "sqlite" else f"postgresql+psycopg://{rest}"

    @property
    def on_postgresql(self) -> bool:
        return self.database_url.startswith("postgresql")

    @property
    def files_url(self) -> str:
        """The fsspec URL of the file store."""
        return self.files or str((self.data / "files").resolve())

    @property
    def key(self) -> bytes:
        """The service's own key: what it signs with. Given, or made once and kept in the data folder."""
        if self.secret:
            return self.secret.encode()
        place = self.data / "secret.key"
        try:
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return place.read_bytes().strip()
        with os.fdopen(handle, "wb") as stream:
            stream.write(secrets.token_hex(32).encode())
        return place.read_bytes()

    @classmethod
    def from_environment(cls, **given: Any) -> Self:
        """Settings from GOUJI_… variables; what is given and not None outranks them."""
        said = {**_environment(cls), **{k: v for k, v in given.items() if v is not None}}
        settings = cls(**said)
        limits = _environment(Limits)
        if metadata := os.environ.get(f"{PREFIX}OIDC_METADATA"):
            names = ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
            if missing := [n for n in names if not os.environ.get(PREFIX + n)]:
                raise SettingError(f"{PREFIX}OIDC_METADATA is set but {PREFIX}{missing[0]} is not")
            client, secret = (os.environ[PREFIX + n] for n in names)
            name = os.environ.get(f"{PREFIX}OIDC_NAME", "OpenID Connect")
            settings = replace(settings, oidc=OpenIdConnect(metadata, client, secret, name))
        return replace(settings, limits=replace(settings.limits, **limits))


def _environment(record: type[Any]) -> dict[str, Any]:
    """The fields of a record that variables set: GOUJI_FILE_BYTES for file_bytes."""
    readers: dict[str, Any] = {"int": int, "float": float, "str": str, "Path": Path, "bool": _flag}
    found = {}
    for known in fields(record):
        word = os.environ.get(f"{PREFIX}{known.name.upper()}")
        if word is None or str(known.type) not in readers:
            continue
        try:
            found[known.name] = readers[str(known.type)](word)
        except ValueError as error:
            raise SettingError(f"{PREFIX}{known.name.upper()}: {word!r} is not a value for it ({error})") from error
    return found


def _flag(word: str) -> bool:
    if word.lower() not in {"1", "0", "true", "false", "yes", "no"}:
        raise ValueError("say 1 or 0")
    return word.lower() in {"1", "true", "yes"}
