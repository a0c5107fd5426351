"""Settings come from the environment or `.env`, and nothing unknown is passed over."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.kit.settings import Settings, UnknownSettingError, read_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to start from, and none of our variables."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BROADSHEET_{name.upper()}", raising=False)
    return tmp_path


def test_without_any_setting_it_is_a_file_beside_us() -> None:
    settings = read_settings()

    assert settings.database_url == "sqlite:///var/broadsheet.db"
    assert settings.sqlite_path == Path("var/broadsheet.db")


def test_an_unknown_variable_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BROADSHEET_DATABSE_URL", "sqlite:///typo.db")

    with pytest.raises(UnknownSettingError, match="BROADSHEET_DATABSE_URL"):
        read_settings()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("postgres://ada@db/paper", "postgresql+psycopg://ada@db/paper"),
        ("postgresql://ada@db/paper", "postgresql+psycopg://ada@db/paper"),
        ("postgresql+psycopg://ada@db/paper", "postgresql+psycopg://ada@db/paper"),
        ("sqlite:////srv/paper.db", "sqlite:////srv/paper.db"),
        ("sqlite:///paper.db", "sqlite:///paper.db"),
    ],
)
def test_every_usual_form_of_a_database_url_is_understood(
    monkeypatch: pytest.MonkeyPatch, given: str, kept: str
) -> None:
    monkeypatch.setenv("BROADSHEET_DATABASE_URL", given)

    assert read_settings().database_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "",
        "paper.db",
        "sqlite",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://ada@db/paper",
        "postgresql:/ada",
        "postgresql://ada@db:port/paper",
    ],
)
def test_a_database_url_that_we_cannot_use_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("BROADSHEET_DATABASE_URL", url)

    with pytest.raises(ValidationError) as refused:
        read_settings()
    assert refused.value.errors()[0]["loc"] == ("database_url",)


@pytest.mark.parametrize("name", ["API_URL", "SITE_URL"])
def test_a_base_address_loses_its_trailing_slash(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"BROADSHEET_{name}", "https://courier.example/news/")

    settings = read_settings()

    assert getattr(settings, name.lower()) == "https://courier.example/news"


@pytest.mark.parametrize(
    "url",
    [
        "courier.example",
        "/news",
        "ftp://courier.example",
        "https://",
        "https://courier.example/?edition=1",
        "https://courier.example/#top",
        "https://ada:secret@courier.example",
    ],
)
def test_a_base_address_is_an_absolute_one_without_more(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("BROADSHEET_SITE_URL", url)

    with pytest.raises(ValidationError) as refused:
        read_settings()
    assert refused.value.errors()[0]["loc"] == ("site_url",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THREADS", "many"),
        ("THREADS", "0"),
        ("THREADS", "201"),
        ("BODY_BYTES", "12"),
        ("PUBLIC_ACCESS", "members"),
        ("ACCESS_LOG", "perhaps"),
        ("DELIVERY_DATABASE_URL", "sqlite:///replica.db"),
    ],
)
def test_a_bad_value_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"BROADSHEET_{name}", value)

    with pytest.raises(ValidationError, match=name.lower()):
        read_settings()


def test_a_replica_of_postgresql_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_DELIVERY_DATABASE_URL", "postgres://reader@b/paper")

    replica = read_settings().delivery_database_url

    assert replica == "postgresql+psycopg://reader@b/paper"


def test_a_dotenv_file_is_read_and_the_environment_goes_before_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "BROADSHEET_SITE_NAME=The Courier\nBROADSHEET_THREADS=3\n"
    (folder / ".env").write_text(lines, "utf-8")
    monkeypatch.setenv("BROADSHEET_THREADS", "5")

    settings = read_settings()

    assert (settings.site_name, settings.threads) == ("The Courier", 5)


def test_other_programs_may_use_the_same_dotenv_file(folder: Path) -> None:
    lines = "POSTGRES_PASSWORD=secret\nBROADSHEET_SITE_NAME=The Courier\n"
    (folder / ".env").write_text(lines, "utf-8")

    assert read_settings().site_name == "The Courier"


def test_an_unknown_variable_in_a_dotenv_file_is_refused(folder: Path) -> None:
    (folder / ".env").write_text("BROADSHEET_SITENAME=The Courier\n", "utf-8")

    with pytest.raises(ValidationError, match="sitename"):
        read_settings()


def test_settings_do_not_change_once_read() -> None:
    settings = read_settings()

    with pytest.raises(ValidationError, match="frozen"):
        setattr(settings, "threads", 1)  # noqa: B010


def test_every_setting_is_described() -> None:
    nameless = [
        name for name, field in Settings.model_fields.items() if not field.description
    ]

    assert nameless == []


def test_several_caches_are_named_with_spaces_or_commas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inner, outer = (
        "purge+http://10.0.0.5:6081",
        "fastly+https://a.example/service/1/purge",
    )
    monkeypatch.setenv("BROADSHEET_PURGE_URLS", f" {inner}/, {outer} ")

    assert read_settings().purge_urls == (inner, outer)


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.5:6081",
        "purge+10.0.0.5",
        "drop+http://10.0.0.5",
        "ban+http://ada:hush@10.0.0.5",
        "fastly+https://api.fastly.example/service/1",
        f"purge+http://{'a' * 300}",
    ],
)
def test_what_cannot_be_told_to_drop_anything_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("BROADSHEET_PURGE_URLS", url)

    with pytest.raises(ValidationError):
        read_settings()
