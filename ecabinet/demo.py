"""The demo: the sample agendas, an account of every role, and the server, ready to be looked at."""

import asyncio
import logging
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import func, select

from ecabinet.logs import set_up_logs
from ecabinet.office.agenda_import import import_folder
from ecabinet.office.calling import calling_command
from ecabinet.office.passwords import Passwords, make_password
from ecabinet.office.people import PersonFields, add_person
from ecabinet.paper.agenda_file import sample_folders
from ecabinet.paper.intake import check_pdf
from ecabinet.paper.workers import Workers
from ecabinet.resources import AGENDAS
from ecabinet.room.rooms import Rooms
from ecabinet.rules.meeting import MEMBER_ROLES
from ecabinet.serving import make_server
from ecabinet.settings import Settings
from ecabinet.simulation import Account, simulate
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore
from ecabinet.store.invitations import find_invitations
from ecabinet.store.meetings import find_by_key
from ecabinet.store.migrate import migrate
from ecabinet.store.people import find_person_by_username
from ecabinet.store.tables import Person

# The one complete session among the samples; the others are what could be found of real ones.
SESSION = "tth-ubnd-2020-12"
ADMINISTRATOR = PersonFields("quantri", "Quản trị hệ thống", "System administrator", is_administrator=True)

# Who is shown at the start: user name, what it is for in both languages. The simulated members are the others.
PLAYED = (
    ("chutich", "Chủ tịch: điều hành, mở biểu quyết", "chair: presides, opens votes"),
    ("thuky", "Thư ký: chuẩn bị và điều hành chương trình", "secretary: prepares and runs the agenda"),
    ("gd-dulich", "Thành viên: đọc tài liệu, biểu quyết", "member: reads, votes"),
    ("mttq", "Khách mời: dự một số nội dung", "invitee: admitted to some items"),
    ("manhinh", "Màn hình phòng họp", "screen in the room"),
    ("quantri", "Quản trị: người dùng, tập thể, quy tắc", "administrator: people, bodies, rules"),
)


@dataclass(frozen=True, slots=True)
class Demo:
    password: str
    meeting_id: int
    members: tuple[str, ...]


def run(settings: Settings, *, live: bool) -> None:
    """Prepare what is missing, print how to get in, and serve until stopped."""
    console = Console()
    settings = _open_to_the_room(settings)
    _refuse_busy_port(settings)
    set_up_logs("console" if console.is_terminal else settings.log_format)
    # What went wrong, not what went on: the addresses must stay in sight.
    logging.getLogger().setLevel(logging.WARNING)
    with console.status("Đang chuẩn bị · preparing ..."):
        demo = asyncio.run(prepare(settings))
    _print_welcome(console, settings, demo, live)
    asyncio.run(_serve(settings, demo, live))


async def prepare(settings: Settings) -> Demo:
    """Bring in what is not there yet; what people did since the last start stays as it is."""
    database = Database(settings.database_url)
    try:
        await migrate(database)
        password = await _password(database, settings.data_dir / "demo-password.txt")
        await _import_samples(settings, database, password)
        meeting_id = await _call(database)
        async with database.reading() as session:
            invited = await find_invitations(session, meeting_id)
    finally:
        await database.close()
    members = tuple(person.username for row, person in invited if row.role in MEMBER_ROLES)
    return Demo(password, meeting_id, members)


async def _password(database: Database, path: Path) -> str:
    """One for all demo accounts, made at the first start. A house with people of its own is left alone."""
    if await asyncio.to_thread(path.exists):
        return (await asyncio.to_thread(path.read_text)).strip()
    async with database.reading() as session:
        people = (await session.exec(select(func.count()).select_from(Person))).one()
    if people:
        typer.echo(
            f"{path.parent} holds real accounts. Give the demo a folder of its own: ECABINET_DATA_DIR=...", err=True
        )
        raise typer.Exit(1)
    password = make_password()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password + "\n")
    return password


async def _import_samples(settings: Settings, database: Database, password: str) -> None:
    """Those whose meeting is not there yet; the folder of a sample is named by the key of its meeting."""
    async with database.reading() as session:
        missing = [folder for folder in sample_folders(AGENDAS) if not await find_by_key(session, folder.name)]
        has_administrator = await find_person_by_username(session, ADMINISTRATOR.username)
    if not missing and has_administrator:
        return
    password_hash = await Passwords().hash(password)
    if not has_administrator:
        await _add_administrator(database, password_hash)
    files = FileStore(settings.files_dir)
    async with Workers() as workers:

        async def check(path: Path) -> Any:
            return await check_pdf(workers, path, settings.max_upload_bytes)

        for folder in missing:
            now = datetime.now(UTC)
            await import_folder(database, folder, files, check, now=now, by=None, password_hash=password_hash)


async def _add_administrator(database: Database, password_hash: str) -> None:
    async with database.writing() as session:
        person = await add_person(session, ADMINISTRATOR, by=None, now=datetime.now(UTC))
        person.password_hash = password_hash


async def _call(database: Database) -> int:
    """Call the complete session, so that its room is open; returns its id."""
    async with database.reading() as session:
        meeting = await find_by_key(session, SESSION)
        secretary = await find_person_by_username(session, "thuky")
        assert meeting is not None and meeting.id is not None and secretary is not None and secretary.id is not None
        if meeting.stage != "draft":
            return meeting.id
        command = await calling_command(session, meeting.id, secretary.id, "demo-call")
    rooms = Rooms(database, lambda: datetime.now(UTC))
    await rooms.execute(meeting.id, command)
    await rooms.close()
    return meeting.id


async def _serve(settings: Settings, demo: Demo, live: bool) -> None:
    server = make_server(settings)
    simulated = asyncio.create_task(_simulate(settings, demo)) if live else None
    try:
        await server.serve()
    finally:
        if simulated:
            simulated.cancel()
            await asyncio.gather(simulated, return_exceptions=True)


async def _simulate(settings: Settings, demo: Demo) -> None:
    """Everybody but those whom the visitors play; they wait by themselves until the server answers."""
    played = {username for username, _, _ in PLAYED}
    accounts = [Account(username, demo.password) for username in demo.members if username not in played]
    await simulate(f"http://127.0.0.1:{settings.port}", demo.meeting_id, accounts)


def _open_to_the_room(settings: Settings) -> Settings:
    """A demo wants tablets on the same Wi-Fi, so it listens on every address unless one was chosen."""
    if "host" in settings.model_fields_set:
        return settings
    own = [f"http://{address}:{settings.port}" for address in lan_addresses()]
    return settings.model_copy(update={"host": "0.0.0.0", "origins": [*settings.origins, *own]})


def lan_addresses() -> list[str]:
    """The address by which the network knows this machine; connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            address = str(probe.getsockname()[0])
        except OSError:
            return []
    return [] if address.startswith(("127.", "0.")) else [address]


def _refuse_busy_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            typer.echo(f"Port {settings.port} is in use. Choose another: ECABINET_PORT={settings.port + 1}", err=True)
            raise typer.Exit(1) from None


def _print_welcome(console: Console, settings: Settings, demo: Demo, live: bool) -> None:
    table = Table(title="eCabinet", title_justify="left", show_edge=False, pad_edge=False)
    table.add_column("Tên đăng nhập · user name", style="bold")
    table.add_column("Vai trò · role")
    for username, vi, en in PLAYED:
        table.add_row(username, f"{vi} · {en}")
    console.print(table)
    console.print(f"\nMật khẩu chung · password of all: [bold]{demo.password}[/bold]")
    addresses = [origin for origin in settings.origins if "0.0.0.0" not in origin and "127.0.0.1" not in origin]
    for address in addresses:
        console.print(f"Địa chỉ · address: [link={address}]{address}[/link]")
    console.print(f"Phòng họp · the room: {addresses[0]}/meetings/{demo.meeting_id}/room")
    if live:
        console.print("Các thành viên khác được mô phỏng · the other members are simulated.")
    console.print("Dừng: Ctrl+C · stop with Ctrl+C\n")
