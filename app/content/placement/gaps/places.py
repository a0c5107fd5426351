"""Walking a story once: before which of its blocks an advertisement may stand.

The tests come in a fixed order, and the first that fails is the reason that editors
are told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from app.content.placement.gaps.stops import Stop
from app.content.placement.rules import PlacementRules

Refusal = Literal[
    "too_short",
    "not_a_candidate",
    "cap_reached",
    "never_after",
    "never_before",
    "beside_no_ads",
    "near_the_end",
    "too_early",
    "too_close",
    "no_slot",
    "suppressed",
]
"""Why no advertisement stands at a place; `never_before` is of fronts alone."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A gap between two blocks, two pictures, or two containers of a front.

    `index` is that of the block before which it is; units and words are counted from
    the beginning of the story.
    """

    index: int
    after_block: str
    before_block: str | None
    after_item: int | None = None
    units_before: int = 0
    words_before: int = 0
    refused: Refusal | None = None


class Walk:
    """One walk through a story, by the rules of a policy."""

    def __init__(self, stops: Sequence[Stop], rules: PlacementRules):
        self.stops, self.rules = stops, rules
        counted = [self._is_unit(stop) for stop in stops]
        self.units = [0, *accumulate(counted)]
        self.words = [0, *accumulate(stop.words for stop in stops)]
        words = self.words[-1]
        self.is_short = words < rules.min_words or self.units[-1] < rules.min_units
        self.cap = min(rules.max_slots, words // rules.words_per_slot)
        self.taken = 0
        self.latest: int | None = None
        self.tests: Sequence[tuple[Refusal, Callable[[int], bool]]] = (
            ("too_short", lambda _: self.is_short),
            ("not_a_candidate", self._is_no_candidate),
            ("cap_reached", lambda _: self.taken >= self.cap),
            ("never_after", self._is_after_a_bar),
            ("beside_no_ads", self._is_beside_no_ads),
            ("near_the_end", self._is_near_the_end),
            ("too_early", self._is_too_early),
            ("too_close", self._is_too_close),
        )

    def judged(self) -> list[Place]:
        """Judge the gap before every block but the first."""
        return [self._judged(index) for index in range(1, len(self.stops))]

    def _judged(self, index: int) -> Place:
        """Judge the gap before a block, and count a slot that may stand there."""
        refused = next((name for name, fails in self.tests if fails(index)), None)
        if refused is None:
            self.taken += 1
            self.latest = index
        return Place(
            index=index,
            after_block=self.stops[index - 1].id,
            before_block=self.stops[index].id,
            units_before=self.units[index],
            words_before=self.words[index],
            refused=refused,
        )

    def _is_no_candidate(self, index: int) -> bool:
        rules, kind = self.rules, self.stops[index].type
        return kind not in rules.candidates or kind in rules.never_before

    def _is_after_a_bar(self, index: int) -> bool:
        before = self.stops[index - 1]
        return before.is_small_image or before.type in self.rules.never_after

    def _is_beside_no_ads(self, index: int) -> bool:
        return not all(stop.takes_ads for stop in self.stops[index - 1 : index + 1])

    def _is_near_the_end(self, index: int) -> bool:
        # Both counts have the block at hand in them.
        units = self.units[-1] - self.units[index]
        words = self.words[-1] - self.words[index]
        return units < self.rules.tail_units + 1 or words < self.rules.tail_words

    def _is_too_early(self, index: int) -> bool:
        rules, units, words = self.rules, self.units[index], self.words[index]
        is_early = units < rules.first_after_units or words < rules.first_after_words
        return self.latest is None and is_early

    def _is_too_close(self, index: int) -> bool:
        if self.latest is None:
            return False
        rules = self.rules
        units = self.units[index] - self.units[self.latest]
        words = self.words[index] - self.words[self.latest]
        is_far = units >= rules.gap_units and words >= rules.gap_words
        return not is_far and words < rules.gap_words_alone

    def _is_unit(self, stop: Stop) -> bool:
        return stop.type in self.rules.count_as_unit and not stop.is_small_image
