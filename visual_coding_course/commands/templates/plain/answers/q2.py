"""Answers to question 2."""

RIGHT = {
    "numpy": "def peak_time(response, frame_rate): return response.argmax() / frame_rate",
    "by hand": """
def peak_time(response, frame_rate):
    times = np.arange(len(response)) / frame_rate
    return times[response == max(response)][0]
""",
}
WRONG = {
    "frames": "def peak_time(response, frame_rate): return response.argmax()",
    "the value": "peak_time = lambda response, frame_rate: response.max()",
}
MISTAKES = {
    "frames": {"peak_time": {"in frames"}},
    "the value": {"peak_time": {"the value for its time"}},
}
