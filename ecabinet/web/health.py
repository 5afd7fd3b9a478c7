"""Whether the process lives, and whether it can serve: for a supervisor or a load balancer."""

import structlog
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

log = structlog.get_logger()


async def healthz(request: Request) -> JSONResponse:
    """Alive: nothing is asked of the database, whose outage a restart of this process would not mend."""
    return JSONResponse({"status": "alive"})


async def readyz(request: Request) -> JSONResponse:
    try:
        async with request.app.state.database.reading() as session:
            await (await session.connection()).execute(text("SELECT 1 FROM person LIMIT 1"))
    except Exception as error:  # Whatever it is, this process cannot serve; the log says why.
        log.warning("not_ready", error=repr(error))
        return JSONResponse({"status": "database unavailable"}, status_code=503)
    return JSONResponse({"status": "ready"})


routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
