"""The log: one entry a line whatever a value holds, Vietnamese readable, each with its request."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from ecabinet.logs import set_up_logs

FORGED = "gd-dulich\n2026-11-24 [info] sign-in of quantri\r\n"


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


def test_an_entry_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    structlog.contextvars.bind_contextvars(request_id="r-7")
    structlog.get_logger().info("signed in", office="Giám đốc Sở Du lịch")
    (line,) = lines(capsys)
    entry = json.loads(line)
    assert (entry["event"], entry["level"], entry["request_id"]) == ("signed in", "info", "r-7")
    assert "Giám đốc Sở Du lịch" in line


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_value_cannot_forge_an_entry(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(log_format)
    structlog.get_logger().info("sign-in failed", username=FORGED)
    logging.getLogger("uvicorn.error").info("bad request for %s", FORGED)
    assert len(lines(capsys)) == 2


def test_a_traceback_stands_in_its_entry(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    try:
        raise ValueError("no such item")
    except ValueError:
        structlog.get_logger().exception("request failed")
    (line,) = lines(capsys)
    assert json.loads(line)["exception"].endswith("ValueError: no such item")
