"""What one submission may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a submission may use; ``assignment.toml`` sets others, in its table ``limits``.

    Those on time and output hold wherever it runs, the others where it is isolated.

    Attributes
    ----------
    cell_seconds, submission_seconds : float
        Most processor time of all its processes together, for one cell and for the whole notebook.
    wall_factor : float
        How many times that may pass by the clock, however busy the machine is.
    interrupt_grace_seconds : float
        Processor time that an interrupted cell may take to stop before its kernel is killed.
    output_megabytes : float
        What all cells together may print and display.
    cell_outputs : int
        How many outputs one cell may have; what is printed in a row is one.
    memory_megabytes : int
        Memory of all its processes together, beyond what the imported libraries take.
    processes : int
        Processes and threads at a time; a kernel itself has about ten.
    open_files : int
        Files that a process may have open.
    disk_megabytes : int
        What all files together may hold that it writes.
    check_seconds, check_megabytes : float, int
        What the grader may take to check one question, but for the student's own functions: time,
        and memory beyond what it has.
    """

    cell_seconds: float = 60.0
    submission_seconds: float = 600.0
    wall_factor: float = 3.0
    interrupt_grace_seconds: float = 5.0
    output_megabytes: float = 20.0
    cell_outputs: int = 1000
    memory_megabytes: int = 2048
    processes: int = 64
    open_files: int = 256
    disk_megabytes: int = 256
    check_seconds: float = 30.0
    check_megabytes: int = 1536

    def wall_seconds(self, seconds: float) -> float:
        """How long something may take by the clock that may take so much processor time."""
        return seconds * self.wall_factor
