"""Answers to question 3."""

RIGHT = {
    "with plt": """
fig_response = plt.figure()
plt.plot(np.arange(90) / 30, mean_response)
plt.xlabel("t (s)")
plt.ylabel("dF/F")
""",
}
WRONG = {
    "no labels": """
fig_response, ax = plt.subplots()
ax.plot(frames / frame_rate, mean_response)
""",
}
MISTAKES = {"no labels": {"fig_response": {"missing labels"}}}
