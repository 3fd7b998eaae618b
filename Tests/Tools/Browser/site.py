#!/usr/bin/env python3
"""Walks the site that `make docs` makes in headless Chromium: every page and link, from a folder, without a server.

usage: site.py [--keep FOLDER]

Needs what map.py needs. Every page is opened; what it asks for must be a file, nothing may be told in the console, and each
link must lead to a page and a place in it. Some pages are looked at in three widths, light and dark, others in two, and checked by axe-core.
--keep leaves the site and the screenshots in a folder. `BAYPLAN` names the program that draws the maps.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urldefrag

from browsing import Browser, SIZES, expect, failures, missing, until

ROOT = Path(__file__).resolve().parents[3]
ALL_SIZES = ["index", "FromComposeFiles"]
LOOKED_AT = [*ALL_SIZES, "bayplan", "keys-of-image", "Manifest", "Formats", "BP304", "LookingAround", "script-up"]


def walk(browser):
    """Opens every page, and returns how many there are."""
    pages = sorted(path for path in browser.folder.glob("*.html"))
    page = browser.page("index.html")
    anchors, links = {}, {}
    for path in pages:
        page.goto(f"file://{path}")
        anchors[path.name] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        links[path.name] = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
        broken = page.evaluate("[...document.images].filter(i => !i.naturalWidth).map(i => i.src)")
        expect(not broken, f"{path.name}: pictures are not there: {broken}")
        expect(page.title() != "", f"{path.name} has no title")
        expect(page.evaluate("document.querySelectorAll('h1').length") == 1, f"{path.name} has not one heading of the first level")
        # What Markdown did not understand stays visible as such.
        text = page.inner_text("main")
        for mark in "<doc:", "@Metadata", "](":
            expect(mark not in text, f"{path.name} shows `{mark}`")
    page.context.close()
    count = 0
    for name, targets in links.items():
        for target in targets:
            if not target.startswith("file:"):
                expect(target.startswith("https://"), f"{name}: a link to {target}")
                continue
            count += 1
            target, anchor = urldefrag(target)
            file = Path(unquote(target.removeprefix("file://")))
            expect(file.is_file(), f"{name}: {file.name} is not there")
            if anchor and file.name in anchors:
                expect(unquote(anchor) in anchors[file.name], f"{name}: {file.name} has no place {anchor}")
    reached, remaining = set(), ["index.html"]
    while remaining:
        name = remaining.pop()
        if name not in reached:
            reached.add(name)
            remaining += [Path(unquote(urldefrag(link)[0])).name for link in links.get(name, ()) if link.startswith("file:")]
    for name in sorted(set(links) - reached):
        expect(False, f"no link leads to {name}")
    return len(pages), count


def looks(browser):
    for name in LOOKED_AT:
        for size in SIZES:
            for scheme in "light", "dark":
                if name not in ALL_SIZES and (size, scheme) not in ((SIZES[0], "dark"), (SIZES[2], "light")):
                    continue
                page = browser.page(f"{name}.html", size, scheme)
                what = f"{name} at {size[0]} px, {scheme}"
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                expect(wide <= 0, f"{what}: it is {wide} px too wide")
                if name != "LookingAround":  # the map in it is map.py's
                    browser.check_accessibility(page, what)
                browser.picture(page, f"{name}-{size[0]}-{scheme}")
                page.context.close()


def search(browser):
    page = browser.page("index.html")
    for words, first in ("pull_policy", None), ("container name taken", "BP107"), ("refresh.sh", "refresh.sh"), ("additional_contexts", None):
        page.fill("#query", words)
        until(page, "document.querySelector('#status').textContent != ''")
        shown = page.eval_on_selector_all("#results a", "links => links.map(link => link.textContent)")
        expect(shown, f"a search for {words} finds nothing")
        expect(first is None or first in "".join(shown[:3]), f"a search for {words} begins with {shown[:3]}")
        page.fill("#query", "")
    page.fill("#query", "no such thing anywhere")
    until(page, "document.querySelector('#status').textContent == 'Nothing found'")
    page.keyboard.press("Escape")
    expect(page.input_value("#query") == "" and page.is_hidden("#results"), "Escape does not clear the search")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    expect(page.evaluate("document.activeElement.id") == "query", "/ does not reach the search")
    page.keyboard.type("BP304")
    until(page, "document.querySelectorAll('#results a').length > 0")
    page.keyboard.press("ArrowDown")
    expect(page.evaluate("document.activeElement.closest('#results') != null"), "the arrow does not reach the results")
    page.keyboard.press("Enter")
    until(page, "location.pathname.endsWith('BP304.html')")
    page.context.close()


def without_scripts(browser):
    page = browser.page("FromComposeFiles.html", SIZES[0], java_script_enabled=False)
    expect(page.is_hidden(".search"), "a search is shown that does not work without scripts")
    expect(page.is_visible("main h1"), "a page is not seen without scripts")
    page.context.close()


def live_map(browser):
    page = browser.page("LookingAround.html")
    frame = page.frame_locator("iframe.map")
    frame.locator("svg.picture").wait_for()
    frame.locator('svg a[data-for="image:userland"]').click()
    frame.locator("#focus:not([hidden])").wait_for()
    expect("http-runtime" in frame.locator("#focus").inner_text(), "the map in the site does not show surroundings")
    page.context.close()


def main():
    if sys.argv[1:] and (sys.argv[1] != "--keep" or len(sys.argv) != 3):
        sys.exit(__doc__)
    chromium, lack = missing()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2]).resolve() if sys.argv[1:] else Path(scratch) / "site"
        subprocess.run([ROOT / ".ci/site/build", folder], check=True, timeout=600)
        if lack:
            print(f"site: SKIPPED the site in a browser: {lack}", file=sys.stderr)
            return os.environ.get("CI") == "true"
        browser = Browser(chromium, folder, pictures=bool(sys.argv[1:]))
        try:
            pages, links = walk(browser)
            for part in looks, search, without_scripts, live_map:
                part(browser)
        finally:
            browser.stop()
    print(f"site: {pages} pages, {links} links, {len(failures)} failures")
    return bool(failures)


sys.exit(main())
