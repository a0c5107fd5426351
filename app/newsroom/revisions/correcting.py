"""Writing a correction into what readers have, and into all that comes after it.

What is unreleased stays so: readers get the released content with the correction
and nothing else. The working copy, and what waits for its time, get the same
changes, so that no later release takes the correction back.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.blocks.containers import StoredBlock
from app.content.blocks.element import Element
from app.content.blocks.text import Correction
from app.content.carrying import carried_over
from app.content.walking import pieces
from app.kit import patches
from app.kit.errors import Fault, Invalid
from app.kit.html import escaped
from app.kit.refusals import pointing_into
from app.newsroom.articles import composing, editing, links
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleCorrect
from app.newsroom.articles.snapshot import Snapshot

_CHANGES = "/changes"


@dataclass(frozen=True)
class _Corrected:
    """What readers had, the same with the changes, and the note about them."""

    before: Snapshot
    after: Snapshot
    note: Correction


def save(
    session: Session, article: Article, data: ArticleCorrect, *, by: str, now: datetime
) -> int:
    """Save a correction; answers the number of the revision that readers are to get.

    There is one new revision for each content that there was: the released one, one
    that waits, and last the working copy.
    """
    made = _correct(session, article, data, now)
    article.touch(now, by=by)
    numbers: dict[int, int] = {}
    contents = _contents(session, article)
    for number, content in contents.items():
        contents[number] = _carry(made, content, data)
        note = data.changes.note or data.text
        editing.add_revision(
            session, article, contents[number], by=by, note=note, now=now
        )
        numbers[number] = article.revision
    editing.keep(article, list(contents.values())[-1])
    links.replace(session, article.id, *contents.values())
    if article.scheduled_revision is not None:
        article.scheduled_revision = numbers[article.scheduled_revision]
    assert article.released_revision is not None
    return numbers[article.released_revision]


def _contents(session: Session, article: Article) -> dict[int, Snapshot]:
    """Read what readers have, what waits and what is worked on, in this order."""
    standing = {article.released_revision, article.scheduled_revision}
    numbers = sorted({each for each in standing if each} | {article.revision})
    contents = {
        number: editing.get_revision(session, article.id, number) for number in numbers
    }
    return contents | {article.revision: editing.latest(article)}


def _correct(
    session: Session, article: Article, data: ArticleCorrect, now: datetime
) -> _Corrected:
    [before] = editing.released(session, article)
    with pointing_into(_CHANGES):
        whole = editing.changed(before, data.changes)
        slug = data.changes.slug or before.slug
        if data.changes.slug:
            editing.check_slug(session, article, slug)
        after = composing.compose(session, whole, slug=slug, before=before)
    _check_subject(after.body, data.about_block)
    [note] = composing.identified([_note(data, now)], pointer="/text")
    assert isinstance(note, Correction)
    return _Corrected(before, after, note)


def _note(data: ArticleCorrect, now: datetime) -> Correction:
    return Correction(
        type="correction",
        kind=data.kind,
        html=escaped(data.text).replace("\n", "<br>"),
        at=now,
        about_block=data.about_block,
    )


def _check_subject(body: list[StoredBlock], about_block: str | None) -> None:
    known = {piece.id for piece in pieces(body) if isinstance(piece, Element)}
    if about_block is not None and about_block not in known:
        fault = Fault(detail="The body has no such block.", pointer="/about_block")
        raise Invalid(faults=[fault])


def _carry(made: _Corrected, content: Snapshot, data: ArticleCorrect) -> Snapshot:
    """Correct a content in the same way; what it has of its own stays unreleased."""
    body = carried_over(made.before.body, made.after.body, content.body)
    # Nobody may read a retracted story before hearing that it is one.
    is_first = data.kind == "retraction"
    noted = [made.note, *body] if is_first else [*body, made.note]
    return Snapshot.model_validate(
        {
            **content.model_dump(mode="json"),
            **_changed_fields(made.after, content, data),
            "body": composing.identified(noted, pointer=f"{_CHANGES}/body"),
        }
    )


def _changed_fields(
    after: Snapshot, content: Snapshot, data: ArticleCorrect
) -> dict[str, object]:
    """Take over the fields that were named; of an object the members that were."""
    named = data.changes.model_dump(mode="json", exclude_unset=True)
    own, corrected = (each.model_dump(mode="json") for each in (content, after))
    return {
        name: patches.merge(own[name], patch)
        if isinstance(patch, dict)
        else corrected[name]
        for name, patch in named.items()
        # There is always a slug: null leaves each content its own.
        if name in own and (name, patch) != ("slug", None)
    }
