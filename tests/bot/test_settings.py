"""The settings: what is read, and the one line with which half a configuration is refused."""

import os
from pathlib import Path

import pytest

from bot.refusal import Refusal
from bot.settings import NAMES, PUBLIC_API, Settings
from data.folder import CONTENT

FAMILY = "1111:family-secret"
COORDINATOR = "2222:coordinator-secret"
LIVE = {
    "FAMILY_BOT_TOKEN": FAMILY,
    "COORDINATOR_BOT_TOKEN": COORDINATOR,
    "COORDINATORS": "41, 42,41",
}
UNSIGNED = ("unsigned: one", "unsigned: two")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment and a folder in which nothing of Vigil is set."""
    for name in list(os.environ):
        if name.upper().startswith("VIGIL_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def read(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    """Read these variables, and refuse half a configuration."""
    for name, value in values.items():
        monkeypatch.setenv(f"VIGIL_{name}", value)
    return Settings.read().whole()


def test_nothing_set_is_a_demonstration() -> None:
    """Without any setting Vigil runs as a demonstration, its database outside the tree."""
    settings = Settings.read().whole()
    assert not settings.live
    assert settings.telegram_api == PUBLIC_API
    assert settings.web == ("127.0.0.1", 8080)
    assert settings.content == CONTENT
    assert settings.time_scale == 1
    assert not settings.database.resolve().is_relative_to(CONTENT.parent.parent)


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of .env.example may all stay empty."""
    assert (
        read(monkeypatch, **{name.removeprefix("VIGIL_"): "" for name in NAMES}) == Settings.read()
    )


def test_everything_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each variable arrives in the shape that the house uses."""
    settings = read(
        monkeypatch,
        **LIVE,
        COORDINATOR_GROUP="-100123",
        TELEGRAM_API="http://127.0.0.1:8081/",
        DATABASE=str(tmp_path / "vigil.db"),
        WEB="[::1]:9090",
        WEBHOOK_URL="https://vigil.example.org/",
        WEBHOOK_SECRET="a-b_C9",
        ALLOW_UNSIGNED="yes",
        CONTENT=str(tmp_path),
        TIME_SCALE="60",
        APPRISE_ON_CALL="mailto://u:p@example.org?to=a,b@example.org, json://localhost",
    )
    assert settings.live
    assert settings.coordinators == (41, 42)
    assert settings.coordinator_group == -100123
    assert settings.telegram_api == "http://127.0.0.1:8081"
    assert settings.database == tmp_path / "vigil.db"
    assert settings.web == ("::1", 9090)
    assert settings.webhook_url == "https://vigil.example.org"
    assert settings.allow_unsigned
    assert settings.time_scale == 60
    assert [a.get_secret_value() for a in settings.apprise["on_call"]] == [
        "mailto://u:p@example.org?to=a,b@example.org",
        "json://localhost",
    ]
    assert list(settings.apprise) == ["on_call"]


def test_env_file_is_read(tmp_path: Path) -> None:
    """.env beside the program means the same as the environment."""
    (tmp_path / ".env").write_text("VIGIL_TIME_SCALE=5\nOTHER=1\n", encoding="utf-8")
    assert Settings.read().time_scale == 5


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (
            {"FAMILY_BOT_TOKEN": FAMILY},
            "VIGIL_FAMILY_BOT_TOKEN is set but VIGIL_COORDINATOR_BOT_TOKEN is not",
        ),
        (
            {"COORDINATOR_BOT_TOKEN": COORDINATOR},
            "VIGIL_COORDINATOR_BOT_TOKEN is set but VIGIL_FAMILY_BOT_TOKEN is not",
        ),
        (
            {**LIVE, "COORDINATORS": ""},
            "the bot tokens are set but VIGIL_COORDINATORS is empty: nobody would be paged",
        ),
        (
            {**LIVE, "COORDINATOR_BOT_TOKEN": FAMILY},
            "VIGIL_FAMILY_BOT_TOKEN and VIGIL_COORDINATOR_BOT_TOKEN are one bot;"
            " each needs its own",
        ),
        (
            {**LIVE, "WEBHOOK_URL": "https://vigil.example.org"},
            "VIGIL_WEBHOOK_URL is set but VIGIL_WEBHOOK_SECRET is not",
        ),
        (
            {**LIVE, "WEBHOOK_SECRET": "abc"},
            "VIGIL_WEBHOOK_SECRET is set but VIGIL_WEBHOOK_URL is not",
        ),
        (
            {"COORDINATORS": "41"},
            "VIGIL_COORDINATORS is set but VIGIL_FAMILY_BOT_TOKEN and"
            " VIGIL_COORDINATOR_BOT_TOKEN are not",
        ),
        (
            {**LIVE, "WEBHOOK_URL": "https://x.example", "WEBHOOK_SECRET": "bad secret!"},
            "VIGIL_WEBHOOK_SECRET may hold 1 to 256 letters, digits, underscores and hyphens only",
        ),
        (
            {"FAMILY_BOT_TOKEN": "hello"},
            "VIGIL_FAMILY_BOT_TOKEN is not a bot token such as BotFather gives:"
            " digits, a colon, letters",
        ),
        (
            {"COORDINATORS": "41;42"},
            "VIGIL_COORDINATORS must be Telegram user ids, digits only, with commas between",
        ),
        (
            {**LIVE, "COORDINATOR_GROUP": "team"},
            "VIGIL_COORDINATOR_GROUP must be the chat id of a group,"
            " a whole number such as -1001234567890",
        ),
        ({"WEB": "8080"}, "VIGIL_WEB must be host:port, such as 127.0.0.1:8080"),
        ({"WEB": "localhost:99999"}, "VIGIL_WEB must be host:port, such as 127.0.0.1:8080"),
        ({"TIME_SCALE": "0"}, "VIGIL_TIME_SCALE must be a whole number from 1 up; 1 is in earnest"),
        (
            {"TIME_SCALE": "1.5"},
            "VIGIL_TIME_SCALE must be a whole number from 1 up; 1 is in earnest",
        ),
        ({"ALLOW_UNSIGNED": "true"}, 'VIGIL_ALLOW_UNSIGNED must be "yes", or empty'),
        ({"CONTENT": "nowhere"}, "VIGIL_CONTENT nowhere is not a folder"),
        ({"DATABASE": "."}, "VIGIL_DATABASE . is a folder; it must name a file"),
        (
            {"TELEGRAM_API": "api.telegram.org"},
            "VIGIL_TELEGRAM_API must be an address such as https://vigil.example.org",
        ),
        (
            {"APPRISE_GROUP": "somebody"},
            "VIGIL_APPRISE_GROUP must be addresses of apprise,"
            " such as mailto://..., with spaces between",
        ),
        (
            {"COORDINATOR": "41"},
            "VIGIL_COORDINATOR is not a setting; did you mean VIGIL_COORDINATORS?",
        ),
        ({"ZZZ": "1"}, "VIGIL_ZZZ is not a setting"),
    ],
)
def test_half_a_configuration_is_refused(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], line: str
) -> None:
    """One exact line names the setting and what is wrong with it."""
    with pytest.raises(Refusal) as refused:
        read(monkeypatch, **values)
    assert str(refused.value) == line


def test_a_misspelt_name_in_the_env_file_is_refused(tmp_path: Path) -> None:
    """A setting that nobody reads is named, wherever it was written."""
    (tmp_path / ".env").write_text("VIGIL_DATABSE=x\n", encoding="utf-8")
    with pytest.raises(Refusal, match="did you mean VIGIL_DATABASE"):
        Settings.read()


@pytest.mark.parametrize(
    "name",
    ["FAMILY_BOT_TOKEN", "WEBHOOK_SECRET", "APPRISE_SECOND", "WEB", "COORDINATORS", "TELEGRAM_API"],
)
def test_no_secret_stands_in_a_refusal(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What was written may be a secret put in the wrong line; it is never repeated."""
    with pytest.raises(Refusal) as refused:
        read(monkeypatch, **{name: "s3cret value"})
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printed settings hide the tokens."""
    shown = repr(read(monkeypatch, **LIVE))
    assert "secret" not in shown.replace("webhook_secret", "").replace("SecretStr", "")


def test_a_live_channel_needs_a_signature_or_the_override(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unsigned content reaches families only where the operator said so."""
    live = read(monkeypatch, **LIVE)
    with pytest.raises(Refusal, match=r"not signed off \(2 unsigned.*VIGIL_ALLOW_UNSIGNED=yes"):
        live.permit(UNSIGNED)
    live.permit(())
    read(monkeypatch, **LIVE, ALLOW_UNSIGNED="yes").permit(UNSIGNED)


def test_a_demonstration_may_be_unsigned() -> None:
    """Without tokens nobody is reached, so nothing is refused."""
    Settings.read().permit(UNSIGNED)


def test_the_example_names_every_setting() -> None:
    """.env.example shows all that can be set, and nothing else."""
    lines = (CONTENT.parent.parent / ".env.example").read_text(encoding="utf-8").splitlines()
    shown = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert shown == set(NAMES)
