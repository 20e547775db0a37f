#!/usr/bin/env bash
# Gradescope runs this once, as root, when the autograder is uploaded: it installs Python 3.11 and
# the locked packages with uv, makes the recordings if the assignment is about such, and sees that
# the solution gets full marks here. An argument names another folder than /autograder.
set -euo pipefail

root=${1:-/autograder}
course=$root/source/course
export UV_PYTHON_INSTALL_DIR=$root/python UV_CACHE_DIR=$root/uv-cache UV_LINK_MODE=copy
export TQDM_MININTERVAL=10 PIP_ROOT_USER_ACTION=ignore

cd "$root"  # where no project's settings are

if ! uv=$(command -v uv); then
    if ! python3 -m pip --version >/dev/null 2>&1; then
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            ca-certificates python3 python3-pip
    fi
    python3 -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
        --target "$root/uv" -r "$course/uv.lock.txt"
    uv=$root/uv/bin/uv
fi

rm -rf "$root/.venv"
"$uv" venv --quiet --python 3.11 "$root/.venv"
install=("$uv" pip install --quiet --python "$root/.venv/bin/python" --no-deps)
# One dependency comes as source only: what builds it is locked, too, and comes first.
"${install[@]}" --require-hashes -r "$course/build.lock.txt"
"${install[@]}" --require-hashes --no-build-isolation --compile-bytecode \
    -r "$course/requirements.lock"
"${install[@]}" "$course"/*.whl
rm -rf "$root/uv-cache"

# What is not the student's is for root alone, wherever student code runs as another user.
chmod -R go= "$root/source"
"$root/source/run_autograder" "$root" --set-up
