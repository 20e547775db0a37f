"""Go on past what students leave in a notebook that works for them, and does nothing here.

A backend with windows, a question at the keyboard, an installation, a package that only draws: the
cell that has such a line runs on without it, and says so in a note, which stands beside the cell on
the feedback page.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from typing import Any

from IPython import get_ipython

#: The type of an output that is a note: no page shows it as an output.
NOTE = "text/x-course-note"

INLINE = "inline"
#: Backends without windows, as they may be called.
WITHOUT_WINDOWS = frozenset(
    {INLINE, "agg", "cairo", "pdf", "pgf", "ps", "svg", "template"}
    | {"module://matplotlib_inline.backend_inline", "module://ipykernel.pylab.backend_inline"}
)
#: Packages that draw, or that figures in a notebook are moved with: what is left of a notebook
#: without them can be graded.
DRAWING = (
    "matplotlib", "seaborn", "plotly", "bokeh", "altair", "plotnine", "holoviews", "hvplot",
    "panel", "datashader", "pygal", "pyqtgraph", "vispy", "pyvista", "mayavi", "k3d", "napari",
    "ipympl", "ipywidgets", "mpld3", "mplcursors", "cufflinks", "chart_studio", "kaleido",
    "proplot", "ultraplot", "scienceplots", "ptitprince", "joypy",
)  # fmt: skip
#: What else answers are mostly made with.
OTHERS = ("numpy", "pandas", "scipy", "skimage", "sklearn", "statsmodels", "networkx", "tqdm")
INSTALLERS = ("pip", "conda", "mamba", "micromamba", "uv")
INSTALLS = re.compile(
    r"^\s*(sudo\s+)?(\S*python\S*\s+-m\s+)?(pip3?|conda|mamba|micromamba|uv|apt|apt-get|brew)\b"
)
#: A loop that goes on until something is typed would go on for ever.
MOST_QUESTIONS = 1000

WINDOWS = (
    "Figures are drawn into the notebook when it is graded, so what asks for windows or movable "
    "figures (`{}`) was passed over."
)
QUESTION = (
    "Nobody answers `{}` when the notebook is graded: it was given an empty line. Write the value "
    "into the cell."
)
INSTALLATION = "Nothing is installed when the notebook is graded: that line was passed over."
PACKAGE = (
    "`{}` is not there where the notebook is graded: a cell that draws with it stops. To draw, "
    "there {}."
)


def go_on(kernel: Any) -> None:
    """Have a kernel run on where it would stop for what it is, rather than for what is asked.

    Parameters
    ----------
    kernel : IPythonKernel
        That grades. Of what is asked for in vain, a note is left once in each cell.
    """
    shell = kernel.shell
    _draw_inline(shell)
    kernel.raw_input = _unanswered("input()")
    kernel.getpass = _unanswered("getpass()")
    _install_nothing(shell)
    shell.ast_transformers.append(_WithStandIns())


def note(text: str) -> None:
    """Leave a note beside the cell that runs; once, however often."""
    shell = get_ipython()
    noted = vars(shell).setdefault("course_noted", set())
    if (shell.execution_count, text) not in noted:
        noted.add((shell.execution_count, text))
        shell.display_pub.publish({NOTE: text})


def drawing_packages() -> list[str]:
    """Names of the packages that draw and are installed here."""
    return [name for name in ("matplotlib", "seaborn") if find_spec(name)]


def packages() -> list[str]:
    """Names of the packages that answers are mostly made with, and that are installed here."""
    return [*drawing_packages(), *filter(find_spec, OTHERS)]


def listed(names: list[str]) -> str:
    """Say that these are there: ``"is a"``, ``"are a, b and c"``."""
    said = [f"`{name}`" for name in names]
    return f"is {said[0]}" if len(said) == 1 else f"are {', '.join(said[:-1])} and {said[-1]}"


def _draw_inline(shell: Any) -> None:
    """Draw into the notebook, whatever backend is asked for, and by whatever way."""
    import matplotlib
    from matplotlib import pyplot
    from matplotlib_inline.config import InlineBackend

    enable, gui, use, switch = (
        shell.enable_matplotlib, shell.enable_gui, matplotlib.use, pyplot.switch_backend
    )  # fmt: skip

    def has_windows(backend: Any) -> bool:
        return str(backend).lower() not in WITHOUT_WINDOWS

    def stay_inline(asked: str) -> Any:
        note(WINDOWS.format(asked))
        made = enable(INLINE)
        # A window stays open after its cell, and `plt.gcf()` in the next one returns its figure.
        InlineBackend.instance().close_figures = False
        return made

    @wraps(enable)
    def enable_matplotlib(gui: Any = None) -> Any:
        if has_windows(gui):
            return stay_inline(f"%matplotlib {gui or ''}".strip())
        InlineBackend.instance().close_figures = True
        return enable(gui)

    @wraps(gui)
    def enable_gui(name: Any = None) -> None:
        if name and name != INLINE:
            note(WINDOWS.format(f"%gui {name}"))
        else:
            gui(name)

    @wraps(use)
    def use_backend(backend: Any, **options: Any) -> None:
        stay_inline("matplotlib.use") if has_windows(backend) else use(backend, **options)

    @wraps(switch)
    def switch_backend(newbackend: Any) -> None:
        # What is no name is matplotlib's own way to say that it may choose.
        if isinstance(newbackend, str) and has_windows(newbackend):
            stay_inline("plt.switch_backend")
        else:
            switch(newbackend)

    shell.enable_matplotlib, shell.enable_gui = enable_matplotlib, enable_gui
    matplotlib.use, pyplot.switch_backend = use_backend, switch_backend


def _unanswered(what: str) -> Callable[..., str]:
    """Make what stands for a question at the keyboard."""
    times = iter(range(MOST_QUESTIONS))

    def unanswered(prompt: Any = "", stream: Any = None) -> str:
        if next(times, None) is None:
            raise EOFError(f"Nobody answers {what} when the notebook is graded.")
        note(QUESTION.format(what))
        print(prompt)
        return ""

    return unanswered


def _install_nothing(shell: Any) -> None:
    """Pass over installations: there is no network, and nothing that could be written to."""
    system, getoutput = shell.system, shell.getoutput

    def passed_over(line: str = "") -> None:
        note(INSTALLATION)

    for name in INSTALLERS:
        shell.register_magic_function(passed_over, "line", name)

    @wraps(system)
    def run(command: str) -> None:
        note(INSTALLATION) if INSTALLS.match(command) else system(command)

    @wraps(getoutput)
    def run_for_output(command: str, *arguments: Any, **options: Any) -> Any:
        if INSTALLS.match(command):
            note(INSTALLATION)
            command = ":"
        return getoutput(command, *arguments, **options)

    shell.system, shell.getoutput = run, run_for_output


class _WithStandIns(ast.NodeTransformer):
    """Has a cell import a stand-in for a package that draws and is not there.

    Imports mostly stand above much else, and whoever imports inside of ``try`` knows better.
    """

    def visit_Module(self, module: ast.Module) -> ast.Module:
        module.body = [new for statement in module.body for new in _imports(statement)]
        return ast.fix_missing_locations(module)


def _imports(statement: ast.stmt) -> list[ast.stmt]:
    """Take an import apart where something is missing; what is none stays as it is."""
    if isinstance(statement, ast.Import):
        missing = [name for name in statement.names if _is_missing(name.name)]
        made = [
            _assigned(name.asname or name.name.partition(".")[0], name.name) for name in missing
        ]
        statement.names = [name for name in statement.names if name not in missing]
        return [*([statement] if statement.names else []), *made]
    named = isinstance(statement, ast.ImportFrom) and not statement.level
    if named and _is_missing(statement.module) and statement.names[0].name != "*":
        return [_assigned(name.asname or name.name, statement.module) for name in statement.names]
    return [statement]


def _is_missing(module: str) -> bool:
    package = module.partition(".")[0]
    return package in DRAWING and find_spec(package) is None


def _assigned(name: str, module: str) -> ast.stmt:
    package = module.partition(".")[0]
    made = f"__import__({__name__!r}, fromlist=['StandIn']).StandIn({package!r})"
    value = ast.parse(made, mode="eval").body
    return ast.Assign([ast.Name(name, ast.Store())], value)


class StandIn:
    """Stands where a package was imported that is not there, until something is done with it.

    Parameters
    ----------
    package : str
        Its name.
    """

    def __init__(self, package: str):
        self.__dict__["_package"] = package
        note(PACKAGE.format(package, listed(drawing_packages())))

    def _missing(self, *given: Any, **named: Any) -> Any:
        package = self.__dict__["_package"]
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)

    def __getattr__(self, name: str) -> Any:
        # What Jupyter and Python look for in anything is no use of it.
        if name.startswith("_"):
            raise AttributeError(name)
        self._missing()

    __call__ = __getitem__ = __setattr__ = __enter__ = _missing
