"""Processes of the grader's own: what one has of the process that it was forked from."""

import gc
import os
import socket
from contextlib import contextmanager
from multiprocessing import Pipe

import pytest

from visual_coding_course.isolation.forked import FORKS, Forked

pytestmark = pytest.mark.skipif(not FORKS, reason="processes are forked")


@contextmanager
def garbage(make):
    """Leave something in a cycle, which the collector finds some time or other."""
    gc.collect()
    gc.disable()
    try:
        cycle = [make()]
        cycle.append(cycle)
        del cycle
        yield
    finally:
        gc.enable()


def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def forgotten_after_opening(pipe):
    """Open files until there must be one under each number that was free; collect; tell."""
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(100)]
    gc.collect()
    pipe.send([number for number in opened if not is_open(number)])


@pytest.mark.parametrize("make", [socket.socketpair, Pipe])
def test_what_its_parent_has_forgotten_closes_nothing_of_its_own(make):
    with garbage(make):
        process = Forked(forgotten_after_opening)
    try:
        assert process.pipe.recv() == []
    finally:
        process.end()


def test_who_is_at_the_other_end_of_a_socket_sees_its_parent_go():
    ours, theirs = socket.socketpair()
    process = Forked(lambda pipe: pipe.poll(None))
    theirs.close()
    ours.settimeout(10)
    try:
        assert ours.recv(1) == b""  # though the process is there, and had inherited it
        assert process.alive
    finally:
        process.end()
