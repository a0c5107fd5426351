"""An article to be read aloud, printed or fed to a program: as text, as Markdown."""

from collections.abc import Sequence

from app.content.forms import markdown_inline
from app.feeds.stories import Story


def plain(story: Story, body: str) -> str:
    """Write it as plain text: what stands above it, the story, whose it is."""
    head = [story.kicker, story.headline, story.standfirst, _line(story)]
    return _joined([*head, body, story.rights.line])


def markdown(story: Story, body: str) -> str:
    """Write it as CommonMark, the headline as its title."""
    plain_text = markdown_inline.plain
    standfirst = f"**{plain_text(story.standfirst)}**" if story.standfirst else None
    head = [f"# {plain_text(story.headline)}", standfirst, plain_text(_line(story))]
    return _joined([*head, body, plain_text(story.rights.line)])


def _line(story: Story) -> str:
    by = story.byline or ", ".join(story.writers)
    date = story.published_at.strftime("%Y-%m-%d")
    return ", ".join(filter(None, (by, date)))


def _joined(parts: Sequence[str | None]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
