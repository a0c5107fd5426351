"""The table block."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.content.blocks.element import Element
from app.content.blocks.values import InlineHtml
from app.kit.strings import Text

Alignment = Literal["left", "center", "right", "none"]
MAX_ROWS = 200
MAX_COLUMNS = 50


class Table(Element):
    """Rows of equal width under an optional header."""

    type: Literal["table"]
    caption: Text = Field(default="", description="What the table shows.")
    header: list[InlineHtml] = Field(
        default=[], max_length=MAX_COLUMNS, description="Inline HTML; empty: no header."
    )
    rows: list[list[InlineHtml]] = Field(
        max_length=MAX_ROWS, description="Inline HTML, row by row."
    )
    align: list[Alignment] = Field(
        default=[], description="One for each column; empty: none is aligned."
    )

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.header or (self.rows[0] if self.rows else []))

    @model_validator(mode="after")
    def _is_a_rectangle(self) -> Self:
        if not 1 <= self.width <= MAX_COLUMNS:
            raise PydanticCustomError(
                "table_width", "a table has 1 to {most} columns", {"most": MAX_COLUMNS}
            )
        lengths = {self.width, *map(len, self.rows)}
        if len(lengths | ({len(self.align)} if self.align else set())) > 1:
            raise PydanticCustomError(
                "ragged_table", "header, rows and align of a table are equally long"
            )
        return self
