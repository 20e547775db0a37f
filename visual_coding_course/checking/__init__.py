"""Judge answers: read them, compare them, name the mistakes in them, and say so in sentences.

An assignment's test files and modules check with what stands here: a check returns nothing if the
answer is right, and otherwise raises `Wrong`, whose message tells the student what is wrong and
where to look; a blank raises `NotAttempted`.
"""

from .about import About, KnownError, Variants
from .calls import calls
from .mistakes import Mistake
from .wrong import Broken, Misnamed, NotAttempted, Tolerance, Wrong

__all__ = [
    "About",
    "Broken",
    "KnownError",
    "Misnamed",
    "Mistake",
    "NotAttempted",
    "Tolerance",
    "Variants",
    "Wrong",
    "calls",
]
