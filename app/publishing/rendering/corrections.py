"""The corrections that stand in a story, as a list of their own."""

from collections.abc import Iterable

from app.content.blocks.element import Element
from app.content.blocks.text import Correction
from app.content.walking import pieces
from app.delivery.schemas.articles import ArticleCorrection


def corrections_in(body: Iterable[Element]) -> list[ArticleCorrection]:
    """List a body's corrections in the order they stand."""
    return [
        ArticleCorrection(
            kind=block.kind,
            html=block.html,
            text=block.text,
            at=block.at,
            block=block.id,
        )
        for block in pieces(body)
        if isinstance(block, Correction)
    ]
