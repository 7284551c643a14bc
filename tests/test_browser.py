"""The site as people meet it: opened from a folder, in a real Chromium.

Where no browser is found, these tests are skipped, and the summary says so.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
import sites
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="NO BROWSER FOUND: install Chromium to have the site looked at"
)

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
QUIET = "--disable-background-networking --disable-component-update --disable-gpu --no-first-run"
WIDTHS, SCHEMES = (360, 768, 1200), ("light", "dark")
SHOTS = sites.ROOT / "build/screenshots"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--headless", "--no-sandbox", *QUIET.split()]
        )


class Reader:
    """A reader's window: opens pages of a site, and keeps what went wrong."""

    def __init__(self, context: BrowserContext, site: Path):
        self.page: Page = context.new_page()
        self.site = site
        self.troubles: list[str] = []
        self.page.on("console", lambda said: self.troubles.append(f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.troubles.append("a dialog opened"))
        self.page.on("request", self._note_request)

    def _note_request(self, request) -> None:
        if not request.url.startswith((self.site.as_uri(), "data:")):
            self.troubles.append(f"request: {request.url}")

    def open(self, address: str) -> Page:
        self.page.goto(f"{self.site.as_uri()}/{address}")
        return self.page


@pytest.fixture(params=["collection_site", "hostile_site"])
def any_site(request) -> Path:
    return request.getfixturevalue(request.param)


@pytest.fixture
def reader(browser, collection_site) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    reader = Reader(context, collection_site)
    yield reader
    context.close()
    assert reader.troubles == []


def addresses(site: Path) -> list[str]:
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_fit_every_screen_and_ask_for_nothing(browser, any_site, scheme):
    """No sideways scrolling, nothing on the console, no request to anywhere else."""
    context = browser.new_context(color_scheme=scheme)
    reader = Reader(context, any_site)
    wide = []
    for address in addresses(any_site):
        page = reader.open(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((address, width))
            if any_site.parent.name.startswith("collection"):
                name = address.removesuffix(".html").replace("/", "-")
                page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png")
        assert page.evaluate("typeof pwned") == "undefined", address
    context.close()
    assert wide == []
    assert reader.troubles == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 360)])
def test_axe_finds_no_violation(browser, collection_site, scheme, width):
    """All of axe's rules: WCAG 2.2 AA and best practice, whoever wrote the element.

    The rows of a long table are alike, so that the first dozen are looked at.
    """
    run = "axe.run({exclude: ['tbody tr:nth-child(n+13)']}, {resultTypes: ['violations']})"
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    reader = Reader(context, collection_site)
    violations = []
    for address in addresses(collection_site):
        page = reader.open(address)
        page.evaluate(AXE)
        found = page.evaluate(run)["violations"]
        violations += [(address, v["id"], v["nodes"][0]["html"]) for v in found]
    context.close()
    assert violations == []


def test_a_citation_opens_the_marked_sentence(reader):
    page = reader.open("index.html")
    citation = page.locator("article a", has_text=sites.CITATION).first
    label = citation.inner_text().strip("[]")
    citation.click()
    sentence = page.locator(".sentence:target")
    assert page.url.endswith(f"#s{label.split(':')[1]}")
    assert sentence.evaluate("e => e.getBoundingClientRect().top") < 900
    colour = "e => getComputedStyle(e).backgroundColor"
    assert sentence.evaluate(colour) != page.locator("body").evaluate(colour)


def test_a_citation_marks_its_sentence_without_scripts_too(browser, collection_site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{collection_site.as_uri()}/sources/002.html#s16")
    assert page.locator(".sentence:target").get_attribute("id") == "s16"
    page.locator(".coded a").first.click()
    assert page.locator(".card:target").is_visible()
    context.close()


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_mark_shows_its_codes(reader, way):
    page = reader.open("sources/000.html")
    coded = page.locator(".coded").first
    card = coded.locator(".card")
    assert not card.is_visible()
    getattr(coded.locator("a"), way)()
    assert card.is_visible()
    assert "rule" in card.inner_text()
    edge = card.evaluate("e => e.getBoundingClientRect().right")
    assert edge <= 1200


def test_a_folded_zone_opens_for_a_citation(reader):
    """A citation of a comment or of furniture is not hidden by the fold that it lies in."""
    page = reader.open("sources/004.html")
    comment = page.locator("details.comment .sentence").first
    assert not comment.is_visible()
    reader.open(f"sources/004.html#{comment.get_attribute('id')}")
    assert comment.is_visible()


def test_search_finds_sources_notebooks_and_the_record(reader):
    page = reader.open("index.html")
    page.locator(".sidebar-search").fill("blockchain")
    page.keyboard.press("Enter")
    # Results come one after the other, and the sentence that says how many, when all are there.
    page.wait_for_selector("#search-results .search-summary:not(:empty)")
    found = page.locator("#search-results li a").evaluate_all("all => all.map(a => a.pathname)")
    names = {Path(path).relative_to(reader.site).as_posix() for path in found}
    assert {"record.html", "sources/000.html", "sources/004.html"} <= names
    assert any(name[:2].isdigit() for name in names)


def test_the_record_can_be_narrowed_and_sorted(reader):
    page = reader.open("record.html")
    rows = page.locator("#events tbody tr:visible")
    everything = rows.count()
    page.locator("#events input[type=search]").fill("hong kong promote")
    some = rows.count()
    assert 0 < some < everything
    assert page.locator("#events [role=status]").inner_text() == f"{some} of {everything} rows"
    page.locator("#events th button", has_text="When").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#events th[aria-sort=ascending]")
    days = rows.evaluate_all("all => all.map(row => row.cells[1].dataset.sort)")
    assert days == sorted(days)
    page.keyboard.press("Enter")
    page.wait_for_selector("#events th[aria-sort=descending]")
    days = rows.evaluate_all("all => all.map(row => row.cells[1].dataset.sort)")
    assert days == sorted(days, reverse=True)


def test_keys_reach_the_content_and_the_menu(browser, collection_site):
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = Reader(context, collection_site).open("index.html")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to content"
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("aria-label") == "Pages of this site":
            break
    page.keyboard.press("Enter")
    assert page.locator(".sidebar-tree a").first.is_visible()
    assert page.locator(":focus").get_attribute("aria-expanded") == "true"
    context.close()


def test_every_mark_of_a_figure_is_a_link_with_a_name(reader):
    """Its name is its title, which is also what a pointer that rests on it is shown."""
    names = []
    for address in addresses(reader.site):
        names += reader.open(address).evaluate(
            """() => [...document.querySelectorAll("figure.drawn svg a[href]")]
                .map(mark => mark.querySelector("title")?.textContent.trim() ?? "")"""
        )
    assert names
    assert all(names)


def test_pages_can_be_printed_and_read_in_the_dark(reader):
    page = reader.open("index.html")
    toggle = page.locator(".theme-toggle-content .theme-toggle")
    shades = set()
    for _ in range(3):
        toggle.click()
        shades.add(page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor"))
    assert len(shades) == 2
    reader.troubles = [said for said in reader.troubles if "Changed to" not in said]
    for address in addresses(reader.site):
        assert reader.open(address).pdf().startswith(b"%PDF")
