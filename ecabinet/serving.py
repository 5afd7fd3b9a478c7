"""Runs the app in uvicorn, with the limits that the design asks for."""

import uvicorn

from ecabinet.app import create_app
from ecabinet.logs import set_up_logs
from ecabinet.settings import Settings

# A frame from a tablet is a command; 64 KiB holds the longest with room to spare.
FRAME_BYTES = 64 * 1024
# A socket that is gone without a word is dropped after both: 40 s, of the 45 s promised.
PING_EVERY_S = 20.0
PONG_WITHIN_S = 20.0
# The default waits for ever; tablets come back by themselves after a close with 1012.
STOP_WITHIN_S = 5


def serve(settings: Settings) -> None:
    """Blocks until the server is stopped."""
    set_up_logs(settings.log_format)
    make_server(settings).run()


def make_server(settings: Settings) -> uvicorn.Server:
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        ws="websockets-sansio",
        ws_max_size=FRAME_BYTES,
        ws_ping_interval=PING_EVERY_S,
        ws_ping_timeout=PONG_WITHIN_S,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=STOP_WITHIN_S,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        access_log=False,
        log_config=None,
    )
    return uvicorn.Server(config)
