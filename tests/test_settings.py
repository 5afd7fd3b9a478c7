"""The settings: read from the environment as a person writes them, and all of them in the README."""

from pathlib import Path

import pytest

from ecabinet.settings import Settings

README = Path(__file__).parent.parent / "README.md"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ECABINET_{name.upper()}", raising=False)


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECABINET_ORIGINS", "https://hop.example.vn, https://hop2.example.vn")
    monkeypatch.setenv("ECABINET_TRUSTED_PROXIES", "10.0.0.1")
    settings = Settings()
    assert settings.origins[:2] == ["https://hop.example.vn", "https://hop2.example.vn"]
    assert settings.trusted_proxies == ["10.0.0.1"]


def test_the_machine_itself_is_an_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECABINET_PORT", "8080")
    assert Settings().origins == ["http://localhost:8080", "http://127.0.0.1:8080"]


def test_sqlite_in_the_data_folder_is_the_default(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).database_url == f"sqlite+aiosqlite:///{tmp_path}/ecabinet.db"
    assert Settings(database_url="postgresql+asyncpg://hop").database_url == "postgresql+asyncpg://hop"


def test_nobody_is_trusted_who_was_not_named() -> None:
    assert Settings().trusted_proxies == []


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_readme_names_every_setting(name: str) -> None:
    assert f"`ECABINET_{name.upper()}`" in README.read_text()
