"""Tell of a tree of files whose each notebook is: by the rules of `names`, or by where it lies.

A folder in which no rule fits is a student's, unless what is in it says that it is a class's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from ..shared.folder import GRADE_ID
from .beside import shown_name
from .gradescope import METADATA, read_metadata, with_metadata
from .names import (
    ATTEMPT,
    FILE,
    FOLDER,
    GROUP,
    INSTEAD,
    NOISE,
    NOT_HANDED_IN,
    NOTEBOOK,
    WRAPPING,
    ZIP,
    Name,
    attempt_of,
    is_like,
    notebook_stem,
    read_name,
    spelling,
)
from .trees import MOST_DEPTH, CannotOpen, Node, read_node

#: Of a notebook that is only asked of which assignment it is.
MOST_LOOKED_AT = 20 * 1024**2


class Passed(NamedTuple):
    """What is not graded, and why."""

    path: Path
    reason: str


@dataclass(eq=False)
class Found:
    """What a student handed in.

    Attributes
    ----------
    student : str
        As the name says; not an id yet.
    node : Node
        The notebook, or what stands in its place.
    folder : Node, optional
        The notebook's own, so that what lies beside it was handed in with it.
    name : Name, optional
        What the rules say.
    refusal, status : str, optional
        Why there is no notebook to grade; what that is recorded as.
    attempt, attempts : int
        Which of how many it is.
    place : Path, optional
        The folder that it, or its folder, is in.
    """

    student: str
    node: Node
    folder: Node | None = None
    name: Name | None = None
    refusal: str | None = None
    status: str = "unreadable"
    attempt: int = 1
    attempts: int = 1
    place: Path | None = None


class Notebook(NamedTuple):
    """A notebook in a student's folder: how deep, in which folder, of which attempt."""

    node: Node
    folder: Node
    depth: int
    attempt: int
    named: bool  # it lies in a folder of the assignment's name
    attempts: int = 1  # of how many it is the last


@dataclass
class Look:
    """Looks through a class's files.

    Attributes
    ----------
    assignment : str
        Its name.
    ids : set of bytes
        Names of its cells, by which its notebooks are known where names do not help.
    others : set of str
        Names of the course's other assignments: their folders are not looked into.
    passed : list of Passed
        What is not graded.
    """

    assignment: str
    ids: set[bytes] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    passed: list[Passed] = field(default_factory=list)
    _found: dict[tuple, list[Found]] = field(default_factory=dict)
    _told: dict[str, dict[str, Any]] = field(default_factory=dict)

    def through(self, nodes: Iterable[Node], title: str) -> None:
        """Look through what lies in a folder of a class.

        Parameters
        ----------
        nodes : iterable of Node
            What is in it.
        title : str
            Its name.
        """
        nodes = list(nodes)
        for node in nodes:
            if node.path.name == METADATA:
                self._told = {**self._told, **read_metadata(node)}
        nodes = [node for node in nodes if not NOISE.fullmatch(node.path.name)]
        folders = [node for node in nodes if node.kind in ("folder", "closed")]
        classes = {id(node) for node in folders if self._name(node) is None
                   and self.is_class(node, title)}  # fmt: skip
        # One that holds a single student is known by its neighbours.
        sections = any(not _loose(node) for node in folders if id(node) in classes)
        groups = any(_loose(node) for node in folders if id(node) in classes)
        for node in folders:
            name = self._name(node)
            if name is None and (NOT_HANDED_IN.fullmatch(node.name) or node.name in self.others):
                continue
            loose = _loose(node)
            alike = (sections and not loose and self._is_nested(node)) or (
                groups and loose and GROUP.fullmatch(node.name) and not self._like(loose)
            )
            if name is None and (id(node) in classes or alike):
                self.through(node.children(), node.name)
            else:
                self._student(node, name.student if name else node.name, name)
        for node in nodes:
            if node not in folders:
                self._file(node)

    def one(self, node: Node) -> None:
        """Look at an archive or a folder that is named by itself: a student's, or a class's."""
        top, name = node, self._name(node)
        while node.inside is not None and len(inside := _useful(node)) == 1:
            if inside[0].kind != "folder" or self._name(inside[0]):
                break
            node = inside[0]
            if WRAPPING.fullmatch(node.name):
                break
        title = "" if node is top else top.name
        if name is None and (self.is_class(node, title) or len(_loose(node)) > 1):
            self.through(node.children(), top.name)
        else:
            self._student(top, name.student if name else top.name, name)

    def begin(self) -> None:
        """Forget whose work was found, before another place is looked through."""
        self._found = {}

    def result(self) -> list[Found]:
        """One for each student: the last attempt."""
        return [self._last(found) for found in self._found.values()]

    def _file(self, node: Node) -> None:
        name = read_name(node.path.name, FILE)
        if name and name.system == "Blackboard" and name.file is None:
            return  # what Blackboard itself writes beside each attempt
        if NOTEBOOK.fullmatch(node.path.name) and node.kind in ("file", "link"):
            self._add(Found(name.student if name else notebook_stem(node.path.name), node,
                            name=name), node.path.parent)  # fmt: skip
            return
        instead = INSTEAD.fullmatch(node.path.name)
        if name or instead:
            self._add(
                Found(name.student if name else instead["stem"], node, name=name,
                      refusal=no_notebook([node])), node.path.parent,
            )  # fmt: skip
        else:
            self.passed.append(Passed(node.path, node.why or "no notebook"))

    def _name(self, node: Node) -> Name | None:
        name = read_name(node.name, FOLDER)
        if name is not None and node.name in self._told:
            return with_metadata(name, self._told[node.name])
        if name is None and node.inside is not None:
            return read_name(node.path.name, FILE)
        return name

    def is_class(self, node: Node, title: str = "") -> bool:
        """Whether a folder holds the work of several students."""
        inside, loose = _useful(node), _loose(node)
        if any(self._has_names(one) for one in inside):
            return True
        folders = [one for one in inside if one.kind == "folder" and _has_notebook(one)]
        if WRAPPING.fullmatch(node.name):
            return bool(folders or loose)
        if spelling(node.name) == spelling(title):
            inner = any(self.is_class(one, title) for one in folders)
            return inner or len(folders) + len(loose) > 1
        if GROUP.fullmatch(node.name):
            others = len(loose) - len(self._like(loose))
            return others > 1 or (not loose and bool(folders))
        return self._is_nested(node) and len(folders) > 1

    def _is_nested(self, node: Node) -> bool:
        """Whether a folder has folders alone, none of which is an assignment or an attempt."""
        folders = [one for one in _useful(node) if one.kind == "folder" and _has_notebook(one)]
        return bool(folders) and not _loose(node) and not any(
            is_like(one.name, self.assignment) or one.name in self.others
            or ATTEMPT.fullmatch(one.name) for one in folders
        )  # fmt: skip

    def _like(self, notebooks: list[Node]) -> list[Node]:
        """Those that have the assignment's name."""
        return [one for one in notebooks
                if is_like(notebook_stem(one.path.name), self.assignment)]  # fmt: skip

    def _has_names(self, node: Node, depth: int = 0) -> bool:
        """Whether a rule fits a name in a tree."""
        if node.kind != "folder":
            return read_name(node.path.name, FILE) is not None
        if self._name(node):
            return True
        return depth < MOST_DEPTH and any(self._has_names(one, depth + 1) for one in _useful(node))

    def _student(self, node: Node, student: str, name: Name | None) -> None:
        """Find the notebook in a student's folder."""
        if node.kind == "closed":
            self._add(Found(student, replace_path(node, self.assignment), name=name),
                      node.path.parent)  # fmt: skip
            return
        chosen, refusal = self.choose(node)
        status = "refused" if refusal else "unreadable"
        if chosen is None and refusal is None:
            there = list(files_of(node, self.others))
            instead = (INSTEAD.fullmatch(one.path.name) or one.kind == "closed" for one in there)
            packed = node.inside is not None and ZIP.fullmatch(node.path.name)
            if name is None and not packed and not any(instead):
                self.passed += [Passed(one.path, "no notebook") for one in there]
                return
            refusal = no_notebook(there)
            closed = next((one for one in there if one.kind == "closed"), None)
            if closed is not None:
                self._add(Found(student, replace_path(closed, self.assignment), name=name),
                          node.path.parent)  # fmt: skip
                return
        if chosen is None:
            missing = replace_path(node, self.assignment)
            found = Found(student, missing, name=name, refusal=refusal, status=status)
        else:
            found = Found(student, chosen.node, chosen.folder, name, attempts=chosen.attempts,
                          attempt=chosen.attempts)  # fmt: skip
        self._add(found, node.path.parent)

    def choose(self, node: Node) -> tuple[Notebook | None, str | None]:
        """Choose among the notebooks in a student's folder.

        Returns
        -------
        (Notebook or None, str or None)
            The one that counts; or None, with a sentence if there are several that could be it.
        """
        there = list(self._notebooks(node))
        pool = [one for one in there if one.named] or there
        attempts = len({one.attempt for one in pool})
        last = max((one.attempt for one in pool), default=0)
        pool = [one for one in pool if one.attempt == last]
        stems = {id(one): notebook_stem(one.node.path.name) for one in pool}
        exact = [one for one in pool if stems[id(one)] == self.assignment]
        like = [one for one in pool if is_like(stems[id(one)], self.assignment)]
        pool = exact or like or pool
        least = min((one.depth for one in pool), default=0)
        pool = [one for one in pool if one.depth == least]
        if len({attempt_of(stems[id(one)])[0] for one in pool}) == 1:
            pool.sort(key=lambda one: attempt_of(stems[id(one)])[1])
            copies = [attempt_of(stems[id(one)])[1] for one in pool]
            if copies.count(copies[-1]) == 1:
                attempts, pool = max(attempts, len(pool)), pool[-1:]
        if len(pool) > 1:
            ours = [one for one in pool if self._is_ours(one.node)]
            pool = ours if len(ours) == 1 else pool
        if len(pool) > 1:
            names = ", ".join(one.node.path.name[:100] for one in pool[:5])
            return None, (
                f"Several notebooks were handed in ({names}), and none of their names says which "
                f"is to be graded. Hand in one, named {self.assignment}.ipynb."
            )
        if pool:
            self._pass_over([one.node for one in there if one is not pool[0]], pool[0].node)
            return pool[0]._replace(attempts=attempts), None
        return None, None

    def _notebooks(
        self, node: Node, depth: int = 0, attempt: int = 0, named: bool = False
    ) -> Iterator[Notebook]:
        for one in _useful(node):
            if one.kind != "folder":
                if _is_notebook(one):
                    yield Notebook(one, node, depth, attempt, named)
                continue
            if depth >= MOST_DEPTH or one.name in self.others:
                continue
            number = ATTEMPT.fullmatch(one.name)
            ours = is_like(one.name, self.assignment)
            copy = attempt_of(one.name)[1] if ours else 0
            yield from self._notebooks(
                one, depth if ours or number else depth + 1,
                int(number["order"]) if number else copy or attempt, named or ours,
            )  # fmt: skip

    def _is_ours(self, node: Node) -> bool:
        """Whether a notebook has cells of the assignment."""
        try:
            content = read_node(node, MOST_LOOKED_AT)
        except (CannotOpen, OSError):
            return False
        return bool(self.ids.intersection(GRADE_ID.findall(content)))

    def _add(self, found: Found, place: Path) -> None:
        name, found.place = found.name, place
        who = (place, found.student) if name is None else (name.system, name.number or name.student)
        self._found.setdefault(who, []).append(found)

    def _last(self, found: list[Found]) -> Found:
        notebooks = [one for one in found if one.refusal is None]
        # The sort is stable: of two that nothing tells apart, the one whose name says notebook.
        ordered = sorted(
            notebooks or found,
            key=lambda one: (one.name.order if one.name else (),
                             one.node.path.suffix == ".ipynb"),
        )  # fmt: skip
        last = ordered[-1]
        self._pass_over([one.node for one in found if one is not last], last.node)
        if len(ordered) == 1:
            return last
        return replace(last, attempt=len(ordered), attempts=len(ordered))

    def _pass_over(self, nodes: list[Node], counts: Node) -> None:
        shown = "/".join(map(shown_name, counts.path.parts[-2:]))
        self.passed += [Passed(one.path, f"{shown} counts instead") for one in nodes]


def replace_path(node: Node, assignment: str) -> Node:
    """Where the notebook of a folder should be; of an archive, itself."""
    if node.kind == "closed" and ZIP.fullmatch(node.path.name):
        return Node(node.path, "file")
    return Node(node.path / f"{assignment}.ipynb", "file")


def _useful(node: Node) -> list[Node]:
    return [
        one for one in node.children()
        if not NOISE.fullmatch(one.path.name)
        and not (one.kind == "folder" and NOT_HANDED_IN.fullmatch(one.name))
    ]  # fmt: skip


def files_of(node: Node, others: Collection[str] = (), depth: int = 0) -> Iterator[Node]:
    """Files below a folder that may be handed in, and closed folders; not in other assignments'."""
    for one in _useful(node):
        if one.kind != "folder":
            yield one
        elif depth < MOST_DEPTH and one.name not in others:
            yield from files_of(one, others, depth + 1)


def _loose(node: Node) -> list[Node]:
    """Notebooks that lie right in a folder."""
    return [one for one in _useful(node) if _is_notebook(one)]


def _is_notebook(node: Node) -> bool:
    return node.kind in ("file", "link") and NOTEBOOK.fullmatch(node.path.name) is not None


def _has_notebook(node: Node) -> bool:
    return any(map(_is_notebook, files_of(node)))


def no_notebook(files: Iterable[Node]) -> str:
    """Say that there is no notebook among files, and what there is."""
    files = list(files)
    names = ", ".join(shown_name(one.path.name)[:100] for one in files[:5])
    broken = [one for one in files if one.kind == "broken"]
    if broken:
        name = shown_name(broken[0].path.name)[:100]
        return f"{name} cannot be opened: {broken[0].why}. Hand in the .ipynb file itself."
    but = f", but {names}" if names else ""
    return f"No notebook was handed in{but}. Hand in the .ipynb file that JupyterLab saves."
