"""Folders and zip archives that were handed in, as trees; looked into, and never unpacked.

What is in an archive is hostile: its names lead nowhere, since nothing is written, and a file is
read only when it is graded, within the same limits as one in a folder.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from .beside import shown_name
from .names import ZIP

MEGABYTE = 1024**2
#: Of the part of an archive that lists its files: about 100,000 files.
MOST_LISTED_BYTES = 12 * MEGABYTE
#: Of an archive in an archive, which is read into memory.
MOST_INNER_BYTES = 100 * MEGABYTE
#: How many archives may be in one another.
MOST_NESTED = 3
#: A file that is larger than this may not be so many times larger than what is stored of it; an
#: archive in an archive, which is packed already, even less.
MOST_RATIO, RATIO_OF_ARCHIVES, RATIO_FROM = 200, 5, MEGABYTE
MOST_DEPTH = 12
#: Archives that are kept open, since one of a class is read once for each student.
KEPT_OPEN = 4


class CannotOpen(ValueError):
    """An archive, or a file in it, that is not read; says why.

    Attributes
    ----------
    ours : bool
        Whether it is the grader who cannot.
    """

    def __init__(self, why: str, ours: bool = False):
        super().__init__(why)
        self.ours = ours


@dataclass(eq=False)
class Node:
    """A file or a folder.

    Attributes
    ----------
    path : Path
        Where it is; of what is in an archive, as if that were a folder.
    kind : str
        file, folder, link, closed (what the grader may not open), broken (an archive that cannot
        be opened), or other.
    why : str, optional
        Of what is broken, why.
    archive : Archive, optional
        What it is in.
    info : zipfile.ZipInfo, optional
        What the archive says of a file.
    inside : list of Node, optional
        What is in a folder of an archive, or in an archive.
    """

    path: Path
    kind: str
    why: str | None = None
    archive: Archive | None = None
    info: zipfile.ZipInfo | None = None
    inside: list[Node] | None = None

    @property
    def name(self) -> str:
        """Its own name; that of an archive is without the suffix."""
        found = ZIP.fullmatch(self.path.name) if self.inside is not None else None
        return found["stem"] if found else self.path.name

    def children(self) -> list[Node]:
        """What is in a folder or archive, in the order of names."""
        if self.inside is not None:
            return self.inside
        try:
            with os.scandir(self.path) as entries:
                return [node_of(Path(one.path)) for one in sorted(entries, key=_by_name)]
        except OSError:
            return []


def _by_name(entry: os.DirEntry) -> str:
    return entry.name


def node_of(path: Path) -> Node:
    """Look at what is at a path on the disk; follows no link."""
    try:
        about = os.lstat(path)
    except OSError:
        return Node(path, "closed")
    if stat.S_ISLNK(about.st_mode):
        return Node(path, "link")
    if stat.S_ISDIR(about.st_mode):
        return Node(path, "folder" if os.access(path, os.R_OK | os.X_OK) else "closed")
    if not stat.S_ISREG(about.st_mode):
        return Node(path, "other")
    if ZIP.fullmatch(path.name):
        return _opened(Node(path, "file"), Archive(path))
    return Node(path, "file")


def _opened(file: Node, archive: Archive) -> Node:
    try:
        inside = archive.tree()
    except CannotOpen as reason:
        kind = "closed" if reason.ours else "broken"
        return Node(file.path, kind, str(reason), file.archive, file.info)
    return Node(file.path, "folder", None, file.archive, file.info, inside)


@dataclass(eq=False)
class Archive:
    """A zip archive.

    Attributes
    ----------
    path : Path
        Where it is.
    within : Archive, optional
        The one that it is in, as the file ``info``.
    info : zipfile.ZipInfo, optional
        See ``within``.
    """

    path: Path
    within: Archive | None = None
    info: zipfile.ZipInfo | None = None
    _children: dict[PurePosixPath, list[Node]] = field(default_factory=dict, repr=False)

    @property
    def depth(self) -> int:
        """How many archives it is in."""
        return 0 if self.within is None else self.within.depth + 1

    def tree(self) -> list[Node]:
        """List what is in it, archives in it too.

        Raises
        ------
        CannotOpen
            If it is no zip archive, damaged, encrypted or too large.
        """
        listed = self._zip().infolist()
        self._children = {PurePosixPath(): []}
        files = {where: info for info in listed if (where := _safe(info)) is not None}
        if listed and not files and not all(info.is_dir() for info in listed):
            raise CannotOpen("the names in the archive lead out of it")
        for where, info in sorted(files.items()):
            node = self._node(where, info)
            if node is not None:
                self._folder(where.parent).append(node)
        for inside in self._children.values():
            inside.sort(key=lambda node: node.path.name)
        return self._children[PurePosixPath()]

    def _node(self, where: PurePosixPath, info: zipfile.ZipInfo) -> Node | None:
        if info.is_dir():
            self._folder(where)
            return None
        path = self.path / where
        mode = info.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            return Node(path, "link" if stat.S_ISLNK(mode) else "other", archive=self, info=info)
        node = Node(path, "file", archive=self, info=info)
        if not ZIP.fullmatch(where.name):
            return node
        if self.depth + 1 >= MOST_NESTED:
            return Node(path, "broken", "it is in too many other archives", self, info)
        return _opened(node, Archive(path, self, info))

    def _folder(self, where: PurePosixPath) -> list[Node]:
        if where not in self._children:
            inside: list[Node] = []
            self._children[where] = inside
            node = Node(self.path / where, "folder", archive=self, inside=inside)
            self._folder(where.parent).append(node)
        return self._children[where]

    def read(self, info: zipfile.ZipInfo, most: int, ratio: int = MOST_RATIO) -> bytes:
        """Read one file.

        Raises
        ------
        CannotOpen
            If it is damaged, encrypted, has more bytes than ``most``, or is packed as a bomb is.
        """
        if info.flag_bits & 0x1:
            raise CannotOpen("it is in an archive with a password")
        if info.file_size > most:
            raise CannotOpen(
                f"it has {info.file_size / MEGABYTE:.0f} MB unpacked, and {most / MEGABYTE:.0f} MB "
                "is the most"
            )
        if info.file_size > max(RATIO_FROM, ratio * info.compress_size):
            raise CannotOpen(f"it unpacks to more than {ratio} times what it takes")
        try:
            with self._zip().open(info) as file:
                content = file.read(most + 1)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError,
                EOFError, zipfile.zlib.error) as error:  # fmt: skip
            raise CannotOpen(f"the archive is damaged ({error})"[:200]) from None
        if len(content) > min(most, info.file_size):
            raise CannotOpen("the archive says less of its size than it has")
        return content

    def _zip(self) -> zipfile.ZipFile:
        kept = _kept.pop(self, None)
        if kept is None or kept.fp is None:
            kept = self._open()
        _kept[self] = kept
        while len(_kept) > KEPT_OPEN:
            _kept.popitem(last=False)[1].close()
        return kept

    def _open(self) -> zipfile.ZipFile:
        try:
            file = self._file()
        except OSError as error:
            raise CannotOpen(f"the grader cannot read it ({error.strerror})", True) from None
        try:
            # Before all of it is read, which makes twenty times as much of it.
            end = zipfile._EndRecData(file)
            if end is None:
                raise CannotOpen("it is no zip archive, or its end is missing")
            if end[5] > MOST_LISTED_BYTES:
                raise CannotOpen("there are too many files in the archive")
            return zipfile.ZipFile(file)
        except CannotOpen:
            file.close()
            raise
        except Exception as error:  # zipfile raises many kinds for what is no archive
            file.close()
            raise CannotOpen(f"the archive is damaged ({error})"[:200]) from None

    def _file(self) -> BinaryIO:
        if self.within is not None:
            return io.BytesIO(self.within.read(self.info, MOST_INNER_BYTES, RATIO_OF_ARCHIVES))
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(self.path, flags), "rb")


def read_node(node: Node, most: int) -> bytes:
    """Read a file, in an archive or not.

    Raises
    ------
    CannotOpen
        If it is in an archive, and cannot be read.
    OSError
        If it is not, and cannot be read.
    """
    if node.archive is not None:
        return node.archive.read(node.info, most)
    if node.kind != "file":
        return b""
    with open(node.path, "rb") as file:
        return file.read(most)


_kept: OrderedDict[Archive, zipfile.ZipFile] = OrderedDict()


def _safe(info: zipfile.ZipInfo) -> PurePosixPath | None:
    """Where in the archive a file is; None if its name leads out of it, or is none."""
    name = info.filename
    if not info.flag_bits & 0x800:
        # Those of macOS are UTF-8 and do not say so.
        with suppress(ValueError):
            name = name.encode("cp437").decode("utf-8")
    name = name.replace("\\", "/")
    steps = name.rstrip("/").split("/")
    bad = name.startswith("/") or ":" in steps[0] or len(steps) > MOST_DEPTH
    if bad or any(step in ("", ".", "..") or "\0" in step for step in steps):
        return None
    return PurePosixPath(*(shown_name(step) for step in steps))
