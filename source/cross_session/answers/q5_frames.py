"""Answers to question 5 that average a few of the spontaneous frames alone."""

STARTS = """
def starts_of_movie(data_set):
    table = data_set.get_stimulus_table("natural_movie_one")
    return table.loc[table["frame"] == 0, "start"].to_numpy()

movie_starts_a, movie_starts_b, movie_starts_c = (
    starts_of_movie(d) for d in (data_set_a, data_set_b, data_set_c)
)
"""


def _rest(returned: str) -> str:
    return (
        STARTS
        + f"""
def mean_when_spontaneous(data_set, dff):
    table = data_set.get_stimulus_table("spontaneous")
    return {returned}

spontaneous_mean_a = mean_when_spontaneous(data_set_a, dff_a)
spontaneous_mean_b = mean_when_spontaneous(data_set_b, dff_b)
spontaneous_mean_c = mean_when_spontaneous(data_set_c, dff_c)
"""
    )


RIGHT = {}
WRONG = {
    "the mean of first and last frames": _rest("np.mean([dff[table.start], dff[table.end]])"),
    "the mean of the first frames": _rest("dff[table['start']].mean()"),
}
ENDS = {"Only the frames at the ends are averaged.": ["first and last frames only"]}
#: What each wrong answer does, as a teacher would say it, and the names of mistakes that fit.
MISTAKES = {
    "the mean of first and last frames": ENDS,
    "the mean of the first frames": ENDS,
}
