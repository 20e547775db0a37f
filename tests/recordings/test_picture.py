"""The projection and the masks are like those of the published figures of session B."""

import numpy as np
import pytest
from scipy import ndimage

from visual_coding_course.recordings import anatomy, facts

GREY = 19  # of 255, the median that is read off the published figure


@pytest.fixture(params=facts.SESSIONS)
def letter(request):
    return request.param


def test_the_projection_is_nearly_black_and_darker_to_the_lower_right(sessions, letter):
    image = sessions.data_sets[letter].get_max_projection()
    assert image.dtype == np.uint8 and image.shape == (512, 512)
    assert np.median(image) == pytest.approx(GREY, abs=1)
    assert 40 < np.percentile(image, 95) < 90 and np.percentile(image, 99.9) > 150
    assert np.median(image[256:, 256:]) < 0.75 * GREY


def test_bright_somata_and_puncta_stand_out(sessions, letter):
    data_set = sessions.data_sets[letter]
    image = data_set.get_max_projection().astype(float)
    masks = data_set.get_roi_mask_array().astype(bool)
    inside = np.array([image[mask].mean() for mask in masks])
    assert np.log(inside).std() > 0.4  # few are very bright
    outside = ~ndimage.binary_dilation(masks.any(axis=0), iterations=3)
    puncta = (image == ndimage.maximum_filter(image, 7)) & outside & (image > 60)
    assert 200 < puncta.sum() < 2000


def test_the_same_field_is_seen_in_all_sessions(sessions):
    images = [
        ndimage.gaussian_filter(each.get_max_projection().astype(float), 4).ravel()
        for each in sessions.data_sets.values()
    ]
    likeness = np.corrcoef(images)[np.triu_indices(3, k=1)]
    assert (likeness > 0.6).all() and (likeness < 0.98).all()


def test_masks_reach_what_motion_correction_cuts_off(sessions, letter):
    masks = sessions.data_sets[letter].get_roi_mask_array()
    top, bottom, left, right = anatomy.BORDERS[letter]
    kept = np.zeros((512, 512), dtype=bool)
    kept[top : 512 - bottom, left : 512 - right] = True
    assert not masks[:, ~kept].any()
    inner = ndimage.binary_erosion(kept, iterations=4)
    near = (masks.astype(bool) & ~inner).any(axis=(1, 2))
    assert 2 <= near.sum() <= 30


def test_masks_differ_in_area_and_no_pixel_is_in_three(sessions, letter):
    masks = sessions.data_sets[letter].get_roi_mask_array()
    areas = masks.sum(axis=(1, 2))
    low, middle, high = np.percentile(areas, [5, 50, 95])
    assert 80 < low < 150 < middle < 220 < high < 330
    assert np.unique(masks.sum(axis=0)).tolist() == [0, 1, 2]
    for mask in masks:
        assert ndimage.label(mask, np.ones((3, 3)))[1] == 1


def test_some_masks_overlap_at_their_edges(sessions):
    masks = sessions.data_sets["B"].get_roi_mask_array().reshape(-1, 512 * 512).astype(np.float32)
    shared = masks @ masks.T
    areas = np.diag(shared)
    relative = shared / np.minimum(areas, areas[:, None])
    relative = relative[np.triu_indices(len(masks), 1)]
    assert 8 < np.count_nonzero(relative > 0.02) < 40
    assert relative.max() < 0.6


def test_neurons_that_follow_each_other_in_a_recording_often_lie_near_each_other(sessions, letter):
    masks = sessions.data_sets[letter].get_roi_mask_array()
    places = np.array([ndimage.center_of_mass(mask) for mask in masks])
    following = np.hypot(*np.diff(places, axis=0).T)
    others = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    near = np.percentile(others[np.triu_indices(len(masks), 1)], 10)
    assert np.mean(following < near) > 0.15  # by chance 0.1
