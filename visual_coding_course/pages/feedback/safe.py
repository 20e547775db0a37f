"""Make a graded notebook safe to show on whatever page: nbgrader's, nbconvert's, JupyterLab's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from nbformat import NotebookNode, from_dict

from .clean import ATTACHED, PICTURES, picture

NOTEBOOK_KEYS, CELL_KEYS = ("kernelspec", "language_info", "course"), ("nbgrader",)
GRADE_ID = re.compile(r"[A-Za-z0-9_-]+")
BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")
#: Stands in what would be HTML, or load something: a word joiner, which cannot be seen.
BREAK = "\u2060"
UNSEEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
HARMLESS = (
    r"/?(?:b|blockquote|br|code|del|em|h[1-6]|hr|i|kbd|li|ol|p|pre|s|strong|sub|sup|table|tbody|td|"
    r"th|thead|tr|u|ul)\s{0,9}/?>"
)
TAG = re.compile(rf"<(?=[A-Za-z/!?])(?!{HARMLESS}|https?://[^\s<>\"'`]{{1,500}}>)", re.IGNORECASE)
IMAGE_TAG = re.compile(
    rf"<img\b[^<>]{{0,300}}?\ssrc\s?=\s?[\"']({ATTACHED}[^\"'<>\s]+)[\"'][^<>]{{0,300}}>",
    re.IGNORECASE,
)
IMAGE = re.compile(
    rf"!(?=\[)(\[[^\[\]\n]{{0,300}}\]\({ATTACHED}([^\s()<>]+)(?: \"[^\"\n]{{0,300}}\")?\))?"
)
LINK = re.compile(r"\](?=[(:])(?![(:]\s{0,9}<?(?:https?://|mailto:|attachment:|#))", re.IGNORECASE)


def strip(notebook: NotebookNode, released: NotebookNode | None = None) -> list[dict[str, Any]]:
    """Leave in a graded notebook nothing that could run, load or break anything where it is shown.

    What can be seen stays: HTML of outputs without its scripts; in texts, HTML and links that could
    do harm become text. What a check found stays as it is.

    Parameters
    ----------
    notebook : NotebookNode
        Graded; is changed.
    released : NotebookNode, optional
        As it was handed out: its own texts, which may hold any HTML, are left as they are. Without
        it, so are all texts but answers.

    Returns
    -------
    list of dict
        Data of outputs whose ``text/html`` is still to be cleaned.
    """
    ours = {cell.source for cell in released.cells} if released is not None else None
    _keep(notebook.metadata, NOTEBOOK_KEYS)
    html = []
    for cell in notebook.cells:
        tags = cell.metadata.get("nbgrader")
        if not isinstance(tags, dict) or not GRADE_ID.fullmatch(str(tags.get("grade_id"))):
            cell.metadata.pop("nbgrader", None)
        is_check = cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
        told = cell.metadata.get("course")
        note = str(told.get("note", "")) if isinstance(told, dict) else ""
        _keep(cell.metadata, (*CELL_KEYS, "course") if is_check else CELL_KEYS)
        if note and not is_check:
            cell.metadata["course"] = {"note": note}
        if cell.cell_type == "code":
            count = cell.get("execution_count")
            cell["execution_count"] = count if type(count) is int else None
            cell["outputs"] = [
                one for output in cell.get("outputs", []) if (one := _output(output))
            ]
            html += [one.data for one in cell.outputs if "text/html" in one.get("data", {})]
            continue
        _keep_pictures(cell)
        written = cell.metadata.get("nbgrader", {}).get("solution", ours is not None)
        if written and cell.source not in (ours or ()):
            cell["source"] = safe_text(cell.source, cell.get("attachments", {}))
    return html


def _keep(metadata: dict[str, Any], keys: Iterable[str]) -> None:
    for key in set(metadata) - set(keys):
        del metadata[key]


def _output(output: Any) -> NotebookNode | None:
    """An output with what is safe of it; None if nothing is."""
    kind = output.get("output_type")
    if kind == "stream" and isinstance(output.get("text"), str):
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return from_dict({"output_type": kind, "name": name, "text": output["text"]})
    if kind == "error":
        lines = output.get("traceback")
        lines = [str(line) for line in lines] if isinstance(lines, list) else []
        said = {key: str(output.get(key, "")) for key in ("ename", "evalue")}
        return from_dict({"output_type": kind, **said, "traceback": lines})
    if kind not in ("display_data", "execute_result"):
        return None
    data = {}
    for mime, content in dict(output.get("data") or {}).items():
        is_picture = mime in PICTURES and isinstance(content, str) and BASE64.fullmatch(content)
        if is_picture or (mime in ("text/plain", "text/html") and isinstance(content, str)):
            data[mime] = content
    made = {"output_type": kind, "data": data, "metadata": {}}
    if kind == "execute_result":
        count = output.get("execution_count")
        made["execution_count"] = count if type(count) is int else None
    return from_dict(made) if data else None


def _keep_pictures(cell: NotebookNode) -> None:
    attachments = cell.pop("attachments", None)
    if isinstance(attachments, dict):
        found = {name: picture(attachments, name) for name in attachments}
        kept = {name: {one[0]: one[1]} for name, one in found.items() if one}
        if kept:
            cell["attachments"] = from_dict(kept)


def safe_text(text: str, attachments: Any) -> str:
    """Break HTML, links and pictures of a text that could do harm, so that they are shown as text.

    Parameters
    ----------
    text : str
        Markdown.
    attachments : mapping
        Of its cell: pictures that it may show, by name.
    """
    text = IMAGE_TAG.sub(r"![](\1)", text.translate(UNSEEN))

    def image(found: re.Match) -> str:
        kept = found[2] in attachments or unquote(found[2] or "") in attachments
        return found[0] if kept else f"!{BREAK}{(found[1] or '').replace('](', f']{BREAK}(')}"

    return LINK.sub(f"]{BREAK}", IMAGE.sub(image, TAG.sub(f"<{BREAK}", text)))
