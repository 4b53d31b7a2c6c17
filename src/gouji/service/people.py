"""People, passwords, sessions and tokens."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gouji.model.text import Text
from gouji.service import trail
from gouji.service.access import Actor, Role, Scope
from gouji.service.faults import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from gouji.service.settings import Settings
from gouji.service.tables import Person, Token, Unit, Visit, now

PASSWORD_LENGTH = 10


def digest_of(word: str) -> str:
    """How a cookie or token is kept: it is long and random, so a plain digest cannot be guessed back."""
    return hashlib.sha256(word.encode()).hexdigest()


class People:
    """What is done with people, each with its row in the trail."""

    def __init__(self, settings: Settings, key: bytes) -> None:
        self.settings = settings
        self._key = key
        self._hasher = PasswordHasher(time_cost=settings.password_cost)
        self._nobody = self._hasher.hash(secrets.token_hex())

    def add(
        self, session: Session, by: str, login: str, name: str, role: str, unit_id: int | None = None
    ) -> tuple[Person, str]:
        """A new person, with a one-time password that he must change."""
        if (role == Role.SUBMITTER) != (unit_id is not None):
            raise Invalid(Text("报送人须有所属单位，其他角色不设单位", "a submitter has a unit, no other role has one"))
        if unit_id is not None and session.get(Unit, unit_id) is None:
            raise Invalid(Text("没有这个单位", "no such unit"))
        if session.scalar(select(Person.id).where(Person.login == login)) is not None:
            raise Conflict(Text(f"用户名 {login} 已存在", f"the login {login} is taken"))
        password = secrets.token_urlsafe(12)
        person = Person(login=login, name=name, role=Role(role).value, unit_id=unit_id, must_change=True)
        person.password = self._hasher.hash(password)
        session.add(person)
        session.flush()
        trail.record(session, self._key, by, "person.create", f"person:{person.id}", login=login, role=role, unit=unit_id)
        return person, password

    def change(
        self, session: Session, by: Actor, number: int, *, active: bool | None, role: str | None, name: str | None
    ) -> Person:
        """Switch somebody on or off, or give him another role or name."""
        person = session.get(Person, number)
        if person is None:
            raise NotFound
        if number == by.id and (active is False or role not in {None, by.role}):
            raise Conflict(Text("不能停用自己或改变自己的角色", "nobody switches himself off or changes his own role"))
        if role is not None and (role == Role.SUBMITTER) != (person.unit_id is not None):
            raise Invalid(Text("报送人须有所属单位，其他角色不设单位", "a submitter has a unit, no other role has one"))
        person.active = person.active if active is None else active
        person.role = person.role if role is None else Role(role).value
        person.name = person.name if name is None else name
        self.sign_out_everywhere(session, number)
        said = {"active": person.active, "role": person.role, "name": person.name}
        trail.record(session, self._key, by.login, "person.change", f"person:{number}", **said)
        return person

    def reset(self, session: Session, by: str, number: int) -> str:
        """A new one-time password; whoever was signed in with the old one is out."""
        person = session.get(Person, number)
        if person is None:
            raise NotFound
        password = secrets.token_urlsafe(12)
        person.password, person.must_change = self._hasher.hash(password), True
        person.failures, person.locked_until = 0, None
        self.sign_out_everywhere(session, number)
        trail.record(session, self._key, by, "person.reset-password", f"person:{number}")
        return password

    def change_password(self, session: Session, number: int, old: str, new: str) -> None:
        """One's own password, by giving the old one."""
        person = session.get_one(Person, number)
        if not self._fits(person.password, old):
            raise Forbidden(Text("原密码不对", "the old password is wrong"))
        if len(new) < PASSWORD_LENGTH or new in {old, person.login} or len(set(new)) < 5:
            said = f"新密码至少 {PASSWORD_LENGTH} 个字符，不得与原密码或用户名相同"
            raise Invalid(Text(said, f"the new password needs {PASSWORD_LENGTH} characters and must differ from the old one"))
        person.password, person.must_change = self._hasher.hash(new), False
        self.sign_out_everywhere(session, number)
        trail.record(session, self._key, person.login, "person.change-password", f"person:{number}")

    def check_password(self, session: Session, login: str, password: str) -> Person | None:
        """The person, or None. Failures are counted here, so the transaction must be committed either way.

        An unknown name takes as long as a known one. After some failures in a row the account is locked for a while.
        """
        person = session.scalars(select(Person).where(Person.login == login)).unique().one_or_none()
        if person is None:
            self._fits(self._nobody, password)
            return None
        locked = person.locked_until is not None and person.locked_until > now()
        fits = self._fits(person.password, password)
        if locked or not person.active:
            return None
        if fits:
            person.failures, person.locked_until = 0, None
            return person
        person.failures += 1
        if person.failures >= self.settings.limits.login_failures:
            person.failures, person.locked_until = 0, now() + timedelta(minutes=self.settings.limits.lock_minutes)
            trail.record(session, self._key, person.login, "person.locked", f"person:{person.id}")
        return None

    def _fits(self, hashed: str | None, password: str) -> bool:
        try:
            return self._hasher.verify(hashed or self._nobody, password) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False

    def sign_in(self, session: Session, person: Person) -> str:
        """A new session, whatever cookie came with the request: its word, which is kept only as a digest."""
        word = secrets.token_urlsafe(32)
        session.execute(delete(Visit).where(Visit.expires_at < now()))
        until = now() + timedelta(hours=self.settings.session_hours)
        session.add(Visit(digest=digest_of(word), person_id=person.id, csrf=secrets.token_hex(24), expires_at=until))
        trail.record(session, self._key, person.login, "person.sign-in", f"person:{person.id}")
        return word

    def visit(self, session: Session, word: str) -> Visit | None:
        """The session of a cookie, if it holds."""
        found = session.get(Visit, digest_of(word)) if word else None
        return found if found and found.expires_at > now() and found.person.active else None

    def sign_out(self, session: Session, word: str) -> None:
        session.execute(delete(Visit).where(Visit.digest == digest_of(word)))

    def sign_out_everywhere(self, session: Session, number: int) -> None:
        session.execute(delete(Visit).where(Visit.person_id == number))

    def add_token(
        self, session: Session, actor: Actor, name: str, scopes: Iterable[str], until: datetime | None = None
    ) -> tuple[Token, str]:
        """A token of one's own, and its word, shown this once."""
        asked = sorted({Scope(s).value for s in scopes})
        if not asked:
            raise Invalid(Text("至少选择一个范围", "choose at least one scope"))
        if actor.scopes is not None and not set(asked) <= actor.scopes:
            raise Forbidden(Text("不能签发比自己范围更大的令牌", "a token cannot give what it does not have"))
        word = f"gouji_{secrets.token_urlsafe(32)}"
        token = Token(person_id=actor.id, name=name, digest=digest_of(word), scopes=asked, expires_at=until)
        session.add(token)
        session.flush()
        trail.record(session, self._key, actor.login, "token.create", f"token:{token.id}", name=name, scopes=asked)
        return token, word

    def revoke_token(self, session: Session, actor: Actor, number: int) -> None:
        """End a token of one's own."""
        token = session.get(Token, number)
        if token is None or token.person_id != actor.id:
            raise NotFound
        if token.revoked_at is None:
            token.revoked_at = now()
            trail.record(session, self._key, actor.login, "token.revoke", f"token:{number}")

    def bearer(self, session: Session, word: str) -> Actor:
        """Who a token speaks for; NotSignedIn where it does not hold."""
        token = session.scalars(select(Token).where(Token.digest == digest_of(word))).unique().one_or_none()
        if token is None or token.revoked_at or (token.expires_at and token.expires_at <= now()) or not token.person.active:
            raise NotSignedIn(Text("令牌无效", "the token does not hold"))
        return Actor.of(token.person, frozenset(map(str, token.scopes)))
