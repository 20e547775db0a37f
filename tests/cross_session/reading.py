"""Read each thing of a recording once: what the answers of the bank read, hundreds of them read.

How it is read, the tests of recordings see.
"""

import contextlib
from functools import wraps
from numbers import Integral

import pytest
from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

READ = ("get_dff_traces", "get_roi_mask_array", "get_stimulus_table")
MOST = 100  # whole arrays and tables of three sessions, and traces of some neurons
_read = {}


def reads_once(method):
    """Make of a method one that remembers what it read; everyone gets a copy."""

    @wraps(method)
    def read(self, *given, **named):
        asked = given[0] if given else None
        plain = tuple(asked) if isinstance(asked, list) else asked
        if named or not _can_be_remembered(plain):
            return method(self, *given, **named)
        key = (method.__name__, self.nwb_file, plain)
        if key not in _read:
            _read[key] = method(self, *given)
            if len(_read) > MOST:
                del _read[next(iter(_read))]
        found = _read[key]
        return tuple(one.copy() for one in found) if isinstance(found, tuple) else found.copy()

    return read


def _can_be_remembered(asked):
    one_neuron = isinstance(asked, tuple) and len(asked) == 1 and isinstance(asked[0], Integral)
    return asked is None or isinstance(asked, str) or one_neuron


REMEMBERING = {name: reads_once(getattr(BrainObservatoryNwbDataSet, name)) for name in READ}


@contextlib.contextmanager
def reading_once():
    """Have AllenSDK's data sets read things once, in this process and for so long."""
    with pytest.MonkeyPatch.context() as patch:
        for name, method in REMEMBERING.items():
            patch.setattr(BrainObservatoryNwbDataSet, name, method)
        yield
