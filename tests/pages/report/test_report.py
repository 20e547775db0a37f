"""`course report` on small classes, its figures against numbers worked out by hand."""

import csv
import json
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from urllib.parse import unquote

import numpy as np
import pytest
from nbgrader.api import Gradebook

from .conftest import Student, unclear, wrong

HOSTILE = '<img src=x onerror="alert(1)">&\'`</script><script>alert(2)</script>'
STARTS = np.arange(10) * 30.5


class Page(HTMLParser):
    """Tags with attributes, text, and the cells of each table, as a browser sees them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.style = [], "", False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.style = tag in ("style", "script")

    def handle_endtag(self, tag):
        self.style = False

    def handle_data(self, data):
        if not self.style:
            self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def page(tmp_path):
    return lambda name="tiny": Page((tmp_path / "report" / f"{name}.html").read_text("utf-8"))


@pytest.fixture
def rows(tmp_path):
    """The rows of a CSV file, by the name of its first column."""

    def read(key, name="tiny"):
        with open(tmp_path / "report" / f"{name}-{key}.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return read


def by_hand(folder, student, score, assignment="tiny", cell="q3"):
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        grade = gradebook.find_grade(cell, assignment, assignment, student)
        grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()


def not_graded(folder, student, reasons, *questions):
    """Make of a recorded row what is recorded where the grader failed; all if no question."""
    with closing(sqlite3.connect(folder / "gradebook.db")) as book, book:
        [[text]] = book.execute("select row from course_result where student = ?", [student])
        row = json.loads(text) | {"reasons": reasons}
        for name in questions or row["questions"]:
            row["questions"][name] |= {"score": None, "status": "not_graded", "hints": []}
        if not questions:
            row |= {"status": "not_graded", "score": None, "message": None}
        text = json.dumps(row)
        book.execute("update course_result set row = ? where student = ?", [text, student])


def failing():
    """Of six, the grader failed on one question of `eve`, and on all of `fay`."""
    trouble = [wrong(4, "x_a", message="OSError: unable to lock file", value=7)]
    whole = dict.fromkeys(("q1", "q2"), [wrong(4, "y_a", ["a slip"], value=8)])
    return {"ada": Student(4, 6), "bea": Student(4, 3), "cid": Student(2, 6), "dan": Student(2, 0),
              "eve": Student(0, 6, {"q1": trouble}), "fay": Student(0, 0, whole)}  # fmt: skip


def test_what_could_not_be_graded_counts_nowhere(grade, report, page, rows):
    folder = grade(failing())
    for student in ("ada", "bea", "cid"):
        by_hand(folder, student, 10)
    not_graded(folder, "eve", ["q1: OSError: a lock", "The control, too: q1: OSError"], "q1")
    not_graded(folder, "fay", ["a worker was killed"])
    assert report("tiny").exit_code == 0
    q1, q2, _ = rows("questions")
    assert [q1[name] for name in ("all", "some", "none")] == ["2", "2", "0"]
    assert [q2[name] for name in ("all", "some", "none")] == ["3", "1", "1"]
    assert float(q1["mean score"]) == 12 / 16 and float(q2["mean score"]) == 21 / 30
    text = " ".join(page().text.split())
    # 20, 17, 18 and 2 points.
    assert "Over the 4 submissions that ran: mean 14.25" in text
    assert "not graded yet2" in text and "submitted6" in text and "could not be run0" in text
    assert "The grader failed on 2 submissions" in text and "course grade tiny grades it" in text
    eve, fay = rows("not-graded")
    assert (eve["student"], eve["not graded"]) == ("eve", "q1") and "a lock" in eve["reasons"]
    assert (fay["student"], fay["not graded"], fay["reasons"]) == (
        "fay", "all", "a worker was killed"
    )  # fmt: skip
    assert rows("stopped") == []
    submissions = {row["student"]: row for row in rows("submissions")}
    assert submissions["fay"]["score"] == "" and submissions["fay"]["q1"] == ""
    assert submissions["eve"]["q1"] == "" and float(submissions["eve"]["q2"]) == 6


def test_the_graders_failure_is_nobodys_mistake(grade, report, rows):
    folder = grade(failing())
    not_graded(folder, "eve", ["OSError"], "q1")
    not_graded(folder, "fay", ["OSError"])
    assert report("tiny").exit_code == 0
    told = [row for key in ("mistakes", "unexplained", "wrong-answers") for row in rows(key)]
    assert told and "lock" not in str(told) and "a slip" not in str(told)
    assert "fay" not in str(told)


def test_a_person_can_grade_what_the_grader_could_not(grade, report, rows):
    folder = grade(failing())
    not_graded(folder, "eve", ["OSError"], "q1")
    by_hand(folder, "eve", 4, cell="q1")
    assert report("tiny").exit_code == 0
    assert "lock" not in str([rows(key) for key in ("unexplained", "wrong-answers")])
    assert rows("not-graded") == []
    assert rows("questions")[0]["all"] == "3"


def test_a_class_of_which_nothing_could_be_graded(grade, report, page):
    folder = grade({"ada": Student(), "bea": Student()})
    for student in ("ada", "bea"):
        not_graded(folder, student, ["the disk is full"])
    assert report("tiny").exit_code == 0
    assert "No submission could be checked" in page().text and "the disk is full" in page().text


def test_scores_and_questions_by_hand(grade, report, page, rows):
    """Five students; q1: 4 4 2 0 0, q2: 6 3 3 0 0."""
    scores = zip("abcde", (4, 4, 2, 0, 0), (6, 3, 3, 0, 0))
    folder = grade({name: Student(q1, q2) for name, q1, q2 in scores})
    assert report("tiny").exit_code == 0
    assert "as an experiment" not in page().text  # where all have the same parameters
    q1, q2, q3 = rows("questions")
    assert [float(q1["pass rate"]), float(q1["mean score"])] == [0.4, 0.5]
    assert [float(q2["pass rate"]), float(q2["mean score"])] == [0.2, 0.4]
    # Deviations from the means 2 and 2.4: sum of products 18, of squares 16 and 25.2.
    assert float(q1["discrimination"]) == pytest.approx(18 / np.sqrt(16 * 25.2), abs=1e-5)
    assert [q1[name] for name in ("all", "some", "none")] == ["2", "1", "2"]
    assert [q3[name] for name in ("pass rate", "discrimination", "by hand")] == ["", "", "5"]
    assert "5 submissions wait" in page().text
    assert "mean 4.4, standard deviation 4.393, median 5" in page().text
    assert "middle half from 0 to 7, all from 0 to 10, of 20 points" in page().text

    # Of a question that is half graded, nothing is said yet.
    by_hand(folder, "a", 10)
    report("tiny")
    *_, q3 = rows("questions")
    assert [q3[name] for name in ("pass rate", "mean score", "by hand")] == ["", "", "4"]

    for name in "bcde":
        by_hand(folder, name, 0)
    assert report("tiny").exit_code == 0
    *_, q3 = rows("questions")
    assert [q3["pass rate"], q3["mean score"], q3["by hand"]] == ["0.2", "0.2", "0"]
    # The other questions sum to 10 7 5 0 0, mean 4.4; this one's mean is 2.
    assert float(q3["discrimination"]) == pytest.approx(56 / np.sqrt(80 * 77.2), abs=1e-5)
    assert "mean 6.4" in page().text and "submissions wait" not in page().text


def test_totals_are_the_gradebooks(grade, report, rows):
    folder = grade({"ada": Student(), "bob": Student(q1=0)})
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        gradebook.find_grade("q2", "tiny", "tiny", "ada").extra_credit = 1.5
        gradebook.find_submission_notebook("tiny", "tiny", "bob").late_submission_penalty = 2
        gradebook.add_student("cy")
        gradebook.db.commit()
    by_hand(folder, "bob", 3, cell="q1")
    by_hand(folder, "bob", 7)
    report("tiny")
    ada, bob, cy = rows("submissions")
    assert (ada["score"], ada["q2"], ada["to grade by hand"]) == ("11.5", "7.5", "yes")
    assert (bob["score"], bob["q1"], bob["to grade by hand"]) == ("14", "3", "no")
    assert (ada["late penalty"], bob["late penalty"]) == ("", "2")
    assert [cy[name] for name in ("status", "score", "q1")] == ["missing", "", ""]


def test_who_has_handed_in_nothing_is_named(grade, report, page):
    with Gradebook(f"sqlite:///{grade({'ada': Student()})}/gradebook.db") as gradebook:
        gradebook.add_student("cy", first_name="Cy", last_name="Twombly")
        gradebook.add_student("cyd")
    report("tiny")
    text = " ".join(page().text.split())
    assert "2 of the class’s 3 students have handed in nothing Cy Twombly, cyd" in text
    assert "handed in nothing2" in text and "submitted1" in text


def test_students_are_called_by_name_and_lead_to_the_pages_that_are_there(
    grade, report, page, rows
):
    slip = {"q1": [wrong(4, "x", ("a slip",))]}
    folder = grade({name: Student(0, 6, slip) for name in ("ada", "bob", "cy", "eve")})
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        for student, name in {"ada": "Ada", "bob": "Ada", "cy": "Cyd"}.items():
            gradebook.update_or_create_student(student, first_name=name, last_name="<b>Doe")
        gradebook.db.commit()
    (folder / "feedback" / "eve" / "tiny" / "tiny.html").unlink()
    assert report("tiny").exit_code == 0
    [mistake] = rows("mistakes")
    assert mistake["who"] == "ada; bob; cy; eve"
    assert "ada, bob, Cyd <b>Doe, eve" in " ".join(page().text.split())  # two have one name
    links = {one["href"].split("#")[0] for one in page().all("a") if "feedback" in one["href"]}
    assert links == {f"../results/feedback/{name}/tiny/tiny.html" for name in ("ada", "bob", "cy")}
    assert {row["student"]: row["name"] for row in rows("submissions")}["cy"] == "<b>Doe, Cyd"


def test_what_waits_to_be_graded_by_hand_is_a_list(grade, report, page, rows):
    odd = {"q1": [unclear(4, "fig", "Cannot tell what `fig` shows.")]}
    folder = grade({"ada": Student(), "bob": Student(0, 6, odd), "cy": Student(0, 0)})
    by_hand(folder, "cy", 5)
    grade({"cy": Student(0, 0, written="Because of something else."), "bob": Student(0, 6, odd)})
    assert report("tiny").exit_code == 0
    assert [tuple(row.values()) for row in rows("by-hand")] == [
        ("q1", "bob", "4", "a check cannot tell"),
        ("q3", "ada", "10", "not graded yet"),
        ("q3", "bob", "10", "not graded yet"),
        ("q3", "cy", "10", "changed since it was graded"),
    ]
    links = [one["href"] for one in page().all("a") if "#q3" in one["href"]]
    assert links == [f"../results/feedback/{who}/tiny/tiny.html#q3" for who in ("ada", "bob", "cy")]
    for student in ("ada", "bob", "cy"):
        by_hand(folder, student, 5)
    by_hand(folder, "bob", 4, cell="q1")
    report("tiny")
    assert rows("by-hand") == [] and "To grade" not in page().text


def test_mistakes_are_ranked_by_students(grade, report, rows, page):
    def starts(letter, *mistakes, **more):
        return wrong(1, f"movie_starts_{letter}", mistakes, **more)

    seconds = {"q1": [starts("a", "seconds"), starts("b", "seconds"), starts("b", "seconds")]}
    late = {"q1": [starts("c", "one late", message="`movie_starts_c` is late.")],
            "q2": [wrong(2, "index_a", ("a list",))]}  # fmt: skip
    both = {"q1": [starts("a", "one late", "another session's", message="`movie_starts_a`: B.")]}
    grade({
        "ada": Student(0, 6, seconds), "bob": Student(0, 6, seconds), "cy": Student(1, 2, late),
        "dan": Student(0, 6, {"q1": [starts("a", "seconds", message="other")]}),
        "eve": Student(1, 6, both),
    })  # fmt: skip
    report("tiny")
    found = [[row[name] for name in ("mistake", "answer", "students", "who")]
             for row in rows("mistakes")]  # fmt: skip
    assert found == [
        ["seconds", "movie_starts", "3", "ada; bob; dan"],
        ["one late", "movie_starts", "2", "cy; eve"],
        ["another session's", "movie_starts", "1", "eve"],
        ["a list", "index", "1", "cy"],
    ]
    first = rows("mistakes")[0]
    assert first["of the class"] == "0.6"
    assert first["what they were told"] == "`movie_starts_a` is not right."
    assert not rows("unexplained")
    [plot] = [image["alt"] for image in page().all("img") if "mistakes" in image["alt"]]
    assert "seconds (q1): 3; one late (q1): 2" in plot


def test_unexplained_answers_are_grouped_over_sessions(grade, report, rows):
    def odd(letter, value):
        return wrong(1, f"mean_{letter}", message=f"`mean_{letter}` is {value}.", value=value)

    grade({
        "ada": Student(0, wrong={"q1": [odd("a", 0.25), odd("b", 0.5)]}),
        "bob": Student(0, wrong={"q1": [odd("a", 0.25)]}),
        "cy": Student(0, wrong={"q1": [wrong(4, "mean_a", message="Not a number.")]}),
    })  # fmt: skip
    report("tiny")
    first, second = rows("unexplained")
    assert (first["students"], first["who"]) == ("2", "ada; bob")
    assert first["values"] == "0.25 (2 students); 0.5"
    assert (second["what they were told"], second["values"]) == ("Not a number.", "")


def test_the_same_unusual_answers(grade, report, rows, page):
    """Two share three answers; all share one, which is not unusual; numbers round alike.

    Two others share a named mistake in all sessions, and nothing else.
    """
    common = wrong(1, "x", value=12.5)
    odd = [wrong(1, "y", value=STARTS), wrong(1, "z", ("halved",), value=0.777)]
    nearly = [wrong(1, "y", value=STARTS * (1 + 1e-9)), wrong(1, "z", ("halved",), value=0.777)]
    students = {f"s{i}": Student(0, wrong={"q1": [common]}) for i in range(8)}
    students["ada"] = Student(0, 3, {"q1": [common, *odd], "q2": [wrong(3, "w", value=7)]})
    students["bob"] = Student(0, 3, {"q1": [common, *nearly], "q2": [wrong(3, "w", value=7)]})
    students["cy"] = Student(6, 3, {"q2": [wrong(3, "w", value=8)]})
    late = [wrong(1, f"start_{letter}", ("late",), value=ord(letter)) for letter in "abc"]
    students |= {name: Student(0, wrong={"q1": late}) for name in ("eve", "fay")}
    grade(students)
    report("tiny")
    [group] = rows("same-answers")
    assert group["students"] == "ada; bob"
    assert (group["answers in common"], group["of them unexplained"]) == ("3", "2")
    assert "q1 y: 10 numbers: 0, 30.5" in group["answers and their values"]
    assert "q2 w: 7" in group["answers and their values"]
    assert group["mistakes that explain the others"] == "halved"
    assert "No proof of copying" in page().text


CODE = """
def movie_response(trace, starts, frames=900):
    pieces = [trace[start:start + frames] for start in starts]
    response = np.stack(pieces) - np.median(trace)
    return response / response.std(axis=1, keepdims=True)
"""
RENAMED = '''
def movie_response(dff, begin, n=900):
    """Cut out what belongs to each repeat."""
    cut = [dff[b:b+n] for b in begin]  # a piece for each
    out = np.stack(cut) - np.median(dff)

    return out / out.std(axis=1, keepdims=True)
'''


def other_code(number):
    """Code that nobody else writes."""
    lines = [f"x = np.fft.rfft(y, {number}{i})[{i}:] + {number} * y.sum({i})" for i in range(9)]
    return "\n".join(lines)


def a_class_with(code):
    """Of twelve, those named have this code; the others have their own."""
    others = {f"s{number}": Student(code=other_code(number)) for number in range(12 - len(code))}
    return {name: Student(code=text) for name, text in code.items()} | others


def test_code_that_a_few_have_in_common(grade, report, page, rows):
    """Names, layout, comments and what else is in the cell do not matter."""
    longer = f"{RENAMED}\nprint(dff)\n"
    grade(a_class_with({"ada": CODE, "bob": RENAMED, "cy": CODE.replace("900", "90"),
                        "eve": CODE + other_code(99), "fay": longer}))  # fmt: skip
    assert report("tiny").exit_code == 0
    assert rows("like-code") == []  # five of twelve have it: it is not unusual
    folder = grade(a_class_with({"ada": CODE, "bob": RENAMED}), name="other")
    assert report("other").exit_code == 0
    [row] = rows("like-code", "other")
    assert (row["students"], row["questions"]) == ("ada; bob", "1")
    assert int(row["stretches in common"]) > 30 and row["how alike"] == "q1: but for names"
    assert "No proof of copying" in page("other").text
    links = [one["href"] for one in page("other").all("a") if one["href"].endswith("other.html#q1")]
    assert "../results/feedback/ada/other/other.html#q1" in links
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        given = {"source": f"{CODE}\n# go on here", "cell_type": "code"}
        gradebook.update_or_create_source_cell("given", "other", "other", **given)
    assert report("other").exit_code == 0
    assert rows("like-code", "other") == []


def test_code_word_for_word_and_but_for_names(grade, report, rows):
    others = {"eve": CODE.replace("median", "mean"), "fay": CODE.replace("pieces", "cut")}
    changed = {name: text.replace("900", "800") for name, text in others.items()}
    grade(a_class_with({"ada": CODE, "bob": f"{CODE}  # mine"}), name="tiny")
    assert report("tiny").exit_code == 0
    assert [row["how alike"] for row in rows("like-code")] == ["q1: word for word"]
    grade(a_class_with({"eve": CODE, "fay": others["fay"]}), name="other")
    assert report("other").exit_code == 0
    assert [row["how alike"] for row in rows("like-code", "other")] == ["q1: but for names"]
    grade(a_class_with({"eve": other_code(77), "fay": changed["fay"]}), name="third")
    assert report("third").exit_code == 0
    assert rows("like-code", "third") == []


def test_who_may_need_help_and_why(grade, report, page, rows):
    blank = {"q1": [wrong(4, "x", state="not_attempted")]}
    students = {f"s{number}": Student() for number in range(4)}
    students |= {
        "ada": Student(0, 2, blank), "bob": Student(4, 3, attempts=4),
        "cy": Student(status="unreadable", message="Empty."), "eve": Student(0, 6),
        "fay": Student(4, 6, attempts=9), "gil": Student(4, 3, attempts=3),
    }  # fmt: skip
    folder = grade(students)
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        gradebook.add_student("zoe")
    assert report("tiny").exit_code == 0
    easy = "nothing in q1, which most have right"
    assert {row["student"]: row["why"] for row in rows("help")} == {
        "ada": "2 of 10 points; not attempted: q1",
        "bob": "4 attempts", "cy": "unreadable", "zoe": "handed in nothing",
    }  # fmt: skip
    assert [row["student"] for row in rows("help")][0] == "ada"
    text = " ".join(page().text.split())
    assert "has less than 50% of the points that are graded so far," in text
    # Where most have all points of a question, it is told of those who have none.
    grade({f"t{number}": Student() for number in range(12)})
    report("tiny")
    assert {row["student"]: row["why"] for row in rows("help")}["eve"] == easy


def test_nobody_needs_help_where_few_have_handed_in(grade, report, page, rows):
    with Gradebook(f"sqlite:///{grade({'ada': Student()})}/gradebook.db") as gradebook:
        for student in ("zoe", "yan"):
            gradebook.add_student(student)
    assert report("tiny").exit_code == 0
    assert rows("help") == [] and "By these rules, nobody." in page().text


def test_attempts(grade, report, page, rows):
    grade({"ada": Student(), "bob": Student(0, 6), "cy": Student(2, 0, attempts=3)})
    assert report("tiny").exit_code == 0
    assert [tuple(row.values()) for row in rows("attempts")] == [
        ("1", "2", "0.666667", "8", "8"), ("3", "1", "0.333333", "2", "2"),
    ]  # fmt: skip
    grade({"ada": Student()}, name="other")
    assert report("other").exit_code == 0
    assert rows("attempts", "other") == [] and "#attempts" not in str(page("other").tags)


def test_what_could_not_be_graded(grade, report, rows, page):
    """It is listed, and left out of all figures; half-checked submissions are in them."""
    grade({
        "ada": Student(),
        "bob": Student(status="unreadable", message="Not a notebook."),
        "cy": Student(0, 3, status="timed_out", message="A cell ran too long."),
        "dan": Student(status="crashed", message="The kernel died."),
    })  # fmt: skip
    report("tiny")
    assert [list(row.values()) for row in rows("stopped")] == [
        ["bob", "unreadable", "0", "Not a notebook."],
        ["cy", "timed out", "3", "A cell ran too long."],
        ["dan", "crashed", "0", "The kernel died."],
    ]
    assert rows("questions")[0]["pass rate"] == "0.5"
    assert "Left out, here and in all that follows: 2" in page().text
    assert {row["student"] for row in rows("wrong-answers")} == {"cy"}


def test_points_are_out_of_the_same_total_everywhere(grade, report, page):
    """Also where nothing could be run: of 20, of which 10 are given by hand."""
    folder = grade({"ada": Student(), "bob": Student(status="unreadable", message="Empty.")})
    assert report("tiny").exit_code == 0
    text = " ".join(page().text.split())
    assert "score of 20" in text and "q1 of 4" in text and "10.0 of 20" in text
    for student in ("ada", "bob"):
        told = (folder / "feedback" / student / "tiny" / "tiny.html").read_text("utf-8")
        assert "of 20 points" in " ".join(Page(told).text.split())


def test_blank_missing_and_stopped_answers_are_counted(grade, report, rows):
    grade({
        "ada": Student(0, wrong={"q1": [wrong(2, "x", state="not_attempted"),
                                        wrong(2, "y", state="missing")]}),
        "bob": Student(0, wrong={"q1": [wrong(4, "y", state="missing")]}),
        "cy": Student(2, wrong={"q1": [wrong(2, "fig", state="empty")]}),
    })  # fmt: skip
    report("tiny")
    q1 = rows("questions")[0]
    assert (q1["blank"], q1["missing"], q1["error"]) == ("2", "2", "0")
    assert not rows("unexplained") and not rows("mistakes")


def test_rows_of_an_older_version(grade, report, rows, page):
    """They have no "wrong"; one submission was graded by nbgrader alone."""
    folder = grade({"ada": Student(0, 3), "bob": Student(), "cy": Student()})
    with closing(sqlite3.connect(folder / "gradebook.db")) as gradebook, gradebook:
        [(text,)] = gradebook.execute("SELECT row FROM course_result WHERE student = 'ada'")
        row = json.loads(text)
        for question in row["questions"].values():
            del question["wrong"]
        row["questions"]["q1"]["status"] = "not_attempted"
        gradebook.execute(
            "UPDATE course_result SET row = ? WHERE student = 'ada'", [json.dumps(row)]
        )
        gradebook.execute("DELETE FROM course_result WHERE student = 'bob'")
    assert report("tiny").exit_code == 0
    assert rows("questions")[0]["blank"] == "1"
    assert [row["score"] for row in rows("submissions")] == ["3", "10", "10"]
    assert "Of 2 submissions only the scores are known" in page().text


def test_a_gradebook_without_results_of_course_grade(grade, report, rows):
    folder = grade({"ada": Student(0, 3)})
    with closing(sqlite3.connect(folder / "gradebook.db")) as gradebook, gradebook:
        gradebook.execute("DROP TABLE course_result")
    assert report("tiny").exit_code == 0
    assert rows("submissions")[0]["score"] == "3"


def test_hostile_names_and_messages_do_nothing(grade, report, page, rows, tmp_path):
    bad = wrong(4, "x", ("=named",), message=f"=1+1 {HOSTILE}", value=f"-2+3 {HOSTILE}")
    other = wrong(6, "y", message=f"@SUM(A1) {HOSTILE}", value=f"+{HOSTILE}")
    names = ["=cmd|'calc'!A1", "<b onclick=alert(3)>ann", "\"quoted'&amp;"]
    students = {name: Student(0, 0, {"q1": [bad], "q2": [other]}) for name in names}
    students["-luigi"] = Student(status="refused", message=f"+{HOSTILE}")
    grade(students)
    assert report("tiny").exit_code == 0
    assert {tag for tag, _ in page().tags} & {"b", "iframe", "object", "link"} == set()
    assert len(page().all("script")) == 1
    sources = [image["src"][:26] for image in page().all("img")]
    assert set(sources) == {"data:image/svg+xml;base64,"}
    assert not any(name.startswith("on") for _, attributes in page().tags for name in attributes)
    text = page().text
    assert all(name in text for name in names)
    assert HOSTILE.replace("`", "") in text.replace("`", "")
    for path in (tmp_path / "report").glob("*.csv"):
        with open(path, newline="", encoding="utf-8") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert "'=cmd|'calc'!A1" in {row["student"] for row in rows("submissions")}


def test_negative_numbers_stay_numbers(grade, report, rows):
    scores = [(4, 0), (4, 0), (0, 6), (0, 6), (2, 3)]
    grade({f"s{i}": Student(*both) for i, both in enumerate(scores)})
    report("tiny")
    assert rows("questions")[0]["discrimination"] == "-1"


def test_several_assignments_and_all_of_them(grade, report, page, rows, tmp_path):
    grade({"ada": Student(), "bob": Student(0, 3)})
    grade({"ada": Student(0, 0)}, name="other")
    grade({"cy": Student()}, name="third")
    assert report("other", "tiny", "other").exit_code == 0
    headings = [line for line in page("overview").text.split("\n") if line in ("Other", "Tiny")]
    assert headings[-2:] == ["Other", "Tiny"]
    ids = [attributes["id"] for _, attributes in page("overview").tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert rows("submissions", "other")[0]["student"] == "ada"
    with open(tmp_path / "report" / "overview.csv", newline="") as file:
        overview = {row["assignment"]: row for row in csv.DictReader(file)}
    assert overview.keys() == {"other", "tiny"}
    # 10 and 3 of 20 points.
    assert overview["tiny"]["mean"] == "0.325" and overview["tiny"]["to grade by hand"] == "2"
    assert report().exit_code == 0
    with open(tmp_path / "report" / "overview.csv", newline="") as file:
        assert {row["assignment"] for row in csv.DictReader(file)} == {"other", "third", "tiny"}


def test_a_class_of_which_nothing_could_be_checked(grade, report, page):
    grade({"ada": Student(status="unreadable", message="Not a notebook.")})
    assert report("tiny").exit_code == 0
    assert "No submission could be checked." in page().text


def test_clear_errors(grade, report, tmp_path):
    missing = report("tiny")
    assert missing.exit_code == 2 and "Grade first, with `course grade tiny`" in missing.output
    folder = grade({"ada": Student()})
    unknown = report("tiny", "tinny")
    assert unknown.exit_code == 2 and "'tinny'" in unknown.output
    assert "It has those to tiny." in unknown.output
    assert not (tmp_path / "report").exists()
    (folder / "gradebook.db").write_bytes(b"no database " * 100)
    damaged = report("tiny")
    assert damaged.exit_code == 2 and "cannot be read" in damaged.output


def test_the_gradebook_is_left_as_it_is(grade, report):
    folder = grade({"ada": Student(0, 3)})
    before = (folder / "gradebook.db").read_bytes()
    report("tiny")
    assert (folder / "gradebook.db").read_bytes() == before


def test_by_default_the_report_stands_in_the_course(grade, report, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from visual_coding_course import cli

    course = tmp_path / "course"
    (course / "source").mkdir(parents=True)
    (course / "nbgrader_config.py").write_text("")
    grade({"ada": Student()}, folder=course)
    monkeypatch.chdir(course)
    said = CliRunner().invoke(cli.main, ["report", "tiny"])
    assert said.exit_code == 0 and str(course / "report" / "tiny.html") in said.output
    assert (course / "report" / "tiny-mistakes.csv").is_file()


def test_who_waits_for_a_person_to_look_is_listed_counted_and_linked(grade, report, page, rows):
    odd = {"q1": [unclear(4, "fig", "Cannot tell what `fig` shows.")]}
    name = "b & <i>"
    folder = grade({"ada": Student(0, 6, odd), name: Student(0, 3, odd), "cid": Student(4, 6)})
    assert report("tiny").exit_code == 0
    [row] = rows("cannot-tell")
    assert (row["question"], row["students"], float(row["of the class"])) == ("q1", "2", 0.666667)
    assert row["what they were told"] == "Cannot tell what `fig` shows."
    assert row["who"] == f"ada; {name}"
    text = " ".join(page().text.split())
    assert "In 2 submissions a check cannot tell" in text and "to look at2" in text
    links = [one["href"] for one in page().all("a") if "feedback" in one["href"]][:2]
    assert links == [
        "../results/feedback/ada/tiny/tiny.html",
        "../results/feedback/b%20%26%20%3Ci%3E/tiny/tiny.html",
    ]
    for link in links:
        assert (folder.parent / "report" / unquote(link)).is_file()
    # It counts with its points, and is no mistake.
    q1, *_ = rows("questions")
    assert (q1["all"], q1["by hand"]) == ("3", "0")
    assert all("fig" not in str(rows(key)) for key in ("mistakes", "unexplained", "wrong-answers"))
    by_hand(folder, "ada", 1, cell="q1")
    assert report("tiny").exit_code == 0
    assert [row["who"] for row in rows("cannot-tell")] == [name]
    assert {row["student"]: row["q1"] for row in rows("submissions")}["ada"] == "1"
