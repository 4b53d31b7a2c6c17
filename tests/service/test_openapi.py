"""The API keeps what its OpenAPI document says."""

from __future__ import annotations

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

# Valid and as many invalid requests to each of 45 operations; GOUJI_OPENAPI_EACH=23 makes 2,070 requests of it.
EACH = int(os.environ.get("GOUJI_OPENAPI_EACH", "4"))


@pytest.fixture(scope="module")
def own_gate(gates, tmp_path_factory):
    """A service that may be turned upside down: people switched off, campaigns closed, tokens revoked."""
    with gates.running(tmp_path_factory.mktemp("openapi")) as gate:
        gates.people(gate)
        gate.submit("water", gates.WRONG)
        gate.submit("roads", gates.DOUBTFUL)
        yield gate


def test_no_request_breaks_the_service_or_leaves_its_schema(own_gate):
    """Requests made from the document, sensible and not: no 5xx, no answer off its schema."""
    schema = schemathesis.openapi.from_url(f"{own_gate.url}/v1/openapi.json")
    statuses: dict[int, int] = {}

    def ask(operation, mode: GenerationMode, number: int) -> None:
        own_gate.add(f"chaos{number}", "administrator")
        head = {"Authorization": f"Bearer {own_gate.tokens[f'chaos{number}']}"}

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EACH,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def one(case) -> None:
            answer = case.call(headers=head)
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
            assert answer.status_code < 500, (case.as_curl_command(), answer.text)
            case.validate_response(answer, checks=[response_schema_conformance, status_code_conformance])

        one()

    operations = [result.ok() for result in schema.get_all_operations()]
    for number, operation in enumerate(operations):
        modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
        for turn, mode in enumerate(modes):
            ask(operation, mode, number * 2 + turn)
    print(len(operations), "operations,", sum(statuses.values()), "requests:", statuses)
    assert sum(statuses.values()) >= 2 * EACH * len(operations) * 0.8  # some operations have few requests to make
    assert set(statuses) >= {200, 201, 404, 422}
