"""The settings, read once from the environment (prefix ECABINET_) and passed down as values."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _split(value: Any) -> Any:
    """A list in the environment is written with commas, as one writes it by hand."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


Names = Annotated[list[str], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """Every setting has a default that suits one machine; the README lists them."""

    model_config = SettingsConfigDict(env_prefix="ECABINET_", env_file=None)

    data_dir: Path = Path("data")
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    # Addresses under which people open the pages, beside http://localhost and the host above: 'https://hop.example.vn'.
    origins: Names = Field(default_factory=list)
    # Proxies whose X-Forwarded headers are believed; none by default, since anybody can send such a header.
    trusted_proxies: Names = Field(default_factory=list)
    max_upload_bytes: int = 100 * 1024 * 1024
    migrate_at_start: bool = True
    log_format: Literal["json", "console"] = "json"

    def model_post_init(self, _: object) -> None:
        if not self.database_url:
            self.database_url = f"sqlite+aiosqlite:///{self.data_dir.resolve()}/ecabinet.db"
        own = [f"http://{name}:{self.port}" for name in ("localhost", "127.0.0.1", self.host)]
        self.origins = list(dict.fromkeys([*self.origins, *own]))

    @property
    def files_dir(self) -> Path:
        return self.data_dir / "files"
