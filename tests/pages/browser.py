"""Open pages in a real browser, and see that they ask for nothing and do not complain."""

import contextlib
import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK, PHONE = {"width": 1100, "height": 800}, {"width": 320, "height": 640}
LOOKS = {
    "light": {"color_scheme": "light", "viewport": DESK},
    "dark": {"color_scheme": "dark", "viewport": DESK},
    "phone": {"color_scheme": "light", "viewport": PHONE},
}
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


@contextlib.contextmanager
def chromium():
    """Run the machine's Chromium; in CI, there must be one."""
    program = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if program is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@contextlib.contextmanager
def visits(browser):
    """Yield a function that opens a file in a look; at the end, judge what the pages did."""
    contexts, asked, complaints = [], [], []

    def visit(path, look="light", **more):
        contexts.append(browser.new_context(**LOOKS[look], **more))
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        return page

    visit.complaints = complaints
    yield visit
    assert complaints == []
    assert len([url for url in asked if not url.startswith("data:image/")]) == len(contexts)
    for context in contexts:
        context.close()


#: Rules by look. Most of axe's time goes into contrast. In the dark, colours are others and nothing
#: else is; on a phone, everything but colours.
RULES = {
    "light": {},
    "dark": {"runOnly": ["color-contrast"]},
    "phone": {"rules": {"color-contrast": {"enabled": False}}},
}


def violations(page, look="light"):
    """What axe finds that may differ in this look: pieces of HTML by the rule that they break."""
    options = {"resultTypes": ["violations"], **RULES[look]}
    found = Axe().run(page, options=options).response["violations"]
    return {rule["id"]: [node["html"][:200] for node in rule["nodes"]] for rule in found}
