"""The rules of CONTRIBUTING and of the house, each as a look at the syntax tree.

Every guard says in its docstring which bug it prevents. `test_architecture.py`
runs them over the code, and over a bad example each, which has to be found.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Imports point downwards only. What stands beside the packages puts all together.
RANKS = {
    "kit": 0,
    "access": 1,
    "content": 1,
    "pictures": 1,
    "changes": 2,
    "delivery": 3,
    "newsroom": 3,
    "publishing": 4,
    "feeds": 4,
    "webhooks": 4,
    "manage": 5,
    "importers": 5,
    "edge": 5,
}
TOP = 6

# Health is not among them: it asks whether the database answers, not for anything.
ROUTERS = re.compile(r"app/(manage|delivery/routes)/|app/(api|docs)\.py")

# Where a value has no type, and why it may stay so.
UNTYPED = {
    "app/kit/": "values from outside still have no type here",
    "app/newsroom/.*/models": "a JSON column; the schema beside it is its type",
    "app/docs.py": "an OpenAPI document is what FastAPI makes of it",
    "app/cli/serving.py": "the logging module takes a dictionary",
    "app/importers/": "foreign content, typed by the schema that it is checked with",
    "app/delivery/lists.py": "a SELECT of one of two shapes",
    "app/delivery/sections.py": "a branch of a tree, read from stored bytes",
    "app/delivery/articles.py": "an article, read from stored bytes",
}

MISNOMERS = "Manager Helper Helpers Util Utils Handler Base Impl Data Info".split()
VAGUE_MODULES = frozenset("utils util helpers helper common base misc".split())

# Names that a library looks up, so that we could not choose them.
GIVEN = frozenset({"load_dialect_impl", "process_bind_param", "process_result_value"})

NEWSROOM_WORDS = frozenset(
    """article articles headline byline standfirst newsroom newspaper editor editors
    reporter publish publisher published embargo withdraw withdrawn killed""".split()
)

# Functions that are one call, which names every field of a document once.
LISTING_FIELDS = frozenset(
    {
        "app/publishing/rendering/ad_slots.py:render",
        "app/publishing/rendering/articles.py:_detail",
        "app/publishing/rendering/seo.py:article",
    }
)

# The last resort of a request, and the loops that have to outlive what they run.
CATCHES_EVERYTHING = (
    "app/kit/refusals.py",
    "app/background.py",
    "app/changes/watching.py",
    "app/publishing/timing/clockwork.py",
    "app/publishing/timing/switching.py",
)

READS_ENVIRONMENT = ("app/kit/settings.py", "app/cli/")


@dataclass(frozen=True)
class Source:
    """One file of Python: where it is and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    @property
    def package(self) -> str:
        """The part of `app` it belongs to, without `.py`."""
        return self.path.split("/")[1].removesuffix(".py")

    @property
    def definitions(self) -> Iterator[ast.FunctionDef | ast.ClassDef]:
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield node

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    @property
    def calls(self) -> Iterator[str]:
        """The last name of everything that is called."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield _last_name(node.func)


Guard = Callable[[Source], Iterator[str]]


def sources(folder: str) -> list[Source]:
    """Read every file below a folder of the project."""
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text())
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


def imports_point_downwards(source: Source) -> Iterator[str]:
    """Prevents cycles, and readers' code that could show an editor's draft."""
    own = RANKS.get(source.package, TOP)
    for name in _imported(source):
        other = name.split(".")[1] if "." in name else "app"
        rank = RANKS.get(other, TOP)
        is_own = other == source.package or own == rank == TOP
        if name.partition(".")[0] == "app" and rank >= own and not is_own:
            yield f"imports {name}, which is not below it"


def imports_stand_at_the_top(source: Source) -> Iterator[str]:
    """Prevents a cycle hidden in a function, which fails at the first request."""
    for function in source.functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"imports inside {function.name}, line {node.lineno}"
    for node in source.nodes:
        if isinstance(node, ast.Name) and node.id == "TYPE_CHECKING":
            yield f"imports only for the type checker, line {node.lineno}"


def names_say_what_a_thing_is(source: Source) -> Iterator[str]:
    """Prevents drawers where everything ends up, and nobody finds it again."""
    if Path(source.path).stem in VAGUE_MODULES:
        yield "is named after nothing"
    for node in source.definitions:
        if node.name in GIVEN or (node.name == "Base" and source.package == "kit"):
            continue
        words = re.findall("[A-Z][a-z0-9]*", node.name)
        if isinstance(node, ast.ClassDef) and set(words) & set(MISNOMERS):
            yield f"{node.name} says nothing"
        if re.match(r"_?(do|process|handle)_", node.name) or node.name.endswith("_obj"):
            yield f"{node.name} says nothing"


def only_sessions_commit(source: Source) -> Iterator[str]:
    """Prevents half a release: a commit before the log row is written."""
    if source.path != "app/kit/db.py" and "commit" in source.calls:
        yield "commits"


def routers_do_not_select(source: Source) -> Iterator[str]:
    """Prevents a second idea of what is public, in a place nobody looks for it."""
    if ROUTERS.match(source.path) and {"select", "Select"} & set(source.calls):
        yield "selects"


def one_clock(source: Source) -> Iterator[str]:
    """Prevents naive times, and embargoes that a test cannot wait for."""
    if source.path == "app/kit/clock.py":
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute):
            spelt = ast.unparse(node)
            if re.fullmatch(
                r"(.*\.)?(datetime\.(utc)?now|date\.today|time\.time)", spelt
            ):
                yield f"asks for the time by {spelt}, line {node.lineno}"


def values_have_types(source: Source) -> Iterator[str]:
    """Prevents a misspelt field that only a reader finds."""
    if any(re.match(place, source.path) for place in UNTYPED):
        return
    for node in source.nodes:
        if isinstance(node, ast.Name) and node.id == "Any":
            yield f"has a value of no type, line {node.lineno}"


def failures_are_foreseen(source: Source) -> Iterator[str]:
    """Prevents a bug from passing as an answer: one place catches everything."""
    if source.path in CATCHES_EVERYTHING:
        return
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and (
            node.type is None or _last_name(node.type) in ("Exception", "BaseException")
        ):
            yield f"catches everything, line {node.lineno}"


def settings_are_read_once(source: Source) -> Iterator[str]:
    """Prevents a setting that changes under a running process, or in one of two."""
    if source.path.startswith(READS_ENVIRONMENT):
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
            yield f"reads the environment, line {node.lineno}"


def the_kit_knows_no_newspaper(source: Source) -> Iterator[str]:
    """Prevents a kit that cannot be understood, or changed, without the newsroom."""
    if source.package != "kit":
        return
    for node in source.nodes:
        name = getattr(node, "name", None) or getattr(node, "id", None)
        name = name or getattr(node, "arg", None) or getattr(node, "attr", None)
        words = re.findall("[a-z]+", re.sub("([A-Z])", r"_\1", str(name)).lower())
        for word in sorted(NEWSROOM_WORDS.intersection(words)):
            yield f"speaks of {word}, line {getattr(node, 'lineno', 0)}"


def modules_say_what_they_promise(source: Source) -> Iterator[str]:
    """Prevents a file that only its author can tell from the one beside it."""
    if source.text.strip() and not ast.get_docstring(source.tree):
        yield "has no docstring"


def modules_are_short(source: Source) -> Iterator[str]:
    """Prevents a file that holds two thoughts."""
    limit = 400 if source.path.startswith("tests/") else 300
    if (lines := len(source.text.splitlines())) > limit:
        yield f"has {lines} lines, at most {limit}"


def functions_are_short(source: Source) -> Iterator[str]:
    """Prevents a function that cannot be read at a glance."""
    for function in source.functions:
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > 40 and f"{source.path}:{function.name}" not in LISTING_FIELDS:
            yield f"{function.name} has {lines} lines, at most 40"


GUARDS: tuple[Guard, ...] = (
    imports_point_downwards,
    imports_stand_at_the_top,
    names_say_what_a_thing_is,
    only_sessions_commit,
    routers_do_not_select,
    one_clock,
    values_have_types,
    failures_are_foreseen,
    settings_are_read_once,
    the_kit_knows_no_newspaper,
    modules_say_what_they_promise,
    modules_are_short,
    functions_are_short,
)


def _imported(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "app":
            yield from (f"app.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
