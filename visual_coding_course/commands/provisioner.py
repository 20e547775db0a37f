"""Isolated warm kernels that open the recordings, for every tool that runs notebooks."""

from traitlets import Instance

from ..isolation.provisioner import IsolatedProvisioner
from ..recordings.needs import NEEDS
from ..shared.needs import Needs


class CourseProvisioner(IsolatedProvisioner):
    """What jupyter_client starts under the name ``isolated-warm``."""

    needs = Instance(Needs, help="What notebooks need besides plain data.")

    def _needs_default(self) -> Needs:
        return NEEDS
