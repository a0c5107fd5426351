"""What is written as HTML or Markdown and read again is what it was."""

from hypothesis import given, settings

from app.content.blocks.containers import Stored
from app.content.forms.html import to_html
from app.content.forms.markdown import to_markdown
from app.content.intake.from_html import blocks_from_html
from app.content.intake.from_markdown import blocks_from_markdown
from tests.content.bodies import TEXT_BODIES


@settings(deadline=None, max_examples=80)
@given(TEXT_BODIES)
def test_a_body_of_words_comes_back_from_markdown(body: list[Stored]) -> None:
    assert blocks_from_markdown(to_markdown(body)) == body


@settings(deadline=None, max_examples=80)
@given(TEXT_BODIES)
def test_a_body_of_words_comes_back_from_html(body: list[Stored]) -> None:
    assert blocks_from_html(to_html(body)) == body
