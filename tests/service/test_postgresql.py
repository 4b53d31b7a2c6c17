"""The review on PostgreSQL, with its locks on rows: what the other tests ask of SQLite."""

from __future__ import annotations

import threading


def test_review_on_postgresql(tools, gates, tmp_path, postgres_url):
    """Uploaded, checked by a worker, decided by two reviewers at once, accepted once, corrected and compared; the trail is whole."""
    processes, _ = tools
    secret = processes.ENVIRONMENT["GOUJI_SECRET"]
    data = tmp_path / "data"
    with (
        processes.process("worker", "--data", data, "--database", postgres_url, log=tmp_path / "worker.log") as worker,
        gates.running(data, postgres_url, secret=secret) as gate,
    ):
        worker.said("waiting for checks")
        gates.people(gate)
        gate.add("second", "reviewer")
        gate.open_campaign("campaign", ["清水县水利局", "清水县公路局"], ["reviewer", "second"])
        wrong = gate.submit("roads", gates.WRONG)
        assert wrong["state"] == "returned"
        assert gate.submit("roads", gates.RIGHT)["state"] == "passed"
        found = gate.submit("water", gates.DOUBTFUL)
        with gate.api("reviewer") as client:
            [finding] = client.get(f"/v1/submissions/{found['id']}/versions/1").json()["result"]["findings"]
            changes = client.get(f"/v1/submissions/{wrong['id']}/comparison?old=1&new=2").json()
        assert [c["change"] for c in changes] == ["fixed"]
        statuses = _at_once(gate, found["id"], finding["fingerprint"])
        assert statuses.count(("accept", 200)) == 1
        assert {status for _, status in statuses} <= {200, 409}
        page = gate.page("reviewer").get("/queue?state=accepted").text
        assert "清水县水利局" in page
        with gate.api("admin") as client:
            assert client.get("/v1/trail/verification").json()["fault"] is None


def _at_once(gate, number: int, fingerprint: str) -> list[tuple[str, int]]:
    """Two reviewers who dismiss and accept the same submission at the same moment, three times each."""
    statuses: list[tuple[str, int]] = []

    def work(login: str) -> None:
        with gate.api(login) as client:
            for _ in range(3):
                said = {"decision": "dismiss", "reason": login}
                answer = client.put(f"/v1/submissions/{number}/findings/{fingerprint}/decision", json=said)
                statuses.append(("decide", answer.status_code))
                statuses.append(("accept", client.post(f"/v1/submissions/{number}/acceptance").status_code))

    threads = [threading.Thread(target=work, args=(login,)) for login in ("reviewer", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
