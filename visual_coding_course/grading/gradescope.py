"""What Gradescope says of submissions: in an export, and in the container of an autograder."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .names import Name
from .trees import CannotOpen, Node, read_node

METADATA = "submission_metadata.yml"
MOST_BYTES = 20 * 1024**2


def read_metadata(node: Node) -> dict[str, dict[str, Any]]:
    """Read what an export says of its submissions, by folder; nothing of what is no such file."""
    import yaml

    try:
        said = yaml.load(read_node(node, MOST_BYTES), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, CannotOpen, yaml.YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {key: value for key, value in said.items() if isinstance(value, dict)}


def with_metadata(name: Name, said: dict[str, Any]) -> Name:
    """Put the names of who handed in, and when, in the place of a folder's number."""
    submitters = said.get(":submitters") or []
    people = [one for one in submitters if isinstance(one, dict)]
    names = [str(one.get(":name") or one.get(":email") or "").strip() for one in people]
    if not any(names):
        return name
    time = said.get(":created_at")
    order = (int(time.timestamp()), *name.order) if isinstance(time, datetime) else name.order
    number = "+".join(str(one.get(":sid") or one.get(":email") or "") for one in people)
    return replace(
        name, student=", ".join(filter(None, names)), number=number or None, order=order,
        time=time if isinstance(time, datetime) else None,
    )  # fmt: skip


@dataclass(frozen=True)
class Handed:
    """What the container of an autograder says of what was handed in.

    Attributes
    ----------
    called : tuple of str
        What the student is called there: email address, what stands before its @, number, name;
        of a group, those of the first. Empty if nobody said.
    student : str
        Email address, or the number; of a group, all of them.
    time, due : datetime, optional
        When it was handed in, and was to be, with the student's extension.
    extra : dict
        What the result of the submission before it has as ``extra_data``.
    """

    called: tuple[str, ...] = ()
    student: str = ""
    time: datetime | None = None
    due: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def seconds_late(self) -> float:
        """How late it is; 0 if it is not, or nobody said when it was due."""
        if self.time is None or self.due is None:
            return 0.0
        return max(0.0, (self.time - self.due).total_seconds())


def read_container(path: Path) -> Handed:
    """Read ``submission_metadata.json``, as far as it is as Gradescope documents it.

    What Gradescope documents of due dates is the assignment's; where a student has dates of their
    own, it writes these beside the student.
    """
    try:
        told = _table(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return Handed()
    users = [one for one in told.get("users") or [] if isinstance(one, dict)]
    names = [_called(one) for one in users]
    own = [_time(_table(one.get("assignment")).get("due_date")) for one in users]
    due = [one for one in own if one is not None]
    due += [_time(_table(told.get("assignment")).get("due_date"))] if not due else []
    before = [one for one in told.get("previous_submissions") or [] if isinstance(one, dict)]
    extra = [_table(_table(one.get("results")).get("extra_data")) for one in before]
    return Handed(
        called=next(iter(names), ()),
        student="+".join(one[0] for one in names if one),
        time=_time(told.get("created_at")),
        due=max((one for one in due if one is not None), default=None),
        extra=next((one for one in reversed(extra) if one), {}),
    )


def _called(user: dict[str, Any]) -> tuple[str, ...]:
    email, number, name = (str(user.get(key) or "").strip() for key in ("email", "id", "name"))
    return tuple(filter(None, (email, email.partition("@")[0], number, name)))


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _time(text: Any) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
