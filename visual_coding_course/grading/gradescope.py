"""Whose a Gradescope export's folders are: it says so in a file beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
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
