"""The program with one check taken out, once for each check there is.

What counts as a check: a cell of the workflow's table, the role of a route, an `if`
that ends in a refusal, and a call whose name says that it checks or takes away.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.access.roles import Role
from app.newsroom.articles.workflow import RULES, STATES

WORKFLOW = "app/newsroom/articles/workflow.py"
DESKS = "app/manage/desks.py"
PLACES = ("access", "manage", "newsroom", "publishing", "delivery", "changes")
CHECKS = re.compile(r"_?(check|refuse|close|remove|forget|hide)(_\w+)?$")
NO_CHECKS = ("session.close",)
LOWEST = "ReporterDesk"
# Whoever may write may do these: there is nothing to loosen.
BY_REPORTERS = [verb for verb, rule in RULES.items() if rule.role == Role.reporter]
OF_REPORTERS = (LOWEST, *(f"{verb.title()}Desk" for verb in BY_REPORTERS))


@dataclass(frozen=True)
class Mutant:
    """A place in a file, and what stands there instead.

    A test that does not get to the line `reached` cannot notice it, unless it is
    `of_table`: what the program reads when it is loaded.
    """

    path: str
    line: int
    what: str
    edits: tuple[tuple[int, int, str], ...]
    reached: int
    is_of_table: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"

    def applied(self, text: str) -> str:
        """Write the file with the change in it."""
        for start, end, instead in sorted(self.edits, reverse=True):
            text = text[:start] + instead + text[end:]
        return text


def mutants(root: Path) -> Iterator[Mutant]:
    """Take out every check of the program, one at a time."""
    for place in PLACES:
        for path in sorted((root / "app" / place).rglob("*.py")):
            source = _Source.read(root, path)
            yield from source.guards()
            yield from source.calls()
            yield from source.desks()
    yield from _Source.read(root, root / WORKFLOW).cells()
    yield from _Source.read(root, root / DESKS).verbs()


@dataclass(frozen=True)
class _Source:
    path: str
    text: str
    tree: ast.Module
    starts: tuple[int, ...]

    @classmethod
    def read(cls, root: Path, path: Path) -> "_Source":
        text = path.read_text(encoding="utf-8")
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        name = path.relative_to(root).as_posix()
        return cls(name, text, ast.parse(text), tuple(starts))

    def guards(self) -> Iterator[Mutant]:
        """Never refuse: the condition of a refusal is false."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.If) and _refuses(node, self.said(node.test)):
                what = f"never: if {self.said(node.test)}"
                yield self.mutant(node.test, what, "False", reached=node.body[0])

    def calls(self) -> Iterator[Mutant]:
        """Leave out a statement that checks, or takes something away."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                called = self.said(node.value.func)
                is_check = CHECKS.match(called.rpartition(".")[2])
                if is_check and called not in NO_CHECKS:
                    yield self.mutant(node, f"without {called}(…)", "pass")

    def desks(self) -> Iterator[Mutant]:
        """Let a route be called by anybody who may write."""
        if not self.path.startswith("app/manage/"):
            return
        imports = [node for node in self.tree.body if isinstance(node, ast.ImportFrom)]
        after = next((n for n in imports if n.module == "app.manage.desks"), None)
        if after is None:
            return
        for node in ast.walk(self.tree):
            if isinstance(node, ast.arg) and node.annotation is not None:
                desk = self.said(node.annotation)
                if desk.endswith("Desk") and desk not in OF_REPORTERS:
                    start, _ = self.span(after)
                    line = f"from app.manage.desks import {LOWEST}\n"
                    what = f"{LOWEST} for {desk}"
                    mutant = self.mutant(node.annotation, what, LOWEST)
                    edits = (*mutant.edits, (start, start, line))
                    yield replace(mutant, edits=edits, is_of_table=True)

    def verbs(self) -> Iterator[Mutant]:
        """Give a verb's desk the role that saving needs."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and self.said(node.func) == "desk_for":
                verb = node.args[0]
                if ast.literal_eval(verb) not in BY_REPORTERS:
                    what = f"the desk of saving for {self.said(verb)}"
                    mutant = self.mutant(verb, what, '"save"')
                    yield replace(mutant, is_of_table=True)

    def cells(self) -> Iterator[Mutant]:
        """Loosen each cell of the table: a lower role, one more state."""
        table = self._value("RULES")
        assert isinstance(table, ast.Dict)
        for key, rule in zip(table.keys, table.values, strict=True):
            assert key is not None
            assert isinstance(rule, ast.Call)
            verb, (role, states) = self.said(key), rule.args
            if self.said(role) != "Role.reporter":
                what = f"{verb} for any role"
                mutant = self.mutant(role, what, "Role.reporter")
                yield replace(mutant, is_of_table=True)
            for state in STATES:
                if state not in RULES[ast.literal_eval(key)].states:
                    instead = f'{self.said(states)} + " {state}"'
                    what = f"{verb} also when {state}"
                    mutant = self.mutant(states, what, instead)
                    yield replace(mutant, is_of_table=True)

    def _value(self, name: str) -> ast.expr:
        for node in self.tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            said = [self.said(target) for target in targets]
            if name in said and isinstance(node, ast.Assign | ast.AnnAssign):
                assert node.value is not None
                return node.value
        raise LookupError(name)

    def said(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return " ".join(self.text[start:end].split())

    def span(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self._offset(node.lineno, node.col_offset),
            self._offset(node.end_lineno, node.end_col_offset),
        )

    def _offset(self, line: int, column: int) -> int:
        start = self.starts[line - 1]
        whole = self.text[start : self.starts[line]].encode()
        return start + len(whole[:column].decode())

    def mutant(
        self,
        node: ast.expr | ast.stmt,
        what: str,
        instead: str,
        *,
        reached: ast.stmt | None = None,
    ) -> Mutant:
        edits = ((*self.span(node), instead),)
        line = (reached or node).lineno
        return Mutant(self.path, node.lineno, what, edits, reached=line)


def _refuses(node: ast.If, test: str) -> bool:
    """Tell whether this is for refusing, or for passing over what is hidden."""
    last = node.body[-1]
    if isinstance(last, ast.Raise):
        # An error that is only passed on is refused by somebody else, and this one
        # tells the type checker what the framework has seen to already.
        is_ours = last.exc is not None
        return is_ours and not test.startswith("not isinstance(error,")
    passes = isinstance(last, ast.Return | ast.Continue)
    return passes and bool(re.search(r"\.state\b|\bhidden\b|is_listed", test))
