"""The page of promises is what the command makes of the results that are kept."""

from tests.prove.page import PAGE, Result, known, page

RESULT = Result(
    name="edits",
    database="SQLite",
    iterations=10_000,
    failures=0,
    figures={"accepted": 812},
    on="2026-11-25",
    commit="0123456789",
)


def test_the_page_is_made_from_the_kept_results() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(known())


def test_a_line_tells_number_bound_figures_date_and_commit() -> None:
    [line] = [each for each in page([RESULT]).splitlines() if "| P8 |" in each]

    assert line.endswith(
        "| **SQLite**: 0 lost updates in 10,000 edits at once (below 0.0003);"
        " accepted 812 (2026-11-25, `0123456789`) |"
    )


def test_what_was_never_run_is_not_yet_measured() -> None:
    rows = [each for each in page([]).splitlines() if each.startswith("| P")]

    assert len(rows) == 15
    assert all(row.endswith("| not yet measured |") for row in rows)


def test_where_something_failed_no_bound_is_claimed() -> None:
    failed = RESULT.model_copy(update={"failures": 2})

    assert "2 lost updates in 10,000 edits at once; accepted" in page([failed])
