"""Campaigns, their rosters and reviewers, units, and the figures of a dashboard."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from gouji.engine import catalogue, profiles
from gouji.model.text import Text
from gouji.service import access, trail
from gouji.service.access import Actor, Role
from gouji.service.faults import Conflict, Invalid
from gouji.service.policy import Policy
from gouji.service.tables import Assignment, Campaign, FindingRow, Person, RosterEntry, Submission, Unit, Version, now

KINDS = {
    "whole_department": Text("部门整体支出绩效自评", "whole department"),
    "project": Text("项目支出绩效自评", "project"),
    "final_accounts": Text("部门决算", "final accounts"),
    "other": Text("其他", "other"),
}
_HEAD = {"单位": "name", "单位名称": "name", "unit": "name", "代码": "code", "单位代码": "code", "code": "code"}
_HEAD |= {"截止": "deadline", "截止日期": "deadline", "deadline": "deadline"}
_MOST = 20_000


def known_profiles() -> list[str]:
    """The profiles that a campaign may name; the first lets each document choose."""
    return [profiles.AUTO, *sorted(catalogue.load().profiles)]


def change(session: Session, key: bytes, actor: Actor, number: int | None, said: dict[str, Any]) -> Campaign:
    """Make a campaign (number None) or change the fields given."""
    access.require(actor, "campaign.manage")
    if "kind" in said and said["kind"] not in KINDS:
        raise Invalid(Text("没有这种报告类型", f"no such kind; known: {', '.join(KINDS)}"))
    if "profile" in said and said["profile"] not in known_profiles():
        raise Invalid(Text(f"没有规则集 {said['profile']}", f"no profile {said['profile']}"))
    if "policy" in said:
        said = {**said, "policy": Policy.of(said["policy"]).row()}
    campaign = Campaign(policy=Policy().row()) if number is None else access.campaign(session, actor, "campaign.manage", number)
    for field, value in said.items():
        setattr(campaign, field, value)
    session.add(campaign)
    session.flush()
    told = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in said.items()}
    action = "campaign.create" if number is None else "campaign.change"
    trail.record(session, key, actor.login, action, f"campaign:{campaign.id}", **told)
    return campaign


def unit_named(session: Session, key: bytes, by: str, name: str, code: str | None = None) -> Unit:
    """The unit of that name, made where there is none."""
    found = session.scalars(select(Unit).where(Unit.name == name)).one_or_none()
    if found is None:
        found = Unit(name=name, code=code)
        session.add(found)
        session.flush()
        trail.record(session, key, by, "unit.create", f"unit:{found.id}", name=name, code=code)
    return found


@dataclass(frozen=True, slots=True)
class Expected:
    """A line of a roster."""

    name: str
    code: str | None = None
    deadline: datetime | None = None


def enrol(session: Session, key: bytes, actor: Actor, number: int, lines: Iterable[Expected]) -> int:
    """Put units on the roster; how many were not on it. A unit that is there gets the deadline given."""
    campaign = access.campaign(session, actor, "campaign.manage", number)
    added = []
    for line in lines:
        unit = unit_named(session, key, actor.login, line.name, line.code)
        entry = session.get(RosterEntry, (campaign.id, unit.id))
        if entry is None:
            entry = RosterEntry(campaign_id=campaign.id, unit_id=unit.id)
            added.append(unit.id)
        entry.deadline = line.deadline or entry.deadline
        session.add(entry)
        session.flush()
    trail.record(session, key, actor.login, "roster.enrol", f"campaign:{number}", units=added)
    return len(added)


def strike(session: Session, key: bytes, actor: Actor, number: int, unit_id: int) -> None:
    """Take a unit off the roster; not once it has submitted."""
    campaign = access.campaign(session, actor, "campaign.manage", number)
    handed = select(Submission.id).where(Submission.campaign_id == campaign.id, Submission.unit_id == unit_id)
    if session.scalar(handed) is not None:
        raise Conflict(Text("该单位已有报送，不能移出名单", "the unit has submitted; it stays on the roster"))
    session.execute(delete(RosterEntry).where(RosterEntry.campaign_id == number, RosterEntry.unit_id == unit_id))
    trail.record(session, key, actor.login, "roster.strike", f"campaign:{number}", unit=unit_id)


def roster(session: Session, campaign: Campaign) -> list[RosterEntry]:
    """Who is expected, by name."""
    found = select(RosterEntry).join(Unit).where(RosterEntry.campaign_id == campaign.id).order_by(Unit.name)
    return list(session.scalars(found).unique())


def read_roster(stream: BinaryIO) -> list[Expected]:
    """The lines of a workbook: first sheet, a head row with 单位 (or unit) and, optionally, 代码 and 截止日期.

    Raises Invalid naming the row that cannot be used; nothing of a faulty workbook is taken.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(stream, read_only=True, data_only=True)
        rows = [row for _, row in zip(range(_MOST + 1), book.worksheets[0].iter_rows(values_only=True), strict=False)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, TypeError) as error:
        raise Invalid(Text("这不是可读的 xlsx 文件", "this is no xlsx file that can be read")) from error
    if len(rows) > _MOST:
        raise Invalid(Text(f"名单超过 {_MOST} 行", f"the roster has more than {_MOST} rows"))
    for number, row in enumerate(rows):
        columns = {_HEAD[k]: i for i, cell in enumerate(row) if (k := str(cell or "").strip().lower()) in _HEAD}
        if "name" in columns:
            return [_line(columns, r, n) for n, r in enumerate(rows[number + 1 :], number + 2) if any(c is not None for c in r)]
    raise Invalid(Text("名单没有“单位”一列", "the roster has no column 单位 or unit"))


def _line(columns: dict[str, int], row: Sequence[Any], number: int) -> Expected:
    def cell(key: str) -> Any:
        place = columns.get(key, len(row))
        return row[place] if place < len(row) else None

    name, due = str(cell("name") or "").strip(), cell("deadline")
    if not 0 < len(name) <= 200:
        raise Invalid(Text(f"名单第 {number} 行没有单位名称", f"row {number} of the roster has no unit name"))
    if isinstance(due, str) and due.strip():
        try:
            due = date.fromisoformat(due.strip())
        except ValueError as error:
            said = Text(f"名单第 {number} 行的截止日期应写作 2025-03-31", f"row {number}: write the deadline as 2025-03-31")
            raise Invalid(said) from error
    if isinstance(due, date) and not isinstance(due, datetime):
        due = datetime.combine(due, time(23, 59, 59))
    code = str(cell("code")).strip()[:60] if cell("code") is not None else None
    return Expected(name, code, due.astimezone() if isinstance(due, datetime) else None)


def assign(session: Session, key: bytes, actor: Actor, number: int, people: Iterable[int]) -> None:
    """The reviewers of a campaign: these and no others."""
    campaign = access.campaign(session, actor, "campaign.manage", number)
    wanted = sorted(set(people))
    reviewers = set(session.scalars(select(Person.id).where(Person.id.in_(wanted), Person.role == Role.REVIEWER.value)))
    if missing := [p for p in wanted if p not in reviewers]:
        raise Invalid(Text(f"编号 {missing} 不是审核人", f"{missing} are no reviewers"))
    session.execute(delete(Assignment).where(Assignment.campaign_id == campaign.id))
    session.add_all(Assignment(campaign_id=campaign.id, person_id=p) for p in wanted)
    trail.record(session, key, actor.login, "campaign.assign", f"campaign:{number}", reviewers=wanted)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit on a dashboard. `state`: missing, or the submission's."""

    unit: str
    unit_id: int
    state: str
    late: bool  # the deadline is over and nothing was handed in that is not returned, or it came late
    deadline: datetime | None
    submission: int | None = None
    versions: int = 0
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Dashboard:
    """How a campaign stands."""

    lines: tuple[Line, ...]
    states: dict[str, int]
    late: int
    frequent: tuple[tuple[str, str, int], ...]  # code, name of the check, submissions that had it in their newest version
    days: tuple[tuple[str, int], ...]  # day, versions uploaded


def dashboard(session: Session, campaign: Campaign) -> Dashboard:
    """Who has submitted, passed, waits, is late; the most frequent faults; uploads by day."""
    found = select(Submission).where(Submission.campaign_id == campaign.id)
    by_unit = {s.unit_id: s for s in session.scalars(found).unique()}
    lines = tuple(_standing(e, by_unit.get(e.unit_id), campaign) for e in roster(session, campaign))
    states = dict.fromkeys(("missing", "checking", "returned", "in_review", "passed", "accepted"), 0)
    for line in lines:
        states[line.state] += 1
    newest = [s.versions[-1].job_id for s in by_unit.values() if s.versions]
    count = func.count(func.distinct(FindingRow.job_id))
    query = select(FindingRow.code, FindingRow.name, count).where(
        FindingRow.job_id.in_(newest), FindingRow.severity != "notice"
    )
    frequent = session.execute(
        query.group_by(FindingRow.code, FindingRow.name).order_by(count.desc(), FindingRow.code).limit(10)
    )
    uploaded = select(Version.created_at).join(Submission).where(Submission.campaign_id == campaign.id)
    days: dict[str, int] = {}
    for moment in session.scalars(uploaded.order_by(Version.created_at)):
        day = moment.astimezone().date().isoformat()
        days[day] = days.get(day, 0) + 1
    return Dashboard(lines, states, sum(ln.late for ln in lines), tuple((c, n, k) for c, n, k in frequent), tuple(days.items()))


def _standing(entry: RosterEntry, submission: Submission | None, campaign: Campaign) -> Line:
    deadline = entry.deadline or campaign.deadline
    over = deadline is not None and now() > deadline
    if submission is None:
        return Line(entry.unit.name, entry.unit_id, "missing", over, deadline)
    newest = submission.versions[-1]
    result = newest.job.result
    errors, warnings = (result.errors, result.warnings) if result else (0, 0)
    late = submission.versions[0].late or (over and submission.state == "returned")
    return Line(
        entry.unit.name, entry.unit_id, submission.state, late, deadline, submission.id, newest.number, errors, warnings
    )
