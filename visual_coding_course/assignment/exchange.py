"""Hand out and give back through nbgrader's exchange all that a student needs.

`nbgrader_config.py` names these classes, so that nbgrader's own commands and the formgrader's
buttons use them.
"""

from __future__ import annotations

import glob
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from nbgrader.exchange.default import ExchangeReleaseAssignment, ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from ..inside.changed import replaced
from ..shared.files import put_in_place
from .release import REQUIREMENTS

#: What no release is to have, whatever it is called in there.
LEFT_OUT = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".OTTER_LOG"]
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"


class ReleaseAssignment(ExchangeReleaseAssignment):
    """Puts a release into the exchange as it is, and in place of another when it is whole.

    nbgrader leaves out what ``CourseDirectory.ignore`` names, which is about ``source/``: the test
    files there have hidden cases, and those of a release have none. With ``--force`` it removes the
    release that is there before it copies.
    """

    def copy_files(self):
        """Copy the release beside its place first, where nobody finds it."""
        place = self.dest_path
        if os.path.isdir(place) and not self.force:
            super().copy_files()  # says so, and stops
        self._see_that_it_is_whole()
        with (
            TemporaryDirectory(prefix=".release-", dir=self.outbound_path) as scratch,
            replaced(self, "dest_path", os.path.join(scratch, os.path.basename(place))),
        ):
            super().copy_files()
            put_in_place(Path(self.dest_path), Path(place))

    def _see_that_it_is_whole(self) -> None:
        """Make the release, where git has brought only what a person reads of it.

        ``generate_assignment`` takes that for one, and leaves it as it is.
        """
        from .build import BuildError, build_release

        release = Path(self.src_path).resolve()
        if (release / REQUIREMENTS).is_file():
            return
        self.log.info("%s is not whole. It is made anew.", release)
        try:
            build_release(Path(self.coursedir.root), release.name, release.parent)
        except BuildError as error:
            self.fail(str(error))

    def do_copy(self, src, dest, log=None):
        """Copy the release folder."""
        with replaced(self.coursedir, "ignore", LEFT_OUT):
            super().do_copy(src, dest, log)


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Puts the feedback pages into the exchange of whoever handed in through it.

    nbgrader stops at the first student who did not, so that nobody gets a page.
    """

    def copy_files(self):
        """Copy the pages, one student's after the other's."""
        wanted, none = self.src_path, []
        for folder in sorted(glob.glob(wanted)):
            if not all(os.path.isfile(os.path.join(folder, one)) for one in (TIMESTAMP, SECRET)):
                none.append(os.path.basename(os.path.dirname(folder)))
                continue
            self.src_path = glob.escape(folder)
            super().copy_files()
            self._under_own_names(folder)
        self.src_path = wanted
        if none:
            self.log.warning(
                "Not handed in through the exchange, so that there is no place for the page of: %s",
                ", ".join(none),
            )

    def _under_own_names(self, folder: str) -> None:
        """Give the page the name, too, that the student's program asks for: their notebook's."""
        name, student = self.coursedir.assignment_id, os.path.basename(os.path.dirname(folder))
        excluded = (self.coursedir.student_id_exclude or "").split(",")
        page = os.path.join(folder, f"{name}.html")
        if student in excluded or not os.path.isfile(page):
            return
        with open(os.path.join(folder, SECRET), encoding="utf-8") as file:
            secret = file.read()
        submitted = self.coursedir.format_path(self.coursedir.submitted_directory, student, name)
        for path in glob.glob(os.path.join(glob.escape(submitted), "*.ipynb")):
            own = os.path.splitext(os.path.basename(path))[0]
            if own != name:
                made = os.path.join(self.dest_path, notebook_hash(secret=secret, notebook_id=own))
                shutil.copy(page, f"{made}-tmp.html")
                os.replace(f"{made}-tmp.html", f"{made}.html")
