"""Wrong answers to question 3, with one mistake each, by one who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "all masks as projection": """
max_projection_a = data_set_a.get_roi_mask_array().max(axis=0)
max_projection_b = data_set_b.get_roi_mask_array().max(axis=0)
max_projection_c = data_set_c.get_roi_mask_array().max(axis=0)

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="r")
    ax.set_title(f"Session {session}")
""",
    "inverted masks": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a] == 0
roi_mask_b = data_set_b.get_roi_mask_array()[index_b] == 0
roi_mask_c = data_set_c.get_roi_mask_array()[index_c] == 0


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="r")
    ax.set_title(f"Session {session}")
""",
    "flipped projections": """
max_projection_a = np.flipud(data_set_a.get_max_projection())
max_projection_b = np.flipud(data_set_b.get_max_projection())
max_projection_c = np.flipud(data_set_c.get_max_projection())

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="r")
    ax.set_title(f"Session {session}")
""",
    "figure, all white": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray", vmin=0, vmax=1)
    ax.contour(mask, levels=[0.5], colors="r")
    ax.set_title(f"Session {session}")
""",
    "figure, mask in um on pixels": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.imshow(np.ma.masked_equal(mask, 0), cmap="autumn", alpha=0.6, extent=(0, 400, 400, 0))
    ax.set_xlim(0, 512)
    ax.set_ylim(512, 0)
    ax.set_title(f"Session {session}")
""",
    "figure, um called pixels": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray", extent=(0, 400, 400, 0))
    ax.imshow(np.ma.masked_equal(mask, 0), cmap="autumn", alpha=0.5, extent=(0, 400, 400, 0))
    ax.set_xlabel("x (pixels)")
    ax.set_ylabel("y (pixels)")
    ax.set_title(f"Session {session}")
""",
    "figure, zoomed elsewhere": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="w")
    x, y = np.argwhere(mask).mean(axis=0)
    ax.set_xlim(x - 18, x + 18)
    ax.set_ylim(y + 18, y - 18)
    ax.set_title(f"Session {session}")
""",
    "figure, level too high": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[127], colors="r")
    ax.set_title(f"Session {session}")
""",
    "figure, one panel": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    plt.sca(axes[0])
    plt.imshow(projection, cmap="gray")
    plt.contour(mask, levels=[0.5], colors="r")
    ax.set_title(f"Session {session}")
""",
    "figure, projections exchanged": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]


fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_c, max_projection_b]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="r")
    ax.set_title(f"Session {session}")
""",
}

RIGHT = {}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "figure, mask in um on pixels": {
        "The masks are drawn in micrometres on projections in pixels, beside the neuron.": [
            "image and mask in different units"
        ]
    },
    "all masks as projection": {
        "Max_projection_* is the maximum over the ROI masks, not the film's maximum projection.": [
            "masks in place of the projection",
            "masks without projections",
        ]
    },
    "inverted masks": {"The masks are inverted: 1 outside the neuron, 0 inside.": ["inverted"]},
    "flipped projections": {"The maximum projections are upside down.": ["turned or mirrored"]},
    "figure, all white": {
        "The grey scale ends at 1, so that the projection is white all over.": [
            "images of one colour"
        ]
    },
    "figure, um called pixels": {
        "The axes are in micrometres (extent) but labelled in pixels.": ["another unit of length"]
    },
    "figure, zoomed elsewhere": {
        "The panels are zoomed to a place where the neuron is not: x and y exchanged.": [
            "zoomed past the neuron"
        ]
    },
    "figure, level too high": {
        "The contour's level (127) is above the mask's 1, so that no outline is drawn.": [
            "no mask drawn"
        ]
    },
    "figure, one panel": {
        "All three sessions are drawn into one panel, the two others are empty.": [
            "panels left empty"
        ]
    },
    "figure, projections exchanged": {
        "The projections of B and C are exchanged below the right masks and titles.": [
            "names in another order",
            "another session's mask",
        ]
    },
}
