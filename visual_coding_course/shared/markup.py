"""Write text that anyone may have had a part in, so that it is shown, and nothing else."""

import re
import unicodedata
from html import escape
from typing import Any

#: What a terminal obeys, what turns the direction of a line, and halves of surrogate pairs.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
NUMBER = r"[+-]?\.?\d[\d.]*(?:e[+-]?\d+)?"
#: What spreadsheets take for the beginning of a formula, but for numbers: where a cell begins, or
#: after a semicolon, which ends a cell where the comma is decimal.
FORMULA = re.compile(rf"(^|;)([\s\u200b-\u200f\u2060]*)(?=[=+\-@＝＋－＠])(?!{NUMBER}\s*(?:;|$))")


def with_code(text: str) -> str:
    """Escape a sentence, and set what stands between backticks as code.

    Parameters
    ----------
    text : str
        May hold anything that a student wrote.

    Returns
    -------
    str
        HTML, safe to show.
    """
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(text))


def with_links(text: str) -> str:
    """Do the same, and make links of the addresses: for what no student has a part in."""
    return re.sub(r"https://[^\s<]+", r'<a href="\g<0>">\g<0></a>', with_code(text))


def readable(name: str) -> str:
    """Make a title of an assignment's name."""
    return name.replace("_", " ").capitalize()


def spelling(name: str) -> str:
    """A name without case, spaces and signs: My-Course is my_course."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def plain(text: str) -> str:
    r"""Show control characters as what they are, such as ``\x1b``, so that nothing obeys them.

    Parameters
    ----------
    text : str
        May hold anything. A newline is a control character, too.
    """
    return CONTROL.sub(lambda one: one[0].encode("unicode_escape").decode(), text)


def plain_lines(text: str) -> str:
    """Do the same with text of several lines, which stay."""
    return "\n".join(map(plain, text.split("\n")))


def csv_cell(value: Any) -> Any:
    """Make text a cell of a CSV file that no spreadsheet takes for a formula.

    Parameters
    ----------
    value
        A list of texts becomes one text. What is no text stays as it is.
    """
    if isinstance(value, (list, tuple)):
        value = "; ".join(value)
    if not isinstance(value, str):
        return value
    # A newline could begin a cell in a program that splits lines first.
    return FORMULA.sub(r"\1'\2", plain(value.replace("\n", " ")))
