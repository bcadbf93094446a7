"""Both languages on every page, by a switch that stays and by the browser's own wish."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site, Walk


def test_the_switch_changes_the_page_and_stays(walk: Walk, site: Site) -> None:
    walker = walk().go(f"/e/{site.bimtek}/registration")
    page = walker.page
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_role("button", name="English").or_(page.get_by_role("button", name="EN")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert walker.path == f"/e/{site.bimtek}/registration"
    walker.go("/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    walker.accessible()


@pytest.mark.parametrize(("locale", "lang"), [("id-ID", "id"), ("en-GB", "en"), ("fr-FR", "id")])
def test_the_browser_s_own_wish(walk: Walk, locale: str, lang: str) -> None:
    expect(walk(locale=locale).go("/").page.locator("html")).to_have_attribute("lang", lang)
