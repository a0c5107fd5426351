"""The house keeps its rules: who imports whom, what is where, how long and named."""

import re
from pathlib import Path

import pytest

from tests import architecture
from tests.architecture import GUARDS, ROOT, Guard, Source

APP = architecture.sources("app")
TESTS = architecture.sources("tests")

# What a test is not called, since each of them is meant to work.
EMPTY_WORDS = re.compile(r"(^|_)(should|correctly|properly)(_|$)|_works?$")

# Folders of more than ten files, with how many there may be. Each holds one file
# for each of a known number of things, which no grouping would make easier to find.
MANY_FILES = {
    "app/kit": 26,
    "app/delivery": 14,
    "app/delivery/routes": 12,
    "app/manage": 21,
    "app/publishing": 17,
    "app/publishing/reference": 11,
    "app/publishing/rendering": 15,
}

BAD: list[tuple[Guard, str, str]] = [
    (
        architecture.imports_point_downwards,
        "app/delivery/reading.py",
        "from app.newsroom.articles.models import Article",
    ),
    (
        architecture.imports_point_downwards,
        "app/kit/pages.py",
        "from app import main",
    ),
    (
        architecture.imports_point_downwards,
        "app/access/keys.py",
        "import app.content.story",
    ),
    (
        architecture.imports_stand_at_the_top,
        "app/changes/log.py",
        "def record() -> None:\n    from app.delivery import lists",
    ),
    (
        architecture.imports_stand_at_the_top,
        "app/changes/log.py",
        "if TYPE_CHECKING:\n    from app.delivery import lists",
    ),
    (architecture.names_say_what_a_thing_is, "app/content/utils.py", "X = 1"),
    (
        architecture.names_say_what_a_thing_is,
        "app/content/body.py",
        "class BodyManager: ...",
    ),
    (
        architecture.names_say_what_a_thing_is,
        "app/content/body.py",
        "def process_body() -> None: ...",
    ),
    (
        architecture.only_sessions_commit,
        "app/publishing/releasing.py",
        "def release(session: Session) -> None:\n    session.commit()",
    ),
    (
        architecture.routers_do_not_select,
        "app/manage/tags.py",
        "rows = session.scalars(select(Tag))",
    ),
    (
        architecture.routers_do_not_select,
        "app/delivery/routes/tags.py",
        "rows = session.scalars(sqlalchemy.select(Tag))",
    ),
    (architecture.one_clock, "app/newsroom/slugs.py", "now = datetime.now(UTC)"),
    (architecture.one_clock, "app/newsroom/slugs.py", "now = datetime.datetime.utcnow"),
    (
        architecture.values_have_types,
        "app/edge/keeping/conditional.py",
        "def f(x: Any): ...",
    ),
    (
        architecture.failures_are_foreseen,
        "app/publishing/releasing.py",
        "try:\n    release()\nexcept Exception:\n    pass",
    ),
    (
        architecture.failures_are_foreseen,
        "app/publishing/releasing.py",
        "try:\n    release()\nexcept:\n    pass",
    ),
    (
        architecture.settings_are_read_once,
        "app/publishing/site.py",
        "name = os.environ['BROADSHEET_SITE_NAME']",
    ),
    (
        architecture.the_kit_knows_no_newspaper,
        "app/kit/pages.py",
        "def next_article() -> None: ...",
    ),
    (architecture.modules_say_what_they_promise, "app/kit/pages.py", "X = 1"),
    (architecture.modules_are_short, "app/kit/pages.py", "X = 1\n" * 301),
    (architecture.modules_are_short, "tests/test_pages.py", "X = 1\n" * 401),
    (
        architecture.functions_are_short,
        "app/kit/pages.py",
        "def f() -> None:\n" + "    pass\n" * 40,
    ),
]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_code_keeps_a_rule(guard: Guard) -> None:
    found = [f"{source.path}: {said}" for source in APP for said in guard(source)]

    assert found == [], guard.__doc__


@pytest.mark.parametrize(
    ("guard", "path", "text"), BAD, ids=lambda value: getattr(value, "__name__", None)
)
def test_a_guard_finds_what_it_guards_against(
    guard: Guard, path: str, text: str
) -> None:
    assert list(guard(Source(path, text)))


def test_every_guard_has_its_bad_example_and_its_reason() -> None:
    assert {guard for guard, _, _ in BAD} == set(GUARDS)
    assert all((guard.__doc__ or "").startswith("Prevents") for guard in GUARDS)


def test_the_tests_are_short_files_that_say_what_they_are_about() -> None:
    guards = (
        architecture.modules_are_short,
        architecture.modules_say_what_they_promise,
    )

    found = [f"{s.path}: {said}" for s in TESTS for g in guards for said in g(s)]

    assert found == []


def test_a_test_is_named_by_a_sentence() -> None:
    names = [
        f"{source.path}: {function.name}"
        for source in TESTS
        for function in source.functions
        if function.name.startswith("test_")
    ]

    assert [name for name in names if EMPTY_WORDS.search(name)] == []
    # A word alone is a topic, no sentence.
    assert [name for name in names if name.count("_") < 3] == []


def test_a_folder_holds_ten_files_at_most() -> None:
    """Prevents a drawer; what grows beyond it is split by what it is about."""
    crowded = {}
    for folder in {Path(source.path).parent for source in APP}:
        files = [p for p in (ROOT / folder).glob("*.py") if p.name != "__init__.py"]
        if len(files) > MANY_FILES.get(folder.as_posix(), 10):
            crowded[folder.as_posix()] = len(files)

    assert crowded == {}


def test_every_untyped_place_is_still_needed() -> None:
    """Prevents a list of exceptions that outlives its reasons."""
    for place, reason in architecture.UNTYPED.items():
        found = [s for s in APP if re.match(place, s.path) and "Any" in s.text]
        assert found, (place, reason)


def test_every_package_has_its_rank() -> None:
    """Prevents a package that may import what it likes, since nobody ranked it."""
    packages = {
        path.name
        for path in (ROOT / "app").iterdir()
        if (path / "__init__.py").exists()
    }

    assert packages - architecture.RANKS.keys() == {"cli"}
