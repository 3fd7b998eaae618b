#!/usr/bin/env python3
"""Opens what a pull request is told of a change, as a page, in headless Chromium: at a telephone's width and a desk's.

usage: review.py [--keep FOLDER]

The Markdown of some pairs of Tests/Fixtures/diff, as the job's summary and as the comment with its mark, becomes HTML by a
reader of GitHub's Markdown. Needs Chromium (`CHROMIUM` names another), and from PyPI playwright, axe-playwright-python and
markdown-it-py. Without them nothing is tested, which is said, and with CI=true fails. --keep leaves the pages and their
screenshots in a folder.
"""

import os
import sys
import tempfile
from pathlib import Path

from browsing import Browser, expect, failures, missing

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "Tests/Fixtures/diff"
PAIRS = ["mixed", "mixed-many-environments", "hostile-texts", "project-renamed", "volume-newly-shared"]
SIZES = [(360, 740), (1280, 900)]
# What forges do with a comment: words break where they must, blocks of code scroll.
STYLE = """
body { margin: 0; padding: 16px; font: 16px/1.5 sans-serif; overflow-wrap: break-word; color: #1f2328; background: #fff }
main { max-width: 1012px; margin: auto }
code { font: 85%/1.4 monospace; background: #eff1f3; padding: .2em .4em; border-radius: 6px; white-space: break-spaces }
pre { overflow: auto; background: #f6f8fa; padding: 16px } pre code { white-space: pre; padding: 0 }
ul { padding-left: 2em } summary { cursor: pointer } h3 { border-bottom: 1px solid #d1d9e0 }
"""


def pages(folder):
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    for pair in PAIRS:
        changes = "### What the manifest changes\n\n" + (FIXTURES / pair / "expected.md").read_text()
        texts = {"summary": "### Bayplan\n\nNo errors.\n\n" + changes, "comment": "<!-- bayplan: what this changes 0 -->\n" + changes}
        for name, text in texts.items():
            (folder / f"{pair}-{name}.html").write_text(
                f"<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
                f"<title>{pair}</title><style>{STYLE}</style><main>{markdown.render(text)}</main>")


def main():
    keep = Path(sys.argv[2]).absolute() if sys.argv[1:2] == ["--keep"] and len(sys.argv) == 3 else None
    if sys.argv[1:] and not keep:
        sys.exit(__doc__)
    chromium, lack = missing()
    if not lack:
        try:
            import markdown_it  # noqa: F401
        except ImportError as error:
            lack = f"no Python package {error.name}"
    if lack:
        print(f"review: SKIPPED: {lack}", file=sys.stderr)
        return os.environ.get("CI") == "true"
    with tempfile.TemporaryDirectory(prefix="bayplan-review-") as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        pages(folder)
        browser = Browser(chromium, folder)
        for path in sorted(folder.glob("*.html")):
            what = path.stem
            for size in SIZES:
                page = browser.page(path.name, size)
                marks = page.evaluate("['a', 'img', 'script', 'iframe', 'input', 'b'].filter(name => document.querySelector('main ' + name))")
                expect(not marks, f"{what}: a text of the manifest becomes {marks}")
                expect("bayplan: what" not in page.inner_text("main"), f"{what}: the mark is seen")
                expect(page.locator("strong").first.is_visible(), f"{what}: the line that sums up is not seen")
                hidden = page.locator("details li").first
                expect(not hidden.is_visible(), f"{what}: the folds are open")
                for fold in page.locator("summary").all():
                    fold.click()
                expect(hidden.is_visible(), f"{what}: a fold does not open")
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                expect(wide <= 0, f"{what}, {size[0]} wide: {wide} too wide")
                if keep:
                    page.screenshot(path=folder / f"{what}-{size[0]}.png", full_page=True)
                page.context.close()
        browser.stop()
    print(f"review: {len(PAIRS)} pairs, {len(failures)} failures")
    return bool(failures)


sys.exit(main())
