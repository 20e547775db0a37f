"""Answers to question 3."""

RIGHT = {
    "every tenth point": """
fig_trace = plt.figure()
plt.plot(times[::10], dff[::10])
plt.xlabel("s")
plt.ylabel("dF/F")
"""
}
WRONG = {"no labels": "fig_trace, ax = plt.subplots()\nax.plot(times, dff)"}
MISTAKES = {"no labels": {"fig_trace": {"missing labels"}}}
