"""The commands of the house."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

# Imports stand inside the commands: `ecabinet --help` must not wait for a web server to load.
if TYPE_CHECKING:
    from ecabinet.settings import Settings
    from ecabinet.store.database import Database

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # A password may be among them.
    help="Sessions of a cabinet or a People's Committee, on tablets. Settings: ECABINET_* in the environment.",
)

_NO_MEETING = {"vi": "Không có cuộc họp đã triệu tập với mã {}.", "en": "There is no called meeting with the key {}."}

Username = Annotated[str, typer.Argument(help="The name to sign in with, such as 'quantri'.")]
Key = Annotated[str, typer.Argument(help="The key of the meeting, as the desk and agenda.yaml show it.")]


@app.command()
def serve(
    migrate: Annotated[bool, typer.Option(help="Bring the database to the newest schema first.")] = True,
) -> None:
    """Start the server."""
    from ecabinet.serving import serve as start

    settings = _settings()
    if migrate:
        _with_database(settings, _migrate)
    start(settings)


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    _with_database(_settings(), _migrate)
    typer.echo("The database is up to date.")


@app.command()
def add_administrator(
    username: Username,
    office: Annotated[str, typer.Option(help="The office held, in Vietnamese.")] = "Quản trị hệ thống",
    office_en: Annotated[str, typer.Option(help="The office held, in English.")] = "System administrator",
) -> None:
    """Add an account that may administer; asks for its password."""
    from ecabinet.office import accounts

    password = _ask_password(username)
    settings = _settings()
    _with_database(settings, _migrate)
    _with_database(
        settings, lambda database: accounts.add_administrator(database, username, office, office_en, password)
    )
    typer.echo(f"{username} may sign in and administer.")


@app.command()
def set_password(username: Username) -> None:
    """Set the password of an account and end its sessions; asks for it."""
    from ecabinet.office import accounts

    password = _ask_password(username)
    _with_database(_settings(), lambda database: accounts.set_password(database, username, password))
    typer.echo(f"{username} signs in with the new password from now on.")


@app.command()
def import_agenda(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The folder with agenda.yaml.")],
) -> None:
    """Bring in an agenda folder with its papers; a second time changes nothing."""
    from ecabinet.office.agenda_commands import import_one

    settings = _settings()
    _with_database(settings, _migrate)
    plan = _with_database(
        settings, lambda database: import_one(database, folder, settings.files_dir, settings.max_upload_bytes)
    )
    for line in plan.lines:
        if line.action != "same":
            typer.echo(line.text.say(_language()))
    typer.echo(f"+ {plan.count('add')}  ~ {plan.count('change')}  = {plan.count('same')}")


@app.command()
def export_agenda(
    meeting: Key,
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
) -> None:
    """Write the agenda of a meeting, with its papers, as a folder that import-agenda reads."""
    from ecabinet.office.agenda_commands import export_one

    settings = _settings()
    _with_database(settings, lambda database: export_one(database, meeting, settings.files_dir, folder))
    typer.echo(f"Written to {folder}")


@app.command()
def replay(meeting: Key) -> None:
    """Print a session from its record, one line an event."""
    from ecabinet.office.local_time import ZONE
    from ecabinet.office.record import replay as tell

    for line in _with_database(_settings(), lambda database: tell(database, meeting, ZONE)):
        typer.echo(line)


@app.command()
def verify(meeting: Key) -> None:
    """Recount a session from its raw record and check the chain; exit status 1 if anything is wrong."""
    from ecabinet.office.record import verify as recount

    found = _with_database(_settings(), lambda database: recount(database, meeting))
    typer.echo(f"{found.events} events, {found.ballots} ballots, head {found.head}")
    for problem in found.problems:
        typer.echo(f"WRONG: {problem}", err=True)
    raise typer.Exit(0 if found.is_sound else 1)


@app.command()
def contract(folder: Annotated[Path, typer.Argument(help="The docs folder, with its protocol.md.")]) -> None:
    """Write the AsyncAPI and OpenAPI files and the command list of protocol.md from the code."""
    from ecabinet.room.contract import written_files

    for name, text in written_files((folder / "protocol.md").read_text()).items():
        (folder / name).write_text(text)


@app.command()
def demo(
    live: Annotated[bool, typer.Option("--live", help="Simulated members check in, read and vote.")] = False,
) -> None:
    """Show the house with the sample agendas: accounts of every role, addresses, and the server."""
    from ecabinet.demo import run

    run(_settings(), live=live)


def _settings() -> "Settings":
    from ecabinet.settings import Settings

    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return settings


def _with_database(settings: "Settings", work: "Callable[[Database], Awaitable[T]]") -> T:
    """Run the work on an open database; what the person can mend is told in words, without a traceback."""
    from ecabinet.store.database import Database

    async def run() -> T:
        database = Database(settings.database_url)
        try:
            return await work(database)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except Exception as error:
        words = _in_words(error)
        if not words:
            raise
        typer.echo("\n".join(words), err=True)
        raise typer.Exit(1) from None


def _in_words(error: Exception) -> list[str]:
    """What is wrong, in the language of the terminal; nothing for a bug, whose traceback is wanted."""
    from ecabinet.office.agenda_export import FolderNotEmpty
    from ecabinet.office.agenda_plan import ImportRefused
    from ecabinet.office.problems import Invalid
    from ecabinet.paper.agenda_file import AgendaFileInvalid
    from ecabinet.store.files import DiskFull

    language = _language()
    match error:
        case Invalid():
            return [f"{problem.field}: {problem.text.say(language)}" for problem in error.problems]
        case AgendaFileInvalid():
            return [problem.say(language) for problem in error.problems]
        case ImportRefused():
            return [refusal.say(language) for refusal in error.refusals]
        case FolderNotEmpty() | DiskFull():
            return [error.text.say(language)]
        case LookupError():
            return [_NO_MEETING[language].format(error)]
    return []


def _language() -> str:
    return "vi" if os.environ.get("LANG", "").startswith("vi") else "en"


async def _migrate(database: "Database") -> None:
    from ecabinet.store.migrate import migrate as bring_up_to_date

    await bring_up_to_date(database)


def _ask_password(username: str) -> str:
    return str(typer.prompt(f"Password for {username}", hide_input=True, confirmation_prompt=True))


def main() -> None:
    app()


if __name__ == "__main__":
    main()
