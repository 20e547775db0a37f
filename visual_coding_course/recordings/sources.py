"""Where an excerpt's recordings come from: what its folder says of that."""

LICENCE = """\
## Terms of use

The recordings belong to the Allen Institute for Brain Science. Its terms of use allow research and
other non-commercial use, such as teaching, and ask for a citation; read them before you pass this
folder on:

- terms of use: https://alleninstitute.org/legal/terms-of-use/
- citation policy: https://alleninstitute.org/legal/citation-policy/

## Citation

Allen Institute for Brain Science (2016). Allen Brain Observatory, Visual Coding 2P [data set].
Available from https://observatory.brain-map.org/visualcoding, experiment container {container}.

de Vries, S. E. J., Lecoq, J. A., Buice, M. A., et al. (2020). A large-scale standardized
physiological survey reveals functional organization of the mouse visual cortex. Nature
Neuroscience 23, 138-151. https://doi.org/10.1038/s41593-019-0550-9
"""
SIMULATED = """\
## Simulated

**These recordings are simulated.** They were made by a program, after published facts about the
Allen Brain Observatory's experiment container {container}, in the Allen Institute's file format.
They are not data of the Allen Institute: do not cite them as data.
"""
ABOUT = """\
# Recordings of experiment container {container}

An excerpt: {sessions} sessions with {neurons} neurons. Traces are kept as 32-bit floats; what is
kept, and what is left out, stands in `excerpt.json`. `open_cache(manifest=...)` of
visual_coding_course opens this folder, and so does AllenSDK's `BrainObservatoryCache` with the
manifest in it. `sha256sum -c {checksums}` tells whether it is as it was made.

"""


def provenance(session: int, container: int) -> str:
    """What the file of a session says of where its data come from."""
    return (
        f"Excerpt, made by visual_coding_course, of experiment {session} in experiment container "
        f"{container} of the Allen Brain Observatory, Visual Coding 2P. Allen Institute for Brain "
        "Science; terms of use and citation are in README.md, in the folder of the excerpt."
    )


def readme(container: int, sessions: int, neurons: int, simulated: bool, checksums: str) -> str:
    """What the folder's README.md says."""
    text = ABOUT + (SIMULATED if simulated else LICENCE)
    return text.format(container=container, sessions=sessions, neurons=neurons, checksums=checksums)
