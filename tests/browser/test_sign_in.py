"""Sign-in with a provider of OpenID Connect that runs for the test: who may look, and whose name lines carry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import find_port, keep_sample, serve
from driving import CARD, settle, wait_for_part

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from provider import Provider

pytestmark = pytest.mark.browser

ADA = {"name": "Ada Nyström", "email": "ada@example.org"}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    try:
        import authlib  # noqa: F401 - Streamlit's sign-in needs it, the provider what comes with it
    except ImportError:
        pytest.fail('The test of sign-in needs Authlib: .venv/bin/pip install -c requirements.lock -e ".[signin]"')
    from provider import provide

    with provide() as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sign-in")


@pytest.fixture(scope="module")
def address(provider: Provider, folder: Path) -> Iterator[str]:
    from provider import CLIENT, SECRET

    keep_sample(folder / "cases")
    port = find_port()
    auth = {
        "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": "a long random string that only this test knows",
        "client_id": CLIENT,
        "client_secret": SECRET,
        "server_metadata_url": f"{provider.address}/.well-known/openid-configuration",
    }
    secrets = folder / "secrets.toml"
    secrets.write_text("[auth]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in auth.items()), "utf-8")
    with serve(folder, "--secrets.files", str(secrets), port=port) as found:
        yield found


@pytest.fixture
def desk(browser: Browser, address: str, provider: Provider) -> Iterator[Page]:
    """A person's own browser: no other test's cookies."""
    provider.person, provider.forged, provider.refusing = dict(ADA), False, False
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto("?case=sample")
    page.get_by_role("button", name="Sign in").wait_for()
    settle(page)
    yield page
    context.close()


def sign_in(page: Page) -> None:
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Signed in as").wait_for()
    page.goto("?case=sample")
    wait_for_part(page, CARD)
    settle(page)


def test_before_sign_in_nothing_of_a_case_is_sent(desk: Page) -> None:
    assert "Sign in to see the checks" in desk.locator(".stMain").inner_text()
    assert "Ferry" not in desk.content() and desk.locator(CARD).count() == 0


def test_decisions_carry_the_name_that_the_provider_gives(desk: Page, folder: Path, provider: Provider) -> None:
    sign_in(desk)
    assert "/token" in provider.asked and "/jwks" in provider.asked
    desk.get_by_text("Signed in as Ada Nyström").wait_for()
    assert desk.get_by_role("textbox", name="Your name").count() == 0
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    desk.locator(".cd-stamp").get_by_text("Reviewed by Ada Nyström").wait_for()
    [line] = (folder / "cases" / "sample" / "decisions.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["reviewer"] == "Ada Nyström"


def test_sign_in_outlives_a_refresh_and_ends_with_sign_out(desk: Page) -> None:
    sign_in(desk)
    desk.reload()
    wait_for_part(desk, CARD)
    settle(desk)
    desk.get_by_role("button", name="Sign out").click()
    desk.get_by_role("button", name="Sign in").wait_for()
    desk.goto("?case=sample")
    desk.get_by_role("button", name="Sign in").wait_for()
    assert desk.locator(CARD).count() == 0


@pytest.mark.parametrize("fault", ["forged", "refusing"])
def test_a_forged_token_and_a_refusal_open_nothing(desk: Page, provider: Provider, address: str, fault: str) -> None:
    setattr(provider, fault, True)
    before = len(provider.asked)
    desk.get_by_role("button", name="Sign in").click()
    desk.wait_for_url(address)  # the way over the provider ends at the page
    desk.get_by_role("button", name="Sign in").wait_for()
    desk.goto("?case=sample")
    desk.get_by_role("button", name="Sign in").wait_for()
    assert ("/token" if fault == "forged" else "/authorize") in provider.asked[before:]
    assert "Ferry" not in desk.content() and desk.locator(CARD).count() == 0
