"""The life of a submission over the API: returned, corrected, reviewed, accepted, all on record."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import openpyxl
import pytest

from gouji.service import trail
from gouji.service.tables import now


def actions(gate, subject: str) -> list[str]:
    with gate.service.database.read() as session:
        return [row.action for row, _ in trail.rows(session) if row.subject == subject]


def findings(gate, login: str, submission: dict) -> list[dict]:
    number = submission["versions"][-1]["number"]
    with gate.api(login) as client:
        return client.get(f"/v1/submissions/{submission['id']}/versions/{number}").json()["result"]["findings"]


def decide(gate, submission: dict, fingerprint: str, **said):
    with gate.api("reviewer") as client:
        return client.put(f"/v1/submissions/{submission['id']}/findings/{fingerprint}/decision", json=said)


def act(gate, login: str, submission: dict, what: str, **said):
    with gate.api(login) as client:
        return client.post(f"/v1/submissions/{submission['id']}/{what}", **({"json": said} if said else {}))


def test_wrong_report_is_returned_and_its_correction_passes(gate, gates):
    """Block: returned at once. The corrected version passes, and the comparison says what was fixed."""
    first = gate.submit("water", gates.WRONG)
    assert (first["state"], first["versions"][0]["verdict"]) == ("returned", "block")
    second = gate.submit("water", gates.RIGHT)
    assert (second["id"], second["state"], second["versions"][1]["number"]) == (first["id"], "passed", 2)
    with gate.api("water") as client:
        changes = client.get(f"/v1/submissions/{first['id']}/comparison?old=1&new=2").json()
    assert [(c["change"], c["code"]) for c in changes] == [("fixed", "AR101")]
    assert actions(gate, f"submission:{first['id']}") == ["submission.upload", "submission.verdict"] * 2


def test_doubtful_report_waits_is_dismissed_and_accepted(gate, gates):
    """Review: not accepted while a finding is undecided; a dismissal needs its reason; accepted is locked."""
    found = gate.submit("water", gates.DOUBTFUL)
    assert found["state"] == "in_review"
    [finding] = findings(gate, "reviewer", found)
    assert act(gate, "reviewer", found, "acceptance").status_code == 409
    assert decide(gate, found, finding["fingerprint"], decision="dismiss").status_code == 422
    assert decide(gate, found, finding["fingerprint"], decision="dismiss", reason="四舍五入").json()["state"] == "in_review"
    assert act(gate, "reviewer", found, "acceptance").json()["state"] == "accepted"
    with gate.api("water") as client:
        again = client.post(f"/v1/campaigns/{gate.ids['campaign']}/submissions", files=[("files", ("a.txt", gates.RIGHT))])
    assert again.status_code == 409
    assert decide(gate, found, finding["fingerprint"], decision="confirm").status_code == 409
    assert act(gate, "admin", found, "reopening", remark="补充材料").json()["state"] == "in_review"


def test_decision_is_carried_over_to_the_next_version(gate, gates):
    """A finding dismissed on one version is excused on the next, by its fingerprint, with the reason."""
    found = gate.submit("water", gates.DOUBTFUL)
    [finding] = findings(gate, "reviewer", found)
    decide(gate, found, finding["fingerprint"], decision="dismiss", reason="尾差")
    act(gate, "reviewer", found, "return", remark="请补充说明")
    second = gate.submit("water", gates.DOUBTFUL + "另有说明。\n".encode())
    assert second["state"] == "passed"
    [carried] = findings(gate, "water", second)
    assert (carried["waived"], carried["decision"]) == ("尾差", "dismiss")


def test_error_that_a_reviewer_dismisses_no_longer_returns_the_submission(gate, gates):
    """A unit that was accused wrongly is not stuck: dismissed, its report waits for acceptance; taken back, it is returned."""
    found = gate.submit("water", gates.WRONG)
    [finding] = findings(gate, "reviewer", found)
    assert decide(gate, found, finding["fingerprint"], decision="dismiss", reason="另有口径").json()["state"] == "in_review"
    with gate.api("reviewer") as client:
        back = client.delete(f"/v1/submissions/{found['id']}/findings/{finding['fingerprint']}/decision").json()
    assert back["state"] == "returned"


def test_confirmed_error_is_never_accepted(gate, gates):
    """Confirmed and in review by the campaign's policy: acceptance is refused until it is corrected."""
    gate.open_campaign("campaign", ["清水县水利局"], ["reviewer"], policy={"blocking": []})
    found = gate.submit("water", gates.WRONG)
    assert found["state"] == "in_review"
    [finding] = findings(gate, "reviewer", found)
    assert decide(gate, found, finding["fingerprint"], decision="confirm").status_code == 200
    assert "错误" in act(gate, "reviewer", found, "acceptance").json()["error"]["message"]


def test_waiver_of_a_campaign_holds_for_the_next_unit_until_revoked(gate, gates):
    """A dismissal made a waiver excuses the same finding elsewhere; what the policy forbids to waive cannot be waived."""
    found = gate.submit("water", gates.DOUBTFUL)
    [finding] = findings(gate, "reviewer", found)
    decide(gate, found, finding["fingerprint"], decision="dismiss", reason="口径一致", waive="campaign")
    assert gate.submit("roads", gates.DOUBTFUL)["state"] == "passed"
    with gate.api("reviewer") as client:
        [waiver] = client.get(f"/v1/campaigns/{gate.ids['campaign']}/waivers").json()
        assert client.delete(f"/v1/waivers/{waiver['id']}").status_code == 204
    act(gate, "reviewer", gate.submit("roads", gates.DOUBTFUL + b"\n"), "return", remark="x")
    assert gate.submit("roads", gates.DOUBTFUL)["state"] == "in_review"
    gate.open_campaign("campaign", ["清水县水利局"], ["reviewer"], policy={"waivable": []})
    found = gate.submit("water", gates.DOUBTFUL)
    assert decide(gate, found, finding["fingerprint"], decision="dismiss", reason="x", waive="unit").status_code == 409


POLICIES = {
    "errors only review": ({"blocking": []}, "WRONG", "in_review"),
    "a warning blocks": ({"blocking": ["AR102"]}, "DOUBTFUL", "returned"),
    "coverage too low": ({"minimum_coverage": 100}, "RIGHT", "in_review"),
    "accepted at once": ({"accept_passed": True}, "RIGHT", "accepted"),
}


@pytest.mark.parametrize("name", POLICIES)
def test_policy_decides(gate, gates, name):
    """Which checks block, how much must be recomputed, and whether a pass is accepted at once, is the campaign's."""
    policy, content, state = POLICIES[name]
    gate.open_campaign("campaign", ["清水县水利局"], ["reviewer"], policy=policy)
    extra = "另拨付3.5万元。\n".encode() if name == "coverage too low" else b""
    assert gate.submit("water", getattr(gates, content) + extra)["state"] == state


def test_late_upload_is_taken_and_marked_and_closed_campaign_takes_none(gate, gates):
    """Late is said, not refused; closed is refused."""
    gate.open_campaign("campaign", ["清水县水利局"], [], deadline=now() - timedelta(days=1))
    assert gate.submit("water", gates.RIGHT)["versions"][0]["late"] is True
    with gate.api("admin") as client:
        assert client.patch(f"/v1/campaigns/{gate.ids['campaign']}", json={"closed": True}).json()["closed"] is True
    with gate.api("water") as client:
        late = client.post(f"/v1/campaigns/{gate.ids['campaign']}/submissions", files=[("files", ("a.txt", gates.RIGHT))])
    assert late.status_code == 409


def test_same_upload_sent_many_times_at_once_is_one_version(gate, gates):
    """An idempotency key: eight requests at once and one later make one version, and all get the same answer."""
    path, head = f"/v1/campaigns/{gate.ids['campaign']}/submissions", {"Idempotency-Key": f"k-{gate.ids['campaign']}"}
    answers = []

    def send() -> None:
        with gate.api("water") as client:
            answers.append(client.post(path, files=[("files", ("a.txt", gates.WRONG))], headers=head))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    send()
    assert sorted(a.status_code for a in answers) == [200] * 8 + [201]
    assert len({a.json()["versions"][0]["job"] for a in answers}) == 1
    assert {len(a.json()["versions"]) for a in answers} == {1}
    with gate.api("water") as client:
        other = client.post(path, files=[("files", ("a.txt", gates.RIGHT))], headers=head)
    assert other.json()["error"]["code"] == "idempotency-key-reused"


def test_check_answers_at_once_or_with_a_job(gate, gates):
    """POST /v1/check is the gate as one call; asked not to wait, it gives an address that has the verdict later."""
    files = [("files", ("a.txt", gates.WRONG))]
    with gate.api("water") as client:
        now_ = client.post("/v1/check", files=files)
        assert (now_.status_code, now_.json()["result"]["verdict"]) == (200, "block")
        later = client.post("/v1/check", files=files, headers={"Prefer": "respond-async"})
        assert later.status_code in {200, 202}
        report = client.get(f"/v1/jobs/{now_.json()['id']}/report?lang=en")
        assert "<!doctype html>" in report.text
        assert "sandbox" in report.headers["content-security-policy"]
        result = client.get(f"/v1/jobs/{now_.json()['id']}/result").json()
        assert result["documents"][0]["findings"][0]["code"] == "AR101"


def test_package_of_several_files_is_one_verdict(gate, gates):
    """The worst file decides; a file that nobody can read is named."""
    found = gate.submit("water", gates.RIGHT, b"\x00\x01\x02 no document \xff\xfe", names=("报告.txt", "附件.docx"))
    assert found["state"] == "returned"
    with gate.api("water") as client:
        version = client.get(f"/v1/submissions/{found['id']}/versions/1").json()
        assert [d["verdict"] for d in version["result"]["documents"]] == ["review", "pass", "unreadable"]
        assert "附件.docx" in version["result"]["reasons"][0]["zh"]
        file = client.get(f"/v1/submissions/{found['id']}/versions/1/files/0")
    assert file.content == gates.RIGHT
    assert file.headers["content-disposition"].startswith("attachment")


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_roster_comes_from_a_workbook(gate):
    """Titles above the head row, codes and deadlines are read; a faulty row is named and nothing is taken."""
    good = workbook(
        ["2024年报送名单"],
        ["序号", "单位名称", "代码", "截止日期"],
        [1, "清水县档案馆", 3021, "2030-03-31"],
        [2, "清水县文化馆"],
    )
    with gate.api("admin") as client:
        path = f"/v1/campaigns/{gate.ids['campaign']}/roster"
        assert client.post(f"{path}/import", files={"file": ("a.xlsx", good)}).json() == {"added": 2}
        lines = {line["unit"]: line for line in client.get(path).json()}
        assert (lines["清水县档案馆"]["code"], lines["清水县档案馆"]["deadline"][:4]) == ("3021", "2030")
        bad = workbook(["单位", "截止"], ["清水县科协", None], ["清水县图书馆", "三月底"])
        refused = client.post(f"{path}/import", files={"file": ("a.xlsx", bad)})
        assert (refused.status_code, "第 3 行" in refused.json()["error"]["message"]) == (422, True)
        assert client.post(f"{path}/import", files={"file": ("a.xlsx", b"no workbook")}).status_code == 422
        assert len(client.get(path).json()) == len(lines)


def test_dashboard_counts_who_submitted_and_what_was_wrong(gate, gates):
    """States, lateness and the most frequent faults of the newest versions."""
    gate.submit("water", gates.WRONG)
    with gate.api("auditor") as client:
        board = client.get(f"/v1/campaigns/{gate.ids['campaign']}/dashboard").json()
    assert (board["states"]["returned"], board["states"]["missing"]) == (1, 1)
    assert [(f["code"], f["submissions"]) for f in board["frequent"]] == [("AR101", 1)]
    assert sum(board["uploads"].values()) == 1


def test_files_of_a_package_are_held_against_each_other(gate, gates):
    """Two files that tell one fact with two figures: what is said of them together stands before what is said of each."""
    report = f"{gates.TITLE}2024年部门整体支出预算1000万元，支出900万元，执行率90%。\n".encode()
    other = "清水县水利局2024年度部门决算\n2024年部门整体支出预算1000万元，支出880万元，执行率88%。\n".encode()
    found = gate.submit("water", report, other, names=("自评报告.txt", "部门决算.txt"))
    with gate.api("water") as client:
        result = client.get(f"/v1/submissions/{found['id']}/versions/1").json()["result"]
    assert [d["format"] for d in result["documents"]] == ["package", "txt", "txt"]
    assert result["quantities"] == sum(d["quantities"] for d in result["documents"][1:])
