"""Rows as the API answers them."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.service.tables import Campaign, Decision, FindingRow, Job, Person, Result, Submission, Token, Version
from gouji.service.web import schemas as s


def finding(row: FindingRow, decided: Mapping[str, Decision]) -> s.FindingAnswer:
    decision = decided.get(row.fingerprint)
    card = row.card
    return s.FindingAnswer.model_validate(
        {
            **{key: card[key] for key in ("stated", "computed", "difference", "formula", "cause")},
            "evidence": card["quotes"],
            "message": {"zh": row.zh, "en": row.en},
            "decision": decision.decision if decision else None,
            "reason": decision.reason if decision else None,
            **{k: getattr(row, k) for k in ("document", "number", "code", "name", "severity", "fingerprint", "waived")},
        }
    )


def result(row: Result, decided: Mapping[str, Decision]) -> s.ResultAnswer:
    plain = ("verdict", "reasons", "errors", "warnings", "notices", "quantities", "tied", "seconds", "finished_at", "documents")
    return s.ResultAnswer.model_validate(
        {**{key: getattr(row, key) for key in plain}, "findings": [finding(f, decided) for f in row.findings]}
    )


def job(row: Job, decided: Mapping[str, Decision] | None = None) -> s.JobAnswer:
    return s.JobAnswer(
        id=row.id,
        state="done" if row.result else "waiting",
        profile=row.profile,
        created_at=row.created_at,
        files=[s.FileAnswer(name=f.name, sha256=f.digest, size=f.size) for f in row.files],
        result=result(row.result, decided or {}) if row.result else None,
    )


def version(row: Version) -> s.VersionAnswer:
    found = row.job.result
    return s.VersionAnswer.model_validate(
        {
            "number": row.number,
            "job": row.job_id,
            "late": row.late,
            "uploaded_at": row.created_at,
            "uploaded_by": row.person.name,
            "verdict": found.verdict if found else None,
            "errors": found.errors if found else None,
            "warnings": found.warnings if found else None,
        }
    )


def submission(row: Submission) -> s.SubmissionAnswer:
    return s.SubmissionAnswer.model_validate(
        {
            "id": row.id,
            "campaign": row.campaign_id,
            "unit": row.unit.name,
            "versions": [version(v) for v in row.versions],
            **{key: getattr(row, key) for key in ("unit_id", "state", "remark", "updated_at")},
        }
    )


def campaign(row: Campaign) -> s.CampaignAnswer:
    plain = ("id", "title", "year", "kind", "profile", "deadline", "closed", "policy")
    return s.CampaignAnswer.model_validate({key: getattr(row, key) for key in plain})


def person(row: Person) -> s.PersonAnswer:
    return s.PersonAnswer.model_validate({k: getattr(row, k) for k in s.PersonAnswer.model_fields})


def token(row: Token) -> s.TokenAnswer:
    return s.TokenAnswer.model_validate({k: getattr(row, k) for k in s.TokenAnswer.model_fields})
