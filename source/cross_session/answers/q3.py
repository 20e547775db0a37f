"""Answers to question 3: the neuron's mask on the maximum projection of each session."""

# Students write long lines.
# ruff: noqa: E501

PROJECTIONS = """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()
"""
MASKS = """
roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]
"""
VALUES = PROJECTIONS + MASKS
LISTS = """
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]
"""
CONTOURS = (
    LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    ax.imshow(projection)
    ax.contour(mask, levels=[0.5], colors="red")
"""
)

WRONG = {
    "session A's mask in all three panels, as on the seed page": VALUES
    + LISTS
    + """
fig_masks = plt.figure()
for panel, projection in enumerate(projections, start=1):
    plt.subplot(1, 3, panel)
    plt.imshow(projection, cmap="gray")
    plt.contour(roi_mask_a)
""",
    "other sessions' indices in session A's masks": PROJECTIONS
    + """
rois_a = data_set_a.get_roi_mask_array()
roi_mask_a, roi_mask_b, roi_mask_c = rois_a[16], rois_a[100], rois_a[1]
"""
    + CONTOURS,
    "all neurons' masks at once": PROJECTIONS
    + """
roi_mask_a = data_set_a.get_roi_mask_array().max(axis=0)
roi_mask_b = data_set_b.get_roi_mask_array().max(axis=0)
roi_mask_c = data_set_c.get_roi_mask_array().max(axis=0)
"""
    + CONTOURS,
    "masks with a first axis of one": PROJECTIONS
    + """
roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])
"""
    + CONTOURS,
    "rows and columns exchanged": PROJECTIONS
    + """
roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0].T
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0].T
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0].T
"""
    + CONTOURS,
    "only the projections in the figure": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection in zip(axes, projections):
    ax.imshow(projection)
""",
    "only the masks in the figure": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, mask in zip(axes, masks):
    ax.imshow(mask)
""",
    "one panel, and axes in place of the figure": VALUES
    + """
fig_masks = plt.imshow(max_projection_a).axes
plt.contour(roi_mask_a)
""",
    "session A's projection three times": VALUES
    + LISTS
    + """
max_projection_b = max_projection_c = max_projection_a
fig_masks, axes = plt.subplots(1, 3)
for ax, mask in zip(axes, masks):
    ax.imshow(max_projection_a)
    ax.contour(mask)
""",
    "a circle of the same size in the place of the mask": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    ax.imshow(projection)
    row, column = np.argwhere(mask).mean(axis=0)
    ax.add_patch(plt.Circle((column, row), np.sqrt(mask.sum() / np.pi), fill=False))
""",
    "titles in another order than the panels": VALUES
    + CONTOURS
    + """
for ax, letter in zip(axes, "CAB"):
    ax.set_title(f"Session {letter}")
""",
    "overlay of another neuron": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, data_set in zip(axes, projections, [data_set_a, data_set_b, data_set_c]):
    ax.imshow(projection)
    another = next(i for i in range(5) if i not in (index_a, index_b, index_c))
    mask = data_set.get_roi_mask_array()[another]
    ax.imshow(np.ma.masked_equal(mask, 0), alpha=0.5)
""",
    "all masks summed in a loop": PROJECTIONS
    + """
summed = []
for session in [data_set_a, data_set_b, data_set_c]:
    rois = session.get_roi_mask_array()
    summed.append(sum(rois[i] for i in range(len(rois))))
roi_mask_a, roi_mask_b, roi_mask_c = summed
"""
    + CONTOURS,
    "pixels counted along the columns": VALUES
    + CONTOURS
    + """
roi_mask_a, roi_mask_b, roi_mask_c = roi_mask_a.sum(axis=0), roi_mask_b.sum(axis=0), roi_mask_c.sum(axis=0)
""",
    "number of pixels, and session B's mask for C": VALUES
    + """
roi_mask_c = roi_mask_b
"""
    + CONTOURS
    + """
roi_mask_a = np.count_nonzero(roi_mask_a)
""",
    "index of another session": PROJECTIONS
    + """
roi_mask_a = data_set_a.get_roi_mask_array()[index_c]
roi_mask_b = data_set_b.get_roi_mask_array()[index_a]
roi_mask_c = data_set_c.get_roi_mask_array()[index_a]
"""
    + CONTOURS,
    "the id as a row, which stops": PROJECTIONS
    + """
roi_mask_a = data_set_a.get_roi_mask_array()[cell_specimen_id]
roi_mask_b = data_set_b.get_roi_mask_array()[cell_specimen_id]
roi_mask_c = data_set_c.get_roi_mask_array()[cell_specimen_id]
"""
    + CONTOURS,
    "recordings in another order, projections turned": """
maxproj, rois = [], []
for d in (data_set_c, data_set_b, data_set_a):
    maxproj.append(np.transpose(d.get_max_projection()))
    rois.append(d.get_roi_mask_array([cell_specimen_id]).squeeze())
max_projection_a, max_projection_b, max_projection_c = maxproj[::-1]
roi_mask_a, roi_mask_b, roi_mask_c = rois
"""
    + CONTOURS,
    "a figure for each session, the last one kept": VALUES
    + LISTS
    + """
for image, roi in zip(projections, masks):
    fig_masks = plt.figure()
    plt.imshow(image, cmap="gray")
    plt.contour(roi, [0.5], colors="r")
""",
    "brightness scaled to 1, one panel": VALUES
    + """
max_projection_a = max_projection_a / max_projection_a.max()
max_projection_b = max_projection_b / max_projection_b.max()
max_projection_c = max_projection_c / max_projection_c.max()
fig_masks, ax = plt.subplots()
ax.imshow(max_projection_a, cmap="gray")
for roi in (roi_mask_a, roi_mask_b, roi_mask_c):
    ax.contour(roi)
""",
}

EACH_OUTLINE = """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask, d in zip(axes, projections, masks, [data_set_a, data_set_b, data_set_c]):
    ax.imshow(projection, cmap="gray")
    some = [*d.get_cell_specimen_ids()[::4], cell_specimen_id]
    for roi in d.get_roi_mask_array(some):
        r, c = (slice(np.nonzero(roi)[i].min() - 1, np.nonzero(roi)[i].max() + 2) for i in (0, 1))
        y, x = np.arange(512)[r], np.arange(512)[c]
        ax.contour(x, y, roi[r, c], levels=[0.5], colors=OTHERS, linewidths=1)
"""
WRONG |= {
    "many neurons outlined in the same red": VALUES
    + LISTS
    + EACH_OUTLINE.replace("OTHERS", "'red'"),
    "some neurons outlined in the same red": VALUES
    + LISTS
    + EACH_OUTLINE.replace("OTHERS", "'red'").replace("[::4]", "[::12]"),
    "many neurons outlined in a color of its own": VALUES
    + LISTS
    + EACH_OUTLINE.replace("OTHERS", "[np.random.default_rng(np.argmax(roi)).random(3)]"),
    "many neurons' masks painted, one by one": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, d in zip(axes, projections, [data_set_a, data_set_b, data_set_c]):
    ax.imshow(projection, cmap="gray")
    some = [*d.get_cell_specimen_ids()[::4], cell_specimen_id]
    for roi in d.get_roi_mask_array(some):
        r, c = (slice(np.nonzero(roi)[i].min() - 1, np.nonzero(roi)[i].max() + 2) for i in (0, 1))
        edges = [c.start - 0.5, c.stop - 0.5, r.stop - 0.5, r.start - 0.5]
        ax.imshow(np.ma.masked_equal(roi[r, c], 0), cmap="autumn", alpha=0.5, extent=edges)
    ax.set(xlim=(-0.5, 511.5), ylim=(511.5, -0.5))
""",
}

RIGHT = {
    "many neurons outlined in grey, ours in red on top": VALUES
    + LISTS
    + EACH_OUTLINE.replace("OTHERS", "'0.6'")
    + """
    ax.contour(mask, levels=[0.5], colors="red", linewidths=2)
""",
    "some neighbours outlined, ours filled": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask, d in zip(axes, projections, masks, [data_set_a, data_set_b, data_set_c]):
    ax.imshow(projection, cmap="gray")
    ax.imshow(np.ma.masked_equal(mask, 0), cmap="autumn", alpha=0.5)
    for roi in d.get_roi_mask_array(d.get_cell_specimen_ids()[:10]):
        ax.contour(roi, levels=[0.5], colors="yellow")
""",
    "contours, all masks read": PROJECTIONS
    + """
roi_mask_a = data_set_a.get_roi_mask_array()[index_a, :, :]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b, :, :]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c, :, :]
"""
    + CONTOURS,
    "half transparent overlay of a masked image, bool masks": PROJECTIONS
    + """
roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0].astype(bool)
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0].astype(bool)
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0].astype(bool)
"""
    + LISTS
    + """
fig_masks, axes = plt.subplots(3, 1, figsize=(4, 12))
for ax, projection, mask in zip(axes.flat, projections, masks):
    image = ax.imshow(projection, cmap="gray", vmax=np.percentile(projection, 99))
    fig_masks.colorbar(image, ax=ax)
    ax.imshow(np.ma.masked_equal(mask, 0), cmap="autumn", alpha=0.4)
""",
    "np.where with NaN, pyplot interface, float masks": PROJECTIONS
    + """
roi_mask_a, roi_mask_b, roi_mask_c = (
    data_set.get_roi_mask()[index].get_mask_plane().astype(float)
    for data_set, index in [(data_set_a, index_a), (data_set_b, index_b), (data_set_c, index_c)]
)
"""
    + LISTS
    + """
plt.figure(figsize=(12, 4))
for i in range(3):
    plt.subplot(1, 3, i + 1)
    plt.imshow(projections[i], cmap="gray")
    plt.imshow(np.where(masks[i] > 0, 1, np.nan), vmin=0, vmax=1)
    plt.axis("off")
fig_masks = plt.gcf()
""",
    "filled contours, origin below": VALUES
    + LISTS
    + """
fig_masks = plt.figure()
for i, (projection, mask) in enumerate(zip(projections, masks)):
    ax = fig_masks.add_subplot(1, 3, i + 1)
    ax.imshow(projection, origin="lower")
    ax.contourf(mask, levels=[0.5, 1.5], colors=["red"], alpha=0.5)
""",
    "in micrometres, contour at its default levels": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    ax.imshow(projection, extent=(0, 400, 400, 0))
    ax.contour(mask, extent=(0, 400, 0, 400))
""",
    "in one color image, the mask in red": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    grey = projection / projection.max()
    ax.imshow(np.dstack([np.where(mask, 1, grey), grey, grey]))
""",
    "painted into the projection": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    ax.imshow(np.where(mask, projection.max() + 50.0, projection))
""",
    "cut out around the neuron": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    rows, columns = np.nonzero(mask)
    piece = np.s_[rows.min() - 20 : rows.max() + 20, columns.min() - 25 : columns.max() + 25]
    ax.imshow(np.sqrt(projection[piece]), cmap="gray")
    ax.contour(mask[piece], levels=[0.5], colors="orange")
""",
    "pixels as points, zoomed in, pcolormesh": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3, sharex=True, sharey=True)
for ax, projection, mask in zip(axes, projections, masks):
    ax.pcolormesh(projection, cmap="gray")
    rows, columns = np.nonzero(mask)
    ax.scatter(columns + 0.5, rows + 0.5, s=1)
    ax.set(xlim=(60, 140), ylim=(180, 100))
""",
    "projections above, with the mask below, ids as titles": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(2, 3)
for above, below, projection, mask, session in zip(*axes, projections, masks, [id_a, id_b, id_c]):
    above.imshow(projection, cmap="gray")
    above.set_title(f"{session} (natural movie one)")
    below.imshow(projection, cmap="gray")
    below.contour(mask, levels=[0.5], colors="red")
""",
    "one color, opaque where the mask is": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask, title in zip(axes, projections, masks, ["A (day 1)", "B (day 2)", "C"]):
    ax.imshow(projection)
    ax.imshow(np.ones(mask.shape), alpha=mask.astype(float))
    ax.set_title(title)
""",
    "cut out tightly, the mask half transparent": VALUES
    + LISTS
    + """
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    rows, columns = np.nonzero(mask)
    piece = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    ax.imshow(projection[piece])
    ax.imshow(mask[piece], alpha=0.3)
""",
    "a line around the mask's pixels": VALUES
    + LISTS
    + """
from scipy.ndimage import binary_dilation
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    ax.imshow(projection)
    ax.imshow(np.ma.masked_equal(binary_dilation(mask) & ~(mask > 0), 0), cmap="autumn")
""",
    "outline of the mask, transparent overlay with RGBA": VALUES
    + LISTS
    + """
from scipy.ndimage import binary_erosion
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    ax.imshow(projection)
    edge = (mask > 0) & ~binary_erosion(mask > 0)
    overlay = np.zeros((*mask.shape, 4))
    overlay[edge] = [1, 0, 0, 1]
    ax.imshow(overlay)
""",
    "a mosaic, masked where there is nothing, masks by list": PROJECTIONS
    + """
whole = [np.array(d.get_roi_mask_array()) for d in (data_set_a, data_set_b, data_set_c)]
places = [index_a, index_b, index_c]
roi_mask_a, roi_mask_b, roi_mask_c = [rois[i] == 1 for rois, i in zip(whole, places)]
fig_masks, panels = plt.subplot_mosaic("abc", figsize=(9, 3))
for letter in panels:
    panels[letter].imshow(globals()["max_projection_" + letter], cmap="bone")
    roi = globals()["roi_mask_" + letter]
    panels[letter].imshow(np.ma.masked_where(roi == 0, roi), cmap="Reds", alpha=0.6, vmin=0)
    panels[letter].set_title("session " + letter.upper())
""",
    "matshow, outlines of two colors, zoomed by axis": VALUES
    + """
fig_masks = plt.figure(figsize=(12, 4))
for place, (image, roi) in enumerate(
    [(max_projection_a, roi_mask_a), (max_projection_b, roi_mask_b), (max_projection_c, roi_mask_c)]
):
    ax = fig_masks.add_subplot(131 + place)
    ax.matshow(image)
    ax.contour(roi, levels=[0.5], colors=["white"], linewidths=3)
    ax.contour(roi, levels=[0.5], colors=["black"], linewidths=1)
    y, x = np.where(roi)
    ax.axis([x.min() - 40, x.max() + 40, y.max() + 40, y.min() - 40])
""",
}

#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "many neurons outlined in the same red": {
        "Ours cannot be told from all others in the figure.": ["all neurons drawn"],
    },
    "some neurons outlined in the same red": {
        "Ours cannot be told from the others in the figure.": ["all neurons drawn"],
    },
    "many neurons outlined in a color of its own": {
        "Ours cannot be told from all others in the figure.": ["all neurons drawn"],
    },
    "many neurons' masks painted, one by one": {
        "Ours cannot be told from all others in the figure.": ["all neurons drawn"],
    },
    "session A's mask in all three panels, as on the seed page": {
        "The figure shows session A's mask in all three panels.": ["another session's mask"],
    },
    "other sessions' indices in session A's masks": {
        "Session A's masks are used for all three sessions.": [
            "another session's array",
            "another session's mask",
        ],
        "The masks are of other neurons, by the cell indices of other sessions.": [
            "another neuron",
            "cell index of another session",
        ],
    },
    "all neurons' masks at once": {
        "The mask is that of all neurons, not of ours.": ["all neurons", "all neurons drawn"],
    },
    "masks with a first axis of one": {
        "The masks are left in an array with a first axis of one.": [
            "an axis of length 1",
            "panels left empty",
        ],
    },
    "rows and columns exchanged": {
        "The masks are transposed.": ["transposed array"],
    },
    "only the projections in the figure": {
        "The figure shows no mask.": ["no mask drawn"],
    },
    "only the masks in the figure": {
        "The figure shows no projection.": ["masks without projections"],
    },
    "one panel, and axes in place of the figure": {
        "The axes are given in place of the figure.": ["axes in place of the figure"],
        "There is one panel for three sessions.": ["one panel for three"],
    },
    "session A's projection three times": {
        "Session A's projection is used for all three.": [
            "another session's array",
            "one session for all",
        ],
    },
    "a circle of the same size in the place of the mask": {
        "The figure shows a circle, not the mask.": ["a shape in place of the mask"],
    },
    "titles in another order than the panels": {
        "The panels have the titles of other sessions.": ["names in another order"],
    },
    "overlay of another neuron": {
        "The figure shows another neuron's mask.": ["another neuron"],
    },
    "all masks summed in a loop": {
        "All neurons' masks are summed; ours alone was asked.": [
            "all neurons",
            "all neurons drawn",
        ],
    },
    "pixels counted along the columns": {
        "The mask is summed over its rows.": ["the mask summed"],
    },
    "number of pixels, and session B's mask for C": {
        "The mask is summed to its number of pixels.": ["the mask summed"],
        "Session B's mask is used for session C.": [
            "another session's array",
            "another session's mask",
        ],
    },
    "index of another session": {
        "The masks are of other neurons: another session's cell index.": [
            "cell index of another session"
        ],
    },
    "the id as a row, which stops": {
        "The cell specimen id is used as an index, and the cell stops with an error.": [
            "the cell specimen id as index"
        ],
    },
    "recordings in another order, projections turned": {
        "The masks of A and C are swapped.": ["another session's array"],
        "The projections are transposed.": ["transposed array"],
    },
    "a figure for each session, the last one kept": {
        "Each session has a figure of its own: only session C's is left.": ["one panel for three"],
    },
    "brightness scaled to 1, one panel": {
        "The projections are scaled, not as the recording has them.": ["rescaled"],
        "There is one panel for three sessions.": ["one panel for three"],
    },
}

IN_PLACE_OF_A_MASK = {
    "a circle around each mask": "ax.imshow(projection); ax.add_patch(plt.Circle((x.mean(), y.mean()), 14, fill=False, color='r'))",
    "a cross in the middle of each mask": "ax.imshow(projection); ax.plot(x.mean(), y.mean(), 'r+')",
    "projections times masks": "ax.imshow(projection * mask)",
}
WRONG |= {
    name: VALUES
    + LISTS
    + f"""
fig_masks, axes = plt.subplots(1, 3)
for ax, projection, mask in zip(axes, projections, masks):
    y, x = np.nonzero(mask)
    {drawn}
"""
    for name, drawn in IN_PLACE_OF_A_MASK.items()
}
MISTAKES |= {
    "a circle around each mask": {
        "A circle around the neuron, not its mask.": ["a shape in place of the mask"]
    },
    "a cross in the middle of each mask": {
        "A cross where the neuron is, not its mask.": ["a shape in place of the mask"]
    },
    "projections times masks": {
        "Only the neuron is left of the projection.": ["masks without projections"]
    },
}
