"""What is right, step by step, and the slips that are made at each."""

import slips
from right import *  # noqa: F403

__all__ = ["slips"]
