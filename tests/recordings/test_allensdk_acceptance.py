"""The acceptance tests that AllenSDK brings along for NWB files pass on the practice recordings."""

import os
import subprocess
import sys
from pathlib import Path

import allensdk
import pytest

TESTS = Path(allensdk.__file__).parent / "test" / "core" / "test_brain_observatory_nwb_data_set.py"
#: It wants seven epochs in sessions B, too (its condition is always true): the published one has 8.
WRONG = "not (test_get_stimulus_epoch_table and 501559087)"


@pytest.mark.skipif(not TESTS.exists(), reason="this AllenSDK came without its tests")
def test_they_pass(sessions, tmp_path):
    files = tmp_path / "files.txt"
    files.write_text("\n".join(each.nwb_file for each in sessions.data_sets.values()))
    told = {"TEST_COMPLETE": "true", "TEST_NWB_FILES": str(files)}
    command = [sys.executable, "-W", "ignore", "-m", "pytest", "-q", "-c", os.devnull]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-k", WRONG, str(TESTS)],
        env={**os.environ, **told},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout, done.stdout  # as they are where there are no files
