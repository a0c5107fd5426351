"""Templates of ad unit paths: what is let in, and how one is filled."""

import pytest

from app.content.placement import unit_paths
from app.content.placement.unit_paths import VARIABLES, Variable

FULL = "/{network}/{site}/{section_path}/{page_type}/{slot}"

VALUES: dict[Variable, str] = {
    "network": "1234",
    "site": "courier",
    "section_path": "politics/council",
    "page_type": "article",
    "slot": "f",
}


@pytest.mark.parametrize(
    "template", [FULL, "/1234/courier.example/{slot}", "/a_b-c/*/{slot}!x", "/{slot}"]
)
def test_a_template_of_known_variables_is_taken_as_it_is(template: str) -> None:
    assert unit_paths.checked(template) == template


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{network}/{slot}", "begins with /"),
        ("/{network}//{slot}", "no empty part"),
        ("/{network}/{slot}/", "no empty part"),
        ("/", "no empty part"),
        ("/{reader}/{slot}", "the variables of a unit path are {network}"),
        ("/{slot.__class__}", "the variables of a unit path are"),
        ("/{}/{slot}", "the variables of a unit path are"),
        ("/{Slot}", "the variables of a unit path are"),
        ("/{{slot}}", "letters, digits"),
        ("/{slot", "letters, digits"),
        ("/slot}", "letters, digits"),
        ("/{slot}?x=1", "letters, digits"),
        ("/{slot} x", "letters, digits"),
        ("/é/{slot}", "letters, digits"),
    ],
)
def test_any_other_template_is_refused_with_its_reason(
    template: str, reason: str
) -> None:
    with pytest.raises(ValueError, match="unit path") as refusal:
        unit_paths.checked(template)

    assert reason in str(refusal.value)


def test_every_variable_is_filled() -> None:
    assert unit_paths.expand(FULL, VALUES) == "/1234/courier/politics/council/article/f"
    assert set(VALUES) == set(VARIABLES)


def test_a_part_without_a_value_is_left_out() -> None:
    values: dict[Variable, str] = {**VALUES, "section_path": ""}

    assert unit_paths.expand(FULL, values) == "/1234/courier/article/f"


def test_a_section_path_may_bring_its_slash_along() -> None:
    values: dict[Variable, str] = {**VALUES, "section_path": "/world"}

    assert unit_paths.expand("/x/{section_path}/{slot}", values) == "/x/world/f"
