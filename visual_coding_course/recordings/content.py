"""What of a recording an excerpt keeps: said by an assignment, in its module ``needs``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

#: Kinds of traces, as AllenSDK's getters call them. The corrected ones are made of the last two.
TRACES = ("dff", "fluorescence", "demixed", "neuropil")


@dataclass(frozen=True)
class Content:
    """What is kept; by default, all.

    What is left out answers with AllenSDK's own error when it is asked for: KeyError for traces,
    masks, running speed and templates, MissingStimulusException for a stimulus table.

    Attributes
    ----------
    traces : tuple of str
        Of `TRACES`.
    masks, max_projection, running_speed, motion, events : bool
        Whether these are.
    stimuli : tuple of str or None
        Those whose tables are; None for all that a session has.
    templates : tuple of str or None
        Those whose templates are; None for all.
    """

    traces: tuple[str, ...] = TRACES
    masks: bool = True
    max_projection: bool = True
    running_speed: bool = True
    motion: bool = True
    events: bool = True
    stimuli: tuple[str, ...] | None = None
    templates: tuple[str, ...] | None = None

    def __post_init__(self):
        if unknown := sorted({*self.traces} - {*TRACES}):
            raise ValueError(
                f"There are no traces called {', '.join(unknown)}, but {', '.join(TRACES)}."
            )

    def __or__(self, other: Content) -> Content:
        """Keep what either keeps."""
        return Content(
            **{
                one.name: _either(getattr(self, one.name), getattr(other, one.name))
                for one in fields(self)
            }
        )

    def as_words(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        return {
            one.name: list(value) if isinstance(value, tuple) else value
            for one in fields(self)
            for value in [getattr(self, one.name)]
        }


def _either(first: Any, second: Any) -> Any:
    if isinstance(first, bool):
        return first or second
    if first is None or second is None:
        return None
    return tuple(dict.fromkeys((*first, *second)))
