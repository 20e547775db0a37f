"""The settings of an assignment: ``assignment.toml`` in its folder."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model

from ..inside.limits import Limits
from ..shared.markup import readable

SETTINGS = "assignment.toml"

#: What stands for it in a sentence, where the usual value says nothing.
EXAMPLES = {
    "title": "…",
    "recordings": "recordings/container_1",
    "recordings_at": "https://…/recordings.zip",
}
#: When students see hidden cases on Gradescope, in its words.
Visibility = Literal["hidden", "after_due_date", "after_published"]
#: How a value is described that has to be of a type.
WANTED = {
    Visibility: '"hidden", "after_due_date" or "after_published"',
    bool: "true or false",
    str: "text in quotes",
    int: "a whole number above 0",
    float: "a number above 0",
    "graded": '"all", "last", or a whole number above 0',
    "hidden_checks": '"shown" or "counted"',
}
#: What `choose` may be.
EACH = "for_each_student"
STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class SettingsError(ValueError):
    """The settings cannot be used; its arguments are sentences that say where, and what to do."""

    def __str__(self) -> str:
        return "\n".join(self.args)


_types = get_type_hints(Limits)
LimitsTable = create_model(
    "LimitsTable",
    __config__=STRICT,
    **{one.name: (Annotated[_types[one.name], Field(gt=0)], one.default) for one in fields(Limits)},
)


def _attempts(value: Any) -> Any:
    """See that it says which attempts are graded."""
    if value in ("all", "last") or (type(value) is int and value > 0):
        return value
    raise ValueError


class Attempts(BaseModel):
    """What is done with what a student hands in more than once.

    Attributes
    ----------
    graded : str or int
        ``"all"``: each, one after the other; ``"last"``: the newest that is there when it is looked
        at; a number: each of the first so many. Of those that are graded, the last counts.
    hidden_checks : str
        ``"shown"``, or ``"counted"``: the page gives points, and does not tell what these found.
    """

    model_config = STRICT

    graded: Annotated[Any, AfterValidator(_attempts)] = "last"
    hidden_checks: Literal["shown", "counted"] = "shown"

    @property
    def one_by_one(self) -> bool:
        """Whether an attempt is graded that was followed by another."""
        return self.graded != "last"

    @property
    def most(self) -> float:
        """How many are graded."""
        return self.graded if isinstance(self.graded, int) else float("inf")


class Settings(BaseModel):
    """What an author sets; all but the title may be left out.

    Attributes
    ----------
    title : str
        Name of the assignment as it is read.
    show_right_answers : bool
        Whether feedback pages draw the right answer beside a wrong one.
    carry_forward : bool
        Whether a notebook that lost points is run once more with right answers put in, so that a
        mistake costs its own question only.
    recordings : str
        Folder of an excerpt of recordings that the assignment is about, relative to the course
        folder; the usual ones if empty.
    recordings_at : str
        Where students find it: a path on their machines, or the address of a zip of it. If empty,
        the release brings it, beside the notebook.
    hidden_on_gradescope : str
        When students see hidden cases on Gradescope: never, after the due date, or when grades are
        published.
    parameters : dict of str to dict
        By variable of the notebook's parameters cell, the ``value`` for all, or how to ``choose``.
    limits : LimitsTable
        What a submission may use: the fields of `Limits`.
    attempts : Attempts or None
        What is done with what a student hands in more than once; None where nothing is said.
    """

    model_config = STRICT

    title: Annotated[str, Field(min_length=1)]
    show_right_answers: bool = False
    carry_forward: bool = True
    recordings: str = ""
    recordings_at: str = ""
    hidden_on_gradescope: Visibility = "hidden"
    parameters: dict[str, dict[str, Any]] = {}
    limits: LimitsTable = LimitsTable()
    attempts: Attempts | None = None

    @property
    def values(self) -> dict[str, Any]:
        """Values of parameters that are one for all, by name."""
        return {name: one["value"] for name, one in self.parameters.items() if "value" in one}

    @property
    def by_student(self) -> tuple[str, ...]:
        """Names of the parameters that are chosen for each student."""
        return tuple(name for name, one in self.parameters.items() if "choose" in one)

    def limits_or(self, **otherwise: float) -> Limits:
        """Make the limits, with other values than the usual ones where the file sets none."""
        return Limits(**otherwise | self.limits.model_dump(exclude_unset=True))


TABLES = {"limits": LimitsTable, "attempts": Attempts}
#: Where each setting stands, by its name alone: none is in two tables.
TABLE_OF = {key: table for table, model in TABLES.items() for key in model.model_fields}
TABLE_OF |= dict.fromkeys(Settings.model_fields)


def read_settings(folder: Path) -> Settings:
    """Read the settings of an assignment; without a file, they are the usual ones.

    Parameters
    ----------
    folder : Path
        Of its source.

    Raises
    ------
    SettingsError
        If the file sets what cannot be set.
    """
    file = f"source/{folder.name}/{SETTINGS}"
    try:
        text = (folder / SETTINGS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(title=readable(folder.name))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not text in UTF-8: save it as that.") from error
    try:
        settings = Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{file} is not TOML: {error}. Repair that line: a setting is written as "
            '`name = value`, and text stands in quotes ("…").'
        ) from error
    except ValidationError as error:
        raise SettingsError(*(f"{file}: {_sentence(one)}" for one in error.errors())) from error
    if settings.recordings_at and not settings.recordings:
        raise SettingsError(
            f"{file}: `recordings_at` says where students find the recordings, but no `recordings` "
            "says which: set that, too, to the folder of an excerpt."
        )
    if wrong := [
        sentence
        for name, one in settings.parameters.items()
        if (sentence := _wrong_parameter(name, one))
    ]:
        raise SettingsError(*(f"{file}: {sentence}" for sentence in wrong))
    return settings


def left_in_metadata(notebook: Mapping[str, Any], name: str) -> str | None:
    """Say that a source notebook's metadata has settings, which are read there no more.

    Parameters
    ----------
    notebook : mapping
        The source notebook.
    name : str
        Of the assignment.
    """
    there = notebook["metadata"].get("course", {})
    left = [one for one in TABLE_OF if isinstance(there, dict) and one in there]
    if not left:
        return None
    return (
        f"The metadata of source/{name}/{name}.ipynb sets {_listed(left)} under `course`, where "
        f"nothing is read: move that to source/{name}/{SETTINGS} as "
        f"{', '.join(f'{_place(one)} = {_toml(there[one])}' for one in left)}."
    )


def _wrong_parameter(name: str, table: Mapping[str, Any]) -> str | None:
    """Say what is wrong with what is set of a parameter; None if nothing is."""
    where = f"`[parameters.{name}]`"
    if not name.isidentifier() or iskeyword(name):
        return f"{where}: {name!r} cannot be a variable of the notebook. Write its name there."
    if unknown := sorted(table.keys() - {"value", "choose"}):
        return (
            f"`{unknown[0]}` below {where} is no setting: take it out. There are `value`, for all, "
            f'and `choose = "{EACH}"`.'
        )
    if len(table) != 1:
        return (
            f"{where} needs one of two lines, and has {len(table)}: `value = …`, the value for "
            f'all, or `choose = "{EACH}"`.'
        )
    if table.get("choose", EACH) != EACH:
        return f'`choose` below {where} is {_toml(table["choose"])}, but has to be "{EACH}".'
    if not isinstance(table.get("value", 0), int | float | str):
        return (
            f"`value` below {where} is {_toml(table['value'])}, but has to be a number, text in "
            "quotes, true or false."
        )
    return None


def _sentence(error: Mapping[str, Any]) -> str:
    """Say what one of pydantic's errors means, and what to do."""
    if error["loc"][0] == "parameters":
        return (
            f"`{'.'.join(map(str, error['loc']))}` is {_toml(error['input'])}, but has to be a "
            "table: a line `[parameters.NAME]`, and below it `value = …` or "
            f'`choose = "{EACH}"`.'
        )
    *tables, key = error["loc"]
    if error["type"] == "missing":
        return f'there is no `{key}`. Give the assignment one, such as `{key} = "…"`.'
    if error["type"] == "extra_forbidden":
        return _unknown(key, tables)
    if key in TABLES:
        return (
            f"`{key}` is {_toml(error['input'])}, but has to be a table: a line `[{key}]`, and "
            "below it a line for each setting."
        )
    model = TABLES[tables[0]] if tables else Settings
    field = model.model_fields[key]
    usual = f"{key} = {_toml(EXAMPLES.get(key, field.default))}"
    wanted = WANTED.get(key) or WANTED[field.annotation]
    return f"{_place(key)} is {_toml(error['input'])}, but has to be {wanted}, such as `{usual}`."


def _unknown(key: str, tables: list[str]) -> str:
    """Say of a key that there is none such, and which may be meant."""
    near = get_close_matches(key, TABLE_OF, n=1)
    there = f"`{key}`{f' below `[{tables[0]}]`' if tables else ''} is no setting"
    if near == [key]:
        return f"{there}: write it as {_place(key)}."
    if near:
        return f"{there}. Is {_place(near[0])} meant?"
    settings = TABLES[tables[0]].model_fields if tables else Settings.model_fields
    return f"{there}: take it out. There are {_listed(settings)}."


def _place(key: str) -> str:
    """Name a setting, and where it stands."""
    table = TABLE_OF[key]
    return f"`{key}` below `[{table}]`" if table else f"`{key}`"


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _toml(value: Any) -> str:
    """Write a value as TOML does, in short."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:39]}…"
