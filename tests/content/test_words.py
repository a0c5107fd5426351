"""The tokens of a text: what readers find a story by, on both engines alike."""

import sqlite3
import sys
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import psycopg
import pytest
import snowballstemmer  # type: ignore[import-untyped]
from hypothesis import example, given
from hypothesis import strategies as st
from psycopg.rows import TupleRow

from app.content.words import (
    FTS5_TOKENIZER,
    Question,
    fts5_match,
    index_text,
    questions,
    questions_so_far,
    tokens,
    tsquery,
    tsvector,
)

LANGUAGES = ["en-GB", "fr", "de", "tr", "ru", "hi", "zh-Hant", "th", "ar", "und"]

Stories = list[tuple[str, str]]
Search = Callable[[list[Question]], set[int]]

NASTY: Stories = [
    ("en", "covid19 3D 1e5 1e5x 12e 0x1f 007 -5 +3e4 4x4 a@b.co.uk /usr/bin/x.py"),
    ("en", "NEAR(a b) title:x foo* \"quote' OR 1=1; -- AND NOT ^x {y} <b>&amp;</b> \\"),
    ("en", "O\u2019Brien\u2019s state-of-the-art \u2018plan\u2019 for the U.N."),
    ("fr", "L\u2019\u00e9lection fut \u00e9lev\u00e9e \u0153uvre"),
    ("de", "Vierunddrei\u00dfig H\u00e4user, STRASSE"),
    ("tr", "\u0130stanbul'da KADINLAR I\u015eIK"),
    ("ru", "\u0401\u043b\u043a\u0438 \u043d\u043e\u0432\u044b\u0439"),
    ("hi", "चुनावों की लड़कियाँ क्षेत्र"),
    ("ta", "தேர்தல் முடிவுகள்"),
    ("th", "ที่นี่ประเทศไทย"),
    ("my", "မြန်မာ"),
    ("zh", "2024年北京大學𠮷野家"),
    ("ko", "서울에서 열린"),
    ("he", "שָׁלוֹם צה״ל"),
    ("chr", "ᏣᎳᎩ ꮳꮃꭹ"),
    ("ff", "𞤀𞤁𞤂"),
    ("ka", "ᲙᲐᲚᲐᲥᲘ"),
    ("en", "nul\x00bell\x07 soft\u00adhyphen bom\ufeff emoji👩‍👧 ½ Ⅳ ﷺ"),
    ("en", "x" * 5000),
    ("en", ""),
]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en-GB", "The Councils elected", "the council elect"),
        ("en", "state-of-the-art", "state of the art"),
        ("en", "O\u2019Brien\u2019s don't", "obrien dont"),
        ("en", "soft\u00adware bi\u200bword", "softwar bi word"),
        ("en", "the U.N. and J.K. Rowling", "the un and jk rowl"),
        ("en", "10,000 of 3.5 and 1.250.000", "10000 of 3 5 and 1250000"),
        ("en", "covid19 m² Brand™", "covid19 m2 brand"),
        ("fr-CA", "L\u2019élection d\u2019hier, qu'il", "elect hi il"),
        ("it", "dell\u2019arte", "arte"),
        ("de", "Straße STRASSE", "strass strass"),
        ("tr", "İstanbul'da", "istanbul"),
        ("uk", "п'ять п\u2019ять", "пять пять"),
        ("ru", "Ёлки за\u0301мки", "елк замк"),
        ("el", "Εκλογές ΕΚΛΟΓΏΝ", "εκλογ εκλογ"),
        ("sr", "шума šuma", "sum sum"),
        ("nn", "Ærø Łódź", "aero lodz"),
        ("ar", "الانتخابـــات مُحَمَّد ٢٠٢٤", "انتخاب محمد 2024"),
        ("zh", "2024年北京大学", "2024 年北 北京 京大 大学"),
        ("ja", "ｶﾞﾗｽ ガラス", "ガラ ラス ガラ ラス"),
        ("ko", "서울에서", "서울 울에 에서"),
        ("th", "ที่นี่", "ที่นี่"),
        ("xx-unknown", "Elections", "elections"),
        ("en_US", "Elections", "elect"),
    ],
)
def test_a_text_is_found_by(language: str, text: str, found: str) -> None:
    assert tokens(text, language) == found.split()


def test_a_word_is_the_same_composed_and_decomposed() -> None:
    for language, text in NASTY:
        decomposed = unicodedata.normalize("NFD", text)
        assert tokens(decomposed, language) == tokens(text, language)


def test_an_accent_that_changes_the_stem_gives_both_forms() -> None:
    assert tokens("élevée", "fr") == ["eleve", "elev"]
    assert tokens("élevé", "fr") == ["elev"]
    assert tokens("elevee", "fr") == ["eleve"]
    assert tokens("une élevée de", "fr") == ["une", "eleve", "de", "elev"]


def test_every_character_becomes_a_token_of_the_alphabet_or_none() -> None:
    for number in range(sys.maxunicode + 1):
        for token in tokens(f"a{chr(number)}b", "und"):
            assert all(map(_is_of_the_alphabet, token)), hex(number)


def _is_of_the_alphabet(character: str) -> bool:
    if character.isascii():
        return character.isdigit() or character.islower()
    is_letter = unicodedata.category(character)[0] in "LM" or character == "\u3007"
    return is_letter and not unicodedata.name(character, "").startswith("LATIN")


@given(st.text(), st.sampled_from(LANGUAGES))
@example("İ", "tr")
def test_an_index_text_splits_into_its_tokens(text: str, language: str) -> None:
    assert index_text(text, language).split() == tokens(text, language)


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_a_text_answers_to_its_own_words(text: str, language: str) -> None:
    # Letters and digits only: nothing of it is an operator.
    plain = "".join(each if each.isalnum() else " " for each in text).lower()
    found = set(tokens(plain, language))

    for question in questions(plain, [language]):
        for [terms] in question.groups:
            assert all(found & set(term.forms) for term in terms)


def test_many_threads_stem_as_one_does() -> None:
    stems = [f"thread{a}{b}" for a in "bdfglmnprstvz" for b in ("arr", "unn", "olt")]
    words = [f"{stem}{ending}" for stem in stems for ending in ("ing", "ed", "ly")]
    stemmer = snowballstemmer.stemmer("english")
    with _hasty_threads(), ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda word: tokens(word, "en"), words * 4))
    assert found == [[stemmer.stemWord(word)] for word in words] * 4


@contextmanager
def _hasty_threads() -> Iterator[None]:
    patient = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(patient)


def test_a_question_is_put_in_every_language() -> None:
    assert tsquery(questions("L'élection", ["en", "fr"])) == (
        "('lelection' | 'lelect') | 'elect'"
    )
    assert tsquery(questions("Wahlen", [])) == "'wahlen'"


def test_a_question_has_at_most_sixteen_words() -> None:
    [question] = questions("a b c d " * 100, ["en"])
    assert len(question.groups) == 16


def test_the_last_word_may_be_a_beginning() -> None:
    assert tsquery(questions_so_far("new elections", ["en"])) == (
        "('new' & ('elect' | 'elections':*))"
    )
    assert questions_so_far("new ", ["en"]) == questions("new", ["en"])
    assert questions_so_far("?", ["en"]) == []
    for typed in ("ferry OR", "ferry -sea", '"new elections', "a " * 16 + "zeb"):
        assert questions_so_far(typed, ["en"]) == questions(typed, ["en"])


@pytest.mark.parametrize(
    ("question", "match", "query"),
    [
        ("NEAR(o'neil)", '("near" AND "oneil")', "('near' & 'oneil')"),
        ("x:y *", '("x" AND "y")', "('x' & 'y')"),
        ("a OR b -c", '(("a" OR "b") NOT "c")', "(('a' | 'b') & !'c')"),
        ('a -b -"c d"', '("a" NOT ("b" OR "c d"))', "('a' & !'b')"),
        ('headline:"a b" c', '({title} : "a b" AND "c")', "(('a':A & 'b':A) & 'c')"),
        ("-a", '""', ""),
    ],
)
def test_queries_hold_nothing_but_quoted_tokens(
    question: str, match: str, query: str
) -> None:
    asked = questions(question, ["und"])

    assert (fts5_match(asked), tsquery(asked)) == (match, query)


def test_weights_and_places_are_in_the_tsvector() -> None:
    vector = tsvector([("A", ["roof", "fire"]), ("D", ["fire"])])
    assert vector == "'roof':1A 'fire':2A,4D"


def test_sqlite_keeps_every_token() -> None:
    with _fts5(FTS5_TOKENIZER, NASTY) as connection:
        assert _terms(connection) == _expected()


def test_unicode61_would_break_words_at_their_vowel_signs() -> None:
    with _fts5("unicode61", NASTY) as connection:
        assert _terms(connection) - _expected()


def test_postgresql_keeps_every_token(postgresql_url: str) -> None:
    with _postgresql(postgresql_url, NASTY) as connection:
        rows = connection.execute(
            "SELECT id, lexeme FROM stories, unnest(vector)"
        ).fetchall()
    assert set(rows) == _expected()


def test_postgresqls_own_parser_would_break_words(postgresql_url: str) -> None:
    with _postgresql(postgresql_url, []) as connection:
        parsed = connection.execute("SELECT to_tsvector('simple', '1e5x')").fetchone()
    assert tokens("1e5x", "en") == ["1e5x"]
    assert parsed is not None
    assert "'1e5x'" not in parsed[0]


@pytest.mark.parametrize(
    ("question", "languages", "hits"),
    [
        ("3d", ["en"], {0}),
        ("1e5", ["en"], {0}),
        ("O'Brien UN", ["en"], {2}),
        ("elections", ["en", "fr"], {3}),
        ("élection elevee", ["en", "fr"], {3}),
        ("oeuvres", ["fr"], {3}),
        ('"fut élevée œuvre"', ["fr"], {3}),
        ('"fut elevee oeuvre"', ["fr"], {3}),
        ("strasse haus", ["de"], {4}),
        ("kadinlar", ["tr"], {5}),
        ("ISTANBUL", ["tr", "en"], {5}),
        ("новая", ["ru"], {6}),
        ("चुनाव", ["hi"], {7}),
        ("ประเทศ", ["th"], {9}),
        ("京", ["zh"], {11}),
        ("北京", ["en"], {11}),
        ("서울", ["ko"], {12}),
        ("hous OR", ["en"], set()),
        ('"', ["en"], set()),
        ("", ["en"], set()),
    ],
)
def test_both_engines_find_the_same(
    postgresql_url: str, question: str, languages: list[str], hits: set[int]
) -> None:
    with _searches(postgresql_url, NASTY) as searches:
        clauses = questions(question, languages)
        assert [search(clauses) for search in searches] == [hits, hits]


@pytest.mark.parametrize("ask", [questions, questions_so_far])
def test_no_question_is_a_mistake_to_an_engine(
    postgresql_url: str, ask: Callable[[str, list[str]], list[Question]]
) -> None:
    with _searches(postgresql_url, NASTY) as searches:

        @given(st.text() | st.sampled_from([text for _, text in NASTY]))
        @example("x" * 5000)
        @example("ท" + "่" * 5000)
        @example("'':*&|!<->()\\\x00\"")
        def put(question: str) -> None:
            asked = ask(question, LANGUAGES)
            by_fts5, by_tsquery = (search(asked) for search in searches)
            assert by_fts5 <= by_tsquery
            assert by_fts5 == by_tsquery or any(each.has_phrases for each in asked)

        put()


def test_a_text_too_long_for_a_tsvector_is_indexed_as_far_as_it_goes(
    postgresql_url: str,
) -> None:
    latin = " ".join(f"w{number}" for number in range(60_000))
    letters = "".join(map(chr, range(0x20000, 0x2A6D0)))
    # Four bytes a letter, and hardly a pair of them twice: the dearest text there is.
    stories = [("und", latin), ("und", letters + letters[::-1])]
    indexed = [tokens(text, language) for language, text in stories]
    assert [found[-1] for found in indexed] != ["w59999", letters[1::-1]]
    with _postgresql(postgresql_url, stories) as connection:
        rows = connection.execute("SELECT length(vector) FROM stories ORDER BY id")
        assert rows.fetchall() == [(len(set(found)),) for found in indexed]


def _expected() -> set[tuple[int, str]]:
    return {
        (number, token)
        for number, (language, text) in enumerate(NASTY)
        for token in tokens(text, language)
    }


@contextmanager
def _fts5(tokenizer: str, stories: Stories) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            f"CREATE VIRTUAL TABLE stories USING fts5(words, tokenize='{tokenizer}')"
        )
        connection.execute(
            "CREATE VIRTUAL TABLE terms USING fts5vocab(stories, instance)"
        )
        for number, (language, text) in enumerate(stories):
            connection.execute(
                "INSERT INTO stories (rowid, words) VALUES (?, ?)",
                (number, index_text(text, language)),
            )
        yield connection


def _terms(connection: sqlite3.Connection) -> set[tuple[int, str]]:
    return set(connection.execute("SELECT doc, term FROM terms"))


@contextmanager
def _postgresql(url: str, stories: Stories) -> Iterator[psycopg.Connection[TupleRow]]:
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        connection.execute("CREATE TEMPORARY TABLE stories (id int, vector tsvector)")
        for number, (language, text) in enumerate(stories):
            connection.execute(
                "INSERT INTO stories VALUES (%s, CAST(%s AS tsvector))",
                (number, tsvector([("D", tokens(text, language))])),
            )
        yield connection
        connection.rollback()


@contextmanager
def _searches(url: str, stories: Stories) -> Iterator[list[Search]]:
    with _fts5(FTS5_TOKENIZER, stories) as lite, _postgresql(url, stories) as post:

        def by_fts5(asked: list[Question]) -> set[int]:
            match = (fts5_match(asked),)
            rows = lite.execute(
                "SELECT rowid FROM stories WHERE stories MATCH ?", match
            )
            return {number for (number,) in rows}

        def by_tsvector(asked: list[Question]) -> set[int]:
            rows = post.execute(
                "SELECT id FROM stories WHERE vector @@ CAST(%s AS tsquery)",
                (tsquery(asked),),
            )
            return {number for (number,) in rows}

        yield [by_fts5, by_tsvector]
