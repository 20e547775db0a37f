"""Answers to question 3 with a part of the mask, or with an outline of the image."""

# Students write long lines.

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
CUT = """
def cut_out(mask):
    rows, columns = np.nonzero(mask)
    return mask[rows.min() - 5 : rows.max() + 6, columns.min() - 5 : columns.max() + 6]

roi_mask_a, roi_mask_b, roi_mask_c = map(cut_out, (roi_mask_a, roi_mask_b, roi_mask_c))
"""


def _figure(draw: str) -> str:
    return f"""
projections = [max_projection_a, max_projection_b, max_projection_c]
masks = [roi_mask_a, roi_mask_b, roi_mask_c]
data_sets = [data_set_a, data_set_b, data_set_c]
fig_masks, axes = plt.subplots(1, 3, figsize=(12, 4))
for ax, letter, projection, mask, d in zip(axes, "ABC", projections, masks, data_sets):
    ax.imshow(projection, cmap="gray")
    {draw}
    ax.set_title(f"Session {{letter}}")
"""


OUTLINE = _figure('ax.contour(mask, levels=[0.5], colors="r")')
RIGHT = {}
WRONG = {
    "AllenSDK's small mask": PROJECTIONS
    + "".join(
        f"roi_mask_{x} = data_set_{x}.get_roi_mask([cell_specimen_id])[0].mask\n" for x in "abc"
    )
    + OUTLINE,
    "cut out, with an edge": PROJECTIONS + MASKS + OUTLINE + CUT,
    "an outline of the bright pixels": PROJECTIONS
    + MASKS
    + _figure('ax.contour(projection, levels=[128], colors="r")'),
    "an outline of the brightest tenth": PROJECTIONS
    + MASKS
    + _figure('ax.contour(projection, levels=[np.percentile(projection, 90)], colors="r")'),
    "all masks, outlined one by one": PROJECTIONS
    + MASKS
    + _figure('[ax.contour(one, levels=[0.5], colors="r") for one in d.get_roi_mask_array()]'),
}
CUT_OUT = {"The mask is cut out of the image.": ["cut out of the image"]}
IMAGE = {"The image is outlined, not the mask.": ["the image outlined"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "AllenSDK's small mask": CUT_OUT
    | {"Its outline is drawn at the corner of the image.": ["an outline beside the neuron"]},
    "cut out, with an edge": CUT_OUT,
    "an outline of the bright pixels": IMAGE,
    "an outline of the brightest tenth": IMAGE,
    "all masks, outlined one by one": {"All neurons are outlined.": ["all neurons drawn"]},
}
