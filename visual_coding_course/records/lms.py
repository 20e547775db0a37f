"""Class lists that are read, and tables that are written for an LMS: all formats, in one place.

To teach the course another system's list, add a line to `LISTS`: the first that fits counts. Its
headings are compared as `markup.spelling` spells them. Sources: nbgrader's ``db student import``;
Canvas's ``gradebook_exporter.rb`` and ``gradebook_importer.rb``; Moodle's offline grading
worksheet (``mod/assign/feedback/offline``), grade import (docs.moodle.org, *Grade import*) and
feedback zip (``mod/assign/feedback/file/importziplib.php``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

FIRST = ("firstname", "givenname", "vorname", "prénom", "nombre", "nome")
LAST = ("lastname", "surname", "familyname", "nachname", "familienname", "nom", "apellidos",
        "apellido", "cognome")  # fmt: skip
WHOLE = ("fullname", "student", "studentname", "name", "vollständigername", "nomcomplet",
         "nombrecompleto")  # fmt: skip
EMAIL = ("email", "emailaddress", "mail", "emailadresse", "adressedecourriel", "adresseemail",
         "direccióndecorreo", "correoelectrónico")  # fmt: skip
LOGIN = ("username", "login", "loginid", "netid", "uniqueid", "benutzername", "anmeldename",
         "nutzername", "kennung", "nomdutilisateur", "nombredeusuario")  # fmt: skip
NUMBER = ("studentid", "studentnumber", "idnumber", "matrikelnummer", "matriculationnumber",
          "matrnr", "userid", "idnummer")  # fmt: skip
SECTION = ("section", "group", "groups", "gruppe", "gruppen", "groupe", "groupes", "grupos")
NAMES = {"first_name": FIRST, "last_name": LAST, "name": WHOLE, "email": EMAIL, "section": SECTION}


class ClassList(NamedTuple):
    """How a system writes a class list.

    Attributes
    ----------
    system : str
        As it is told.
    known_by : tuple of str
        Headings that all its lists have.
    fields : mapping of str to tuple of str
        Headings of each field, in the order in which they are asked for a value. ``student`` is
        the id in the gradebook.
    """

    system: str
    known_by: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]


CANVAS = {
    **NAMES,
    "student": ("sisloginid", "sisuserid", "id"),
    "lms_user_id": ("id",),
    "login": ("sisloginid",),
    "number": ("sisuserid",),
}
MOODLE = {
    **NAMES,
    "student": ("username", *EMAIL, "idnumber"),
    "lms_user_id": ("idnumber",),
    "login": ("username",),
    "number": ("idnumber",),
    "identifier": ("identifier",),
}
LISTS = (
    # Student,ID,SIS User ID,SIS Login ID,Section, and assignments; or LastName,FirstName,ID.
    ClassList("Canvas", ("student", "id", "section"), CANVAS),
    ClassList("Canvas", ("lastname", "firstname", "id", "section"), CANVAS),
    # The worksheet of an assignment; then a list of participants, or of grades.
    ClassList("Moodle", ("identifier", "fullname"), MOODLE),
    ClassList("Moodle", ("firstname", "emailaddress"), MOODLE),
    *(
        ClassList("nbgrader", known_by, {
            **NAMES, "student": ("id",), "lms_user_id": ("lmsuserid",),
        })
        for known_by in (("id", "lastname"), ("id", "firstname"), ("id", "email"),
                         ("id", "lmsuserid"))
    ),
    *(
        ClassList("a table", (heading,), {
            **NAMES, "student": (*LOGIN, *NUMBER, *EMAIL, "id"), "login": LOGIN, "number": NUMBER,
            "lms_user_id": ("lmsuserid", "lmsid", "canvasid", "canvasuserid", "moodleid"),
        })
        for heading in (*LOGIN, *NUMBER, *EMAIL, *LAST, *WHOLE, "id")
    ),
)  # fmt: skip
#: Systems that put a student's own ``lms_user_id`` into the names of what was handed in. Moodle's
#: number there is another one in each assignment.
NUMBERED = ("Canvas", "Brightspace")
#: Rows that are about no student: names in them, as `markup.spelling` spells them.
NO_STUDENT = ("pointspossible", "teststudent")


class Format(NamedTuple):
    """How grades are written for a system.

    Attributes
    ----------
    columns : tuple of (str, str)
        Heading, and what stands below it: a name of `export.cells_of`. The points come where
        `POINTS` stands.
    key : str
        By which the system finds a student: no two may have the same.
    titled : bool
        Whether the columns of points are assignments, with the title in their headings.
    possible : str or None
        What begins the row of the points that can be had; None if there is no such row.
    empty : bool
        Whether there are rows without a grade. In Canvas, and in Moodle's grade import, an empty
        cell takes a grade away.
    """

    columns: tuple[tuple[str, str], ...]
    key: str
    titled: bool = False
    possible: str | None = None
    empty: bool = False


#: In a format: the columns of points.
POINTS = ("", "points")
FORMATS = {
    # A student is found by ID; else by SIS User ID, or SIS Login ID; else by name. An assignment
    # is found by its number in brackets, or its title.
    "canvas": Format(
        (("Student", "sortable_name"), ("ID", "canvas_id"), ("SIS User ID", "canvas_number"),
         ("SIS Login ID", "canvas_login"), ("Section", "section"), POINTS),
        key="canvas_id", titled=True, possible="    Points Possible",
    ),
    # The worksheet's importer reads Identifier, Grade and Last modified (grade), as an English
    # Moodle calls them; the grade import takes any headings. A column of feedback comments would
    # replace those that are there.
    "moodle": Format(
        (("Identifier", "identifier"), ("Full name", "full_name"), ("Username", "login"),
         ("ID number", "number"), ("Email address", "email"), ("Grade", "total"),
         ("Maximum Grade", "max_score"), ("Last modified (grade)", "nothing"), POINTS),
        key="identifier",
    ),
    "csv": Format(
        (("student", "student"), ("last_name", "last_name"), ("first_name", "first_name"),
         ("email", "email"), ("lms_user_id", "lms_user_id"), ("status", "status"),
         ("score", "total"), ("max_score", "max_score"), ("late_penalty", "late_penalty"),
         ("needs_manual_grade", "waits"), POINTS),
        key="student", empty=True,
    ),
}  # fmt: skip
#: Headings of which Canvas takes no grades: they are its own.
CANVAS_OWN = ("Current Score", "Current Points", "Current Grade", "Final Score", "Final Points",
              "Final Grade", "Override Score", "Override Grade", "Override Status")  # fmt: skip
#: Moodle's participant in a worksheet: the number from the names of what was handed in.
PARTICIPANT = "Participant {}"
#: A page in Moodle's feedback zip: found by the number between the first two underscores.
FEEDBACK = "{name}_{number}_assignsubmission_file_{file}"
