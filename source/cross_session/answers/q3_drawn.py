"""Answers to question 3 that draw it in a few words, rightly and wrongly."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
data_sets = data_set_a, data_set_b, data_set_c
max_projection_a, max_projection_b, max_projection_c = projections = [d.get_max_projection() for d in data_sets]
roi_mask_a, roi_mask_b, roi_mask_c = masks = [d.get_roi_mask_array([cell_specimen_id])[0] for d in data_sets]
"""
IMAGE = 'ax.imshow(projection, cmap="gray")'
OURS = 'ax.contour(mask, levels=[0.5], colors="r")'


def _panels(*draw: str) -> str:
    lines = "\n    ".join(draw)
    return f"""{VALUES}
fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5))
for i, (ax, session, projection, mask) in enumerate(zip(axes, "ABC", projections, masks)):
    ax.set_title(f"Session {{session}}")
    {lines}
"""


WRONG = {
    "all sessions' masks in one colour": _panels(
        IMAGE, 'for each in masks: ax.contour(each, levels=[0.5], colors="r")'
    ),
    "all sessions' masks as one": _panels(
        IMAGE, 'ax.contour(np.max(masks, axis=0), levels=[0.5], colors="r")'
    ),
    "a second neuron in the same colour": _panels(
        IMAGE, OURS.replace("mask", "data_sets[i].get_roi_mask_array()[7]"), OURS
    ),
    "masks through all three indices": _panels(
        IMAGE,
        "for index in (index_a, index_b, index_c):",
        "    every = data_sets[i].get_roi_mask_array()",
        '    ax.contour(every[min(index, len(every) - 1)], levels=[0.5], colors="r")',
    ),
    "a cross at the wrong place": _panels(
        IMAGE, "rows, columns = np.nonzero(mask)", 'ax.plot(rows.mean(), columns.mean(), "r+")'
    ),
    "the mean of the projections": _panels(
        'ax.imshow(np.mean(projections, axis=0), cmap="gray")', OURS
    ),
    "the brightest of the projections": _panels(
        'ax.imshow(np.max(projections, axis=0), cmap="gray")', OURS
    ),
    "no projection of session C": _panels(f"if i < 2: {IMAGE}", OURS),
    "a cut-out mask drawn": _panels(
        IMAGE, 'ax.contour(data_sets[i].get_roi_mask([cell_specimen_id])[0].mask, colors="r")'
    ),
    "drawn on another figure": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3)
plt.figure()
for i in range(3):
    plt.subplot(1, 3, i + 1)
    plt.imshow(projections[i])
    plt.contour(masks[i])
""",
    "the figure under another name": _panels(IMAGE, OURS).replace("fig_masks", "figure_masks"),
}

RIGHT = {
    "other sessions dashed": _panels(
        IMAGE,
        "for j, each in enumerate(masks):",
        '    style = {"colors": "r"} if i == j else {"colors": "w", "linestyles": "dashed"}',
        "    ax.contour(each, levels=[0.5], **style)",
    ),
    "a colour for each session's mask": _panels(
        IMAGE,
        "for each, color in zip(masks, ('red', 'lime', 'cyan')):",
        "    ax.contour(each, levels=[0.5], colors=color)",
    ),
    "another neuron in grey": _panels(
        IMAGE,
        'ax.contour(data_sets[i].get_roi_mask_array()[7], levels=[0.5], colors="0.7")',
        OURS,
    ),
    "outline twice, with an arrow and a scale bar": _panels(
        IMAGE,
        "rows, columns = np.nonzero(mask)",
        OURS,
        OURS,
        'ax.annotate("", (columns.max(), rows.min()), (250, 250), arrowprops={"color": "r"})',
        'ax.plot([20, 84], [490, 490], "r")',
    ),
    "above without, below with the mask": VALUES
    + """
fig_masks, axes = plt.subplots(2, 3, figsize=(12, 8))
for above, below, projection, mask, session in zip(*axes, projections, masks, "ABC"):
    above.imshow(projection, cmap="gray")
    below.imshow(projection, cmap="gray")
    below.imshow(np.ma.masked_equal(mask, 0), cmap="cool", alpha=0.6)
    above.set_title("Session " + session)
""",
    "in micrometres, as pyplot has it": VALUES
    + """
fig_masks = plt.figure(figsize=(14, 4))
for i in range(3):
    plt.subplot(1, 3, i + 1)
    plt.imshow(projections[i], extent=(0, 400, 400, 0))
    plt.contour(masks[i], colors="w", extent=(0, 400, 0, 400))
    plt.title("ABC"[i])
    plt.xlabel("x (µm)")
    plt.ylabel("y (µm)")
""",
}

#: What each wrong answer does, and the names of mistakes that fit.
MISTAKES = {
    "all sessions' masks in one colour": {
        "Each panel has the masks of all sessions, alike.": ["masks of all sessions"]
    },
    "all sessions' masks as one": {
        "The masks of all sessions are joined before they are outlined.": ["masks of all sessions"]
    },
    "a second neuron in the same colour": {
        "Another neuron is outlined just as ours is.": ["another neuron"]
    },
    "masks through all three indices": {
        "Each panel has the masks at the indices of all sessions, alike.": [
            "another neuron",
            "cell index of another session",
        ]
    },
    "a cross at the wrong place": {
        "Rows are taken for x, and columns for y.": ["transposed array"]
    },
    "the mean of the projections": {
        "Each panel shows the mean of all projections.": ["one image of all sessions"]
    },
    "the brightest of the projections": {
        "Each panel shows the largest of all projections.": ["one image of all sessions"]
    },
    "no projection of session C": {"Session C's projection is not drawn.": ["a session left out"]},
    "a cut-out mask drawn": {
        "Only the rectangle around the neuron is drawn, in the corner of the image.": [
            "cut out of the image"
        ]
    },
    "drawn on another figure": {"The figure stays empty.": ["nothing drawn"]},
    "the figure under another name": {"There is no `fig_masks`.": ["a name that does not exist"]},
}
