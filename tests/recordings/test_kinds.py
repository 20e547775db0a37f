"""What is taken for a recording, or a cache: an object of AllenSDK's own classes, and its file."""

import os
import sys
from types import SimpleNamespace

import h5py
import pytest
from allensdk.core.brain_observatory_cache import BrainObservatoryCache
from allensdk.core.brain_observatory_nwb_data_set import BrainObservatoryNwbDataSet

from visual_coding_course.inside import kinds
from visual_coding_course.inside.copies import Foreign, Uncopied, read_copies, write_copies
from visual_coding_course.recordings.needs import NEEDS

SESSION = 501704220
kinds.know(NEEDS.kinds)


@pytest.fixture
def file(tmp_path):
    """A file with a session's number, as a recording has it, and no more."""
    return written(tmp_path / "a.nwb", SESSION)


def written(path, session):
    with h5py.File(path, "w") as recording:
        recording["general/session_id"] = str(session).encode()
    return str(path)


def genuine(base, file):
    made = base.__new__(base)
    made.nwb_file = file
    return made


def copied(value):
    """The session and file that a value is taken to be the recording of, or a stand-in."""
    foreign = Foreign(lambda kind, data: tuple(data.values()) or kind)
    return read_copies(write_copies({"value": value}), foreign)["value"]


class Own(BrainObservatoryNwbDataSet):
    pass


def named_the_same(file):
    return type("BrainObservatoryNwbDataSet", (), {"nwb_file": file})()


def with_its_class(file):
    says = {"nwb_file": file, "__class__": BrainObservatoryNwbDataSet}
    return type("BrainObservatoryNwbDataSet", (), says)()


class Claims(type):
    """Says of its classes that they are AllenSDK's."""

    __name__ = "BrainObservatoryNwbDataSet"
    __eq__ = lambda cls, other: True  # noqa: E731
    __hash__ = type.__hash__
    __instancecheck__ = __subclasscheck__ = lambda cls, other: True

    def mro(cls):
        return [cls, object]


FAKES = {
    "a class of the same name": named_the_same,
    "what says it is of the class": with_its_class,
    "a namespace": lambda file: SimpleNamespace(nwb_file=file),
    "a class that is equal to any": lambda file: Claims("X", (), {"nwb_file": file})(),
    "a subclass of one of the same name": lambda file: type(
        "X", (type(named_the_same(file)),), {}
    )(),
    "the class itself": lambda file: BrainObservatoryNwbDataSet,
}  # fmt: skip


@pytest.mark.parametrize("fake", FAKES)
def test_what_only_looks_like_a_recording_is_none(fake, file):
    found = copied(FAKES[fake](file))
    assert found != (SESSION, file)
    assert isinstance(found, (Uncopied, dict))


@pytest.mark.parametrize("base", [BrainObservatoryNwbDataSet, Own])
def test_a_recording_is_its_session_and_its_file(base, file, tmp_path):
    assert copied(genuine(base, file)) == (SESSION, os.path.realpath(file))
    link = tmp_path / "link.nwb"
    link.symlink_to(file)
    assert copied(genuine(base, str(link))) == (SESSION, os.path.realpath(file))


def test_the_class_is_the_one_that_was_there_first(file, monkeypatch):
    module = sys.modules[BrainObservatoryNwbDataSet.__module__]
    fake = type("BrainObservatoryNwbDataSet", (), {"nwb_file": file})
    monkeypatch.setattr(module, "BrainObservatoryNwbDataSet", fake)
    assert isinstance(copied(fake()), Uncopied)
    assert copied(genuine(BrainObservatoryNwbDataSet, file)) == (SESSION, file)


def test_a_session_is_read_from_the_file_that_is_there_now(file):
    assert copied(genuine(BrainObservatoryNwbDataSet, file))[0] == SESSION
    os.unlink(file)
    written(file, 7)
    assert copied(genuine(BrainObservatoryNwbDataSet, file))[0] == 7


def test_a_session_that_a_file_does_not_hold_is_not_believed(tmp_path):
    liar = genuine(BrainObservatoryNwbDataSet, str(tmp_path / "not there.nwb"))
    liar.get_metadata = lambda: {"ophys_experiment_id": SESSION}
    assert isinstance(copied(liar), Uncopied)


@pytest.mark.parametrize("says", [{}, {"__class__": BrainObservatoryCache}])
def test_what_only_looks_like_a_cache_is_none(says):
    assert copied(type("BrainObservatoryCache", (), says)()) != "cache"
    assert copied(BrainObservatoryCache.__new__(BrainObservatoryCache)) == "cache"


def test_the_grader_takes_its_own_recordings_only(file):
    own = NEEDS.becomes("recording", {"session": SESSION})
    there = os.path.realpath(own.nwb_file)
    assert NEEDS.becomes("recording", {"session": SESSION, "file": there}) is own
    other = NEEDS.becomes("recording", {"session": SESSION, "file": file})
    assert isinstance(other, Uncopied) and "none of the recordings" in other.reason
    assert isinstance(NEEDS.becomes("recording", {"session": 7, "file": there}), Uncopied)
    assert isinstance(NEEDS.becomes("recording", {"session": "7"}), Uncopied)
    assert isinstance(NEEDS.becomes("another", {}), Uncopied)
