"""The mistakes that students make: what each would answer, and what to tell about it.

An assignment's mistakes stand in ``mistakes/``, beside ``tests/``, in a file of the same name for
each question. Checks say that an answer is not right (`checks.wrong.Wrong`); here it is compared
with what each mistake would have given for the same recordings, and the best match speaks. This
happens where the check runs, so the notebook, the grader and otter say the same.
"""

from __future__ import annotations

import contextlib
import inspect
import itertools
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from pathlib import Path
from types import GeneratorType
from typing import Any

import numpy as np
import pandas as pd

from .about import NOTHING, About, Variants, read_about
from .modules import importable, read_modules
from .test_files import MISTAKES
from .wrong import Tolerance, Wrong

#: Says that an answer is another variant's, and has a mistake in it besides.
ALSO_OTHER = "It also comes from {word} {other}, not from {word} {letter}."
OTHER_VARIANT = "another {word}'s"

#: An answer as near as this to a mistake's is that: the rest is rounding.
NO_DISTANCE = 1e-9
#: Of answers with more numbers, which take long to compare, the shape tells enough.
MOST_COMPARED = 2_000_000


@dataclass(frozen=True)
class Mistake:
    """One mistake that students make in an answer.

    Parameters
    ----------
    answer : str
        The variable that it shows in, without the ending of its variant: ``"movie_starts"``.
    name : str
        What instructors call it, in a few words; unique for the answer.
    looks : str
        First part of the hint: what the answer looks like it is. All hints may hold ``{answer}``,
        its variant as ``{letter}`` (B) and ``{small}`` (b), ``{other}`` (C), the answer's
        ``{size}`` and ``{shape}``, and what the check says beside.
    where : str
        Second part: where to look, without giving the answer away.
    direct : str
        For a student who fails again, in place of `where`: what to do.
    gives : callable, optional
        Computes what the mistake would answer. Takes, by name, any of ``right`` (what the check
        knows to be right), ``letter`` (the variant of the answer), ``other`` (another variant;
        each is tried), ``value`` (the answer, to tell whether it is worth the time), and what the
        check says beside, and returns one value, or yields several.
        Without it, the check recognises the mistake by itself and raises it by name; empty
        `looks` and `where` then leave the check's own sentence.
    slow : bool
        Whether `gives` takes long: tried where no other mistake gives the answer, for its own
        variant only, and not if its shape is wrong.
    coarse : bool
        Whether other answers may come out the same by chance: looked for in its own variant only.
    """

    answer: str
    name: str
    looks: str = ""
    where: str = ""
    direct: str = ""
    gives: Callable | None = field(default=None, compare=False)
    slow: bool = False
    coarse: bool = False


@dataclass(frozen=True)
class Mistakes:
    """The mistakes of some questions.

    Attributes
    ----------
    known : tuple of Mistake
        In the order in which they are preferred where two give the same.
    second : dict of str to str
        By answer, the more direct hint where no mistake is recognised.
    read : tuple of (str, str), optional
        Title and address of the page in the documentation to read.
    about : About
        What the assignment declares about its answers.
    """

    known: tuple[Mistake, ...] = ()
    second: dict[str, str] = field(default_factory=dict)
    read: tuple[str, str] | None = None
    about: About = NOTHING

    def of(self, answer: str) -> list[Mistake]:
        """Return the mistakes of an answer."""
        stem = self.about.variants.stem(answer)
        return [mistake for mistake in self.known if mistake.answer == stem]


NONE = Mistakes()
_in_use: ContextVar[Mistakes] = ContextVar("mistakes", default=NONE)


def read_mistakes(
    source: str, path: str = "<string>", modules: Mapping[str, str] | None = None
) -> Mistakes:
    """Compile a file of mistakes.

    Parameters
    ----------
    source : str
        Python code that defines ``MISTAKES``, a list of `Mistake`, and may define
        ``SECOND_HINTS``, a dict by answer, and ``READ``, a title and an address.
    path : str
        Name shown in tracebacks.
    modules : mapping of str to str, optional
        The assignment's own, which it may import; see `modules.read_modules`.
    """
    return _read(source, path, tuple(sorted((modules or {}).items())))


@lru_cache(maxsize=64)
def _read(source: str, path: str, modules: tuple[tuple[str, str], ...]) -> Mistakes:
    scope: dict[str, Any] = {"__name__": Path(path).stem}
    with importable(dict(modules)):
        exec(compile(source, path, "exec"), scope)
    known = tuple(scope["MISTAKES"])
    names = [(mistake.answer, mistake.name) for mistake in known]
    if len(set(names)) < len(names):
        raise ValueError(f"{path} names a mistake twice: {sorted(names)}")
    about = read_about(dict(modules))
    return Mistakes(known, scope.get("SECOND_HINTS", {}), scope.get("READ"), about)


def find_mistakes(test_file: Path) -> Mistakes:
    """Read the mistakes that stand beside a test file; none if there is no such file."""
    path = test_file.parent.parent / MISTAKES / test_file.name
    modules = read_modules(path.parent.parent)
    if not path.is_file():
        return Mistakes(about=read_about(modules))
    return read_mistakes(path.read_text(encoding="utf-8"), str(path), modules)


@contextmanager
def using(mistakes: Mistakes) -> Iterator[None]:
    """Let the checks in this block recognise these mistakes."""
    before = _in_use.set(mistakes)
    try:
        yield
    finally:
        _in_use.reset(before)


def diagnosed(check: Callable) -> Callable:
    """Let a check name the mistake in a wrong answer; a decorator.

    The check's argument ``ways``, if it has one, are the routes by which an answer may be right.
    """
    signature = inspect.signature(check)

    @wraps(check)
    def diagnosing(*arguments: Any, **named: Any) -> None:
        try:
            check(*arguments, **named)
        except Wrong as wrong:
            ways = signature.bind(*arguments, **named).arguments.get("ways")
            # An error in what mistakes give, or in their hints, is no fault of the answer's.
            with contextlib.suppress(Exception):
                diagnose(wrong, _in_use.get(), ways)
            raise wrong from None

    return diagnosing


def diagnose(wrong: Wrong, mistakes: Mistakes, ways: list | None = None) -> None:
    """Put the hints of the mistake that an answer shows into what was raised.

    Parameters
    ----------
    wrong : Wrong
        Changed: its text, `mistakes` and `direct`.
    mistakes : Mistakes
        Those that are known.
    ways : list, optional
        From `checks.routes`.
    """
    variants = mistakes.about.variants
    if letter := variants.letter(wrong.answer):
        wrong.about = {"letter": letter} | wrong.about
    second = mistakes.second.get(variants.stem(wrong.answer), "").format(**_fields(wrong))
    known = mistakes.of(wrong.answer)
    if wrong.mistakes:
        _speak_by_name(wrong, known, second)
        return
    found = None
    with warnings.catch_warnings(), contextlib.suppress(Exception):
        warnings.simplefilter("ignore")
        found = _best_match(wrong, known, ways, variants)
    if found:
        mistake, other, also = found
        _speak(wrong, mistake, second, other, variants.word if also else "")
    else:
        wrong.mistakes = (wrong.likely,) if wrong.likely else ()
        _speak_by_name(wrong, known, second)


def _best_match(
    wrong: Wrong, known: list[Mistake], ways: list | None, variants: Variants
) -> tuple[Mistake, str, bool] | None:
    """Find the mistake that gives the answer, of which variant, and whether that is wrong too."""
    if wrong.value is None or ways is None:
        return None
    large = np.size(wrong.value) > MOST_COMPARED
    value = np.broadcast_to(np.nan, np.shape(wrong.value)) if large else plain(wrong.value)
    same_shape = None
    for candidates in _rounds(wrong, known, ways, variants):
        best = None
        for mistake, other, also, candidate in candidates:
            away = _distance(value, candidate, wrong.tolerance)
            if away is not None and away < NO_DISTANCE:
                return mistake, other, also
            if away is not None and (best is None or away < best[0]):
                best = (away, mistake, other, also)
            alike = isinstance(value, np.ndarray) and np.shape(candidate) == value.shape
            if alike and value.ndim and same_shape is None and not also:
                same_shape = (mistake, other, False)
        if best:
            return best[1:]
    return same_shape if wrong.state == "wrong_shape" else None


def _rounds(
    wrong: Wrong, known: list[Mistake], ways: list, variants: Variants
) -> Iterator[Iterator[tuple]]:
    """Yield what mistakes give, the likelier and faster ones first."""
    first, others = ways
    quick = [mistake for mistake in known if not mistake.slow]
    for right in itertools.chain([first()], others):
        for also in (False, True):
            yield _candidates(wrong, quick, right, also, variants)
    if wrong.state != "wrong_shape":
        slow = [mistake for mistake in known if mistake.slow]
        yield _candidates(wrong, slow, first(), False, variants)


def _candidates(
    wrong: Wrong, known: Iterable[Mistake], right: Any, also: bool, variants: Variants
) -> Iterator[tuple[Mistake, str, bool, Any]]:
    """Yield what each mistake gives: for the answer's variant, or also from another one."""
    letter = wrong.about.get("letter")
    for mistake in known:
        if mistake.gives is None:
            continue
        takes = inspect.signature(mistake.gives).parameters
        alone = mistake.coarse or letter is None or "letter" not in takes or "other" in takes
        if also and alone:
            continue
        for other in (variants.others(letter) or "-") if also or "other" in takes else "-":
            given = {**wrong.about, "right": right, "other": other, "value": wrong.value}
            if also:
                given["letter"] = other
            try:
                made = mistake.gives(**{name: given[name] for name in takes})
                for candidate in made if isinstance(made, GeneratorType) else [made]:
                    yield mistake, other, also, plain(candidate)
            except Exception:
                # On these recordings, or on this route, the mistake gives nothing.
                continue


def plain(value: Any) -> Any:
    """Return numbers as a float array, a Series or table by its numbers; other values as is."""
    if isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
        value = value.to_numpy()
    if isinstance(value, str):
        return value
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return value


def _distance(value: Any, candidate: Any, tolerance: Tolerance) -> float | None:
    """How far an answer is from a mistake's; None if it is not the same."""
    if not isinstance(value, np.ndarray) or not isinstance(candidate, np.ndarray):
        return 0.0 if type(value) is type(candidate) and _equal(value, candidate) else None
    if value.size > MOST_COMPARED or not tolerance.same(value, candidate):
        return None
    if not value.size:
        return 0.0
    return float(np.nanmax(np.abs(np.nan_to_num(value) - np.nan_to_num(candidate))))


def _equal(value: Any, candidate: Any) -> bool:
    return isinstance(value, (str, frozenset, set)) and value == candidate


def _fields(wrong: Wrong, other: str = "") -> dict[str, Any]:
    """What hints may name, in braces."""
    letter = str(wrong.about.get("letter", ""))
    return {
        **wrong.about,
        "answer": wrong.answer,
        "letter": letter.upper(),
        "small": letter,
        "other": other.upper(),
        "size": np.size(wrong.value),
        "shape": np.shape(wrong.value),
    }


def _sentence(wrong: Wrong) -> str:
    """What the check says, as a whole sentence: it may end with a student's error text."""
    said = str(wrong)
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _speak_by_name(wrong: Wrong, known: list[Mistake], second: str) -> None:
    for mistake in known:
        if mistake.name in wrong.mistakes[:1]:
            return _speak(wrong, mistake, second)
    if second:
        wrong.direct = f"{_sentence(wrong)} {second}"


def _speak(wrong: Wrong, mistake: Mistake, second: str, other: str = "", also: str = "") -> None:
    """Say what the answer looks like, and where to look; then what to do in place of that.

    `also` is the word for variants, if it is another variant's besides.
    """
    fields = _fields(wrong, other) | {"word": also}
    looks = " ".join([mistake.looks] + [ALSO_OTHER] * bool(also)).format(**fields)
    if mistake.looks:
        wrong.args = (f"{looks} {mistake.where.format(**fields)}".strip(),)
    else:
        looks = _sentence(wrong)
    wrong.mistakes = (mistake.name, *[OTHER_VARIANT.format(word=also)] * bool(also))
    direct = mistake.direct.format(**fields) or second
    wrong.direct = f"{looks} {direct}" if direct else ""
