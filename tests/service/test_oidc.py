"""Signing in with an OpenID Connect provider, a real one on another port."""

from __future__ import annotations

import httpx
import pytest

from gouji.service.settings import OpenIdConnect


@pytest.fixture(scope="module")
def signed(gates, load_helper, tmp_path_factory):
    """A provider and a service that knows it."""
    with load_helper("provider").provider() as provider:
        said = OpenIdConnect(f"{provider.url}/.well-known/openid-configuration", "gouji", "secret", "县政务统一身份")
        with gates.running(tmp_path_factory.mktemp("oidc"), oidc=said) as gate:
            gate.add("auditor", "auditor")
            yield provider, gate


def come(gate) -> httpx.Response:
    """Somebody who clicks on the button."""
    with httpx.Client(base_url=gate.url, follow_redirects=True, trust_env=False) as client:
        assert "县政务统一身份" in client.get("/login").text
        return client.get("/login/oidc", headers={"Accept": "text/html"})


def test_identity_is_bound_to_its_account_the_first_time(signed):
    """By its login the first time; afterwards by its subject, even where another has taken the name."""
    provider, gate = signed
    provider.claims = {"sub": "s-1", "preferred_username": "auditor"}
    assert "auditor 名" in come(gate).text
    provider.claims = {"sub": "s-1", "preferred_username": "renamed"}
    assert come(gate).status_code == 200
    provider.claims = {"sub": "s-2", "preferred_username": "auditor"}
    assert come(gate).status_code == 403


def test_unknown_identity_gets_no_account(signed):
    """Nobody is let in because a provider knows him."""
    provider, gate = signed
    provider.claims = {"sub": "s-9", "preferred_username": "nobody"}
    answer = come(gate)
    assert (answer.status_code, "没有对应的账号" in answer.text) == (403, True)


def test_token_made_for_another_client_is_refused(signed):
    """An identity that somebody was given elsewhere cannot be used here."""
    provider, gate = signed
    provider.claims, provider.audience = {"sub": "s-1", "preferred_username": "auditor"}, "another"
    assert come(gate).status_code == 403
    provider.audience = None


def test_answer_nobody_asked_for_is_refused(signed):
    """A link with a code of somebody else's does not sign in: the state is not this browser's."""
    _, gate = signed
    answer = httpx.get(f"{gate.url}/login/oidc/answer?code=x&state=y", trust_env=False)
    assert answer.status_code == 403
