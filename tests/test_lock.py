"""Each lock holds what pyproject.toml asks for: all of it, nothing else, by hash.

Judged without a network, from the locks and from what the installed packages
say that they need. `make lock` writes them anew.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS: dict[str, list[str]] = PYPROJECT["project"].get("optional-dependencies", {})
GROUPS: dict[str, list[str]] = PYPROJECT["dependency-groups"]

RUNTIME = [
    *PYPROJECT["project"]["dependencies"],
    *(r for extra in EXTRAS.values() for r in extra),
]
LOCKS = {
    "requirements.lock": [*RUNTIME, *(r for group in GROUPS.values() for r in group)],
    "requirements-runtime.lock": RUNTIME,
    "requirements-build.lock": [
        *GROUPS["build"],
        *PYPROJECT["build-system"]["requires"],
    ],
}
each_lock = pytest.mark.parametrize("lock", LOCKS)


@dataclass(frozen=True, slots=True)
class Pin:
    """One `name==version` of a lock, with the files that may stand for it."""

    name: str
    version: str
    marker: Marker | None
    hashes: frozenset[str]

    @property
    def applies(self) -> bool:
        """Tell whether this Python on this platform would install it."""
        return self.marker is None or self.marker.evaluate()


def read_pins(lock: str) -> list[Pin]:
    """Read a lock as pip does, comments left out."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    pins = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pinned, *hashes = line.split(" --hash=")
        requirement = Requirement(pinned)
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", line
        name = canonicalize_name(requirement.name)
        stripped = frozenset(digest.strip() for digest in hashes)
        pins.append(Pin(name, specifier.version, requirement.marker, stripped))
    return pins


def unmet(asked: Iterable[str], pins: Iterable[Pin]) -> tuple[list[str], set[str]]:
    """Follow requirements: those no pin meets, and the names that all of them reach."""
    versions = {pin.name: pin.version for pin in pins if pin.applies}
    waiting = [(Requirement(text), "") for text in asked]
    missing: list[str] = []
    reached: set[str] = set()
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, extra = waiting.pop()
        key = (str(requirement), extra)
        if key in seen or not _applies(requirement, extra):
            continue
        seen.add(key)
        name = canonicalize_name(requirement.name)
        reached.add(name)
        if name not in versions or not requirement.specifier.contains(versions[name]):
            missing.append(str(requirement))
            continue
        needs = [Requirement(text) for text in _requires(name)]
        waiting += [
            (need, extra) for extra in ("", *requirement.extras) for need in needs
        ]
    return missing, reached


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        install = "pip install --require-hashes --no-deps -r requirements.lock"
        pytest.fail(f"{name} is in the lock and not here: {install}", pytrace=False)


def _applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


@each_lock
def test_a_lock_meets_every_requirement(lock: str) -> None:
    missing, _ = unmet(LOCKS[lock], read_pins(lock))

    assert missing == []


@each_lock
def test_a_lock_holds_nothing_that_nobody_asks_for(lock: str) -> None:
    pins = read_pins(lock)

    _, reached = unmet(LOCKS[lock], pins)

    assert {pin.name for pin in pins if pin.applies} - reached == set()


@each_lock
def test_a_lock_names_the_requirements_of_other_platforms_too(lock: str) -> None:
    asked = {canonicalize_name(Requirement(text).name) for text in LOCKS[lock]}

    assert asked - {pin.name for pin in read_pins(lock)} == set()


@each_lock
def test_every_pin_has_a_hash_and_no_lock_has_an_address(lock: str) -> None:
    assert [pin.name for pin in read_pins(lock) if not pin.hashes] == []
    assert "://" not in (ROOT / lock).read_text("utf-8")


@each_lock
def test_the_smaller_locks_are_parts_of_the_whole(lock: str) -> None:
    whole = {
        (pin.name, pin.version, pin.hashes) for pin in read_pins("requirements.lock")
    }

    assert {
        (pin.name, pin.version, pin.hashes) for pin in read_pins(lock)
    } - whole == set()


@pytest.mark.parametrize(
    "absent", ["fastapi>=9999", "not-in-any-lock", "psycopg[pool]"]
)
def test_a_requirement_that_no_pin_meets_is_found(absent: str) -> None:
    missing, _ = unmet([absent], read_pins("requirements.lock"))

    assert len(missing) == 1
