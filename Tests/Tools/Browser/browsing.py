"""What the tests in a browser share: headless Chromium without a network, and what was found."""

import os
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

from processes import PATIENCE

SIZES = [(360, 740), (768, 1024), (1440, 900)]
failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)
        print(f"{Path(sys.argv[0]).stem}: FAILED: {what}", file=sys.stderr)


def missing():
    """The browser, and what is not there to test with: one of both is None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not chromium:
        return None, "no Chromium"
    try:
        import axe_playwright_python  # noqa: F401
        import playwright.sync_api  # noqa: F401
    except ImportError as error:
        return None, f"no Python package {error.name}"
    return chromium, None


class Browser:
    """Headless Chromium over the pages of a folder; with `pictures`, what is looked at is kept as PNG beside them."""

    def __init__(self, chromium, folder, pictures=False):
        from axe_playwright_python.sync_playwright import Axe
        from playwright.sync_api import sync_playwright

        self.folder = folder
        self.pictures = pictures
        self.axe = Axe()
        self.playwright = sync_playwright().start()
        self.chromium = self.playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"], timeout=1000 * PATIENCE)

    def stop(self):
        self.chromium.close()
        self.playwright.stop()

    def page(self, name, size=SIZES[2], scheme="light", anchor="", **options):
        context = self.chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, **options
        )
        context.set_default_timeout(1000 * PATIENCE)
        page = context.new_page()
        page.on("console", lambda message: expect(message.type != "error", f"{name}: {message.text}"))
        page.on("pageerror", lambda error: expect(False, f"{name}: {error}"))
        page.on("request", lambda request: expect(request.url.startswith("file:"), f"{name} asks for {request.url}"))
        page.goto(f"file://{self.folder}/{name}{anchor}")
        return page

    def picture(self, page, name):
        if self.pictures:
            page.screenshot(path=f"{self.folder}/{name}.png")

    def check_accessibility(self, page, what):
        # Preloading asks for style sheets by script, which a browser refuses for files.
        violations = self.axe.run(page, options={"preload": False}).response["violations"]
        for one in violations:
            expect(False, f"{what}: axe: {one['id']}: {one['nodes'][0]['html'][:200]}")


def until(page, condition):
    """Waits for a condition; not as Playwright does, whose way the page's policy forbids."""
    from playwright.sync_api import Error

    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if page.evaluate(condition):
                return
        except Error as error:
            # The page has just been left for another, of which the condition speaks.
            if "context was destroyed" not in str(error):
                raise
        page.wait_for_timeout(50)
    expect(False, f"this does not come true: {condition}")
