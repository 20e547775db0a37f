"""Write the package's sentences, in which names of code stand between backticks, as HTML."""

import re
from html import escape


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
