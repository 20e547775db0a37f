"""What is right, step by step, and the slips that are made at each."""

import slips
from recorded import *  # noqa: F403
from right import *  # noqa: F403

__all__ = ["slips"]
