"""Make the pictures in docs/ anew: `python docs/pictures.py RESULTS`, and look at them.

RESULTS is what ``course grade cross_session CLASS --out RESULTS`` made of the class that
``examples/simulate.py CLASS`` made up. Chromium has to be installed.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbformat.sign import NotebookNotary
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from visual_coding_course.commands.learn import SETTINGS
from visual_coding_course.shared.written import grade_id

DOCS = Path(__file__).resolve().parent
COURSE, NAME, STUDENT = DOCS.parent, "cross_session", "student021"
QUESTION, MISTAKE = "q5", ('== 0, "start"]', '== 0, "end"]')
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
PAGES, LAB = {"feedback": (960, 2300), "report": (1240, 2900)}, (1060, 1010)
SECONDS = 60


def draw(results: Path) -> None:
    """Make all four."""
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        command = [sys.executable, "-m", "visual_coding_course.cli", "report", NAME]
        command += ["--results", str(results.absolute()), "--out", scratch]
        subprocess.run(command, cwd=COURSE, check=True)
        files = {
            "feedback": results / "feedback" / STUDENT / NAME / f"{NAME}.html",
            "report": Path(scratch) / f"{NAME}.html",
        }
        for name, size in PAGES.items():
            page = browser.new_page(viewport=dict(zip(("width", "height"), size)))
            page.goto(files[name].absolute().as_uri())
            save(page, name)
        folder = worked_in(Path(scratch) / NAME)
        for theme in THEMES:
            with jupyterlab(folder, theme) as address:
                page = browser.new_page(viewport=dict(zip(("width", "height"), LAB)))
                page.goto(address)
                show_check(page)
                save(page, f"check-{theme}")
        browser.close()


def save(page: Page, name: str) -> None:
    """Save what is seen, in 256 colours."""
    path = DOCS / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def worked_in(folder: Path) -> Path:
    """Make a student's folder, in which the notebook was run as far as a wrong answer."""
    shutil.copytree(COURSE / "release" / NAME, folder)
    path = folder / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    solved = nbformat.read(COURSE / "source" / NAME / f"{NAME}.ipynb", as_version=4)
    own = {grade_id(cell): cell.source.replace("  # SOLUTION", "") for cell in solved.cells}
    place = next(n for n, cell in enumerate(notebook.cells) if grade_id(cell) == QUESTION)
    for cell in notebook.cells[: place + 1]:
        name = grade_id(cell)
        if name and cell.cell_type == "code":
            lines = own[name].replace(*MISTAKE).splitlines()
            cell.source = "\n".join(line for line in lines if " SOLUTION" not in line)
    later, notebook.cells = notebook.cells[place + 1 :], notebook.cells[: place + 1]
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    notebook.cells += later
    NotebookNotary().sign(notebook)
    nbformat.write(notebook, path)
    return folder


@contextmanager
def jupyterlab(folder: Path, theme: str):
    """Run JupyterLab as a student has it, in a theme; yield the notebook's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder.with_name(f"settings-{theme}")
    chosen = settings / "@jupyterlab" / "apputils-extension"
    chosen.mkdir(parents=True)
    for name, value in {"themes": {"theme": THEMES[theme]},
                        "notification": {"fetchNews": "false"}}.items():  # fmt: skip
        (chosen / f"{name}.jupyterlab-settings").write_text(json.dumps(value))
    environment = {
        **os.environ, "JUPYTER_CONFIG_PATH": str(SETTINGS),
        "JUPYTERLAB_SETTINGS_DIR": str(settings), "JUPYTERLAB_WORKSPACES_DIR": str(settings),
    }  # fmt: skip
    options = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token="]
    command = [sys.executable, "-m", "jupyterlab", *options]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.DEVNULL
    ) as server:
        address = f"http://127.0.0.1:{port}/lab/tree/{NAME}.ipynb"
        began = time.monotonic()
        while time.monotonic() < began + SECONDS:
            try:
                urllib.request.urlopen(address).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
        server.terminate()


def show_check(page: Page) -> None:
    """Scroll to the check, and open what was checked."""
    check = page.locator(f'[aria-label="Check of {QUESTION}"]')
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=1000 * SECONDS)
    page.wait_for_timeout(5000)
    page.keyboard.press("Control+b")  # away with the list of files
    page.locator(".jp-Notebook").focus()
    for _ in range(60):  # cells are drawn when they come into sight
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(100)
        if check.count():
            break
    check.locator("summary").click()
    check.evaluate("one => one.scrollIntoView({block: 'end'})")
    page.wait_for_timeout(3000)


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
