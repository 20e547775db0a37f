"""Settings for nbgrader and its formgrader in this course folder."""

from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveCells,
)

from visual_coding_course.assignment.exchange import ReleaseAssignment, ReleaseFeedback
from visual_coding_course.assignment.in_place import WholeNotebooks
from visual_coding_course.assignment.released import RELEASE_STEPS, AddReleaseFiles
from visual_coding_course.grading.autograde import (
    RestoreCells,
    RunAndCheck,
    SaveGrades,
    enter_assignment,
)
from visual_coding_course.pages.feedback import formgrader
from visual_coding_course.pages.feedback.grades import Grades
from visual_coding_course.pages.feedback.page import FeedbackExporter
from visual_coding_course.shared.folder import put_tools_on_path

# nbgrader opens its gradebook with ``alembic``, also where no environment is activated.
put_tools_on_path()

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "visual_coding"
# AddReleaseFiles puts the test files into the release, without their hidden cases.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "tests",
    # Only who grades needs these.
    "needs.py",
    "answers",
    "assignment.toml",
    "drawn.py",
    ".OTTER_LOG",
]

# nbgrader's exchange is a folder that all accounts can write to. It is looked for here:
# c.Exchange.root = "/usr/local/share/nbgrader/exchange"

# A release goes into the exchange whole, and feedback to everybody who handed in there.
c.ExchangeFactory.release_assignment = ReleaseAssignment
c.ExchangeFactory.release_feedback = ReleaseFeedback

# SaveCells comes last: what fails before it leaves the gradebook as it was.
c.GenerateAssignment.preprocessors = [*RELEASE_STEPS, AddReleaseFiles, SaveCells]

# What fails leaves the folder as it was, too; the feedback pages' exporter sees to that as well.
c.GenerateAssignment.exporter_class = WholeNotebooks
c.Autograde.exporter_class = WholeNotebooks

# So that it can be the first command in this folder.
c.Autograde.pre_convert_hook = enter_assignment
c.Autograde.sanitize_preprocessors = [
    ClearOutput,
    RestoreCells,
    DeduplicateIds,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    RunAndCheck,
    LimitOutput,
    SaveGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]

# Student code runs isolated by bubblewrap. Where that cannot be had, this lets it run as you:
# c.RunAndCheck.isolated = False

# `validate` runs a notebook without those limits; its first cells may make recordings.
c.Execute.timeout = 600

# `course grade` writes a grades.csv of its own, with a column for each question.
c.CsvExportPlugin.to = "gradebook.csv"

# What students wrote and what their code showed cannot run anything in the formgrader.
c.HTMLExporter.preprocessors = [formgrader.MakeSafe]
c.HTMLExporter.filters = formgrader.FILTERS
# Validate once, when what is not valid was left out.
c.HTMLExporter.optimistic_validation = True

c.GenerateFeedback.preprocessors = [Grades]
c.GenerateFeedback.exporter_class = FeedbackExporter
