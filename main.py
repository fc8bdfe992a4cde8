"""The command line: what to run; the work is in bot/command, imported only when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import Abort, Exit, TyperException

from bot.refusal import Refusal
from data.refusal import ContentRefused

BAD_INPUT = 2
INTERRUPTED = 130

app = typer.Typer(
    help="Vigil: a messaging bot for families of children and young adults on clofarabine.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> int:
    """Without a command: run."""
    return run() if context.invoked_subcommand is None else 0


@app.command()
def run() -> int:
    """Start every channel that is configured; without any, a demonstration in this terminal."""
    from bot.command.run import run

    return run()


@app.command()
def talk(
    lang: Annotated[str, typer.Option(help="The language to speak, such as he.")] = "",
) -> int:
    """The family's conversation in this terminal; choices are letters."""
    from bot.command.talk import talk

    return talk(lang)


@app.command()
def understand() -> int:
    """Read messages: JSON lines in, the findings in each out, with the words that gave them."""
    from bot.command.understand import understand

    return understand()


@app.command()
def assess() -> int:
    """Judge cases: JSON lines in, JSON lines out; docs/protocol-format.md says what they hold."""
    from bot.command.assess import assess

    return assess()


@app.command()
def check(
    live: Annotated[bool, typer.Option("--live", help="Fail on what nobody has signed.")] = False,
) -> int:
    """Examine content, catalogues and proofs: an issue a line, exit status 1 when there is any."""
    from bot.command.check import check

    return check(live=live)


@app.command()
def diagram() -> int:
    """Draw the state machines as Mermaid."""
    from bot.command.diagram import diagram

    return diagram()


@app.command()
def migrate() -> int:
    """Bring the database's schema up to date."""
    from bot.command.migrate import migrate

    return migrate()


@app.command()
def export(
    person: Annotated[
        str, typer.Argument(help="Whose records, such as telegram:123; without: the clinic's.")
    ] = "",
) -> int:
    """Print records as JSON lines: a person's, or all of the clinic's."""
    from bot.command.export import export

    return export(person)


@app.command()
def erase(
    person: Annotated[str, typer.Argument(help="Whose records, such as telegram:123.")],
    force: Annotated[bool, typer.Option("--force", help="Even while a page is open.")] = False,
) -> int:
    """Erase a person's records for good."""
    from bot.command.erase import erase

    return erase(person, force=force)


@app.command()
def drill() -> int:
    """Send a test page to every step of the escalation policy."""
    from bot.command.drill import drill

    return drill()


@app.command()
def texts() -> int:
    """Bring the catalogues up to the texts in code and content."""
    from bot.command.texts import texts

    return texts()


@app.command()
def docs(
    check: Annotated[bool, typer.Option("--check", help="Only say what is not fresh.")] = False,
) -> int:
    """Write the generated documentation again."""
    from bot.command.docs import docs

    return docs(check=check)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status; bad input gives one line on stderr, and 2."""
    try:
        status = int(app(args=arguments, standalone_mode=False) or 0)
        sys.stdout.flush()
        return status
    except (Refusal, ContentRefused) as refusal:
        return _bad_input(str(refusal))
    except TyperException as error:
        return _bad_input(error.format_message())
    except Exit as done:
        return done.exit_code
    except (Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # Nobody reads any more, as after `talk | head`; the library exits by itself then, and only
        # then. What is still to be flushed goes nowhere, so that nothing is complained of.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED


def _bad_input(why: str) -> int:
    print(" ".join(why.split()), file=sys.stderr)
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
