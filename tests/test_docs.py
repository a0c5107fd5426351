"""The documentation is true: its commands run, and its lists are the program's."""

import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import get_args

import pytest
from httpx import Response
from pydantic.fields import FieldInfo
from starlette.testclient import TestClient
from typer.core import TyperGroup
from typer.main import get_command

from app.cli import cli
from app.content.blocks.containers import Stored
from app.content.blocks.element import Element
from app.kit.errors import known_problems
from app.kit.settings import PREFIX, Settings
from app.main import create_app
from tests.pictures.drawing import picture

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
PROBLEM = re.compile(r"^\| `([a-z-]+)` \| (\d{3}) \|", re.MULTILINE)
FILE = re.compile(r"`((?:app|docs|migrations|tests)/[\w./-]*)`")
KEY = re.compile(r"\bbs_[\w-]{40,}")
MACHINE = re.compile(r"(?<![\w.-])/(?:home|mnt|private|root|tmp|Users|work|workspace)/")
DEMO = """
import sys
from app.cli import main
sys.argv = ["broadsheet", "demo", "--no-serve"]
main()
"""
CUT = "…"

CURL = ArgumentParser("curl", exit_on_error=False)
CURL.add_argument("url")
CURL.add_argument("-X", dest="method")
CURL.add_argument("-H", dest="headers", action="append", default=[])
CURL.add_argument("-d", dest="body")
CURL.add_argument("--data-binary", dest="file")
CURL.add_argument("-i", action="store_true")


@dataclass(frozen=True)
class Paper:
    """The sample newspaper as `broadsheet demo` loads it, and what that printed."""

    database: Path
    printed: str

    @property
    def key(self) -> str:
        """The key that opens its newsroom."""
        found = KEY.search(self.printed)
        assert found, self.printed
        return found[0]


@dataclass(frozen=True)
class Example:
    """A command of a page, and the answers shown below it by their language."""

    command: str
    shown: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Load the sample newspaper with the very command that the README names."""
    folder = tmp_path_factory.mktemp("paper")
    others = {k: v for k, v in os.environ.items() if not k.startswith(PREFIX)}
    run = subprocess.run(
        [sys.executable, "-c", DEMO],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=others | {"PYTHONPATH": str(ROOT)},
    )
    assert run.returncode == 0, run.stderr
    return Paper(folder / "var" / "broadsheet.db", run.stdout)


@pytest.fixture
def reader(
    paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """A client of a newspaper that this test may change."""
    monkeypatch.chdir(tmp_path)  # Where no .env lies.
    copy = tmp_path / "copy.db"
    with (
        closing(sqlite3.connect(paper.database)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    settings = Settings(
        database_url=f"sqlite:///{copy}",
        site_name="The Aldmere Courier",
        media_path=paper.database.parent / "media",
        background=False,
        threads=2,
        stream_seconds=0,
    )
    app = create_app(settings)
    with TestClient(app, raise_server_exceptions=False) as client:
        client.follow_redirects = False
        yield client


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/guides/frontend.md",
        "docs/guides/mobile.md",
        "docs/guides/editor.md",
        "docs/guides/partner.md",
        "docs/guides/feeds.md",
    ],
)
def test_the_commands_of_a_page_give_what_the_page_says(
    name: str, paper: Paper, reader: TestClient
) -> None:
    values = {"KEY": paper.key}
    examples = list(_examples(_text(name)))
    assert examples
    for example in examples:
        response = _run(reader, example.command, values)
        values["ETAG"] = response.headers.get("ETag", "")
        where = f"{name}: {example.command}"
        if not example.shown:
            assert response.is_success, f"{where}\n{response.text}"
        if "http" in example.shown:
            _compare_head(response, example.shown["http"], where)
        if "json" in example.shown:
            _compare(response.json(), json.loads(example.shown["json"]), where)
        if "text" in example.shown:
            _compare(response.text.rstrip(), example.shown["text"].rstrip(), where)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"a": 1}, {"a": 2}),
        ({"a": 1, "b": 2}, {"a": 1}),
        ({"a": 1}, {"a": 1, "b": 2, CUT: CUT}),
        ([1, 2], [1]),
        ([1], [1, CUT]),
        ("Tuesday", "Mon…"),
        ({"a": [{"b": None}]}, {"a": [{"b": CUT, "c": CUT}]}),
    ],
)
def test_a_page_that_says_something_else_is_noticed(
    given: object, shown: object
) -> None:
    with pytest.raises(AssertionError):
        _compare(given, shown, "here")


def test_the_readme_quotes_what_the_demo_prints(paper: Paper) -> None:
    quoted = next(text for kind, text in FENCE.findall(_text("README.md")) if kind)
    printed = [line for line in paper.printed.splitlines() if line.strip()]
    for line in filter(None, map(str.strip, quoted.splitlines())):
        shown = _pattern(line)
        assert any(shown.fullmatch(each.strip()) for each in printed), line


def test_what_the_demo_prints_can_be_typed(paper: Paper, reader: TestClient) -> None:
    printed = paper.printed.replace("\\\n", " ").splitlines()
    commands = [line for line in printed if line.strip().startswith("curl ")]
    assert commands
    for command in commands:
        response = _run(reader, command, {"KEY": paper.key})
        assert response.is_success, f"{command}\n{response.text}"


def test_the_readme_names_every_room() -> None:
    rooms = {each.parent.name for each in (ROOT / "app").glob("*/__init__.py")}
    missing = {room for room in rooms if f" {room}" not in _text("README.md")}
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_every_command_line_that_is_shown_is_understood(name: str) -> None:
    blocks = "".join(text for kind, text in FENCE.findall(_text(name)) if kind == "sh")
    for line in re.findall(r"^broadsheet (.+)$", blocks, re.MULTILINE):
        command = get_command(cli)
        for word in shlex.split(line):
            if isinstance(command, TyperGroup):
                assert word in command.commands, line
                command = command.commands[word]
            elif word.startswith("--"):
                known = {option for each in command.params for option in each.opts}
                assert word in known, line


def test_the_operator_is_told_of_every_command() -> None:
    command = get_command(cli)
    assert isinstance(command, TyperGroup)
    text = _text("docs/guides/operator.md")
    assert not [
        name for name in command.commands if f"| `broadsheet {name}` |" not in text
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in LINK.findall(FENCE.sub("", _text(name))):
        if re.match(r"https?://|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        page = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        assert page.is_file(), f"{name}: {target}"
        assert not anchor or anchor in _anchors(page.read_text("utf-8")), target


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_is_named_exists(name: str) -> None:
    missing = [path for path in FILE.findall(_text(name)) if not (ROOT / path).exists()]
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_no_page_names_a_place_of_somebodys_machine(name: str) -> None:
    assert not MACHINE.findall(_text(name))


def test_the_settings_are_those_of_the_program() -> None:
    rows = [_setting(name, about) for name, about in Settings.model_fields.items()]
    table = ["| Variable | Default | Meaning |", "|---|---|---|", *rows]
    assert "\n".join(table) in _text("docs/guides/operator.md"), "\n".join(table)


def test_the_problems_are_those_of_the_program() -> None:
    documented = dict(PROBLEM.findall(_text("docs/problems.md")))
    known = {
        code: str(kind.status)
        for code, kind in known_problems().items()
        if kind.__module__.startswith("app.")
    }
    assert documented == known


@pytest.mark.parametrize("block", get_args(Stored))
def test_the_blocks_are_those_of_the_program(block: type[Element]) -> None:
    fields = {
        name: about
        for name, about in block.model_fields.items()
        if name not in Element.model_fields
    }
    (kind,) = get_args(fields.pop("type").annotation)
    names = [
        f"**{about.alias or name}**" if about.is_required() else name
        for name, about in fields.items()
    ]
    row = f"| `{kind}` | {', '.join(names) or '–'} |"
    assert row in _text("docs/guides/editor.md"), row


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _examples(text: str) -> Iterator[Example]:
    """Find each `curl`, with the blocks of answers that stand right below it."""
    example: Example | None = None
    end = 0
    for fence in FENCE.finditer(text):
        kind, block = fence.groups()
        follows = not text[end : fence.start()].strip()
        end = fence.end()
        if kind in ("http", "json", "text") and follows and example is not None:
            example.shown[kind] = block
            continue
        if example is not None:
            yield example
        example = Example(block) if kind == "sh" and "curl " in block else None
    if example is not None:
        yield example


def _run(client: TestClient, command: str, values: dict[str, str]) -> Response:
    words = [
        Template(word).safe_substitute(values)
        for word in shlex.split(command.replace("\\\n", " "), comments=True)
    ]
    asked = CURL.parse_args(words[words.index("curl") + 1 :])
    pairs = (header.split(": ", 1) for header in asked.headers)
    body = asked.body.encode() if asked.body else None
    if asked.file:
        body = picture()
    method = asked.method or ("POST" if body else "GET")
    headers = dict(pairs)
    answer: Response = client.request(method, asked.url, headers=headers, content=body)
    return answer


def _compare_head(response: Response, shown: str, where: str) -> None:
    status, *lines = shown.strip().splitlines()
    assert status.split()[1] == str(response.status_code), f"{where}\n{response.text}"
    for line in lines:
        if line != CUT:
            name, value = line.split(": ", 1)
            _compare(response.headers.get(name), value, f"{where} {name}")


def _compare(given: object, shown: object, where: str) -> None:
    """Compare an answer with the page, where `…` stands for anything left out."""
    if shown == CUT:
        return
    if isinstance(shown, dict):
        assert isinstance(given, dict), where
        names = shown.keys() - {CUT}
        missing = names ^ given.keys() if CUT not in shown else names - given.keys()
        assert not missing, f"{where}: {sorted(missing)}"
        for name in names:
            _compare(given[name], shown[name], f"{where} /{name}")
    elif isinstance(shown, list):
        assert isinstance(given, list), where
        kept = [item for item in shown if item != CUT]
        is_cut = len(kept) < len(shown)
        assert len(given) > len(kept) if is_cut else len(given) == len(kept), where
        for index, item in enumerate(kept):
            _compare(given[index], item, f"{where} /{index}")
    elif isinstance(shown, str) and CUT in shown:
        fits = isinstance(given, str) and _pattern(shown).fullmatch(given)
        assert fits, f"{where}: {given}"
    else:
        assert given == shown, where


def _pattern(shown: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, shown.split(CUT))), re.DOTALL)


def _anchors(text: str) -> set[str]:
    """Name the headings of a page as GitHub does."""
    headings = HEADING.findall(FENCE.sub("", text))
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def _setting(name: str, about: FieldInfo) -> str:
    default = "none" if about.default in (None, ()) else f"`{about.default}`"
    if isinstance(about.default, bool):
        default = f"`{str(about.default).lower()}`"
    return f"| `{PREFIX}{name.upper()}` | {default} | {about.description} |"
