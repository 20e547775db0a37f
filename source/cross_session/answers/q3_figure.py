"""More answers to question 3: the figure, drawn in all ways in which it can be seen, or cannot."""

# Students write long lines.
# ruff: noqa: E501

FIRST = """
max_projection_a = data_set_a.get_max_projection()
max_projection_b = data_set_b.get_max_projection()
max_projection_c = data_set_c.get_max_projection()
roi_mask_a = data_set_a.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_b = data_set_b.get_roi_mask_array([cell_specimen_id])[0]
roi_mask_c = data_set_c.get_roi_mask_array([cell_specimen_id])[0]
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]
fig_masks, axes = plt.subplots(1, 3, figsize=(12, 4))
for ax, letter, projection, mask in zip(axes, "ABC", projections, masks):
    ax.set_title(f"Session {letter}")
    rows, columns = np.nonzero(mask)
    y, x = rows.mean(), columns.mean()
"""


def drawn(code):
    """Code that draws each session on its panel `ax`: letter, projection, mask, its middle x, y."""
    return FIRST + "".join(f"    {line}\n" for line in code.strip("\n").split("\n"))


IMAGE = 'ax.imshow(projection, cmap="gray")\n'
OUTLINE = 'ax.contour(mask, levels=[0.5], colors="red")\n'

RIGHT = {
    "the negative, by a reversed colour map": drawn(
        'ax.imshow(projection, cmap="gray_r")\n' + OUTLINE
    ),
    "the negative, by numbers": drawn("ax.imshow(projection.max() - projection)\n" + OUTLINE),
    "the negative as an RGB image with the mask in red": drawn(
        """
grey = 1 - projection / projection.max()
image = np.stack([grey, grey, grey], axis=-1)
image[mask > 0] = [1, 0, 0]
ax.imshow(image)
"""
    ),
    "gamma stretched and cut off, the mask painted into it": drawn(
        """
image = np.clip(projection / np.percentile(projection, 99), 0, 1) ** 0.5
image[mask > 0] = 1.3
ax.imshow(image, cmap="gray")
"""
    ),
    "a logarithm, colours by a colour map, the mask white": drawn(
        """
image = np.log1p(projection.astype(float))
image = plt.cm.viridis(image / image.max())
image[mask > 0] = 1
ax.imshow(image)
"""
    ),
    "standardised, in a logarithmic colour scale": drawn(
        """
from matplotlib.colors import PowerNorm
image = (projection - projection.mean()) / projection.std()
ax.imshow(image, norm=PowerNorm(0.5), cmap="magma_r")
"""
        + OUTLINE
    ),
    "heatmap of seaborn, mask as a second heatmap": drawn(
        """
import seaborn as sns
sns.heatmap(projection, ax=ax, cmap="gray", cbar=False, xticklabels=False, yticklabels=False)
sns.heatmap(mask, mask=mask == 0, ax=ax, cmap="autumn", cbar=False, alpha=0.5)
"""
    ),
    "pcolormesh, contour at the pixels' numbers": drawn(
        'ax.pcolormesh(projection, cmap="gray")\nax.set_aspect("equal")\n' + OUTLINE
    ),
    "pcolormesh with its own pixel centres, scatter of the mask's pixels": drawn(
        """
ax.pcolormesh(np.arange(512), np.arange(512), projection, cmap="gray", shading="nearest")
ax.scatter(columns, rows, s=2, c="r", marker="s")
ax.invert_yaxis()
"""
    ),
    "pcolormesh, pixels counted as points without the half": drawn(
        'ax.pcolormesh(projection, cmap="gray")\nax.scatter(columns, rows, s=1, c="r")\n'
    ),
    "matshow and filled contours with levels [0.5, 1]": drawn(
        """
ax.matshow(projection, cmap="Blues_r")
ax.contourf(mask, levels=[0.5, 1], colors=["gold"], alpha=0.6)
"""
    ),
    "filled contours at their own levels, half transparent": drawn(
        IMAGE + 'ax.contourf(mask, alpha=0.3, cmap="Reds")\n'
    ),
    "pixel edges by plot, with gaps of NaN": drawn(
        IMAGE
        + """
xs, ys = [], []
padded = np.pad(mask.astype(int), 1)
for r, c in np.argwhere(np.diff(padded, axis=0)):
    xs += [c - 1.5, c - 0.5, np.nan]
    ys += [r - 0.5, r - 0.5, np.nan]
for r, c in np.argwhere(np.diff(padded, axis=1)):
    xs += [c - 0.5, c - 0.5, np.nan]
    ys += [r - 1.5, r - 0.5, np.nan]
ax.plot(xs, ys, "y-", lw=1)
"""
    ),
    "pixel edges as hlines and vlines": drawn(
        IMAGE
        + """
padded = np.pad(mask.astype(int), 1)
r, c = np.nonzero(np.diff(padded, axis=0))
ax.hlines(r - 0.5, c - 1.5, c - 0.5, colors="cyan")
r, c = np.nonzero(np.diff(padded, axis=1))
ax.vlines(c - 0.5, r - 1.5, r - 0.5, colors="cyan")
"""
    ),
    "pixel edges, a line for each": drawn(
        IMAGE
        + """
padded = np.pad(mask.astype(int), 1)
for r, c in np.argwhere(np.diff(padded, axis=0)):
    ax.plot([c - 1.5, c - 0.5], [r - 0.5, r - 0.5], color="red")
for r, c in np.argwhere(np.diff(padded, axis=1)):
    ax.plot([c - 0.5, c - 0.5], [r - 1.5, r - 0.5], color="red")
"""
    ),
    "a rectangle for each pixel, and an arrow to them": drawn(
        IMAGE
        + """
for r, c in zip(rows, columns):
    ax.add_patch(plt.Rectangle((c - 0.5, r - 0.5), 1, 1, color="red", alpha=0.5))
ax.annotate("our neuron", (x, y), (x + 60, y + 60), color="w", arrowprops={"color": "w"})
ax.arrow(x + 80, y, -60, 0, color="w", head_width=9)
"""
    ),
    "an outline, and a circle around the neuron": drawn(
        IMAGE
        + OUTLINE
        + 'ax.add_patch(plt.Circle((x, y), 25, fill=False, color="y", linestyle="--"))\n'
    ),
    "a polygon as skimage finds it": drawn(
        IMAGE
        + """
from skimage.measure import find_contours
for outline in find_contours(mask.astype(float), 0.5):
    ax.add_patch(plt.Polygon(outline[:, ::-1], closed=True, fill=False, ec="orange"))
"""
    ),
    "boundaries marked by skimage": drawn(
        """
from skimage.segmentation import mark_boundaries
ax.imshow(mark_boundaries(projection / projection.max(), mask.astype(int), color=(1, 0, 0)))
"""
    ),
    "a masked array, opaque": drawn(
        IMAGE + 'ax.imshow(np.ma.masked_equal(mask, 0), cmap="cool")\n'
    ),
    "a colour map whose zero is transparent": drawn(
        IMAGE
        + """
from matplotlib.colors import ListedColormap
ax.imshow(mask, cmap=ListedColormap([(0, 0, 0, 0), (1, 0, 0, 0.6)]))
"""
    ),
    "what is below the scale is transparent": drawn(
        IMAGE
        + """
cmap = plt.cm.autumn.copy()
cmap.set_under(alpha=0)
ax.imshow(mask, cmap=cmap, vmin=0.5, vmax=1)
"""
    ),
    "the mask drawn first, but above by its zorder": drawn(
        'ax.imshow(np.ma.masked_equal(mask, 0), cmap="Reds", vmin=0, zorder=3)\n'
        'ax.imshow(projection, cmap="gray", zorder=1)\n'
    ),
    "flipped data, and the axis from below": drawn(
        """
ax.imshow(projection[::-1], origin="lower", cmap="gray")
ax.contour(mask[::-1], levels=[0.5], colors="red")
"""
    ),
    "flipped left to right, with the x axis inverted": drawn(
        """
ax.imshow(np.fliplr(projection), cmap="gray")
ax.imshow(np.ma.masked_equal(np.fliplr(mask), 0), alpha=0.6, cmap="autumn")
ax.invert_xaxis()
"""
    ),
    "in micrometres from below, the outline in micrometres": drawn(
        """
um = 400 / 512
ax.imshow(projection, origin="lower", extent=(0, 400, 0, 400), cmap="gray")
axis = (np.arange(512) + 0.5) * um
ax.contour(axis, axis, mask, levels=[0.5], colors="red")
ax.set(xlabel="x (um)", ylabel="y (um)")
"""
    ),
    "the image from -256 to 256, the outline shifted with it": drawn(
        """
ax.imshow(projection, extent=(-256, 256, 256, -256), cmap="gray")
ax.contour(np.arange(512) - 255.5, np.arange(512) - 255.5, mask, levels=[0.5], colors="m")
"""
    ),
    "the pixel's corner for its middle in an extent": drawn(
        'ax.imshow(projection, extent=(0, 512, 512, 0), cmap="gray")\n' + OUTLINE
    ),
    "zoomed on the neuron": drawn(
        IMAGE + OUTLINE + "ax.set(xlim=(x - 30, x + 30), ylim=(y + 30, y - 30))\n"
    ),
    "zoomed on the neuron, so tightly that its edge is cut": drawn(
        IMAGE
        + OUTLINE
        + "ax.set(xlim=(columns.min() + 1, columns.max() + 2), ylim=(rows.max() + 2, rows.min() - 2))\n"
    ),
    "on a twin of the axes with the same limits": drawn(
        """
ax.pcolormesh(np.arange(513) - 0.5, np.arange(513) - 0.5, projection, cmap="gray")
ax.set_ylim(511.5, -0.5)
above = ax.twinx()
above.contour(mask, levels=[0.5], colors="red")
above.set_ylim(511.5, -0.5)
"""
    ),
    "drawn large in an inset, the panel without the mask": drawn(
        IMAGE
        + """
inset = ax.inset_axes([0.5, 0.5, 0.5, 0.5], xticks=[], yticks=[])
inset.imshow(projection, cmap="gray")
inset.contour(mask, levels=[0.5], colors="red")
inset.set(xlim=(x - 30, x + 30), ylim=(y + 30, y - 30))
"""
    ),
    "outlines in a collection that is shifted to their place": drawn(
        IMAGE
        + """
from matplotlib.collections import LineCollection
from matplotlib.transforms import Affine2D
from skimage.measure import find_contours
piece = np.pad(mask[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1], 1)
lines = [line[:, ::-1] for line in find_contours(piece.astype(float), 0.5)]
move = Affine2D().translate(columns.min() - 1, rows.min() - 1)
ax.add_collection(LineCollection(lines, colors="lime", transform=move + ax.transData))
"""
    ),
    "an opaque scale bar and a letter in a corner": drawn(
        IMAGE
        + OUTLINE
        + """
far = 400 if y < 256 else 20
ax.add_patch(plt.Rectangle((20, far), 128, 12, color="white"))
ax.text(20, far + 60, letter, color="white", bbox={"facecolor": "black"})
"""
    ),
    "all neurons faint, ours in a colour, the figure on a grey ground": drawn(
        """
data_set = globals()["data_set_" + letter.lower()]
ax.set_facecolor("0.3")
ax.imshow(projection, cmap="gray", alpha=0.9)
ax.contour(data_set.get_roi_mask_array().max(axis=0), levels=[0.5], colors="w", linewidths=0.3)
"""
        + OUTLINE
    ),
    "a light veil over all that is not the neuron": drawn(
        IMAGE + 'ax.imshow(np.ma.masked_equal(mask, 1), cmap="gray", alpha=0.4, vmin=-1, vmax=0)\n'
    ),
}

SWAPPED = "ax.set(xlim=(y - 25, y + 25), ylim=(x + 25, x - 25))\n"
WRONG = {
    "an opaque mask over the projection": drawn(IMAGE + "ax.imshow(mask)\n"),
    "an opaque mask as pcolormesh over the projection": drawn(IMAGE + "ax.pcolormesh(mask)\n"),
    "opaque filled contours of all levels over the projection": drawn(
        IMAGE + "ax.contourf(mask)\n"
    ),
    "an opaque black and red image over the projection": drawn(
        IMAGE + "ax.imshow(np.dstack([mask, 0 * mask, 0 * mask]).astype(float))\n"
    ),
    "a heatmap of the mask over the projection": drawn(
        IMAGE
        + """
import seaborn as sns
sns.heatmap(mask, ax=ax, cbar=False, xticklabels=False, yticklabels=False)
"""
    ),
    "all but the mask is covered": drawn(
        IMAGE + 'ax.imshow(np.ma.masked_equal(mask, 1), cmap="gray")\n'
    ),
    "the mask under the projection": drawn(
        'ax.imshow(np.ma.masked_equal(mask, 0), cmap="autumn")\n' + IMAGE
    ),
    "the whole mask under the projection": drawn("ax.imshow(mask)\n" + IMAGE),
    "the outline under the projection by its zorder": drawn(
        'ax.imshow(projection, zorder=5)\nax.contour(mask, levels=[0.5], colors="r", zorder=2)\n'
    ),
    "the scatter under the projection": drawn(
        'ax.scatter(columns, rows, s=1, c="r", zorder=-1)\n' + IMAGE
    ),
    "the outline under a mesh": drawn(
        OUTLINE + "ax.pcolormesh(np.arange(512), np.arange(512), projection, zorder=4)\n"
    ),
    "an outline without a line": drawn(
        IMAGE + 'ax.contour(mask, levels=[0.5], colors="red", linewidths=0)\n'
    ),
    "a mask that is wholly transparent": drawn(
        IMAGE + "ax.imshow(np.ma.masked_equal(mask, 0), alpha=0)\n"
    ),
    "a mask in RGBA of which nothing is opaque": drawn(
        IMAGE
        + """
overlay = np.zeros((512, 512, 4))
overlay[mask > 0, :3] = [1, 0, 0]
ax.imshow(overlay)
"""
    ),
    "an outline that is not visible": drawn(
        IMAGE + 'ax.contour(mask, levels=[0.5], colors="red").set_visible(False)\n'
    ),
    "a projection that is not visible": drawn(
        "ax.imshow(projection).set_visible(False)\n" + OUTLINE
    ),
    "a projection that is wholly transparent": drawn(
        "ax.imshow(projection, alpha=0.0)\n" + OUTLINE
    ),
    "a projection in one colour, by its scale": drawn(
        'ax.imshow(projection, cmap="gray", vmin=1e6, vmax=2e6)\n' + OUTLINE
    ),
    "zoomed past the neuron, x and y exchanged": drawn(IMAGE + OUTLINE + SWAPPED),
    "zoomed past the neuron, exchanged, the mask as an image": drawn(
        IMAGE + 'ax.imshow(np.ma.masked_equal(mask, 0), cmap="autumn", alpha=0.5)\n' + SWAPPED
    ),
    "zoomed past the neuron, exchanged, the mask painted in": drawn(
        "ax.imshow(np.where(mask, 2.0 * projection.max(), projection))\n" + SWAPPED
    ),
    "all panels zoomed on a corner": drawn(
        IMAGE + OUTLINE + "ax.axis([x + 40, x + 90, y + 90, y + 40])\n"
    ),
    "limits where there is no image": drawn(
        IMAGE + OUTLINE + "ax.set(xlim=(600, 700), ylim=(700, 600))\n"
    ),
    "pixel edges of the mask turned, as segments": drawn(
        IMAGE
        + """
from matplotlib.collections import LineCollection
padded = np.pad(mask.T.astype(int), 1)
lines = [[(c - 1.5, r - 0.5), (c - 0.5, r - 0.5)] for r, c in np.argwhere(np.diff(padded, axis=0))]
lines += [[(c - 0.5, r - 1.5), (c - 0.5, r - 0.5)] for r, c in np.argwhere(np.diff(padded, axis=1))]
ax.add_collection(LineCollection(lines, colors="red"))
"""
    ),
    "scatter with rows for x": drawn(IMAGE + 'ax.scatter(rows, columns, s=1, c="r")\n'),
    "the projection flipped, the mask not": drawn(
        'ax.imshow(projection[::-1], origin="lower", cmap="gray")\n' + OUTLINE
    ),
    "the mask flipped, the projection not": drawn(
        IMAGE + 'ax.contour(mask[::-1], levels=[0.5], colors="red")\n'
    ),
    "the image in micrometres, the outline in pixels": drawn(
        'ax.imshow(projection, extent=(0, 400, 400, 0), cmap="gray")\n' + OUTLINE
    ),
    "the image from below in an extent, the overlay from above": drawn(
        """
ax.imshow(projection, origin="lower", cmap="gray")
ax.imshow(np.ma.masked_equal(mask, 0), origin="upper", extent=(-0.5, 511.5, -0.5, 511.5), alpha=0.5)
"""
    ),
    "on a twin of the axes, which counts from below": drawn(
        """
ax.pcolormesh(np.arange(513) - 0.5, np.arange(513) - 0.5, projection, cmap="gray")
ax.set_ylim(511.5, -0.5)
ax.twinx().contour(mask, levels=[0.5], colors="red")
"""
    ),
    "a box around the neuron": drawn(
        IMAGE
        + "ax.add_patch(plt.Rectangle((columns.min() - 6, rows.min() - 6), np.ptp(columns) + 12, np.ptp(rows) + 12, fill=False, color='r'))\n"
    ),
    "an arrow and a circle, no mask": drawn(
        IMAGE
        + """
ax.add_patch(plt.Circle((x, y), 14, fill=False, color="r"))
ax.annotate("neuron", (x, y), (x + 60, y + 60), color="w", arrowprops={"color": "w"})
"""
    ),
    "one point in the middle of the mask": drawn(IMAGE + 'ax.plot(x, y, "r+", ms=12)\n'),
    "only the negative of the projection": drawn('ax.imshow(projection, cmap="gray_r")\n'),
    "session A's outline on all, in a negative": drawn(
        'ax.imshow(255 - projection, cmap="gray")\nax.contour(roi_mask_a, levels=[0.5], colors="b")\n'
    ),
    "a square of paper over each panel": drawn(
        IMAGE + OUTLINE + 'ax.add_patch(plt.Rectangle((-1, -1), 600, 600, color="w", zorder=9))\n'
    ),
    "axes that lie over the whole figure": drawn(IMAGE + OUTLINE)
    + 'fig_masks.add_axes([0, 0, 1, 1]).set(xlabel="x (pixels)")\n',
    "a box of white over each neuron": drawn(
        IMAGE
        + OUTLINE
        + 'ax.add_patch(plt.Rectangle((x - 20, y - 20), 40, 40, color="w", zorder=9))\n'
    ),
    "panels outside of the figure": drawn(
        IMAGE + OUTLINE + 'ax.set_position([1.5 + "ABC".index(letter), 0.1, 0.8, 0.8])\n'
    ),
    "panels switched off": drawn(IMAGE + OUTLINE + "ax.set_visible(False)\n"),
    "all neurons' outlines by skimage, ours among them": drawn(
        IMAGE
        + """
from skimage.measure import find_contours
data_set = globals()["data_set_" + letter.lower()]
some = [*data_set.get_cell_specimen_ids()[::4], cell_specimen_id]
for roi in data_set.get_roi_mask_array(some):
    r, c = np.nonzero(roi)
    corner = np.array([r.min() - 1, c.min() - 1])
    piece = roi[r.min() - 1 : r.max() + 2, c.min() - 1 : c.max() + 2]
    for line in find_contours(piece.astype(float), 0.5):
        ax.plot(*(line + corner).T[::-1], "r-", lw=1)
"""
    ),
    "the outline of the neuron before ours": drawn(
        """
data_set = globals()["data_set_" + letter.lower()]
other = data_set.get_roi_mask_array()[globals()["index_" + letter.lower()] - 1]
ax.pcolormesh(projection, cmap="bone")
ax.contour(other, levels=[0.5], colors="red")
"""
    ),
}

NOT_SEEN = {
    "The projection cannot be seen.": [
        "masks without projections",
        "no image drawn",
        "images of one colour",
        "projections covered",
    ]
}
NO_MASK = {"The mask cannot be seen.": ["no mask drawn"]}
PAST = {
    "The panels show a part of the image in which the neuron is not.": ["zoomed past the neuron"]
}
TURNED = {"Rows and columns of the mask are exchanged.": ["transposed array"]}
WINDOW = {"Nothing that is drawn can be seen.": ["an empty window"]}
MIRRORED = {"Image and mask are drawn in opposite directions.": ["turned or mirrored"]}
SHAPE = {"The figure shows a sign or a shape, not the mask.": ["a shape in place of the mask"]}
ALL = {"Ours cannot be told from all others in the figure.": ["all neurons drawn"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    **dict.fromkeys(list(WRONG)[:6], NOT_SEEN),
    **dict.fromkeys(list(WRONG)[6:15], NO_MASK),
    **dict.fromkeys(list(WRONG)[15:18], NOT_SEEN),
    **dict.fromkeys([name for name in WRONG if name.startswith("zoomed past")], PAST),
    "all panels zoomed on a corner": {
        "The panels show a part of the image in which the neuron is not.": [
            "zoomed past the neuron",
            "an empty window",  # where the image ends before the corner
        ],
    },
    "pixel edges of the mask turned, as segments": TURNED,
    "scatter with rows for x": TURNED,
    "only the negative of the projection": NO_MASK,
    "a box of white over each neuron": {
        "A box is seen where the neuron is, and no mask.": [
            "no mask drawn",
            "a shape in place of the mask",
        ],
    },
    "session A's outline on all, in a negative": {
        "Session A's mask is drawn on all panels.": ["another session's mask"],
    },
    "a box around the neuron": SHAPE,
    "all neurons' outlines by skimage, ours among them": ALL,
    "limits where there is no image": WINDOW,
    **dict.fromkeys(
        [
            "panels outside of the figure",
            "panels switched off",
            "axes that lie over the whole figure",
        ],
        WINDOW,
    ),
    "a square of paper over each panel": {"The projection is covered.": ["no image drawn"]},
    **dict.fromkeys(
        [
            "the projection flipped, the mask not",
            "the mask flipped, the projection not",
            "the image from below in an extent, the overlay from above",
            "on a twin of the axes, which counts from below",
        ],
        MIRRORED,
    ),
    "the image in micrometres, the outline in pixels": {
        "Image and outline are in different units.": ["image and mask in different units"]
    },
    "an arrow and a circle, no mask": SHAPE,
    "one point in the middle of the mask": SHAPE,
    "the outline of the neuron before ours": {
        "Another neuron is outlined.": ["another neuron", "off by one"]
    },
}
