"""Find code that a few students have in common, and nobody else: not what was handed out.

Code is compared by stretches of its tokens, as Schleimer, Wilkerson and Aiken's MOSS does
(doi:10.1145/872757.872770): without comments, layout and strings, and whatever names are chosen.
What many have, or the released notebook has, says nothing, and is left out.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, triu
from scipy.sparse.csgraph import connected_components

from ...checking.test_files import question_key
from .mistakes import unusual

#: Tokens of a stretch: two lines or three.
STRETCH = 20
#: So many stretches that few have, and this part of the smaller one's code, are alike.
FEWEST_SHARED, SHARE = 15, 0.6
#: In a class of any size, what more students have is common.
COMMON = 30
TOKEN = re.compile(
    r"#[^\n]*"
    r"|\"{3}[\s\S]*?\"{3}|'{3}[\s\S]*?'{3}|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    r"|(?<![\w.])[^\W\d]\w*"
    r"|\.?\w[\w.]*|[^\w\s]"
)
KEPT = frozenset((*keyword.kwlist, *dir(builtins)))
#: Powers of an odd number, modulo 2 to the 64: a stretch's digest is a sum of its tokens with them.
POWERS = np.cumprod(np.full(STRETCH, 0x9E3779B97F4A7C15, dtype=np.uint64))


@dataclass(frozen=True)
class Code:
    """What one student wrote for one question.

    Attributes
    ----------
    student, question : str
        Whose, and where.
    words : int
        Digest of its tokens as they are.
    tokens : int
        Digest of its tokens without texts, whatever names were chosen.
    stretches : array of uint64
        Digests of all its stretches, each once, sorted.
    """

    student: str
    question: str
    words: int
    tokens: int
    stretches: np.ndarray


@dataclass(frozen=True)
class Alike:
    """Students whose code is alike in the same questions.

    Attributes
    ----------
    students : tuple of str
        Who, sorted.
    questions : dict of str to str
        How alike it is, in words, by question.
    stretches : int
        How many stretches those have in common who have the fewest.
    """

    students: tuple[str, ...]
    questions: dict[str, str]
    stretches: int


def code_of(student: str, question: str, cells: Iterable[str]) -> Code:
    """Take a student's code of a question apart.

    Parameters
    ----------
    student, question : str
        Names.
    cells : iterable of str
        Source of the code cells.
    """
    words, names = [], []
    for cell in cells:
        told, bare = _tokens(cell)
        words += told
        names += bare
    return Code(student, question, hash(tuple(words)), hash(tuple(names)), _stretches(names))


def stretches_of(cells: Iterable[str]) -> np.ndarray:
    """Digests of all stretches of some cells, each taken alone: of what was handed out."""
    found = [_stretches(_tokens(cell)[1]) for cell in cells]
    return np.unique(np.concatenate([np.empty(0, np.uint64), *found]))


@lru_cache(10_000)
def _tokens(cell: str) -> tuple[list[int], list[int]]:
    """Digests of a cell's tokens: as they are; and without texts, whatever names were chosen."""
    told = [_digests(token) for token in TOKEN.findall(cell) if token[0] != "#"]
    return [word for word, _ in told], [name for _, name in told if name is not None]


@lru_cache(100_000)
def _digests(token: str) -> tuple[int, int | None]:
    word = crc32(token.encode("utf-8", "replace"))
    if token[0] in "\"'":
        return word, None
    return word, 0 if token.isidentifier() and token not in KEPT else word


def _stretches(tokens: list[int]) -> np.ndarray:
    if len(tokens) < STRETCH:
        return np.empty(0, np.uint64)
    return np.unique(np.convolve(np.array(tokens, np.uint64), POWERS, "valid"))


def alike(codes: list[Code], handed_out: np.ndarray) -> list[Alike]:
    """Group students by code that they have in common, and few others.

    Its cost grows with what few have in common, not with the pairs of students.

    Parameters
    ----------
    codes : list of Code
        All that were handed in.
    handed_out : array of uint64
        From `stretches_of`: they do not count.

    Returns
    -------
    list of Alike
        Those with most in common first.
    """
    few = min(unusual(len({code.student for code in codes})), COMMON)
    by_question = defaultdict(list)
    for code in codes:
        by_question[code.question].append(code)
    groups: dict[tuple[str, ...], dict[str, tuple[str, int]]] = defaultdict(dict)
    for question, written in by_question.items():
        for members, told in _groups(_without(written, handed_out), few):
            groups[members][question] = told
    made = [
        Alike(
            members,
            {name: told[name][0] for name in sorted(told, key=question_key)},
            sum(shared for _, shared in told.values()),
        )
        for members, told in groups.items()
    ]
    return sorted(made, key=lambda one: (-one.stretches, one.students))


def _without(codes: list[Code], handed_out: np.ndarray) -> list[tuple[Code, np.ndarray]]:
    """Each code with its stretches that were not handed out, where these are enough to compare."""
    together = np.concatenate([code.stretches for code in codes])
    own = ~np.isin(together, handed_out)
    ends = np.cumsum([code.stretches.size for code in codes])[:-1]
    kept = [part[mine] for part, mine in zip(np.split(together, ends), np.split(own, ends))]
    return [(code, part) for code, part in zip(codes, kept) if part.size >= FEWEST_SHARED]


def _groups(
    found: list[tuple[Code, np.ndarray]], few: int
) -> Iterator[tuple[tuple[str, ...], tuple[str, int]]]:
    """Groups of one question: who, how alike in words, and stretches in common."""
    pairs = []
    for one, other in _candidates([own for _, own in found], few):
        (_, first), (_, second) = found[one], found[other]
        shared = np.intersect1d(first, second, assume_unique=True).size
        share = shared / min(first.size, second.size)
        if share >= SHARE:
            pairs.append((one, other, shared, share))
    if not pairs:
        return
    ones, others, *_ = (np.array(column) for column in zip(*pairs))
    size = len(found)
    count, labels = connected_components(
        coo_matrix((np.ones(len(ones)), (ones, others)), (size, size)), directed=False
    )
    members = defaultdict(list)
    for place in sorted({*ones.tolist(), *others.tolist()}):
        members[labels[place]].append(found[place][0])
    least: dict[int, tuple[float, int]] = {}
    for one, _, shared, share in pairs:
        before = least.get(labels[one], (1.0, shared))
        least[labels[one]] = min(share, before[0]), min(shared, before[1])
    for label, codes in members.items():
        share, shared = least[label]
        students = tuple(sorted(code.student for code in codes))
        yield students, (_in_words(codes, share), shared)


def _candidates(owns: list[np.ndarray], few: int) -> Iterable[tuple[int, int]]:
    """Pairs that have enough in common of what few have."""
    if not owns:
        return []
    known, columns, counts = np.unique(
        np.concatenate(owns), return_inverse=True, return_counts=True
    )
    rows = np.repeat(np.arange(len(owns)), [own.size for own in owns])
    rare = (counts[columns] > 1) & (counts[columns] <= few)
    ones = np.ones(int(rare.sum()), np.int32)
    table = csr_matrix((ones, (rows[rare], columns[rare])), (len(owns), known.size))
    together = triu(table @ table.T, 1, "coo")
    enough = together.data >= FEWEST_SHARED
    return zip(together.row[enough].tolist(), together.col[enough].tolist())


def _in_words(codes: list[Code], share: float) -> str:
    if len({code.words for code in codes}) == 1:
        return "word for word"
    return "but for names" if len({code.tokens for code in codes}) == 1 else f"{share:.0%}"
