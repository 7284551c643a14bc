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
LOOKED_AT = {"light": 1200, "dark": 360}  # by axe: colours differ by scheme, what there is by width
PARTS = 4  # of the pages, so that workers share them
FLAGSHIP = "02_does_china_ban_crypto_and_promote_blockchain.html"
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


@pytest.fixture
def reader(browser, collection_site) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    reader = Reader(context, collection_site)
    yield reader
    context.close()
    assert reader.troubles == []


def addresses(site: Path) -> list[str]:
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]


def wide(page: Page, width: int) -> list[str]:
    """Whether the page has to be scrolled sideways on a screen of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    scrolls = page.evaluate("document.documentElement.scrollWidth") > width
    return [f"wider than {width}"] if scrolls else []


def violations(page: Page) -> list[str]:
    """What axe finds, by all of its rules (WCAG 2.2 AA and best practice), whoever wrote it.

    The rows of a long table are alike, and so are the marks of a figure: the first dozen of each
    are looked at, and the page is without the others afterwards.
    """
    page.evaluate(
        """() => {
            for (const many of document.querySelectorAll("tbody, figure.drawn svg"))
                [...many.querySelectorAll(many.matches("svg") ? "a" : "tr")].slice(12)
                    .forEach(one => one.remove());
        }"""
    )
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")["violations"]
    return [f"axe: {v['id']}: {v['nodes'][0]['html']}" for v in found]


def nameless(page: Page) -> list[str]:
    """Marks of figures that nothing says the name of, and figures that are not named."""
    return page.evaluate(
        """() => [...document.querySelectorAll("figure.drawn svg, figure.drawn svg a[href]")]
            .filter(mark => !mark.getAttribute("aria-label")?.trim()
                && !mark.querySelector("title")?.textContent.trim())
            .map(mark => "nameless: " + mark.outerHTML)"""
    )


def unprintable(page: Page) -> list[str]:
    """Figures too high for a sheet of A4 or letter, folds that stay closed, lost addresses."""
    page.set_viewport_size({"width": 680, "height": 900})
    page.emulate_media(media="print")
    # What was folded is laid out with the next frame.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found = page.evaluate(
        """() => [
            ...[...document.querySelectorAll("figure.drawn > svg")]
                .filter(figure => figure.getBoundingClientRect().height > 900)
                .map(() => "a figure is cut"),
            ...[...document.querySelectorAll("article details:not(.hide) :is(td, .sentence)")]
                .filter(part => !part.closest("figure")
                    && !part.checkVisibility({contentVisibilityAuto: true}))
                .map(part => "not printed: " + part.textContent),
            ...[...document.querySelectorAll("article a[href^=http]")]
                .filter(link => !getComputedStyle(link, "::after").content
                    .includes(link.getAttribute("href")))
                .map(link => "no address: " + link.outerHTML),
        ]"""
    )
    if not page.pdf().startswith(b"%PDF"):
        found.append("cannot be printed")
    page.emulate_media(media="screen")
    return found


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_are_a_pleasure_everywhere(browser, collection_site, scheme, part):
    """All that each page has to be, in one visit: at three widths, on paper, to axe, in the log."""
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    reader = Reader(context, collection_site)
    for address in addresses(collection_site)[part::PARTS]:
        page = reader.open(address)
        found = nameless(page)
        for width in WIDTHS:
            found += wide(page, width)
            name = address.removesuffix(".html").replace("/", "-")
            page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png")
        if scheme == "light":
            found += unprintable(page)
        page.set_viewport_size({"width": LOOKED_AT[scheme], "height": 900})
        found += violations(page)
        reader.troubles += [f"{address}: {what}" for what in found]
    context.close()
    assert reader.troubles == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_hostile_source_runs_nothing_and_breaks_no_page(browser, hostile_site, scheme):
    context = browser.new_context(color_scheme=scheme)
    reader = Reader(context, hostile_site)
    for address in addresses(hostile_site):
        page = reader.open(address)
        found = [what for width in WIDTHS for what in wide(page, width)]
        if page.evaluate("typeof pwned") != "undefined":
            found.append("a script was run")
        reader.troubles += [f"{address}: {what}" for what in found]
    context.close()
    assert reader.troubles == []


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


def test_search_finds_pages_of_all_kinds_and_says_what_stands_there(reader):
    page = reader.open("index.html")
    page.locator(".sidebar-search").fill("blockchain standards")
    page.keyboard.press("Enter")
    # Results come one after the other, and the sentence that says how many, when all are there.
    page.wait_for_selector("#search-results .search-summary:not(:empty)")
    found = page.locator("#search-results li > a").evaluate_all("all => all.map(a => a.pathname)")
    names = {Path(path).relative_to(reader.site).as_posix() for path in found}
    assert {"record.html", "sources/004.html"} <= names
    assert any(name[:2].isdigit() for name in names)
    passage = page.locator('#search-results li a[href^="sources/004.html#"]').first
    passage.wait_for()
    marked = {word.lower() for word in passage.locator("mark").all_inner_texts()}
    assert "blockchain" in marked
    assert any(word.startswith("standard") for word in marked)
    passage.click()
    page.locator(".sentence:target").wait_for()


def test_search_finds_terms_and_says_where(reader):
    page = reader.open("search.html?q=permutation")
    passage = page.locator('#search-results li a[href^="glossary.html#"]').first
    passage.wait_for()
    assert passage.locator("mark").first.inner_text() == "permutation"


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


def test_arrows_lead_from_mark_to_mark_and_each_shows_its_quotation(reader):
    page = reader.open(FLAGSHIP)
    figure = page.locator("figure.drawn").first
    marks, card = figure.locator("svg a"), figure.locator(".card")
    assert figure.locator("svg a[tabindex='0']").count() == 1
    marks.first.focus()
    for key, place in (("ArrowRight", 1), ("End", marks.count() - 1), ("ArrowLeft", -2)):
        page.keyboard.press(key)
        mark = marks.nth(place % marks.count())
        assert mark.evaluate("e => e === document.activeElement")
        assert mark.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    row = figure.locator(f"tbody tr:has(a[href='{mark.get_attribute('href')}']) td").nth(1)
    assert row.text_content() in card.inner_text()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    figure.locator("svg a[href^='sources/']").first.hover()
    assert card.is_visible()
    page.mouse.move(0, 0)
    assert not card.is_visible()


def test_marks_say_what_they_are_without_scripts_too(browser, collection_site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{collection_site.as_uri()}/{FLAGSHIP}")
    marks = page.locator("figure.drawn").first.locator("svg a")
    assert marks.count() > 0
    assert marks.locator("title").count() == marks.count()
    page.locator("figure.drawn summary").first.click()
    assert page.locator("figure.drawn tbody tr").first.is_visible()
    context.close()


def test_a_mark_of_the_record_brings_its_row_back(reader):
    """A row that was narrowed away is there again for a link that leads to it."""
    page = reader.open("record.html")
    page.locator("#events input[type=search]").fill("hong kong promote")
    row = page.locator("#events tbody tr[hidden]").first
    id = row.get_attribute("id")
    page.locator(f"figure.drawn svg a[href='#{id}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{id}:not([hidden])")
    assert page.url.endswith(f"#{id}")
    assert page.locator("#events tbody tr[hidden]").count() == 0


def test_the_reader_chooses_light_or_dark(reader):
    page = reader.open("index.html")
    toggle = page.locator(".theme-toggle-content .theme-toggle")
    shades = set()
    for _ in range(3):
        toggle.click()
        shades.add(page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor"))
    assert len(shades) == 2
    reader.troubles = [said for said in reader.troubles if "Changed to" not in said]
