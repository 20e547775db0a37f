"""Which value of a parameter a student has, by the id that they type."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..shared.chosen import POOLS, chosen, digest, read_class, read_pools

NOT_LISTED = (
    "This id is not in the list of your class: see whether it is typed as your course knows you "
    "(user name, number or email address). With another id, you would work on what is not yours."
)


def own_parameter(folder: Path, name: str, student: str) -> Any:
    """Tell which value of a parameter a student has, and print it.

    Parameters
    ----------
    folder : Path
        The notebook's.
    name, student : str
        As `Notebook.parameter` takes them.

    Raises
    ------
    ValueError
        If no id was typed.
    FileNotFoundError
        If the file that comes with the notebook is not beside it.
    """
    if not isinstance(student, str | int) or not str(student).strip(" ."):
        raise ValueError(
            'Type your id in this course between quotes, such as `student = "ada"`, and run '
            "this cell again."
        )
    pools = read_pools(folder)
    if name not in pools:
        raise FileNotFoundError(
            f"The file {POOLS}, which came with this notebook and says which `{name}` is "
            "whose, is not beside it. Put it back there."
        )
    known = read_class(folder)
    value = chosen(str(student), pools, known)[name]
    print(f"{name} of {student}: {value}")
    if known and digest(str(student)) not in known:
        print(NOT_LISTED)
    return value
