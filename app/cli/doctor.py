"""`broadsheet doctor`: what an operator would check first, and how it is."""

import typer

from app import doctor
from app.cli import opening
from app.cli.opening import console
from app.doctor import Finding
from app.kit.clock import system_clock


def examine() -> None:
    """Check settings, database, tables, clock and documents."""
    settings = opening.settings()
    where = opening.place(settings)
    findings = [Finding("settings", is_well=True, detail=f"understood; using {where}")]
    if doctor.is_missing(settings):
        detail = "there is no such file: run `broadsheet migrate`"
        findings.append(Finding("database", is_well=False, detail=detail))
    else:
        with opening.database(settings) as database:
            findings += doctor.examine(database, settings, now=system_clock())
    for finding in findings:
        mark = "ok  " if finding.is_well else "FAIL"
        console.print(f"{mark}  {finding.subject}: {finding.detail}", markup=False)
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(1)
