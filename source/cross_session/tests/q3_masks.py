"""Question 3: the neuron's mask on the maximum projection of each session."""

import steps

from checks.pictures import masks_shown, projections_shown
from visual_coding_course.checking import expect

OK_FORMAT = False
name = "q3"

image_a = expect(steps, "max_projection_a", points=1, name="the maximum projection of session A")
image_b = expect(steps, "max_projection_b", points=1, name="the maximum projection of session B")
image_c = expect(steps, "max_projection_c", points=1, name="the maximum projection of session C")
mask_a = expect(steps, "roi_mask_a", points=1, name="the neuron's mask in session A")
mask_b = expect(steps, "roi_mask_b", points=1, name="the neuron's mask in session B")
mask_c = expect(steps, "roi_mask_c", points=1, name="the neuron's mask in session C")
projections = expect(
    steps,
    "fig_masks",
    points=2,
    name="the figure: a projection for each session",
    by={"fig_masks": projections_shown},
)
figure = expect(
    steps,
    "fig_masks",
    points=2,
    name="the figure: the neuron's mask on each projection",
    by={"fig_masks": masks_shown},
)
masks = expect(
    steps,
    "roi_mask_a",
    "roi_mask_b",
    "roi_mask_c",
    points=2,
    name="the neuron's mask in all sessions",
    hidden=True,
)
