"""pynwb is imported also where it may not write into its own folder."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from visual_coding_course.isolation.sandbox import NoIsolation, find_bubblewrap

KEPT = ("core_typemap.pkl", ".core_typemap_version")
CODE = (
    "from visual_coding_course.recordings import cache; import pynwb\n"
    "print(pynwb.__file__, 'TimeSeries' in pynwb.get_type_map().namespace_catalog"
    ".get_namespace('core').get_registered_types())"
)


@pytest.fixture
def package(tmp_path):
    """A copy of pynwb, as it was installed."""
    original = Path(find_spec("pynwb").origin).parent
    folder = tmp_path / "packages" / "pynwb"
    shutil.copytree(original, folder, ignore=shutil.ignore_patterns("__pycache__", *KEPT))
    return folder


def imported(package, *around):
    paths = os.pathsep.join([str(package.parent), *filter(None, sys.path)])
    done = subprocess.run(
        [*around, sys.executable, "-c", CODE],
        env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.split() == [str(package / "__init__.py"), "True"], done.stderr[-2000:]


def test_where_it_may_write_it_keeps_what_it_has_worked_out(package):
    imported(package)
    assert all((package / name).is_file() for name in KEPT)


def test_what_another_process_has_half_written_is_not_needed(package):
    imported(package)
    kept = package / KEPT[0]
    kept.write_bytes(kept.read_bytes()[:1000])
    imported(package)


def test_where_it_may_not_write(package):
    try:
        bubblewrap = find_bubblewrap()
    except NoIsolation as reason:
        pytest.skip(str(reason))
    imported(
        package, bubblewrap, "--ro-bind", "/", "/", "--tmpfs", "/run", "--setenv", "TMPDIR", "/run"
    )
    assert not any((package / name).exists() for name in KEPT)
