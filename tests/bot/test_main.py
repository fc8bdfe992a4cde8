"""The command line as a person meets it: one process a call, exit statuses, one line on stderr."""

import contextlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

import main
from data.folder import CONTENT
from data.store import Ledger, open_store
from flows.message import Urn

ROOT = CONTENT.parent.parent
NOW = datetime(2026, 11, 22, tzinfo=UTC)
LIVE = {
    "VIGIL_FAMILY_BOT_TOKEN": "1111:family-secret",
    "VIGIL_COORDINATOR_BOT_TOKEN": "2222:coordinator-secret",
    "VIGIL_COORDINATORS": "41",
}


def vigil(
    folder: Path, *arguments: str, typed: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run main.py in an empty folder, with these settings alone."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("VIGIL_")}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=folder,
        env={**bare, "VIGIL_DATABASE": str(folder / "vigil.db"), **settings},
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("arguments", "settings", "line"),
    [
        (["fly"], {}, "No such command 'fly'."),
        (["assess", "--fast"], {}, "No such option: --fast"),
        (["erase"], {}, "Missing argument 'person'."),
        (["erase", "me"], {}, "'me' is not an address such as telegram:123"),
        (["talk", "--lang", "xx"], {}, "--lang xx: there is no such catalogue; there are en, he"),
        (["drill"], {}, "there is nobody to alert: the bot tokens are not set"),
        (["run"], {"VIGIL_WEB": "x"}, "VIGIL_WEB must be host:port, such as 127.0.0.1:8080"),
        ([], {"VIGIL_TIME_SCALE": "x"}, "VIGIL_TIME_SCALE must be a whole number from 1 up;"),
        (["run"], {**LIVE, "VIGIL_COORDINATORS": ""}, "the bot tokens are set but VIGIL_COORD"),
        (["run"], LIVE, "the content is not signed off (3 unsigned; main.py check lists them)"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], line: str
) -> None:
    """One clear line on stderr, nothing on stdout, nothing written."""
    done = vigil(tmp_path, *arguments, **settings)
    assert done.returncode == 2
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []
    assert "secret" not in done.stderr


def test_cases_are_assessed(tmp_path: Path) -> None:
    """JSON lines in, JSON lines out, with the protocol's stamp."""
    done = vigil(tmp_path, "assess", typed='{"id": 1, "findings": {"temperature_c": 38.0}}\n')
    assert done.returncode == 0
    assert json.loads(done.stdout)["urgency"] == "immediate"


def test_a_bad_case_is_named_by_its_line(tmp_path: Path) -> None:
    """Nothing is judged before all input was found good."""
    typed = '{"id": 1}\n{"id": 2, "findings": {"fevr": true}}\n'
    done = vigil(tmp_path, "assess", typed=typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert "line 2" in done.stderr
    assert done.stderr.count("\n") == 1


def test_assess_pays_for_no_channel(tmp_path: Path) -> None:
    """Neither Telegram library is imported by a command that does not need it."""
    code = (
        "import sys, main; status = main.main(['assess']);"
        "sys.exit(status or any(n in sys.modules for n in ('aiogram', 'telegram', 'apprise')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, input="", text=True, check=False, timeout=60
    )
    assert done.returncode == 0


def test_content_that_replaces_ours_is_refused_exactly(tmp_path: Path) -> None:
    """A folder without the protocol is named."""
    folder = tmp_path / "content"
    folder.mkdir()
    done = vigil(tmp_path, "check", VIGIL_CONTENT=str(folder))
    assert done.returncode == 2
    assert done.stderr == "clofarabine.toml: the file is missing from protocols\n"


def test_the_machines_are_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    """Conversation and page, as Mermaid."""
    assert main.main(["diagram"]) == 0
    drawn = capsys.readouterr().out
    assert drawn.count("stateDiagram-v2") == 2
    assert "triggered --> acknowledged: acknowledge" in drawn


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    """The first call makes the schema, the second finds it made."""
    assert vigil(tmp_path, "migrate").stdout.startswith("applied ")
    assert vigil(tmp_path, "migrate").stdout == "up to date\n"


def test_a_database_in_use_is_refused(tmp_path: Path) -> None:
    """One process for one database."""
    with open_store(tmp_path / "vigil.db"):
        done = vigil(tmp_path, "migrate")
    assert done.returncode == 2
    assert done.stderr.startswith("another process already uses the database")


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    """An export or an erasure makes no database."""
    for arguments in (["export"], ["erase", "telegram:1"]):
        done = vigil(tmp_path, *arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("there is no database at ")


def welcome(urn: Urn, name: str, ledger: Ledger) -> None:
    """Make somebody known."""
    ledger.scene_of(urn, NOW, name=name)


def test_a_person_is_exported_and_erased(tmp_path: Path) -> None:
    """Every row of the person as JSON, while the house runs; then nobody is known there."""
    with open_store(tmp_path / "vigil.db") as store:
        for address, name in (("1", "Ana"), ("2", "Ben")):
            store.submit(partial(welcome, Urn("telegram", address), name)).result()
        rows = [
            json.loads(line)
            for line in vigil(tmp_path, "export", "telegram:1").stdout.split("\n")
            if line
        ]
        everybody = vigil(tmp_path, "export").stdout
    people = [row for row in rows if row["table"] == "people"]
    assert [row["urn"] for row in people] == ["telegram:1"]
    assert people[0]["sealed"]["name"] == "Ana"
    assert {"people", "patients", "carers", "conversations"} <= {row["table"] for row in rows}
    assert '"telegram:2"' in everybody

    assert vigil(tmp_path, "erase", "telegram:1").stdout == "erased telegram:1\n"
    again = vigil(tmp_path, "export", "telegram:1")
    assert (again.returncode, again.stderr) == (2, "nobody is known at telegram:1\n")
    assert '"telegram:2"' in vigil(tmp_path, "export").stdout
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"Ana" not in written
    assert b"Ben" in written


def test_the_family_can_talk_in_the_terminal(tmp_path: Path) -> None:
    """A temperature typed gives the clinic's number; what is said ends with the input."""
    done = vigil(tmp_path, "talk", typed="38.4\n")
    assert done.returncode == 0
    assert "+972-73-374-6844" in done.stdout


def test_check_prints_what_is_unsigned(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unsigned content is printed, and fails only with --live."""
    monkeypatch.setattr("bot.command.check.issues", lambda content: iter(()))
    assert main.main(["check"]) == 0
    assert "unsigned: protocols/clofarabine.toml" in capsys.readouterr().out
    assert main.main(["check", "--live"]) == 1


def test_check_prints_an_issue_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each issue once, and exit status 1."""
    monkeypatch.setattr("bot.command.check.issues", lambda content: iter(("a", "b", "a")))
    assert main.main(["check"]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == ["a", "b"]


@pytest.mark.parametrize("read", [1, 4])
@pytest.mark.parametrize("arguments", [["talk"], ["run"]])
def test_a_conversation_that_nobody_reads_ends(
    tmp_path: Path, arguments: list[str], read: int
) -> None:
    """`talk | head`: once the reader is gone the program ends by itself, though the input goes
    on, quietly and at once."""
    process = started(tmp_path, *arguments)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write("38.4\n")
    process.stdin.flush()
    for _ in range(read):
        assert process.stdout.readline()
    process.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write("hello\n" * 3)
        process.stdin.flush()
    # The input stays open meanwhile: nobody has to press a key for the end.
    assert process.wait(60) in (0, 130)
    lines = process.stderr.read().splitlines()
    assert [line for line in lines if not line.startswith("demonstration mode")] == []
    process.stderr.close()
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()


@pytest.mark.parametrize("arguments", [["export"], ["diagram"], ["check"]])
def test_output_that_nobody_reads_is_no_fault(tmp_path: Path, arguments: list[str]) -> None:
    """`export | head`: not a word on stderr, and the database is not blamed."""
    with open_store(tmp_path / "vigil.db") as store:
        store.submit(partial(welcome, Urn("telegram", "1"), "Ana")).result()
    process = started(tmp_path, *arguments)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "")


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start main.py in an empty folder, with pipes at all three ends."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("VIGIL_")}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=folder,
        env={**bare, "VIGIL_DATABASE": str(folder / "vigil.db")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
