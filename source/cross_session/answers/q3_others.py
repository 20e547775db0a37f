"""Answers to question 3 by others, who had the released notebook alone."""

# Students write long lines.
# ruff: noqa: E501

WRONG = {
    "all neurons outlined": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]

fig_masks, axes = plt.subplots(1, 3, figsize=(12, 4))
for ax, s, d, p in zip(axes, "ABC", [data_set_a, data_set_b, data_set_c],
                       [max_projection_a, max_projection_b, max_projection_c]):
    everything = d.get_roi_mask_array().max(axis=0)
    ax.imshow(p, cmap="gray")
    ax.imshow(np.ma.masked_equal(everything, 0), cmap="autumn", alpha=0.4)
    ax.set_title("Session " + s)
    ax.set_xlabel("pixels")
""",
    "crop outline misplaced": """
max_projection_a, max_projection_b, max_projection_c = (
    d.get_max_projection() for d in (data_set_a, data_set_b, data_set_c)
)
roi_mask_a, roi_mask_b, roi_mask_c = (
    d.get_roi_mask_array()[i]
    for d, i in zip((data_set_a, data_set_b, data_set_c), (index_a, index_b, index_c))
)

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    rows, cols = np.nonzero(mask)
    r, c = int(rows.mean()), int(cols.mean())
    top, left = max(r - 40, 0), max(c - 40, 0)
    ax.imshow(projection[top:r + 40, left:c + 40], cmap="gray")
    ax.contour(mask, levels=[0.5], colors="red")
    ax.set_title(f"Session {session}")
""",
    "index of a in all sessions": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_a]
roi_mask_c = data_set_c.get_roi_mask_array()[index_a]

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="red", linewidths=1)
    ax.set_title(f"Session {session}")
""",
    "mask a thrice": """
max_projection_a, max_projection_b, max_projection_c = (
    d.get_max_projection() for d in (data_set_a, data_set_b, data_set_c)
)
roi_mask_a, roi_mask_b, roi_mask_c = (
    d.get_roi_mask_array()[i]
    for d, i in zip((data_set_a, data_set_b, data_set_c), (index_a, index_b, index_c))
)

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(roi_mask_a, levels=[0.5], colors="yellow", linewidths=1)
    ax.set_xlabel("x (pixels)")
    ax.set_ylabel("y (pixels)")
    ax.set_title(f"Session {session}")
""",
    "mask nan outside": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

mask_a = data_set_a.get_roi_mask_array()[index_a]
mask_b = data_set_b.get_roi_mask_array()[index_b]
mask_c = data_set_c.get_roi_mask_array()[index_c]

roi_mask_a = np.where(mask_a == 0, np.nan, 1.0)
roi_mask_b = np.where(mask_b == 0, np.nan, 1.0)
roi_mask_c = np.where(mask_c == 0, np.nan, 1.0)

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.imshow(mask, cmap="autumn", alpha=0.5)
    ax.set_title(f"Session {session}")
""",
    "mask three dimensional": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask[0], levels=[0.5], colors="red", linewidths=1)
    ax.set_title(f"Session {session}")
""",
    "mask transposed": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]

fig_masks, axes = plt.subplots(1, 3, figsize=(12, 4))
for ax, s, p, m in zip(axes, "ABC", [max_projection_a, max_projection_b, max_projection_c],
                       [roi_mask_a, roi_mask_b, roi_mask_c]):
    x, y = np.nonzero(m)
    ax.imshow(p, cmap="gray")
    ax.plot(x, y, ".", ms=1, color="red", alpha=0.5)
    ax.set_title(f"Session {s}")
""",
    "mask under projection": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(np.ma.masked_equal(mask, 0), cmap="autumn", alpha=0.6)
    ax.imshow(projection, cmap="gray")
    ax.set_xlabel("pixels")
    ax.set_ylabel("pixels")
    ax.set_title(f"Session {session}")
""",
    "neighbour in the list": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]

plt.figure(figsize=(12, 4))
for i, (name, ds, idx, img) in enumerate([
    ("A", data_set_a, index_a, max_projection_a),
    ("B", data_set_b, index_b, max_projection_b),
    ("C", data_set_c, index_c, max_projection_c),
]):
    plt.subplot(1, 3, i + 1)
    plt.imshow(img, cmap="gray")
    plt.contour(ds.get_roi_mask_array()[idx - 1], levels=[0.5], colors="red")
    plt.title("Session " + name)
fig_masks = plt.gcf()
""",
    "no mask": """
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
    ax.set_xlabel("x (pixels)")
    ax.set_ylabel("y (pixels)")
    ax.set_title(f"Session {session}")
""",
    "no projection": """
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
    ax.imshow(mask, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="red")
    ax.set_title(f"Session {session}")
""",
    "opaque mask": """
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
    ax.imshow(mask, cmap="gray")
    ax.set_title(f"Session {session}")
""",
    "panels titled in wrong order": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "CBA", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="red", linewidths=1)
    ax.set_title(f"Session {session}")
""",
    "projection a thrice": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5))
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, mask in zip(axes, "ABC", masks):
    ax.imshow(max_projection_a, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="red")
    ax.set_title(f"Session {session}")
""",
    "um over pixels": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="red", linewidths=1)
    ax.set_xlabel("x (µm)")
    ax.set_ylabel("y (µm)")
    ax.set_title(f"Session {session}")
""",
    "zoom beside the neuron": """
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
    ax.contour(mask, levels=[0.5], colors="red")
    rows, cols = np.nonzero(mask)
    ax.set_xlim(cols.max() + 20, cols.max() + 100)
    ax.set_ylim(rows.max() + 40, rows.min() - 40)
    ax.set_title(f"Session {session}")
""",
}

RIGHT = {
    "bool mask plane": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()


def mask_of(data_set):
    roi = data_set.get_roi_mask([cell_specimen_id])[0]
    return roi.get_mask_plane().astype(bool)


roi_mask_a = mask_of(data_set_a)
roi_mask_b = mask_of(data_set_b)
roi_mask_c = mask_of(data_set_c)

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask.astype(float), levels=[0.5], colors="yellow")
    ax.set_title(f"Session {session}")
""",
    "contour labelled": """
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
    ax.contour(mask, levels=[0.5], colors="C1", linewidths=1.5)
    ax.set_xlabel("x (pixels)")
    ax.set_ylabel("y (pixels)")
    ax.set_title(f"Session {session}")
""",
    "crop with extent": """
max_projection_a, max_projection_b, max_projection_c = (
    d.get_max_projection() for d in (data_set_a, data_set_b, data_set_c)
)
roi_mask_a, roi_mask_b, roi_mask_c = (
    d.get_roi_mask_array()[i]
    for d, i in zip((data_set_a, data_set_b, data_set_c), (index_a, index_b, index_c))
)

def draw_session(ax, projection, mask, name, margin=35):
    rows, cols = np.nonzero(mask)
    r0, r1 = max(rows.min() - margin, 0), min(rows.max() + margin, 511)
    c0, c1 = max(cols.min() - margin, 0), min(cols.max() + margin, 511)
    where = (c0 - 0.5, c1 + 0.5, r1 + 0.5, r0 - 0.5)
    piece = mask[r0:r1 + 1, c0:c1 + 1]
    ax.imshow(projection[r0:r1 + 1, c0:c1 + 1], cmap="viridis", extent=where)
    ax.imshow(np.ma.masked_where(piece == 0, piece), cmap="Reds", vmin=0, vmax=1, alpha=0.4, extent=where)
    ax.set(title=f"Session {name}", xlabel="column (pixels)", ylabel="row (pixels)")


fig_masks, (ax1, ax2, ax3) = plt.subplots(ncols=3, figsize=(12, 4), constrained_layout=True)
draw_session(ax1, max_projection_a, roi_mask_a, "A")
draw_session(ax2, max_projection_b, roi_mask_b, "B")
draw_session(ax3, max_projection_c, roi_mask_c, "C")
""",
    "dict loop float mask": """
recordings = {"a": data_set_a, "b": data_set_b, "c": data_set_c}
projection_of = {}
mask_of = {}
for key, recording in recordings.items():
    projection_of[key] = np.array(recording.get_max_projection())
    all_ids = list(recording.get_cell_specimen_ids())
    row = all_ids.index(cell_specimen_id)
    mask_of[key] = recording.get_roi_mask_array()[row].astype(float)

max_projection_a = projection_of["a"]
max_projection_b = projection_of["b"]
max_projection_c = projection_of["c"]

roi_mask_a = mask_of["a"]
roi_mask_b = mask_of["b"]
roi_mask_c = mask_of["c"]

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="red", linewidths=1)
    ax.set_title(f"Session {session}")
""",
    "extent in um": """
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
    um = np.arange(512) * 400 / 512 + 200 / 512
    ax.imshow(projection, cmap="gray", extent=(0, 400, 400, 0))
    ax.contour(um, um, mask, levels=[0.5], colors="magenta")
    ax.set_xlabel("x (µm)")
    ax.set_ylabel("y (µm)")
    ax.set_title(f"Session {session}")
""",
    "inset zoom": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="red", linewidths=0.8)

    r, c = [v.mean() for v in np.nonzero(mask)]
    left = 0.55 if c < 256 else 0.02
    bottom = 0.02 if r < 256 else 0.55
    inset = ax.inset_axes([left, bottom, 0.43, 0.43])
    inset.imshow(projection, cmap="gray")
    inset.contour(mask, levels=[0.5], colors="red", linewidths=1)
    inset.set_xlim(c - 25, c + 25)
    inset.set_ylim(r + 25, r - 25)
    inset.set_xticks([])
    inset.set_yticks([])
    ax.indicate_inset_zoom(inset, edgecolor="yellow")
    ax.set_title(f"Session {session}")
""",
    "masked overlay zoom": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]

fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), gridspec_kw={"wspace": 0.3})
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.imshow(np.ma.masked_equal(mask, 0), cmap="autumn", alpha=0.5)
    rows, cols = np.nonzero(mask)
    ax.set_xlim(cols.mean() - 50, cols.mean() + 50)
    ax.set_ylim(rows.mean() + 50, rows.mean() - 50)
    ax.set_title(f"Session {session}")
""",
    "mosaic lower scatter": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]

fig_masks, panels = plt.subplot_mosaic("ABC", figsize=(11, 4))
content = {
    "A": (max_projection_a, roi_mask_a),
    "B": (max_projection_b, roi_mask_b),
    "C": (max_projection_c, roi_mask_c),
}
for name, (image, mask) in content.items():
    ax = panels[name]
    ax.imshow(image, cmap="gray", origin="lower")
    ys, xs = np.nonzero(mask)
    ax.scatter(xs, ys, s=3, color="orange", alpha=0.5, linewidths=0)
    ax.set_xlim(xs.mean() - 40, xs.mean() + 40)
    ax.set_ylim(ys.mean() - 40, ys.mean() + 40)
    ax.set_title("Session " + name)
fig_masks.supxlabel("x (pixels)")
fig_masks.supylabel("y (pixels)")
""",
    "negative flipped contourf": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]

top = max(max_projection_a.max(), max_projection_b.max(), max_projection_c.max())

plt.figure(figsize=(12, 4))

plt.subplot(1, 3, 1)
plt.imshow(max_projection_a[::-1], cmap="gray_r", vmin=0, vmax=top, origin="lower", extent=(-0.5, 511.5, 511.5, -0.5))
plt.contourf(np.arange(512), np.arange(512), roi_mask_a, levels=[0.5, 1.5], colors=["red"], alpha=0.5)
plt.title("A")
plt.xlabel("pixels")
plt.ylabel("pixels")

plt.subplot(1, 3, 2)
plt.imshow(max_projection_b[::-1], cmap="gray_r", vmin=0, vmax=top, origin="lower", extent=(-0.5, 511.5, 511.5, -0.5))
plt.contourf(np.arange(512), np.arange(512), roi_mask_b, levels=[0.5, 1.5], colors=["red"], alpha=0.5)
plt.title("B")
plt.xlabel("pixels")

plt.subplot(1, 3, 3)
plt.imshow(max_projection_c[::-1], cmap="gray_r", vmin=0, vmax=top, origin="lower", extent=(-0.5, 511.5, 511.5, -0.5))
plt.contourf(np.arange(512), np.arange(512), roi_mask_c, levels=[0.5, 1.5], colors=["red"], alpha=0.5)
plt.title("C")
plt.xlabel("pixels")

fig_masks = plt.gcf()
""",
    "pcolormesh pixel edges": '''
max_projection_a, max_projection_b, max_projection_c = (
    d.get_max_projection() for d in (data_set_a, data_set_b, data_set_c)
)
roi_mask_a, roi_mask_b, roi_mask_c = (
    d.get_roi_mask_array()[i]
    for d, i in zip((data_set_a, data_set_b, data_set_c), (index_a, index_b, index_c))
)

from matplotlib.collections import LineCollection


def pixel_edges(mask):
    """Line segments between pixels of the mask and pixels outside."""
    m = np.pad(mask.astype(bool), 1)
    segments = []
    for r, c in zip(*np.nonzero(m)):
        y, x = r - 1, c - 1
        if not m[r - 1, c]:
            segments.append([(x - 0.5, y - 0.5), (x + 0.5, y - 0.5)])
        if not m[r + 1, c]:
            segments.append([(x - 0.5, y + 0.5), (x + 0.5, y + 0.5)])
        if not m[r, c - 1]:
            segments.append([(x - 0.5, y - 0.5), (x - 0.5, y + 0.5)])
        if not m[r, c + 1]:
            segments.append([(x + 0.5, y - 0.5), (x + 0.5, y + 0.5)])
    return segments


fig_masks, axes = plt.subplots(1, 3, figsize=(12, 4))
for ax, name, img, msk in zip(
    axes,
    ["A", "B", "C"],
    [max_projection_a, max_projection_b, max_projection_c],
    [roi_mask_a, roi_mask_b, roi_mask_c],
):
    edges = np.arange(513) - 0.5
    ax.pcolormesh(edges, edges, img, cmap="gray")
    ax.add_collection(LineCollection(pixel_edges(msk), colors="cyan", linewidths=1))
    ax.set_aspect("equal")
    ax.invert_yaxis()
    ax.set_title("session " + name)
''',
    "rgb overlay": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]

def overlay(projection, mask):
    low, high = np.percentile(projection, [1, 99.5])
    grey = np.clip((projection - low) / (high - low), 0, 1)
    rgb = np.dstack([grey, grey, grey])
    rgb[mask > 0, 0] = 1.0
    return rgb


fig_masks = plt.figure(figsize=(11, 4))
for k, (session, projection, mask) in enumerate(
    [
        ("A", max_projection_a, roi_mask_a),
        ("B", max_projection_b, roi_mask_b),
        ("C", max_projection_c, roi_mask_c),
    ]
):
    ax = fig_masks.add_subplot(1, 3, k + 1)
    ax.imshow(overlay(projection, mask))
    y, x = np.where(mask)
    ax.set_xlim(x.min() - 40, x.max() + 40)
    ax.set_ylim(y.max() + 40, y.min() - 40)
    ax.set_title(f"Session {session}")
    ax.set_xlabel("column (pixel)")
    ax.set_ylabel("row (pixel)")
""",
    "seaborn heatmap": """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()

roi_mask_a = data_set_a.get_roi_mask_array()[index_a]
roi_mask_b = data_set_b.get_roi_mask_array()[index_b]
roi_mask_c = data_set_c.get_roi_mask_array()[index_c]

import seaborn as sns

fig_masks, axes = plt.subplots(1, 3, figsize=(12, 4))
centers = np.arange(512) + 0.5   # heatmap draws pixel i from i to i + 1
for i in range(3):
    projection = [max_projection_a, max_projection_b, max_projection_c][i]
    mask = [roi_mask_a, roi_mask_b, roi_mask_c][i]
    sns.heatmap(projection, ax=axes[i], cmap="gray", cbar=False, square=True,
                xticklabels=100, yticklabels=100)
    axes[i].contour(centers, centers, mask, levels=[0.5], colors=["lime"])
    axes[i].set_title("Session " + "ABC"[i])
    axes[i].set_xlabel("pixels")
    axes[i].set_ylabel("pixels")
""",
}

#: What each wrong answer does, as its author says it, and the names of mistakes that fit.
MISTAKES = {
    "all neurons outlined": {
        "The masks of all neurons drawn, not that of ours.": ["all neurons drawn"]
    },
    "crop outline misplaced": {
        "Outline in coordinates of the whole image on a cropped projection, so it is not at the neuron.": [
            "an outline beside the neuron"
        ]
    },
    "index of a in all sessions": {
        "Index of session A used for the masks of B and C.": ["cell index of another session"]
    },
    "mask a thrice": {"Mask of session A drawn in all three panels.": ["another session's mask"]},
    "mask nan outside": {"Mask is NaN outside the neuron in place of 0.": ["NaN in place of 0"]},
    "mask three dimensional": {
        "Mask has shape (1, 512, 512), the row not taken out.": ["an axis of length 1"]
    },
    "mask transposed": {"Mask drawn transposed, rows and columns exchanged.": ["transposed array"]},
    "mask under projection": {"Mask drawn first, the projection covers it.": ["no mask drawn"]},
    "neighbour in the list": {
        "Outline of another neuron (the one before ours in the list).": [
            "another neuron",
            "off by one",
        ]
    },
    "no mask": {"The neuron's mask is not drawn.": ["no mask drawn"]},
    "no projection": {
        "Only the masks drawn, the maximum projection is missing.": ["masks without projections"]
    },
    "opaque mask": {
        "Opaque mask image hides the projection.": ["projections covered", "no image drawn"]
    },
    "panels titled in wrong order": {
        "Panels of sessions A and C carry each other's title.": ["names in another order"]
    },
    "projection a thrice": {
        "Projection of session A in all three panels.": ["one session for all"]
    },
    "um over pixels": {"Axes labelled in µm though they count pixels.": ["another unit of length"]},
    "zoom beside the neuron": {
        "Zoom window does not contain the neuron.": ["zoomed past the neuron"]
    },
}
