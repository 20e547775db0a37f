"""Write the settings of an assignment."""

import json


def write_settings(course, name, **limits):
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in limits.items()]
    text = "".join([f'title = "{name}"\n', "[limits]\n", *lines])
    (course / "source" / name / "assignment.toml").write_text(text)
