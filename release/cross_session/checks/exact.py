"""How exact a number must be."""

from functools import partial

from visual_coding_course.checking import Tolerance, values

#: dF/F copied from the file or averaged over repeats. Computing with float32 instead of
#: float64 moves a mean by less than 1e-6; noise is about 0.1, so nothing wrong is so near.
DFF = Tolerance(rtol=1e-4, atol=1e-5)

#: Mean dF/F of some 10 000 spontaneous frames. It is small, some 0.01, and differs by 0.001 or
#: so between sessions or epochs; computing it with float32 moves it by less than 1e-6. Only for
#: an own trace of larger numbers, such as fluorescence, does the relative part matter.
SPONTANEOUS = Tolerance(rtol=1e-5, atol=2e-5)

#: Correlations, which are read and reported with two decimals.
CORRELATION = Tolerance(rtol=0, atol=6e-3)

#: Reads an array; see `values.array`.
array = partial(values.array, several="all neurons, or all repeats")
