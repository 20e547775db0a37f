"""Imported first: makes importing all else cheaper.

jsonschema, which nbformat validates notebooks with, looks for a checker of internationalised web
addresses. It takes a second to import, in every process, and no notebook's schema asks for it.
"""

import gc
import os
import sys
from contextlib import contextmanager

from .. import LOCKS

sys.modules.setdefault("rfc3987_syntax", None)
# Grading reads recordings whoever has locked them, whatever is set for other programs.
os.environ[LOCKS] = "FALSE"


@contextmanager
def importing():
    """Import for good: what is there at the end is never looked through for garbage again.

    Looking for it takes a quarter of the time of an import, and finds none. And a fork that looked
    would copy what it shares.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
