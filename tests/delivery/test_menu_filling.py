"""What becomes of menu items whose targets have, or have not, an address."""

from uuid import UUID

from app.delivery.menus import filled_items
from app.delivery.schemas.menus import MenuItem

WORLD, SPORT = UUID(int=1), UUID(int=2)
URLS = {WORLD: "https://www.example.org/world"}


def section(section_id: UUID, *below: MenuItem) -> MenuItem:
    return MenuItem(
        label="a section", url=None, kind="section", id=section_id, items=list(below)
    )


def link(url: str | None, *below: MenuItem) -> MenuItem:
    return MenuItem(label="a link", url=url, kind=None, id=None, items=list(below))


def test_a_live_target_gives_its_address() -> None:
    [item] = filled_items([section(WORLD)], URLS)

    assert item.url == "https://www.example.org/world"
    assert (item.kind, item.id) == ("section", WORLD)


def test_an_item_whose_target_is_gone_is_dropped() -> None:
    items = filled_items([section(SPORT), section(WORLD)], URLS)

    assert [item.id for item in items] == [WORLD]


def test_it_stays_as_a_heading_where_something_is_left_below_it() -> None:
    [item] = filled_items([section(SPORT, section(WORLD))], URLS)

    assert (item.label, item.url, item.kind, item.id) == ("a section", None, None, None)
    assert [child.id for child in item.items] == [WORLD]


def test_it_goes_where_nothing_is_left_below_it() -> None:
    assert filled_items([section(SPORT, section(SPORT))], URLS) == []


def test_links_and_headings_of_the_editors_own_stay() -> None:
    outside = link("https://shop.example.org/")
    heading = link(None, section(SPORT))

    items = filled_items([outside, heading], URLS)

    assert items == [outside, link(None)]
