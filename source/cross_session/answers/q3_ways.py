"""More ways to answer question 3, each as far as may be from the solution's."""

# Students write long lines.
# ruff: noqa: E501

VALUES = """
max_projection_a, max_projection_b, max_projection_c = (
    d.get_max_projection() for d in (data_set_a, data_set_b, data_set_c)
)
roi_mask_a, roi_mask_b, roi_mask_c = (
    d.get_roi_mask_array([cell_specimen_id])[0] for d in (data_set_a, data_set_b, data_set_c)
)
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]
"""

WRONG = {
    "gouraud transposed": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    x, y = np.meshgrid(np.arange(512), np.arange(512))
    ax.pcolormesh(x, y, projection.T, shading="gouraud", cmap="gray", rasterized=True)
    ax.contour(x, y, mask, levels=[0.5], colors="r")
    ax.set(xlim=(60, 140), ylim=(180, 100), aspect="equal")
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "gouraud mask of a": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    x, y = np.meshgrid(np.arange(512), np.arange(512))
    ax.pcolormesh(x, y, projection, shading="gouraud", cmap="gray", rasterized=True)
    ax.contour(x, y, roi_mask_a, levels=[0.5], colors="r")
    ax.set(xlim=(60, 140), ylim=(180, 100), aspect="equal")
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "mask not transformed": (
        """
from matplotlib.transforms import Affine2D
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    to_um = Affine2D().translate(0.5, 0.5).scale(400 / 512) + ax.transData
    ax.imshow(projection, cmap="gray", transform=to_um)
    ax.contour(mask, levels=[0.5], colors="orange")
    ax.set(xlim=(0, 400), ylim=(400, 0), xlabel="x (µm)", ylabel="y (µm)")
    ax.set_title(f"Session {session}")
"""
    ),
    "transformed and said pixels": (
        """
from matplotlib.transforms import Affine2D
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    to_um = Affine2D().translate(0.5, 0.5).scale(400 / 512) + ax.transData
    ax.imshow(projection, cmap="gray", transform=to_um)
    ax.contour(mask, levels=[0.5], colors="orange", transform=to_um)
    ax.set(xlim=(0, 400), ylim=(400, 0), xlabel="x (pixels)", ylabel="y (pixels)")
    ax.set_title(f"Session {session}")
"""
    ),
    "upsampled without extent": (
        """
from scipy.ndimage import zoom
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(zoom(projection.astype(float), 2, order=1), cmap="gray")
    fine = mask
    ax.imshow(np.ma.masked_equal(fine, 0), cmap="autumn", alpha=0.5)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "upsampled of b thrice": (
        """
from scipy.ndimage import zoom
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(zoom(max_projection_b.astype(float), 2, order=1), cmap="gray", extent=(-0.5, 511.5, 511.5, -0.5))
    fine = np.kron(mask, np.ones((2, 2)))
    ax.imshow(np.ma.masked_equal(fine, 0), cmap="autumn", alpha=0.5, extent=(-0.5, 511.5, 511.5, -0.5))
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "upsampled no mask": (
        """
from scipy.ndimage import zoom
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(zoom(projection.astype(float), 2, order=1), cmap="gray", extent=(-0.5, 511.5, 511.5, -0.5))
    fine = np.kron(mask, np.ones((2, 2)))
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "contourf of masks alone": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.contourf(mask, levels=40, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="yellow")
    ax.set_aspect("equal")
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "hlines of a": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    mask = roi_mask_a
    rows = np.nonzero(mask.any(axis=1))[0]
    first = [np.nonzero(mask[r])[0].min() for r in rows]
    last = [np.nonzero(mask[r])[0].max() for r in rows]
    ax.hlines(rows, first, last, colors="c", linewidth=1)
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "hlines box": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    rows = np.nonzero(mask.any(axis=1))[0]
    first = [np.nonzero(mask[r])[0].min() for r in rows]
    last = [np.nonzero(mask[r])[0].max() for r in rows]
    ax.hlines(rows, min(first), max(last), colors="c", linewidth=1)
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "hlines everywhere": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    rows = np.nonzero(mask.any(axis=1))[0]
    first = [np.nonzero(mask[r])[0].min() for r in rows]
    last = [np.nonzero(mask[r])[0].max() for r in rows]
    ax.hlines(range(512), 0, 511, colors="c", linewidth=1)
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
}

RIGHT = {
    "alpha array": """
from matplotlib.colors import ListedColormap, PowerNorm

max_projection_a, roi_mask_a = data_set_a.get_max_projection(), data_set_a.get_roi_mask_array()[index_a].astype(bool)
max_projection_b, roi_mask_b = data_set_b.get_max_projection(), data_set_b.get_roi_mask_array()[index_b].astype(bool)
max_projection_c, roi_mask_c = data_set_c.get_max_projection(), data_set_c.get_roi_mask_array()[index_c].astype(bool)

plt.style.use("dark_background")
fig_masks, (ax1, ax2, ax3) = plt.subplots(1, 3, figsize=(12, 4))
for ax, letter, image, mask in (
    (ax1, "A", max_projection_a, roi_mask_a),
    (ax2, "B", max_projection_b, roi_mask_b),
    (ax3, "C", max_projection_c, roi_mask_c),
):
    ax.imshow(image, cmap="gray", norm=PowerNorm(0.5))
    ax.imshow(np.ones(mask.shape), cmap=ListedColormap(["orange"]), alpha=0.6 * mask)
    ax.set_title("Session %s" % letter)
    ax.axis("off")
plt.style.use("default")
""",
    "cropped extent": """
max_projection_a = np.array(data_set_a.get_max_projection())
max_projection_b = np.array(data_set_b.get_max_projection())
max_projection_c = np.array(data_set_c.get_max_projection())
roi_mask_a = np.array(data_set_a.get_roi_mask_array()[index_a, :, :], dtype=float)
roi_mask_b = np.array(data_set_b.get_roi_mask_array()[index_b, :, :], dtype=float)
roi_mask_c = np.array(data_set_c.get_roi_mask_array()[index_c, :, :], dtype=float)

r0, r1, c0, c1 = 100, 180, 60, 140
box = (c0 - 0.5, c1 - 0.5, r1 - 0.5, r0 - 0.5)
fig_masks, axes = plt.subplots(1, 3, figsize=(10, 3.5), sharey=True)
for ax, session, projection, mask in zip(
    axes,
    ["A", "B", "C"],
    [max_projection_a, max_projection_b, max_projection_c],
    [roi_mask_a, roi_mask_b, roi_mask_c],
):
    ax.imshow(projection[r0:r1, c0:c1], extent=box, cmap="gray", interpolation="nearest")
    overlay = mask[r0:r1, c0:c1].copy()
    overlay[overlay == 0] = np.nan
    ax.imshow(overlay, extent=box, cmap="Reds", vmin=0, vmax=1, alpha=0.5)
    ax.set_title(f"Session {session}")
    ax.set_xlabel("x (pixel)")
axes[0].set_ylabel("y (pixel)")
""",
    "filled um centre": """
from skimage import measure

max_projection_a, max_projection_b, max_projection_c = (d.get_max_projection() for d in (data_set_a, data_set_b, data_set_c))
roi_mask_a, roi_mask_b, roi_mask_c = (
    d.get_roi_mask_array()[i] for d, i in ((data_set_a, index_a), (data_set_b, index_b), (data_set_c, index_c))
)

scale = 400 / 512
fig_masks, axes = plt.subplots(1, 3, figsize=(12, 4), sharex=True, sharey=True)
for ax, s, p, m in zip(
    axes, "ABC", (max_projection_a, max_projection_b, max_projection_c), (roi_mask_a, roi_mask_b, roi_mask_c)
):
    ax.imshow(p, cmap="gray", extent=(0, 400, 400, 0))
    outline = max(measure.find_contours(m, 0.5), key=len)
    x, y = (outline[:, 1] + 0.5) * scale, (outline[:, 0] + 0.5) * scale
    ax.fill(x, y, facecolor="none", edgecolor="orange", hatch="///")
    ax.text(x.max() + 2, y.min(), "neuron", color="orange")
    ax.set_title(f"Session {s}")
axes[0].set(xlim=(50, 110), ylim=(140, 80))
fig_masks.text(0.5, 0.01, "x (µm)", ha="center")
fig_masks.text(0.08, 0.5, "y (µm)", va="center", rotation=90)
""",
    "imagegrid boundaries": """
from mpl_toolkits.axes_grid1 import ImageGrid
from skimage.segmentation import find_boundaries

max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()
roi_mask_a = data_set_a.get_roi_mask_array()[index_a].astype(np.uint8)
roi_mask_b = data_set_b.get_roi_mask_array()[index_b].astype(np.uint8)
roi_mask_c = data_set_c.get_roi_mask_array()[index_c].astype(np.uint8)

fig_masks = plt.figure(figsize=(12, 4.5))
grid = ImageGrid(fig_masks, 111, nrows_ncols=(1, 3), axes_pad=0.2, share_all=True)
for ax, title, image, mask in zip(
    grid,
    ("Session A", "Session B", "Session C"),
    (max_projection_a, max_projection_b, max_projection_c),
    (roi_mask_a, roi_mask_b, roi_mask_c),
):
    ax.imshow(image, cmap="gray")
    border = find_boundaries(mask, mode="inner")
    ax.imshow(np.ma.masked_equal(border, False), cmap="cool", interpolation="none")
    ax.set_title(title)
    ax.set_xlabel("x (pixels)")
    ax.set_ylabel("y (pixels)")
grid[0].set_xlim(70, 130)
grid[0].set_ylim(170, 110)
""",
    "insets um": """
max_projection_a, max_projection_b, max_projection_c = (
    data_set_a.get_max_projection(),
    data_set_b.get_max_projection(),
    data_set_c.get_max_projection(),
)
roi_mask_a, roi_mask_b, roi_mask_c = (
    data_set_a.get_roi_mask_array()[index_a],
    data_set_b.get_roi_mask_array()[index_b],
    data_set_c.get_roi_mask_array()[index_c],
)

extent = [0, 400, 400, 0]
fig_masks, axes = plt.subplots(1, 3, figsize=(14, 5))
for ax, session, image, mask in zip(
    axes, "ABC", [max_projection_a, max_projection_b, max_projection_c], [roi_mask_a, roi_mask_b, roi_mask_c]
):
    inset = ax.inset_axes([0.55, 0.55, 0.43, 0.43])
    for where in (ax, inset):
        where.imshow(image, extent=extent, cmap="gray")
        where.contour(mask, levels=[0.5], colors="red", linewidths=1, extent=extent, origin="upper")
    inset.set(xlim=(60, 95), ylim=(125, 90), xticks=[], yticks=[])
    ax.indicate_inset_zoom(inset, edgecolor="white")
    ax.set(title=f"Session {session}", xlabel="x (µm)", ylabel="y (µm)")
""",
    "path patch outline": """
from matplotlib.patches import Polygon
from skimage.measure import find_contours

max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()
roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]

fig_masks = plt.figure(figsize=(11, 4))
for number, (letter, image, mask) in enumerate(
    [("A", max_projection_a, roi_mask_a), ("B", max_projection_b, roi_mask_b), ("C", max_projection_c, roi_mask_c)], 1
):
    ax = fig_masks.add_subplot(1, 3, number)
    ax.imshow(image, cmap="gray", vmax=np.percentile(image, 99.5))
    for contour in find_contours(mask.astype(float), 0.5):
        ax.add_patch(Polygon(contour[:, ::-1], closed=True, fill=False, edgecolor="yellow", linewidth=1.5))
    rows, columns = np.nonzero(mask)
    ax.set_xlim(columns.mean() - 40, columns.mean() + 40)
    ax.set_ylim(rows.mean() + 40, rows.mean() - 40)
    ax.set_title("Session " + letter)
fig_masks.supxlabel("x (pixels)")
fig_masks.supylabel("y (pixels)")
""",
    "pcolormesh um": """
data_sets = {"A": (data_set_a, index_a), "B": (data_set_b, index_b), "C": (data_set_c, index_c)}
max_projections = {s: d.get_max_projection() for s, (d, _) in data_sets.items()}
roi_masks = {s: d.get_roi_mask_array()[i].astype(bool) for s, (d, i) in data_sets.items()}
max_projection_a, max_projection_b, max_projection_c = max_projections.values()
roi_mask_a, roi_mask_b, roi_mask_c = roi_masks.values()

UM = 400 / 512
edges = np.arange(513) * UM
fig_masks, axes = plt.subplots(1, 3, figsize=(13, 4), sharex=True, sharey=True, constrained_layout=True)
for ax, s in zip(axes, "ABC"):
    ax.pcolormesh(edges, edges, max_projections[s], cmap="gray")
    ax.pcolormesh(edges, edges, np.ma.masked_where(~roi_masks[s], np.ones((512, 512))), cmap="autumn", alpha=0.5)
    ax.set_aspect("equal")
    ax.set_title(f"Session {s}")
    ax.set_xlabel("x (µm)")
axes[0].set_ylabel("y (µm)")
axes[0].set_ylim(400, 0)
fig_masks
""",
    "projection coloured": """
max_projection_a, max_projection_b, max_projection_c = (d.get_max_projection() for d in (data_set_a, data_set_b, data_set_c))
roi_mask_a, roi_mask_b, roi_mask_c = (
    d.get_roi_mask_array()[i] for d, i in ((data_set_a, index_a), (data_set_b, index_b), (data_set_c, index_c))
)

fig_masks, axes = plt.subplots(1, 3, figsize=(12, 4))
for ax, s, p, m in zip(
    axes, "ABC", (max_projection_a, max_projection_b, max_projection_c), (roi_mask_a, roi_mask_b, roi_mask_c)
):
    ax.imshow(p, cmap="gray", vmax=200)
    ax.imshow(np.where(m, p, np.nan), cmap="hot", alpha=0.8, vmin=0, vmax=200)
    ax.set_title(f"Session {s}")
    ax.set_xlabel("x (pixels)")
    ax.set_ylabel("y (pixels)")
    ax.set_xlim(60, 140)
    ax.set_ylim(180, 100)
""",
    "roi objects scatter": """
def look(data_set):
    (roi,) = data_set.get_roi_mask([cell_specimen_id])
    return data_set.get_max_projection(), roi.get_mask_plane()


max_projection_a, roi_mask_a = look(data_set_a)
max_projection_b, roi_mask_b = look(data_set_b)
max_projection_c, roi_mask_c = look(data_set_c)

fig_masks, axd = plt.subplot_mosaic("ABC", figsize=(12, 4))
for s, image, mask in zip(
    axd, (max_projection_a, max_projection_b, max_projection_c), (roi_mask_a, roi_mask_b, roi_mask_c)
):
    y, x = np.where(mask == 1)
    axd[s].imshow(image, cmap="bone")
    axd[s].scatter(x, y, s=2, marker="s", color="red", alpha=0.4, linewidths=0)
    axd[s].set(title=f"Session {s}", xlabel="pixel", ylabel="pixel", xlim=(50, 150), ylim=(190, 90))
fig_masks.tight_layout()
""",
    "spy": """
max_projection_a, max_projection_b, max_projection_c = (d.get_max_projection() for d in (data_set_a, data_set_b, data_set_c))
roi_mask_a, roi_mask_b, roi_mask_c = (
    d.get_roi_mask_array()[i] for d, i in ((data_set_a, index_a), (data_set_b, index_b), (data_set_c, index_c))
)

fig_masks, axes = plt.subplots(1, 3, figsize=(12, 4))
for ax, s, p, m in zip(
    axes, "ABC", (max_projection_a, max_projection_b, max_projection_c), (roi_mask_a, roi_mask_b, roi_mask_c)
):
    ax.imshow(p, cmap="gray")
    ax.spy(m, markersize=2, marker="s", color="yellow", alpha=0.4)
    ax.set(xlim=(70, 130), ylim=(170, 110), title=f"Session {s}", xlabel="x (pixels)", ylabel="y (pixels)")
    ax.xaxis.set_ticks_position("bottom")
""",
    "subfigures linecollection": """
from matplotlib.collections import LineCollection

projections, masks = [], []
for d, i in [(data_set_a, index_a), (data_set_b, index_b), (data_set_c, index_c)]:
    projections.append(d.get_max_projection())
    masks.append(d.get_roi_mask_array()[i])
max_projection_a, max_projection_b, max_projection_c = projections
roi_mask_a, roi_mask_b, roi_mask_c = masks


def pixel_edges(mask):
    \"\"\"Return the borders between a pixel of the mask and one outside it.\"\"\"
    mask = np.pad(mask.astype(int), 1)
    rows, columns = np.nonzero(np.diff(mask, axis=0))
    lines = [[(c - 1.5, r - 0.5), (c - 0.5, r - 0.5)] for r, c in zip(rows, columns)]
    rows, columns = np.nonzero(np.diff(mask, axis=1))
    return lines + [[(c - 0.5, r - 1.5), (c - 0.5, r - 0.5)] for r, c in zip(rows, columns)]


fig_masks = plt.figure(figsize=(12, 4.2), layout="constrained")
for sub, letter, projection, mask in zip(fig_masks.subfigures(1, 3), "ABC", projections, masks):
    ax = sub.subplots()
    ax.matshow(projection, cmap="Greys_r")
    ax.add_collection(LineCollection(pixel_edges(mask), colors="lime", linewidths=1))
    sub.suptitle(f"Session {letter}")
    ax.set_xlabel("x, pixels")
    ax.set_ylabel("y, pixels")
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
""",
    "vertical contourf lower": """
for letter in "abc":
    exec(f"max_projection_{letter} = data_set_{letter}.get_max_projection().astype(float)")
    exec(f"roi_mask_{letter} = data_set_{letter}.get_roi_mask_array()[index_{letter}] > 0")

fig_masks, axes = plt.subplots(3, 1, figsize=(5, 14))
for ax, session in zip(axes.flat, "abc"):
    picture = globals()[f"max_projection_{session}"]
    mask = globals()[f"roi_mask_{session}"]
    image = ax.imshow(picture, origin="lower", cmap="magma", vmin=0, vmax=255)
    ax.contourf(mask, levels=[0.5, 1.5], colors=["cyan"], alpha=0.4)
    ax.contour(mask, levels=[0.5], colors="cyan", linewidths=0.8)
    ax.set_title("Session " + session.upper())
    fig_masks.colorbar(image, ax=ax, label="brightness (a.u.)")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)", xlim=[60, 140], ylim=[100, 180])
""",
    "pcolor crop": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    x, y = np.arange(60, 140), np.arange(100, 180)
    ax.pcolor(x, y, projection[100:180, 60:140], shading="nearest", cmap="gray")
    ax.contour(x, y, mask[100:180, 60:140], levels=[0.5], colors="red")
    ax.invert_yaxis()
    ax.set_aspect("equal")
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "um from the centre": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    rows, columns = np.nonzero(mask)
    x0, y0 = columns.mean(), rows.mean()
    um = 400 / 512
    extent = ((-0.5 - x0) * um, (511.5 - x0) * um, (511.5 - y0) * um, (-0.5 - y0) * um)
    ax.imshow(projection, cmap="gray", extent=extent)
    ax.imshow(np.ma.masked_equal(mask, 0), cmap="autumn", alpha=0.4, extent=extent)
    ax.set(xlim=(-30, 30), ylim=(30, -30), xlabel="x from the neuron's centre (µm)", ylabel="y from the neuron's centre (µm)")
    ax.set_title(f"Session {session}")
""",
    "mark boundaries": (
        """
from skimage.segmentation import mark_boundaries
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    picture = mark_boundaries(projection / 255, mask.astype(int), color=(1, 0.2, 0.2), mode="outer")
    ax.imshow(picture)
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "label2rgb": (
        """
from skimage.color import label2rgb
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(label2rgb(mask.astype(int), image=projection, colors=["lime"], alpha=0.4, bg_label=0))
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "rectangles by pixel": (
        """
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    pixels = [Rectangle((c - 0.5, r - 0.5), 1, 1) for r, c in zip(*np.nonzero(mask))]
    ax.add_collection(PatchCollection(pixels, facecolor="magenta", alpha=0.4, linewidth=0))
    ax.axis([60, 140, 180, 100])
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "transform to um": (
        """
from matplotlib.transforms import Affine2D
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    to_um = Affine2D().translate(0.5, 0.5).scale(400 / 512) + ax.transData
    ax.imshow(projection, cmap="gray", transform=to_um)
    ax.contour(mask, levels=[0.5], colors="orange", transform=to_um)
    ax.set(xlim=(0, 400), ylim=(400, 0), xlabel="x (µm)", ylabel="y (µm)")
    ax.set_title(f"Session {session}")
"""
    ),
    "two by two last removed": VALUES
    + """
fig_masks, axes = plt.subplots(2, 2, figsize=(8, 8))
axes[1, 1].remove()
for ax, session, projection, mask in zip(axes.flat, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.imshow(np.where(mask, 1.0, np.nan), cmap="spring", alpha=0.5)
    ax.set_xlim(50, 150)
    ax.set_ylim(190, 90)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "others dimmed": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.set_facecolor("black")
    ax.imshow(projection, cmap="gray", alpha=np.where(mask, 1.0, 0.35))
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "heatmap with mask": (
        """
import seaborn as sns
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    sns.heatmap(projection, cmap="gray", cbar=False, square=True, xticklabels=64, yticklabels=64, ax=ax)
    sns.heatmap(mask, mask=mask == 0, cmap="autumn", cbar=False, square=True, alpha=0.5, xticklabels=64, yticklabels=64, ax=ax)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "ticks relabelled um": (
        """
from matplotlib.ticker import MultipleLocator
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="r")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MultipleLocator(128))
        axis.set_major_formatter(lambda value, position: f"{value * 400 / 512:.0f}")
    ax.set_xlabel("x (µm)")
    ax.set_ylabel("y (µm)")
    ax.set_title(f"Session {session}")
"""
    ),
    "upsampled both": (
        """
from scipy.ndimage import zoom
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(zoom(projection.astype(float), 2, order=1), cmap="gray", extent=(-0.5, 511.5, 511.5, -0.5))
    fine = np.kron(mask, np.ones((2, 2)))
    ax.imshow(np.ma.masked_equal(fine, 0), cmap="autumn", alpha=0.5, extent=(-0.5, 511.5, 511.5, -0.5))
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "border pixels": (
        """
from scipy.ndimage import binary_erosion
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    border = (mask > 0) & ~binary_erosion(mask > 0)
    rows, columns = border.nonzero()
    ax.plot(columns, rows, "y.", markersize=1.5)
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "ring around": (
        """
from scipy.ndimage import binary_dilation
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ring = binary_dilation(mask > 0) & (mask == 0)
    ax.imshow(np.ma.masked_where(~ring, ring), cmap="Wistia")
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "compound path": (
        """
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from skimage.measure import find_contours
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    paths = [Path(c[:, ::-1], closed=True) for c in find_contours(np.pad(mask, 1), 0.5)]
    outline = PathPatch(Path.make_compound_path(*paths), facecolor=(1, 0, 0, 0.3), edgecolor="r", transform=Affine2D().translate(-1, -1) + ax.transData)
    ax.add_patch(outline)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "mask times 255": """
max_projection_a, max_projection_b, max_projection_c = (
    d.get_max_projection() for d in (data_set_a, data_set_b, data_set_c)
)
roi_mask_a, roi_mask_b, roi_mask_c = (
    d.get_roi_mask_array([cell_specimen_id])[0] * np.uint8(255) for d in (data_set_a, data_set_b, data_set_c)
)
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]

fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[127.5], colors="r")
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "nearest mesh gouraud": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    x, y = np.meshgrid(np.arange(512), np.arange(512))
    ax.pcolormesh(x, y, projection, shading="gouraud", cmap="gray", rasterized=True)
    ax.contour(x, y, mask, levels=[0.5], colors="r")
    ax.set(xlim=(60, 140), ylim=(180, 100), aspect="equal")
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "subfigure images pixel labels": VALUES
    + """
fig_masks = plt.figure(figsize=(12, 4.5), layout="constrained")
left, middle, right = fig_masks.subfigures(1, 3)
for part, session, projection, mask in zip((left, middle, right), "ABC", projections, masks):
    ax = part.add_subplot(111)
    ax.imshow(projection, cmap="gray", extent=(0, 400, 400, 0))
    ax.contour(np.linspace(200 / 512, 400 - 200 / 512, 512), np.linspace(200 / 512, 400 - 200 / 512, 512), mask, [0.5], colors="r")
    part.suptitle(f"Session {session}")
    part.supxlabel("µm")
""",
    "a line through each row": VALUES
    + """
fig_masks, axd = plt.subplot_mosaic([["A", "B", "C"]], figsize=(12, 4))
for ax, session, projection, mask in zip(axd.values(), "ABC", projections, masks):
    ax.imshow(projection, cmap="gray", interpolation="bicubic")
    rows, columns = np.nonzero(mask)
    hull_x, hull_y = np.r_[columns - 0.5, columns + 0.5], np.r_[rows, rows]
    for r in np.unique(rows):
        inside = columns[rows == r]
        ax.hlines(r, inside.min() - 0.5, inside.max() + 0.5, color="yellow", alpha=0.5, lw=1)
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "fill betweenx rows": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    rows = np.nonzero(mask.any(axis=1))[0]
    first = [np.nonzero(mask[r])[0].min() - 0.5 for r in rows]
    last = [np.nonzero(mask[r])[0].max() + 0.5 for r in rows]
    ax.fill_betweenx(rows, first, last, color="cyan", alpha=0.4)
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "green magenta": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    image = np.zeros((512, 512, 3))
    image[..., 1] = projection / projection.max()
    image[..., 0] = image[..., 2] = 0.6 * mask
    ax.imshow(image)
    ax.set(xlim=(50, 150), ylim=(190, 90))
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "contour of signed distance": (
        """
from scipy.ndimage import distance_transform_edt
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    inside, outside = distance_transform_edt(mask), distance_transform_edt(1 - mask)
    ax.contour(inside - outside, levels=[0], colors="lime")
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "um counted from below": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray", extent=[0, 400, 0, 400], origin="lower")
    ax.contour(mask, levels=[0.5], extent=[0, 400, 0, 400], origin="lower", colors="r")
    ax.set_xlabel("x [um]")
    ax.set_ylabel("y [um]")
    ax.set_title(f"Session {session}")
""",
    "grey reversed, hatched": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray_r")
    ax.contourf(mask, levels=[0.5, 2], hatches=["xx"], colors="none")
    ax.contour(mask, levels=[0.5], colors="b")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_title(f"Session {session}")
""",
    "scale bar": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    ax.contour(mask, levels=[0.5], colors="r")
    ax.plot([380, 380 + 100 * 512 / 400], [490, 490], color="w", lw=3)
    ax.text(444, 480, "100 µm", color="w", ha="center", va="bottom")
    ax.set_axis_off()
    ax.set_title(f"Session {session}")
""",
    "equalized": (
        """
from skimage.exposure import equalize_hist
"""
        + VALUES
        + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(equalize_hist(projection), cmap="gray")
    ax.contour(mask, [0.5], colors="r")
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
"""
    ),
    "flipped array and axis": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection[::-1], origin="lower", cmap="gray", extent=(-0.5, 511.5, 511.5, -0.5))
    ax.imshow(np.ma.masked_equal(mask, 0)[::-1], origin="lower", alpha=0.5, cmap="autumn", extent=(-0.5, 511.5, 511.5, -0.5))
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
    "hlines one collection": VALUES
    + """
fig_masks, axes = plt.subplots(1, 3, figsize=(11, 4))
for ax, session, projection, mask in zip(axes, "ABC", projections, masks):
    ax.imshow(projection, cmap="gray")
    rows = np.nonzero(mask.any(axis=1))[0]
    first = [np.nonzero(mask[r])[0].min() for r in rows]
    last = [np.nonzero(mask[r])[0].max() for r in rows]
    ax.hlines(rows, first, last, colors="c", linewidth=1)
    ax.set_xlim(70, 130)
    ax.set_ylim(170, 110)
    ax.set_title(f"Session {session}")
    ax.set(xlabel="x (pixels)", ylabel="y (pixels)")
""",
}

MISTAKES = {
    "gouraud transposed": {
        "Rows and columns of the projection are exchanged.": ["transposed array"]
    },
    "gouraud mask of a": {"Session A's mask is drawn in all.": ["another session's mask"]},
    "hlines of a": {"Session A's mask is drawn in all.": ["another session's mask"]},
    "transformed and said pixels": {
        "The axes count another unit than their names say.": ["another unit of length"]
    },
    "upsampled of b thrice": {"Session B's projection is drawn in all.": ["one session for all"]},
    "upsampled no mask": {"The mask is not drawn.": ["no mask drawn"]},
    "hlines box": {"A box around the mask is drawn.": ["a shape in place of the mask"]},
    "contourf of masks alone": {"The projection is not drawn.": ["no image drawn"]},
    "mask not transformed": {
        "The mask lies in pixels, on axes in µm.": [
            "image and mask in different units",
            "no mask drawn",  # where it lies outside of the limits
        ]
    },
    "upsampled without extent": {
        "The projection has twice as many pixels as the axes count, the mask has not.": [
            "image and mask in different units"
        ]
    },
    "hlines everywhere": {"Lines fill the whole image.": ["a shape in place of the mask"]},
}
