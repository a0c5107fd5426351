"""Every list equals a plain Python filter over all articles, whatever is asked.

Random newspapers, then random queries: the answer of the posting lists, followed
from page to page, is compared with looking at each article in turn.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal, TypeVar
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.conftest import START
from tests.delivery.reading import walk
from tests.newsroom import Json, Newsroom

Order = Literal["newest", "oldest", "updated"]
Value = TypeVar("Value")

SECTIONS = ["world", "world/europe", "world/europe/north", "sport", "sport/rowing"]
AUTHORS = ["ada", "bo", "cleo"]
TAGS = ["eu", "nato", "trade", "fish"]
CLOSED = {
    "genre": ["news", "opinion", "review"],
    "type": ["article", "gallery"],
    "language": ["en", "en-GB", "de"],
    "access": ["free", "subscriber"],
}
KNOWN = {"section": SECTIONS, "author": AUTHORS, "tag": TAGS, **CLOSED}
UNKNOWN = {
    "section": ["nowhere", "world/asia"],
    "author": ["nobody"],
    "tag": ["unheard-of"],
    "genre": ["recipe"],
    "type": ["audio"],
    "language": ["fr"],
    "access": ["registered"],
}
# Few moments, so that many stories share one.
MOMENTS = [datetime(2026, 5, day, 6, tzinfo=UTC) for day in (1, 2, 3, 4)]


@dataclass(frozen=True)
class Story:
    """What readers should be given of an article."""

    id: str
    published_at: datetime
    updated_at: datetime
    facets: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Asked:
    """A query, as a frontend means it."""

    groups: tuple[tuple[str, bool, tuple[str, ...]], ...]
    after: datetime | None
    before: datetime | None
    updated_after: datetime | None
    exclude: tuple[int, ...]
    ids: tuple[int, ...] | None
    order: Order
    limit: int


def matching(stories: Sequence[Story], asked: Asked) -> list[str]:
    """Look at every article in turn."""
    excluded = {stories[each].id for each in asked.exclude}
    found = [
        story
        for story in stories
        if story.id not in excluded
        and (asked.after is None or story.published_at >= asked.after)
        and (asked.before is None or story.published_at < asked.before)
        and (asked.updated_after is None or story.updated_at >= asked.updated_after)
        and all(
            bool(story.facets[kind] & set(values)) is not is_none_of
            for kind, is_none_of, values in asked.groups
        )
    ]
    if asked.ids is not None:
        kept = {story.id for story in found}
        wanted = dict.fromkeys(stories[each].id for each in asked.ids)
        return [each for each in wanted if each in kept]
    by_update = asked.order == "updated"
    found.sort(
        key=lambda story: (
            story.updated_at if by_update else story.published_at,
            story.id,
        ),
        reverse=asked.order != "oldest",
    )
    return [story.id for story in found]


def query_of(stories: Sequence[Story], asked: Asked) -> str:
    """Write a query the way a frontend would."""
    pairs = [
        (kind, ",".join(f"-{value}" if is_none_of else value for value in values))
        for kind, is_none_of, values in asked.groups
    ]
    times = {
        "published_after": asked.after,
        "published_before": asked.before,
        "updated_after": asked.updated_after,
    }
    pairs += [(name, at.isoformat()) for name, at in times.items() if at]
    for name, numbers in (("exclude", asked.exclude), ("ids", asked.ids)):
        if numbers:
            pairs.append((name, ",".join(stories[each].id for each in numbers)))
    pairs += [("order", asked.order), ("limit", str(asked.limit)), ("total", "true")]
    return "&".join(f"{name}={quote(value)}" for name, value in pairs)


@st.composite
def asked_of(draw: st.DrawFn, count: int) -> Asked:
    kinds = draw(st.lists(st.sampled_from(sorted(KNOWN)), max_size=4))
    groups = []
    for kind in kinds:
        value = st.sampled_from(KNOWN[kind] * 3 + UNKNOWN[kind])
        values = draw(st.lists(value, min_size=1, max_size=3))
        groups.append((kind, draw(st.booleans()), tuple(values)))
    moment = st.none() | st.none() | st.sampled_from(MOMENTS)
    numbers = st.lists(st.integers(0, count - 1), max_size=6).map(tuple)
    return Asked(
        groups=tuple(groups),
        after=draw(moment),
        before=draw(moment),
        updated_after=draw(moment | st.just(START)),
        exclude=draw(numbers),
        ids=draw(st.none() | st.none() | numbers.filter(bool)),
        order=draw(st.sampled_from(["newest", "oldest", "updated"])),
        limit=draw(st.sampled_from([1, 3, 10, 100])),
    )


def some(random: Random, values: Sequence[Value], most: int) -> list[Value]:
    return random.sample(values, random.randint(0, most))


def lineage(paths: Sequence[str]) -> frozenset[str]:
    """Name the sections a story stands in, ancestors included."""
    parts = [path.split("/") for path in paths]
    return frozenset(
        "/".join(part[: depth + 1]) for part in parts for depth in range(len(part))
    )


def random_content(random: Random) -> Json:
    return {
        "section": random.choice(SECTIONS),
        "sections": some(random, SECTIONS, 1),
        "authors": some(random, AUTHORS, 2),
        "tags": some(random, TAGS, 3),
        **{name: random.choice(values) for name, values in CLOSED.items()},
    }


def facets_of(content: Json) -> dict[str, frozenset[str]]:
    return {
        "section": lineage([content["section"], *content["sections"]]),
        "author": frozenset(content["authors"]),
        "tag": frozenset(content["tags"]),
        **{name: frozenset([content[name]]) for name in CLOSED},
    }


def random_newspaper(newsroom: Newsroom, seed: int) -> Iterator[Story]:
    """Publish stories; some are edited after that, changed again, or withdrawn."""
    random = Random(seed)  # noqa: S311
    for path in SECTIONS:
        parent, _, slug = path.rpartition("/")
        newsroom.section(slug, slug=slug, parent=parent or None)
    for name in AUTHORS:
        newsroom.author(name)
    for name in TAGS:
        newsroom.tag(name)
    for _ in range(14):
        yield from random_story(newsroom, random)


def random_story(newsroom: Newsroom, random: Random) -> Iterator[Story]:
    content = random_content(random)
    at = random.choice(MOMENTS)
    draft = newsroom.draft("Story", **content)
    article = newsroom.publish(draft, published_at=at.isoformat())
    story = Story(article["id"], at, at, facets_of(content))
    match random.choice(["kept", "kept", "edited", "released", "withdrawn"]):
        case "kept":
            yield story
        case "edited":
            newsroom.edit(article, **random_content(random))
            yield story
        case "released":
            newsroom.clock.advance(minutes=1)
            content = random_content(random)
            newsroom.publish(newsroom.edit(article, **content))
            now = START + timedelta(minutes=1)
            yield replace(story, updated_at=now, facets=facets_of(content))
            newsroom.clock.advance(minutes=-1)
        case "withdrawn":
            newsroom.withdraw(article)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_list_is_what_looking_at_every_article_finds(
    newsroom: Newsroom, client: TestClient, seed: int
) -> None:
    stories = list(random_newspaper(newsroom, seed))

    check = _checking(client, stories)

    check()


def _checking(client: TestClient, stories: Sequence[Story]) -> Callable[[], None]:
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(asked=asked_of(len(stories)))
    def check(asked: Asked) -> None:
        pages = walk(client, query_of(stories, asked))

        expected = matching(stories, asked)
        assert [item["id"] for page in pages for item in page["data"]] == expected
        if asked.ids is None:
            most = max((len(page["data"]) for page in pages), default=0)
            assert most <= asked.limit
        assert {page["meta"]["total"] for page in pages} == {len(expected)}

    return check
