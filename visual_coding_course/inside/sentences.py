"""Have Jupyter show an error as the sentence that it is, without the calls that led there."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def in_sentences(*kinds: type[Exception]) -> Iterator[None]:
    """Let errors of these kinds, which say what to do, be shown without a traceback.

    Parameters
    ----------
    *kinds : type
        What is raised in the block, or in the function that this decorates, and is one of these,
        passes as it is; only IPython shows it otherwise.
    """
    try:
        yield
    except kinds as error:
        said = f"{type(error).__name__}: {error}"
        # IPython asks an error how it is to be shown.
        error._render_traceback_ = lambda: [said]
        raise
