"""/v1: campaigns, rosters, reviewers, waivers, dashboards, units."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Path, UploadFile
from sqlalchemy import select

from gouji.service import access, campaigns, workflow
from gouji.service.tables import Campaign, Unit
from gouji.service.web import answers
from gouji.service.web import schemas as s
from gouji.service.web.guard import Caller, The

router = APIRouter(prefix="/v1", tags=["campaigns"])
Number = Annotated[int, Path(**s.NUMBER)]


@router.get("/campaigns", summary="The campaigns one may see")
def listed(service: The, actor: Caller) -> list[s.CampaignAnswer]:
    """The newest first."""
    reach = access.require(actor, "campaign.read")
    with service.database.read() as session:
        query = select(Campaign).where(access.campaigns_within(actor, reach)).order_by(Campaign.id.desc()).limit(1000)
        return [answers.campaign(c) for c in session.scalars(query)]


@router.post("/campaigns", status_code=201, summary="Open a campaign")
def create(service: The, actor: Caller, body: s.CampaignNew) -> s.CampaignAnswer:
    """Administrators only."""
    with service.database.write() as session:
        said = body.model_dump()
        return answers.campaign(campaigns.change(session, service.key, actor, None, said))


@router.get("/campaigns/{number}", summary="A campaign")
def one(service: The, actor: Caller, number: Number) -> s.CampaignAnswer:
    """Its rules and its deadline."""
    with service.database.read() as session:
        return answers.campaign(access.campaign(session, actor, "campaign.read", number))


@router.patch("/campaigns/{number}", summary="Change a campaign")
def change(service: The, actor: Caller, number: Number, body: s.CampaignChange) -> s.CampaignAnswer:
    """Only the fields that are given change."""
    with service.database.write() as session:
        said = body.model_dump(exclude_unset=True)
        if "policy" in said:
            said["policy"] = body.policy.model_dump()
        return answers.campaign(campaigns.change(session, service.key, actor, number, said))


@router.get("/campaigns/{number}/roster", summary="Who is expected")
def roster(service: The, actor: Caller, number: Number) -> list[s.RosterAnswer]:
    """A submitter sees his own unit's line."""
    with service.database.read() as session:
        campaign = access.campaign(session, actor, "campaign.read", number)
        entries = campaigns.roster(session, campaign)
        own = actor.reach("campaign.read") is access.Reach.OWN
        return [
            s.RosterAnswer(unit_id=e.unit_id, unit=e.unit.name, code=e.unit.code, deadline=e.deadline)
            for e in entries
            if not own or e.unit_id == actor.unit_id
        ]


@router.post("/campaigns/{number}/roster", summary="Put units on the roster")
def enrol(service: The, actor: Caller, number: Number, body: s.RosterBody) -> s.EnrolledAnswer:
    """A unit that is not known yet is made."""
    lines = [campaigns.Expected(u.unit, u.code, u.deadline) for u in body.units]
    with service.database.write() as session:
        return s.EnrolledAnswer(added=campaigns.enrol(session, service.key, actor, number, lines))


@router.post("/campaigns/{number}/roster/import", summary="Put the units of a workbook on the roster")
def enrol_workbook(service: The, actor: Caller, number: Number, file: Annotated[UploadFile, File()]) -> s.EnrolledAnswer:
    """xlsx; first sheet; a head row with 单位 or unit, and perhaps 代码 and 截止日期."""
    with service.database.read() as session:
        access.campaign(session, actor, "campaign.manage", number)
    lines = campaigns.read_roster(file.file)
    with service.database.write() as session:
        return s.EnrolledAnswer(added=campaigns.enrol(session, service.key, actor, number, lines))


@router.delete("/campaigns/{number}/roster/{unit_id}", status_code=204, summary="Take a unit off the roster")
def strike(service: The, actor: Caller, number: Number, unit_id: Number) -> None:
    """Not once it has submitted."""
    with service.database.write() as session:
        campaigns.strike(session, service.key, actor, number, unit_id)


@router.put("/campaigns/{number}/reviewers", status_code=204, summary="Assign the reviewers")
def assign(service: The, actor: Caller, number: Number, body: s.ReviewersBody) -> None:
    """These and no others."""
    with service.database.write() as session:
        campaigns.assign(session, service.key, actor, number, body.people)


@router.get("/campaigns/{number}/dashboard", summary="How a campaign stands")
def dashboard(service: The, actor: Caller, number: Number) -> s.DashboardAnswer:
    """Who has submitted, passed, waits, is late; the most frequent faults."""
    with service.database.read() as session:
        campaign = access.campaign(session, actor, "dashboard.read", number)
        board = campaigns.dashboard(session, campaign)
    units = [s.LineAnswer.model_validate(line, from_attributes=True) for line in board.lines]
    frequent = [s.FrequentAnswer(code=c, name=n, submissions=k) for c, n, k in board.frequent]
    return s.DashboardAnswer(states=board.states, late=board.late, frequent=frequent, uploads=dict(board.days), units=units)


@router.get("/campaigns/{number}/waivers", summary="Waivers that hold")
def waivers(service: The, actor: Caller, number: Number) -> list[s.WaiverAnswer]:
    """Of the whole campaign and of single units."""
    with service.database.read() as session:
        campaign = access.campaign(session, actor, "waiver.read", number)
        found = workflow.waivers_of(session, campaign)
        return [s.WaiverAnswer.model_validate(w, from_attributes=True) for w in found]


@router.delete("/waivers/{number}", status_code=204, summary="End a waiver")
def revoke(service: The, actor: Caller, number: Number) -> None:
    """What was checked under it stays as it is."""
    with service.database.write() as session:
        workflow.revoke_waiver(session, service.key, actor, number)


@router.get("/units", summary="All units")
def units(service: The, actor: Caller) -> list[s.UnitAnswer]:
    """Administrators and auditors."""
    access.require(actor, "people.read")
    with service.database.read() as session:
        found: Any = session.scalars(select(Unit).order_by(Unit.id))
        return [s.UnitAnswer(id=u.id, name=u.name, code=u.code) for u in found]


@router.post("/units", status_code=201, summary="Add a unit, or find it by its name")
def add_unit(service: The, actor: Caller, body: s.UnitNew) -> s.UnitAnswer:
    """Administrators only."""
    access.require(actor, "people.manage")
    with service.database.write() as session:
        unit = campaigns.unit_named(session, service.key, actor.login, body.name, body.code)
        return s.UnitAnswer(id=unit.id, name=unit.name, code=unit.code)
