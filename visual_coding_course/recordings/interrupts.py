"""Ctrl-C during long work: never lost."""

import contextlib
import signal
import sys
import threading


@contextlib.contextmanager
def heeded():
    """Make sure that Ctrl-C ends the work in this block.

    Python turns Ctrl-C into a KeyboardInterrupt wherever the program happens to be. In a finalizer
    or in a callback of a weak reference, of which HDF5 objects have many, it is printed and
    forgotten. So what was asked for is noted here as well, and whoever works looks at the note.

    Yields
    ------
    callable
        To be called often, without arguments; raises KeyboardInterrupt if Ctrl-C was pressed.

    Notes
    -----
    Changes nothing where Ctrl-C is ignored or answered in another way, or in another thread than
    the main one.
    """
    asked = threading.Event()

    def note(number, frame):
        asked.set()
        sys.unraisablehook = pass_over_interrupts
        signal.default_int_handler(number, frame)

    def check():
        if asked.is_set():
            raise KeyboardInterrupt

    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield check
        return
    before = sys.unraisablehook
    try:
        signal.signal(signal.SIGINT, note)
        yield check
        check()
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = before


def pass_over_interrupts(unraisable):
    """Say nothing of an interrupt that Python forgets, where it is noted elsewhere."""
    if not issubclass(unraisable.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)
