"""Uploaded zips: what belongs together comes out, and nothing gets out of its folder."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from ecabinet.paper.archive import unpacked
from ecabinet.paper.packed import PackLimits
from ecabinet.paper.refusals import PaperRefused
from ecabinet.paper.workers import Workers

AGENDA = b"kind: ordinary\n"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def special(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (kind | 0o777) << 16
    return info


def with_flag(data: bytes, flag: int) -> bytes:
    """The flag set in both headers of the only member."""
    out = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(signature) + offset
        out[place : place + 2] = struct.pack("<H", struct.unpack("<H", out[place : place + 2])[0] | flag)
    return bytes(out)


def overlapping(copies: int = 50) -> bytes:
    """One packed megabyte that every entry of the directory points at."""
    single = zipped(("a0", b"0" * 900_000))
    directory = single.find(b"PK\x01\x02")
    end = single.find(b"PK\x05\x06")
    entry = single[directory:end]
    entries = b"".join(entry.replace(b"a0", b"%02d" % number) for number in range(copies))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(entries), directory, 0)
    return single[:directory] + entries + tail


async def contents(workers: Workers, path: Path, **limits: int) -> dict[str, bytes]:
    async with unpacked(workers, path, PackLimits(**limits)) as folder:
        return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def upload(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(data: bytes) -> Path:
        path = tmp_path / "upload.zip"
        path.write_bytes(data)
        return path

    return write


async def test_unpacked_gives_the_files_and_removes_them(workers: Workers, upload) -> None:  # type: ignore[no-untyped-def]
    path = upload(zipped(("phiên họp/", b""), ("phiên họp/agenda.yaml", AGENDA), ("phiên họp/tài liệu/1.pdf", b"%PDF")))
    async with unpacked(workers, path) as folder:
        assert (folder / "phiên họp" / "agenda.yaml").read_bytes() == AGENDA
        assert (folder / "phiên họp" / "tài liệu" / "1.pdf").is_file()
    assert not folder.exists()


async def test_names_come_out_composed_whoever_packed_them(workers: Workers, upload) -> None:  # type: ignore[no-untyped-def]
    decomposed = "To\u031b\u0300 tri\u0300nh.pdf"
    macos = bytearray(zipped((decomposed, b"x")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # macOS does not say that it is UTF-8
        place = macos.find(signature) + offset
        macos[place : place + 2] = b"\0\0"
    for data in (zipped((decomposed, b"x")), bytes(macos), zipped(("Tờ trình.pdf", b"x"))):
        assert await contents(workers, upload(data)) == {"Tờ trình.pdf": b"x"}


async def test_backslashes_are_folders_and_litter_is_left_out(workers: Workers, upload) -> None:  # type: ignore[no-untyped-def]
    litter = (("__MACOSX/._agenda.yaml", b"x"), ("a/.DS_Store", b"x"), ("Thumbs.db", b"x"))
    data = zipped(("a\\b.txt", b"1"), ("./c.txt", b"2"), *litter)
    assert await contents(workers, upload(data)) == {"a/b.txt": b"1", "c.txt": b"2"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_a_zip"),
        (b"Rar!\x1a\x07\0", "not_a_zip"),
        (b"%PDF-1.7", "not_a_zip"),
        (b"PK\x03\x04" + bytes(50), "zip_broken"),
        (zipped(("a", b"x" * 5000), packed=zipfile.ZIP_STORED)[:-60], "zip_broken"),
        (zipped(("a", b"x" * 500), packed=zipfile.ZIP_STORED).replace(b"xxx", b"xyx", 1), "zip_broken"),
        (zipped(("a", b"x"), packed=zipfile.ZIP_LZMA), "zip_broken"),
        (zipped(("../a", b"x")), "zip_unsafe_name"),
        (zipped(("a/../../b", b"x")), "zip_unsafe_name"),
        (zipped(("..\\a", b"x")), "zip_unsafe_name"),
        (zipped(("/etc/passwd", b"x")), "zip_unsafe_name"),
        (zipped(("C:\\x", b"x")), "zip_unsafe_name"),
        (zipped(("a//b", b"x")), "zip_unsafe_name"),
        (zipped(("a\nb", b"x")), "zip_unsafe_name"),
        (zipped(("a\u202efdp.exe", b"x")), "zip_unsafe_name"),
        (zipped(("x" * 300, b"x")), "zip_unsafe_name"),
        (zipped(("/".join("a" * 20), b"x")), "zip_unsafe_name"),
        (zipped((special("link", stat.S_IFLNK), b"/etc/passwd")), "zip_not_a_file"),
        (zipped((special("pipe", stat.S_IFIFO), b"")), "zip_not_a_file"),
        (zipped(("a.pdf", b"1"), ("A.PDF", b"2")), "zip_name_twice"),
        (zipped(("é", b"1"), ("e\u0301", b"2")), "zip_name_twice"),
        (zipped(("a", b"1"), ("a/b", b"2")), "zip_name_twice"),
        (zipped(("a/b", b"1"), ("a", b"2")), "zip_name_twice"),
        (with_flag(zipped(("a", b"x")), 1), "zip_encrypted"),
        (zipped(*((str(number), b"") for number in range(501))), "zip_too_many_files"),
        (zipped(("a", bytes(20_000_000))), "zip_bomb"),
        (overlapping(), "zip_bomb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
async def test_unpacked_refuses_and_leaves_nothing(workers: Workers, upload, data: bytes, reason: str) -> None:  # type: ignore[no-untyped-def]
    path = upload(data)
    with pytest.raises(PaperRefused) as caught:
        await contents(workers, path)
    assert caught.value.reason == reason
    assert caught.value.text.vi and caught.value.text.en
    assert list(path.parent.iterdir()) == [path]


async def test_unpacked_bounds_the_whole(workers: Workers, upload) -> None:  # type: ignore[no-untyped-def]
    path = upload(zipped(("a", b"x" * 600_000), ("b", b"y" * 600_000)))
    with pytest.raises(PaperRefused, match="zip_too_large"):
        await contents(workers, path, total_bytes=1024 * 1024)


async def test_unpacked_leaves_no_folder_behind_after_a_refusal(
    workers: Workers, upload, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    folders = tmp_path / "temporary"
    folders.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folders))
    broken = zipped(("good", b"x"), ("bad", b"x" * 500), packed=zipfile.ZIP_STORED).replace(b"xxx", b"xyx", 1)
    with pytest.raises(PaperRefused, match="zip_broken"):
        await contents(workers, upload(broken))
    assert list(folders.iterdir()) == []
