"""What a text can be found by: the same tokens on SQLite and PostgreSQL.

Neither engine's own parser is used, because they differ: to_tsvector breaks `1e5x`
in two and changes case by the database's locale, FTS5's unicode61 breaks Hindi and
Thai at their vowel signs. So each is given finished tokens: FTS5 a text for its
`ascii` tokenizer, which splits at our spaces alone, PostgreSQL a tsvector that it
only has to read.
"""

from app.content.words.indexing import (
    FTS5_TOKENIZER,
    Weight,
    index_text,
    tokens,
    tsvector,
)
from app.content.words.querying import Question, questions, questions_so_far
from app.content.words.writing import fts5_match, tsquery

__all__ = [
    "FTS5_TOKENIZER",
    "Question",
    "Weight",
    "fts5_match",
    "index_text",
    "questions",
    "questions_so_far",
    "tokens",
    "tsquery",
    "tsvector",
]
