"""Judge answers: read them, compare them, name the mistakes in them, and say so in sentences.

An assignment's test files and modules check with what stands here: a check returns nothing if the
answer is right, and otherwise raises `Wrong`, whose message tells the student what is wrong and
where to look; a blank raises `NotAttempted`.
"""

from importlib import import_module

#: By name, the module that has it. It is imported when it is asked for: to read test files takes
#: none of the libraries that judging does.
_DOORS = {
    "About": "about",
    "KnownError": "about",
    "Variants": "about",
    "calls": "calling",
    "expect": "expecting",
    "also": "steps",
    "fit": "steps",
    "looks": "steps",
    "rewire": "steps",
    "slip": "steps",
    "step": "steps",
    "unseen": "not_seen",
    "Broken": "wrong",
    "CannotTell": "wrong",
    "Misnamed": "wrong",
    "NotAttempted": "wrong",
    "Tolerance": "wrong",
    "Wrong": "wrong",
}

__all__ = sorted(_DOORS)


def __getattr__(name):
    """Import what stands in one of the modules."""
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_DOORS[name]}", __name__), name)
