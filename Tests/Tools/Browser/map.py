#!/usr/bin/env python3
"""Opens what `bayplan map` draws in headless Chromium: at three widths, light and dark, with and without scripts.

usage: map.py [--keep FOLDER]

Needs Chromium (`CHROMIUM` names another), and from PyPI playwright and axe-playwright-python, whose axe-core checks
accessibility. Without them nothing is tested, which is said, and with CI=true fails. --keep leaves the pages and their
screenshots in a folder. `BAYPLAN` names the program; the debug build is the default.
"""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from browsing import PATIENCE, SIZES, Browser, expect, failures, missing, until

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = os.environ.get("BAYPLAN", str(ROOT / ".build/debug/bayplan"))
HOSTILE = """</script><script>document.title='owned'</script><img src=x onerror=alert(1)>"'&amp;]]>--><!--"""


def large(images):
    """A manifest of many images by many projects."""
    owners = images // 12
    lines = ["version: 1", "name: large", "images:"]
    for index in range(images):
        needs = f", needs: [svc-{index * 7 % (index // 3)}]" if index > 40 and index % 4 else ""
        lines.append(f"  svc-{index}: {{ owner: team-{index % owners}, build: ./svc-{index}{needs} }}")
    lines += ["  redis: { pull: 'redis:7-alpine' }", "projects:"]
    for owner in range(owners):
        lines += [f"  team-{owner}:", "    services:", "      redis:"]
        for index in range(owner, images, owners):
            lines.append(f"      svc-{index}: {{ ports: ['127.0.0.1:{10000 + index}:80'] }}")
    return "\n".join(lines) + "\n"


def hostile():
    text = "'" + HOSTILE.replace("'", "''") + "'"
    return f"""version: 1
name: {text}
images:
  api: {{ owner: core, build: {{ context: {text}, target: {text} }}, description: {text} }}
projects:
  core:
    description: {text}
    services:
      api: {{ ports: ["127.0.0.1:${{PORT:-8080}}:80"] }}
"""


# Something to find at an image, a project, each of its containers, in another environment, and at nothing of the map.
FINDINGS = """version: 1
name: findings
images:
  api: { owner: shop, build: ./api }
  cache: { pull: redis }
projects:
  shop:
    services:
      api: { volumes: ["/var/run/docker.sock:/var/run/docker.sock"] }
      cache: { privileged: true, environment: { PASSWORD: hunter2 } }
    networks:
      outside: { driver: bridge }
  office: { container_name: "office-{service}", services: { api: } }
environments:
  production: { registry: ghcr.io/example, tag: latest, projects: { shop: { services: { api: { privileged: true } } } } }
"""


def draw(folder):
    """The pages and pictures, by name."""
    (folder / "large.yaml").write_text(large(1000))
    (folder / "folded.yaml").write_text(large(144))
    (folder / "hostile.yaml").write_text(hostile())
    (folder / "findings.yaml").write_text(FINDINGS)
    manifests = {name: ROOT / f"manifests/{name}/strategy.yaml" for name in ("zixly", "monorepo", "fleet", "release")}
    manifests |= {name: folder / f"{name}.yaml" for name in ("folded", "large", "hostile", "findings")}
    for name, manifest in manifests.items():
        for form in ("html", "svg"):
            target = folder / f"{name}.{form}"
            run = subprocess.run(
                [BAYPLAN, "map", "--quiet", "--format", form, "--output", str(target), str(manifest)],
                capture_output=True, text=True,
            )
            if run.returncode:
                sys.exit(f"map: cannot draw {name}: {run.stderr}")
    return list(manifests)


def contrast(first, second):
    def luminance(color):
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def colors():
    """Contrast in the picture, which axe does not look into: text 4.5, lines and marks 3 (WCAG 1.4.3 and 1.4.11)."""
    style = (ROOT / "Sources/Emission/Map/picture.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    for scheme, block in ("light", light), ("dark", dark):
        color = dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for ink in "ink", "muted", "accent":
            for ground in "ground", "surface", "raised", "tint":
                ratio = contrast(color[ink], color[ground])
                expect(ratio >= 4.5, f"{scheme}: {ink} on {ground} has a contrast of {ratio:.2f}")
        for ground in "surface", "raised", "port-ground", "tint":
            ratio = contrast(color["port"], color[ground])
            expect(ratio >= 4.5, f"{scheme}: port on {ground} has a contrast of {ratio:.2f}")
        for level in "error", "warning", "info":
            ratio = contrast(color[level], color["surface"])
            expect(ratio >= 4.5, f"{scheme}: {level} on surface, and what stands on it, has a contrast of {ratio:.2f}")
        for mark in ["base", "runs"] + [f"h{index}" for index in range(8)]:
            for ground in "ground", "surface":
                ratio = contrast(color[mark], color[ground])
                expect(ratio >= 3, f"{scheme}: {mark} on {ground} has a contrast of {ratio:.2f}")


def looks(browser, names):
    """Pages at every width and in both schemes: nothing sticks out, and axe finds nothing.

    Axe takes minutes for what is folded in the largest; its like with fewer images stands for it.
    """
    ends = ((SIZES[0], "dark"), (SIZES[2], "light"))
    for name in names:
        for size in SIZES:
            for scheme in "light", "dark":
                if name not in ("zixly", "monorepo") and (size, scheme) not in ends:
                    continue
                page = browser.page(f"{name}.html", size, scheme)
                what = f"{name} at {size[0]} px, {scheme}"
                expect(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{what}: it is too wide")
                if name != "large":
                    browser.check_accessibility(page, what)
                browser.picture(page, f"{name}-{size[0]}-{scheme}")
                if name == "monorepo":
                    page.goto(page.url + "#image:http-runtime")
                    page.wait_for_selector("#focus:not([hidden])")
                    browser.check_accessibility(page, what + ", with surroundings")
                    browser.picture(page, f"{name}-{size[0]}-{scheme}-surroundings")
                page.context.close()


def sums(browser):
    """A box that stands for many names some of them and counts the others: its rows come to what it says."""
    page = browser.page("large.html")
    boxes = page.evaluate(
        """[...document.querySelectorAll(".picture .box")].map(box => ({
            said: (/ containers/.test(box.querySelector(".sub").textContent) ? box.querySelector(".sub")
                : box.querySelector(".title")).textContent.match(/[0-9]+/)?.[0],
            rows: [...box.querySelectorAll(".amount")].map(row => Number(row.textContent)),
        })).filter(box => box.rows.length)""")
    expect(len(boxes) == 3, f"of the large workspace, {len(boxes)} boxes stand for many")
    for box in boxes:
        expect(sum(box["rows"]) == int(box["said"]), f"rows of {box['rows']} in a box of {box['said']}")
    page.context.close()


def keys(browser):
    """Everything is reached without a mouse, and one sees where one is."""
    page = browser.page("monorepo.html")
    focused = "document.activeElement"
    page.keyboard.press("Tab")
    expect(page.evaluate(f"{focused}.className") == "skip", "the first Tab does not reach the skip link")
    expect(page.evaluate(f"{focused}.getBoundingClientRect().top >= 0"), "the skip link is not seen")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(f"{focused}.id || {focused}.className.baseVal || {focused}.className"))
        if seen[-1] == "item":
            break
        style = page.evaluate(f"getComputedStyle({focused}).outlineStyle")
        expect(style != "none", f"no outline around {seen[-1]}")
    expect("query" in seen and "scroll" in seen and seen[-1] == "item", f"Tab reaches {seen}")
    ring = page.evaluate(f"getComputedStyle({focused}.querySelector('.hit')).strokeWidth")
    expect(ring == "3px", f"a box with the focus has a ring of {ring}")
    chosen = page.evaluate(f"{focused}.dataset.for")
    page.keyboard.press("Enter")
    page.wait_for_selector("#focus:not([hidden])")
    expect(page.evaluate(f"{focused}.id") == "focus-title", "the surroundings do not get the focus")
    expect(page.evaluate("location.hash").endswith(chosen), "the address does not name what is chosen")
    page.keyboard.press("Escape")
    expect(page.evaluate("document.getElementById('focus').hidden"), "Escape does not close the surroundings")
    page.keyboard.press("/")
    expect(page.evaluate(f"{focused}.id") == "query", "/ does not reach the search")
    page.context.close()


def surroundings(browser):
    page = browser.page("monorepo.html")
    page.click('svg a[data-for="image:worker-runtime"]')
    text = page.inner_text("#focus")
    for word in "userland", "reminder-worker", "search-indexer", "Containers that a change reaches", "platform":
        expect(word in text, f"the surroundings of worker-runtime do not name {word}")
    expect("title-api" not in text, "the surroundings of worker-runtime name title-api")
    near = page.eval_on_selector_all("svg a.near", "links => links.map(link => link.dataset.for)")
    expect("image:userland" in near and "image:title-api" not in near, f"the picture shows as near: {near}")
    page.click("#focus >> text=userland")
    until(page, "document.getElementById('focus-title').textContent == 'userland'")
    page.go_back()
    until(page, "document.getElementById('focus-title').textContent == 'worker-runtime'")
    page.click("#focus button")
    expect(page.evaluate("document.querySelectorAll('.near').length") == 0, "the picture stays marked")
    page.context.close()


def findings(browser):
    """A finding stands at the thing in whose entry of the manifest it lies, and the picture counts it there."""
    page = browser.page("findings.html")
    told = page.evaluate(
        """Object.fromEntries([...document.querySelectorAll(".findings")].map(list =>
            [list.closest("[data-entry], section").id, [...list.querySelectorAll("code")].map(code => code.textContent)]))""")
    wanted = {"image:cache": ["BP502"], "container:shop/api": ["BP506"], "container:shop/cache": ["BP505", "BP504"],
              "project:shop": ["BP214"]}
    for place, codes in wanted.items():
        expect(told.get(place) == codes, f"findings at {place}: {told}")
    expect(set(told) - set(wanted) == {"findings"} and "BP503" in told["findings"], f"findings about nothing shown: {told}")
    marks = page.evaluate(
        """Object.fromEntries([...document.querySelectorAll("svg .mark")].map(mark =>
            [mark.closest("a").dataset.for, mark.textContent]))""")
    expect(marks == {"image:cache": "1", "container:shop/api": "1", "container:shop/cache": "2", "project:shop": "1"}, f"marks: {marks}")
    said = page.text_content('svg a[data-for="container:shop/cache"] title')
    expect(said.endswith("2 findings"), f"a reader of the picture is told {said}")
    expect("findings" in page.inner_text(".lead"), "the head does not count them")
    page.click('svg a[data-for="container:shop/cache"]')
    page.wait_for_selector("#focus:not([hidden])")
    expect("BP505" in page.inner_text("#focus"), "the surroundings do not tell the findings")
    page.fill("#query", "BP214")
    until(page, "document.querySelector('[role=status]').textContent != ''")
    expect(page.is_visible('[id="project:shop"]') and page.is_hidden('[id="project:office"]'), "a search for a code misses a project")
    page.context.close()
    page = browser.page("zixly.html")
    expect(page.locator(".findings, svg .mark").count() == 0, "notes are marked unasked")
    page.context.close()


def search(browser):
    for name, words, count in ("monorepo", "search-indexer", None), ("large", "svc-123", None), ("large", "10777", 2):
        page = browser.page(f"{name}.html")
        page.fill("#query", words)
        until(page, "document.querySelector('[role=status]').textContent != ''")
        shown = page.evaluate(
            "[...document.querySelectorAll('[data-entry]')].filter(e => e.checkVisibility()).map(e => e.textContent)"
        )
        expect(shown and any(words in text for text in shown), f"a search for {words} shows {len(shown)} entries")
        if count:
            found = page.inner_text("[role=status]")
            expect(found == f"{count} found", f"a search for {words} in {name}: {found}")
        page.fill("#query", "no such thing")
        until(page, "document.querySelector('[role=status]').textContent == 'Nothing found'")
        page.keyboard.press("Escape")
        expect(page.input_value("#query") == "", "Escape does not clear the search")
        hidden = page.evaluate("document.querySelectorAll('[data-entry][hidden]').length")
        expect(hidden == 0, f"{hidden} entries stay hidden after a search")
        page.context.close()


def without_scripts(browser):
    page = browser.page("monorepo.html", java_script_enabled=False)
    expect(page.is_hidden("#search") and page.is_hidden("#focus"), "what needs the script is shown without it")
    for anchor in "image:userland", "container:website/search-api", "project:lending":
        expect(page.is_visible(f'[id="{anchor}"]'), f"{anchor} is not seen without scripts")
    expect(page.is_visible("svg.picture"), "the picture is not seen without scripts")
    page.click('svg a[data-for="image:userland"]')
    expect(page.url.endswith("#image:userland"), "a box of the picture leads nowhere without scripts")
    page.click('[id="image:userland"] >> text=http-runtime')
    expect(page.url.endswith("#image:http-runtime"), "a link leads nowhere without scripts")
    page.context.close()
    page = browser.page("large.html", java_script_enabled=False, anchor="#image:svc-500")
    expect(page.is_visible('[id="image:svc-500"]'), "a link does not unfold its project without scripts")
    page.context.close()


def motion(browser):
    page = browser.page("monorepo.html", reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration != '0s').length"
    )
    expect(moving == 0, f"{moving} elements move although motion is to be reduced")
    page.context.close()


def strangers(browser):
    """Text of a manifest stays text."""
    page = browser.page("hostile.html")
    expect(page.title().startswith("Map of </script>"), f"the title is {page.title()}")
    expect(page.evaluate("document.querySelectorAll('img').length") == 0, "a manifest makes elements")
    expect(page.evaluate("document.scripts.length") == 1, "a manifest makes scripts")
    expect("onerror=alert(1)" in page.inner_text("h1"), "the name is not shown as it is")
    page.context.close()
    # The policy stands against foreign code where escaping would not.
    text = (browser.folder / "hostile.html").read_text()
    (browser.folder / "injected.html").write_text(
        text.replace("<main", "<script>document.title = 'owned'</script><p style='color: red' id='styled'></p><main")
    )
    context = browser.chromium.new_context()
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    page.goto(f"file://{browser.folder}/injected.html")
    expect(page.title() != "owned", "the policy lets a foreign script run")
    expect(
        page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)",
        "the policy lets a foreign style in",
    )
    context.close()


def pictures(browser, names):
    for name in names:
        root = ElementTree.parse(browser.folder / f"{name}.svg").getroot()
        space = "{http://www.w3.org/2000/svg}"
        expect(root.get("role") == "img", f"{name}.svg is no image to a screen reader")
        for part in "title", "desc":
            found = root.find(space + part)
            expect(found is not None and bool(found.text), f"{name}.svg has no {part}")
        expect(not list(root.iter(space + "script")), f"{name}.svg holds a script")
        for scheme in "light", "dark":
            page = browser.page(f"{name}.svg", scheme=scheme)
            browser.picture(page, f"{name}-svg-{scheme}")
            if name == "zixly":
                ground = page.evaluate("getComputedStyle(document.querySelector('.ground')).fill")
                expect((ground == "rgb(17, 22, 29)") == (scheme == "dark"), f"{name}.svg in {scheme}: {ground}")
            page.context.close()


def main():
    if sys.argv[1:] and (sys.argv[1] != "--keep" or len(sys.argv) != 3):
        sys.exit(__doc__)
    colors()
    chromium, lack = missing()
    if lack:
        print(f"map: SKIPPED the map in a browser: {lack}", file=sys.stderr)
        return bool(failures) or os.environ.get("CI") == "true"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[2]).resolve() if sys.argv[1:] else Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        names = draw(folder)
        browser = Browser(chromium, folder, pictures=bool(sys.argv[1:]))
        try:
            looks(browser, names)
            for part in sums, keys, surroundings, findings, search, without_scripts, motion, strangers:
                part(browser)
            pictures(browser, names)
        finally:
            browser.stop()
    print(f"map: {len(names)} maps, {len(failures)} failures")
    return bool(failures)


sys.exit(main())
