"""The file of nbgrader's gradebook: make it, and see whether it can be used, before it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import nbgrader.api
from alembic.script import ScriptDirectory
from nbgrader.api import Gradebook
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy.engine import URL

from ..inside.changed import replaced
from ..shared.files import sync_folder

# Seconds that a write waits for another program, such as the formgrader, to end its own.
PATIENCE = 60
WHAT_TO_DO = (
    "Grades and comments given by hand are in it alone. Put a backup in its place; or, if there is "
    "none, move it away, and grade everyone anew with `--regrade`. It is left as it is"
)


class Unusable(RuntimeError):
    """What is there is no gradebook that can be used; says what to do."""


def url_of(path: Path) -> URL:
    """Address a gradebook as SQLAlchemy does."""
    return URL.create("sqlite", database=str(path.resolve()), query={"timeout": str(PATIENCE)})


def open_gradebook(path: Path) -> Gradebook:
    """Open a gradebook, which is made if it is not there.

    Raises
    ------
    Unusable
        If the file is empty, damaged, or of another schema: it is not changed then.
    """
    if path.exists():
        _look(path)
    else:
        _make(path)
    return Gradebook(url_of(path))


def _look(path: Path) -> None:
    """See whether it is whole, and all is there that nbgrader reads and writes.

    nbgrader would add what is not there; and SQLite tells of damage only when it gets to it.
    """
    if path.stat().st_size == 0:
        raise Unusable(f"{path.name} is empty. {WHAT_TO_DO}")
    try:
        # Not read-only: where a writer was killed, SQLite first takes back what it had begun.
        address = f"{path.resolve().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, timeout=PATIENCE, uri=True)) as book:
            [[whole]] = book.execute("pragma quick_check(1)")
            if whole != "ok":
                raise sqlite3.DatabaseError(whole)
            # SQLite takes zeros for what is missing of the last page.
            [[pages]], [[size]] = map(book.execute, ("pragma page_count", "pragma page_size"))
            if path.stat().st_size < pages * size:
                raise sqlite3.DatabaseError("its end is missing")
            missing = [
                f"{table.name}.{missing}" if found else table.name
                for table in nbgrader.api.Base.metadata.tables.values()
                for found in [_columns(book, table.name)]
                for missing in sorted({column.name for column in table.columns} - found)[:1]
            ]
            known = _columns(book, "alembic_version")
            versions = book.execute("select version_num from alembic_version") if known else ()
            others = {version for (version,) in versions} - {_schema_version()}
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise Unusable(f"{path.name} is damaged ({error}). {WHAT_TO_DO}") from error
    if missing:
        raise Unusable(
            f"{path.name} is not a gradebook as this version of nbgrader has it: it has no "
            f"{missing[0]}. If it is of an older version, `nbgrader db upgrade` brings it up to "
            f"date. {WHAT_TO_DO}"
        )
    if others:
        raise Unusable(
            f"{path.name} is of another version of nbgrader. If that is an older one, `nbgrader db "
            f"upgrade` brings it up to date; else install the newer one. {WHAT_TO_DO}"
        )


def _columns(book: sqlite3.Connection, table: str) -> set[str]:
    return {name for _, name, *_ in book.execute(f'pragma table_info("{table}")')}


def _make(path: Path) -> None:
    """Make an empty gradebook under another name first: nbgrader makes it in several steps."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    with replaced(nbgrader.api, "get_alembic_version", _schema_version):
        Gradebook(url_of(temporary)).close()
    temporary.replace(path)
    sync_folder(path.parent)


def _schema_version() -> str:
    """The version that nbgrader gives a new gradebook; it starts a process to learn it."""
    return ScriptDirectory(ALEMBIC_DIR).get_current_head()
