"""The naive way: a commit per vote and a loop of `await send` per change, on the same libraries.

Run as `python -m bench.peers.naive PORT DATABASE`.
"""

import json
import sys

import uvicorn
from sqlalchemy import Column, Integer, MetaData, String, Table, event, insert
from sqlalchemy.ext.asyncio import create_async_engine
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

votes = Table(
    "vote", MetaData(), Column("poll", String, primary_key=True), Column("seat", Integer, primary_key=True), Column("choice", String)
)  # fmt: skip
clients: list[WebSocket] = []


def application(database: str) -> Starlette:
    # One connection: with a pool, SQLite answers most of the writers with 'database is locked'.
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}", pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def durable(connection, _):  # type: ignore[no-untyped-def]
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA busy_timeout=60000")

    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        seat = len(clients)
        clients.append(websocket)
        await websocket.send_text("{}")
        try:
            while True:
                message = json.loads(await websocket.receive_text())
                if message["do"] == "cast_ballot":
                    async with engine.begin() as connection:
                        await connection.execute(insert(votes).values(poll=message["poll"], seat=seat, choice="for"))
                    await websocket.send_text(json.dumps({"id": message["id"], "done": True}))
                else:
                    await websocket.send_text(json.dumps({"id": message["id"], "done": True}))
                frame = json.dumps({"parts": {"note": message}})
                for client in list(clients):
                    await client.send_text(frame)
        except WebSocketDisconnect:
            clients.remove(websocket)

    async def create(_: object) -> PlainTextResponse:
        async with engine.begin() as connection:
            await connection.run_sync(votes.metadata.create_all)
        return PlainTextResponse("ready")

    return Starlette(routes=[Route("/", create), WebSocketRoute("/live", live)])


if __name__ == "__main__":
    uvicorn.run(application(sys.argv[2]), port=int(sys.argv[1]), ws="websockets-sansio", log_level="error")
