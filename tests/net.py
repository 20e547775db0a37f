"""What the bank's answers get, kept to be compared with: points, names of mistakes, hints.

Before a change that is to leave judgement as it is::

    python tests/net.py --keep before.json
    python tests/net.py --compare before.json

The second prints each answer that gets other points by case, other names or other hints, or that
is told something else when its question fails again, and exits with 1 if there is one.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import matplotlib
from bank import Answer, Bank
from tqdm import tqdm

COURSE = Path(__file__).resolve().parent.parent


def told(bank: Bank, answer: Answer, solved: dict[str, Any], expected: Any) -> dict[str, Any]:
    """What an answer gets, as JSON data."""
    result = bank.judge(answer, solved, expected).result
    again = result.hints_after(dict.fromkeys(result.kinds, 1))
    return {
        "status": result.status,
        "lost": {case.name: case.points for case in result.cases if case.status != "passed"},
        "mistakes": {case.name: list(case.mistakes) for case in result.cases if case.mistakes},
        "hints": result.hints,
        "again": [hint for hint in again if hint not in result.hints],
    }


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Sentences on what differs, one for each part of each answer."""
    found = [f"{name}: is no longer there" for name in before.keys() - now.keys()]
    found += [f"{name}: is new" for name in now.keys() - before.keys()]
    for name in before.keys() & now.keys():
        for part, value in now[name].items():
            if before[name][part] != value:
                found.append(f"{name}: {part}\n  - {before[name][part]}\n  + {value}")
    return sorted(found)


def chosen(name: str, only: list[str]) -> bool:
    """Whether an answer's name has one of some texts in it."""
    return any(text in name for text in only)


def main() -> int:
    """Keep, or compare; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--only", nargs="+", default=[""], metavar="TEXT", help="answers with one in the name"
    )
    parser.add_argument("--assignment", default="cross_session", help="default: %(default)s")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--keep", type=Path, metavar="FILE")
    what.add_argument("--compare", type=Path, metavar="FILE")
    options = parser.parse_args()
    matplotlib.use("Agg")
    bank = Bank(COURSE / "source" / options.assignment)
    solved = bank.solve()
    expected = bank.as_expected(solved)
    answers = [answer for answer in bank.load_answers() if chosen(str(answer), options.only)]
    now = {str(one): told(bank, one, solved, expected) for one in tqdm(answers, unit="answer")}
    if options.keep:
        options.keep.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n")
        return 0
    before = json.loads(options.compare.read_text())
    before = {name: one for name, one in before.items() if chosen(name, options.only)}
    found = differences(before, now)
    print(*found, f"{len(found)} differences in {len(now)} answers.", sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
