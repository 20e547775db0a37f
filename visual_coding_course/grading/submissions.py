"""Find what a class handed in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ..records.roster import Roster
from ..shared.folder import GRADE_ID, assignments
from .beside import Beside, look_beside, look_in_archive, shown_name
from .handed import LINK, NotAccepted, Submission, Told
from .names import FILE, FOLDER, INSTEAD, read_name
from .students import LONGEST_ID, is_student_id, made_id, with_own_names
from .trees import node_of
from .whose import Found, Look, Passed, files_of, no_notebook

__all__ = [
    "Handed", "NotAccepted", "Submission", "find_submissions", "is_student_id", "look_through",
    "submission_in", "submission_of", "with_own_names",
]  # fmt: skip

SUBMITTED = "submitted"
TIMESTAMP = "timestamp.txt"


class Handed(NamedTuple):
    """What a class handed in: the submissions, and what is none."""

    submissions: list[Submission]
    passed: list[Passed]

    def enrolled(self, roster: Roster) -> Handed:
        """Give students the ids that they have in the class, where they are found there.

        Parameters
        ----------
        roster : Roster
            The class.
        """
        taken = {item.student for item in self.submissions}
        submissions = []
        for item in self.submissions:
            told = item.told
            # In nbgrader's layout it is an id, and no name.
            is_id = told.by is None and item.path.parent.parent.name == item.student
            student = roster.find(item.student, told.number, told.by, not is_id)
            if student is not None and student not in taken:
                taken.add(student)
                item = replace(
                    item, student=student, told=told._replace(by=told.by or "class list")
                )
            submissions.append(item)
        return self._replace(submissions=submissions)

    def named(self, rows: Iterable[dict[str, Any]] = ()) -> Handed:
        """Tell students of one name apart.

        Parameters
        ----------
        rows : iterable of dict
            Earlier results, as in ``results.jsonl``: whoever had a name then keeps it.
        """
        known = {row["student"]: (row.get("handed_in") or {}).get("number") for row in rows}
        return self._replace(submissions=with_own_names(self.submissions, known))


def find_submissions(course: Path, name: str, paths: Iterable[Path] = ()) -> list[Submission]:
    """Find the submissions of an assignment.

    Links below the places that are named are not followed: a student could have put them there,
    to another's work or to any file of the machine.

    Parameters
    ----------
    course : Path
        Course folder, with nbgrader's ``submitted/STUDENT/NAME/NAME.ipynb``.
    name : str
        Assignment name.
    paths : iterable of Path
        Where to look instead: folders in nbgrader's layout or as `names.RULES` have them, of
        ``STUDENT.ipynb`` or of students' folders; zip archives of these; single notebooks.

    Raises
    ------
    FileNotFoundError
        If a path is not there, or nothing was handed in.
    """
    return look_through(course, name, paths).named().submissions


def look_through(course: Path, name: str, paths: Iterable[Path] = ()) -> Handed:
    """Do as `find_submissions`; students are not told apart yet, and what is passed over is told.

    Parameters
    ----------
    course, name, paths
        As in `find_submissions`.

    Raises
    ------
    FileNotFoundError
        As `find_submissions`.
    """
    paths = [Path(path) for path in paths]
    look = _look_for(course, name)
    found = [item for path in paths or [course / SUBMITTED] for item in _look_in(path, look)]
    if not found:
        places = ", ".join(str(path) for path in paths) or f"{course / SUBMITTED}/*/{name}"
        none = "".join(f" {shown_name(one.path.name)}: {one.reason}." for one in look.passed[:5])
        raise FileNotFoundError(
            f"No submissions of {name} in {places}. Expected submitted/STUDENT/{name}/{name}.ipynb,"
            f" a folder of STUDENT.ipynb files, a download of an LMS, or notebook files.{none}"
        )
    found = _each_once(found)
    graded = {os.path.abspath(item.path) for item in found}
    return Handed(found, [one for one in look.passed if os.path.abspath(one.path) not in graded])


def _look_for(course: Path, name: str) -> Look:
    look = Look(name)
    with suppress(OSError):  # of a course whose source this user may not read
        look.others.update(other for other in assignments(course) if other != name)
        look.ids.update(_ids_in(course, name))
        look.ids.difference_update(*(_ids_in(course, other) for other in look.others))
    return look


def _ids_in(course: Path, name: str) -> set[bytes]:
    """Names of an assignment's cells."""
    path = course / "source" / name / f"{name}.ipynb"
    return set(GRADE_ID.findall(path.read_bytes()))


def submission_of(course: Path, student: str, name: str) -> Submission:
    """What one student handed in of an assignment, in nbgrader's layout.

    Parameters
    ----------
    course, name
        As in `find_submissions`.
    student : str
        Folder name below ``submitted/``.
    """
    look = _look_for(course, name)
    return _from_folder(course / SUBMITTED, course / SUBMITTED / student / name, look)


def submission_in(course: Path, folder: Path, student: str, name: str) -> Submission:
    """What one student handed in, in a folder that holds nothing else.

    Parameters
    ----------
    course, name
        As in `find_submissions`.
    folder : Path
        The notebook is chosen in it as in a student's folder anywhere.
    student : str
        Id.
    """
    return _from_folder(folder.parent, folder, _look_for(course, name), made_id(student))


def _each_once(found: list[Submission]) -> list[Submission]:
    """Leave out what was found before by another of the paths."""
    places: dict[str, Submission] = {}
    for item in found:
        places.setdefault(os.path.abspath(item.path), item)
    return list(places.values())


def _look_in(path: Path, look: Look) -> list[Submission]:
    name = look.assignment
    notebook = path.suffix == ".ipynb"
    if notebook and (path.is_symlink() if _can_see(path) else True):
        return [_from_file(path)]
    if not _can_see(path):
        raise PermissionError(f"The grader cannot open {path}. Let it read that folder.")
    if path.is_file():
        if path.stem == name == path.parent.name:
            student = path.absolute().parent.parent.name
            return [_in_folder(student, path.parent, path)]
        node = node_of(path)
        if node.inside is None and not read_name(path.name, FILE):
            return [_from_file(path)]
        return _found_by(look, lambda: look.through([node], "") if node.inside is None
                         else look.one(node))  # fmt: skip
    if not path.is_dir():
        if path.name == SUBMITTED:
            return []
        raise FileNotFoundError(f"There is no file or folder {path}.")
    if read_name(path.absolute().name, FOLDER):
        return _found_by(look, lambda: look.one(node_of(path.absolute())))
    return _look_in_folder(path, look)


def _look_in_folder(path: Path, look: Look) -> list[Submission]:
    name = look.assignment
    inside = _names_in(path)
    if inside is None:
        raise PermissionError(f"The grader cannot open the folder {path}. Let it read that folder.")
    named = {one for one in inside if read_name(one, FOLDER) or read_name(one, FILE)}
    own = name in inside and _is_students(path / name, look)
    folders = [path / name] if own else []
    nbgraders = [one for one in inside if one not in named and _is_there(path / one / name)]
    folders += [path / one / name for one in nbgraders]
    taken = {*nbgraders, *([name] if own else [])}
    found = [_from_folder(path, folder, look) for folder in folders]
    if path.name != name:
        for one in inside:
            if one not in {name, *named} and os.path.lexists(path / one / f"{name}.ipynb"):
                taken.add(one)
                if one not in nbgraders:
                    found.append(_from_folder(path, path / one, look, one))
    loose = [one for one in inside if _is_notebook(one) and one not in named]
    found += [_from_file(path / one) for one in loose]
    taken.update(loose)
    rest = [node_of(path / one) for one in inside if one not in taken]
    stems = {one.removesuffix(".ipynb"): one for one in loose}
    for node in [one for one in rest if one.kind != "folder" or one.inside is not None]:
        instead = INSTEAD.fullmatch(node.path.name)
        if instead and instead["stem"] in stems:
            rest.remove(node)
            look.passed.append(Passed(node.path, f"{stems[instead['stem']]} counts instead"))
    found += _found_by(look, lambda: look.through(rest, path.absolute().name))
    if not found and path.name != SUBMITTED:
        raise FileNotFoundError(
            f"There are no submissions of {name} in {path}: no STUDENT/{name}/{name}.ipynb, "
            "no notebook in a student's folder, no STUDENT.ipynb, and nothing named as by an LMS."
        )
    return found


def _is_students(folder: Path, look: Look) -> bool:
    """Whether a folder of the assignment's name is a student's, as nbgrader has it."""
    node = node_of(folder)
    if node.kind != "folder":
        return True
    return any(_is_notebook(one.path.name) for one in node.children()) or not look.is_class(node)


def _found_by(look: Look, work: Callable[[], None]) -> list[Submission]:
    look.begin()
    work()
    return [_from_found(found) for found in look.result()]


def _from_found(found: Found) -> Submission:
    """Make a submission of what lies somewhere else than nbgrader has it."""
    name, path = found.name, found.node.path
    told = Told(
        name.system if name else None, name.number if name else None, bool(name and name.late),
        found.attempt, found.attempts,
    )  # fmt: skip
    beside, timestamp = Beside(), None
    if found.folder is not None and found.node.archive is None:
        beside = look_beside(path.parent)
        timestamp = _timestamp(path.parent / TIMESTAMP)
    elif found.folder is not None:
        beside = look_in_archive(found.folder)
    if name and name.time and timestamp is None:
        timestamp = name.time.isoformat(" ", "seconds")
    notes = [beside.note]
    if told.late and timestamp is None:
        notes.insert(0, f"{told.by} marks this as late. How late it does not say.")
    packed = found.node if found.node.archive is not None else None
    refusal, status = found.refusal, found.status
    if found.node.kind == "link" and refusal is None:
        refusal, status = LINK.format(shown_name(path.name)), "refused"
    # A file's name is made an id as it always was; a folder's is one, where it can be.
    named = name is not None or found.node.path.parent != found.place
    student = found.student if named and is_student_id(found.student) else made_id(found.student)
    own = tuple(one for one in beside.names if one != path.name)
    return Submission(
        student, path, timestamp, refusal, " ".join(filter(None, notes)) or None,
        beside._replace(names=own), told, packed, status,
    )  # fmt: skip


def _names_in(folder: Path) -> list[str] | None:
    """Names of what is in a folder, in their order; None if it cannot be opened."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return None


def _is_notebook(name: str) -> bool:
    # macOS puts a file ._NAME beside each NAME in an archive.
    return name.endswith(".ipynb") and not name.startswith("._")


def _can_see(path: Path) -> bool:
    """Whether the grader may know if something is there."""
    try:
        os.lstat(path)
    except PermissionError:
        return False
    except (OSError, ValueError):
        return True
    return True


def _is_there(path: Path) -> bool:
    """Whether something is there; where the grader may not look, there is."""
    return os.path.lexists(path) or not _can_see(path)


def _from_file(path: Path) -> Submission:
    return Submission(made_id(path.stem), path, refusal=_link_below(path.parent, path))


def _from_folder(root: Path, folder: Path, look: Look, student: str | None = None) -> Submission:
    name = look.assignment
    student = student or folder.absolute().parent.name
    notebook = folder / f"{name}.ipynb"
    refusal = _link_below(root, notebook)
    if refusal is None and not os.path.lexists(notebook) and node_of(folder).kind == "folder":
        node = node_of(folder)
        chosen, refusal = look.choose(node)
        status = "refused"
        if chosen is None and refusal is None and (there := list(files_of(node))):
            refusal, status = no_notebook(there), "unreadable"
        if chosen is not None:
            found = Found(student, chosen.node, chosen.folder, attempt=chosen.attempts,
                          attempts=chosen.attempts)  # fmt: skip
            item = replace(_from_found(found), student=student)
            return _with_id(replace(item, timestamp=_timestamp(folder / TIMESTAMP)))
        if refusal:
            return _with_id(Submission(student, notebook, refusal=refusal, status=status))
    if refusal:
        return _with_id(Submission(student, notebook, refusal=refusal))
    return _in_folder(student, folder, notebook)


def _in_folder(student: str, folder: Path, notebook: Path) -> Submission:
    """A notebook that has a folder of its own, with what stands beside it."""
    beside = look_beside(folder)
    timestamp = _timestamp(folder / TIMESTAMP)
    return _with_id(Submission(student, notebook, timestamp, note=beside.note, beside=beside))


def _link_below(root: Path, path: Path) -> str | None:
    """A sentence about the first link on the way from a folder to a path, if there is one."""
    steps = path.relative_to(root).parts
    for count in range(1, len(steps) + 1):
        step = root.joinpath(*steps[:count])
        if os.path.islink(step):
            return LINK.format(shown_name(step.name))
    return None


def _timestamp(path: Path) -> str | None:
    """What the file says, if it is a time; nbgrader takes a submission without one as in time."""
    # Here and not above: it takes half a second, which workers, who import this file, need not.
    from nbgrader.utils import parse_utc

    try:
        if path.is_symlink():
            return None
        text = path.read_text(encoding="utf-8").strip()
        parse_utc(text)
    except (OSError, ValueError, OverflowError):
        return None
    return text


def _with_id(item: Submission) -> Submission:
    """Refuse a folder whose name cannot be a student id; its row has an id made from it."""
    if is_student_id(item.student):
        return item
    return replace(
        item,
        student=made_id(item.student),
        refusal=f"The folder {shown_name(item.student)[:200]!r} cannot be a student id: that is at "
        f"most {LONGEST_ID} printable characters, and no path. Rename the folder, and hand in "
        "again.",
    )
