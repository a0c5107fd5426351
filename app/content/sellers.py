"""Who may sell a newspaper's advertising: ads.txt 1.1 and app-ads.txt (IAB Tech Lab).

A file is made of records and variables that were checked, never of free text: a line
that crawlers cannot read is skipped by them in silence, and its money is lost.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from app.kit.schemas import Input
from app.kit.strings import Line, OneLine

AdsTxtFile = Literal["ads", "app-ads"]
MOST_RECORDS = 5_000

NOBODY = "placeholder.example.com, placeholder, DIRECT, placeholder"
"""What a file says that lets nobody sell: an empty one would say nothing at all."""

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z]{{2,63}}")
_FIELD = re.compile(r"[^\s,;#=]+")


def _domain(text: str) -> str:
    if not _DOMAIN.fullmatch(text.lower()):
        raise ValueError("a domain is needed, such as example.com, without a scheme")
    return text.lower()


def _field(text: str) -> str:
    if not _FIELD.fullmatch(text):
        raise ValueError("no spaces, commas, semicolons, = or # may stand in it")
    return text


def _comment(text: str) -> str:
    if "#" in text:
        raise ValueError("a comment begins with # by itself; none may stand in it")
    return text


Domain = Annotated[str, OneLine(253, min_length=3), AfterValidator(_domain)]
FieldText = Annotated[str, OneLine(200, min_length=1), AfterValidator(_field)]
Comment = Annotated[Line, AfterValidator(_comment)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]


class SellerRecord(Input):
    """A line of the file: an advertising system, and who sells there on what terms."""

    domain: Domain = Field(description="The system's own domain, such as google.com.")
    account: FieldText = Field(description="The seller's account there.")
    relationship: Literal["DIRECT", "RESELLER"] = Field(
        description="Whether the newspaper holds the account, or somebody else does."
    )
    certification: FieldText | None = Field(
        default=None, description="The system's id at a certification authority."
    )
    comment: Comment | None = Field(default=None, description="For whoever reads it.")
    seller_id: FieldText | None = Field(
        default=None,
        description="How the system's sellers.json names the newspaper, to check it by;"
        " not in the file.",
    )


class ManagedBy(Input):
    """Who manages the advertising, everywhere or in one country."""

    domain: Domain = Field(description="The manager's business domain.")
    country: Country | None = Field(
        default=None, description="ISO 3166-1 alpha-2; null: everywhere else."
    )


class SellersFile(Input):
    """Everything that stands in ads.txt, or in app-ads.txt."""

    records: list[SellerRecord] = Field(
        max_length=MOST_RECORDS, description="`[]` says that nobody may sell."
    )
    owner_domain: Domain | None = Field(
        default=None, description="The business domain of the owner (OWNERDOMAIN)."
    )
    managers: list[ManagedBy] = Field(
        default=[], max_length=300, description="Who manages it (MANAGERDOMAIN)."
    )
    contacts: list[Comment] = Field(
        default=[], max_length=20, description="Whom to ask (CONTACT)."
    )
    subdomains: list[Domain] = Field(
        default=[],
        max_length=200,
        description="Subdomains with a file of their own (SUBDOMAIN).",
    )
    inventory_partner_domains: list[Domain] = Field(
        default=[],
        max_length=200,
        description="Whose files count too (INVENTORYPARTNERDOMAIN).",
    )

    @model_validator(mode="after")
    def _says_each_thing_once(self) -> Self:
        sellers = [(each.domain, each.account) for each in self.records]
        if len(set(sellers)) < len(sellers):
            raise ValueError("an account stands in the file once")
        countries = [each.country for each in self.managers]
        if len(set(countries)) < len(countries):
            raise ValueError("a country has one manager, and so has everywhere else")
        return self

    def text(self) -> str:
        """Write the file, a line for each record and variable."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        if self.owner_domain:
            yield f"OWNERDOMAIN={self.owner_domain}"
        for manager in self.managers:
            country = f", {manager.country}" if manager.country else ""
            yield f"MANAGERDOMAIN={manager.domain}{country}"
        for name, values in (
            ("CONTACT", self.contacts),
            ("SUBDOMAIN", self.subdomains),
            ("INVENTORYPARTNERDOMAIN", self.inventory_partner_domains),
        ):
            yield from (f"{name}={value}" for value in values)
        yield from map(_line, self.records)
        if not self.records:
            yield NOBODY


def _line(record: SellerRecord) -> str:
    parts = [record.domain, record.account, record.relationship]
    parts += [record.certification] if record.certification else []
    comment = f" # {record.comment}" if record.comment else ""
    return f"{', '.join(parts)}{comment}"
