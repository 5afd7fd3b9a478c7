"""The administrator's list of who did what and when."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.store.audit import PAGE_SIZE, find_entries, find_subjects
from ecabinet.web.guards import administrator_only
from ecabinet.web.pages import page


@administrator_only
async def list_entries(request: Request) -> Response:
    query = request.query_params
    words, subject, before = query.get("words", "")[:100], query.get("subject", ""), query.get("before", "")
    before_id = int(before) if before.isdecimal() and len(before) <= 9 else None
    async with request.app.state.database.reading() as session:
        entries = await find_entries(session, words=words, subject=subject, before_id=before_id)
        subjects = await find_subjects(session)
    older = entries[-1][0].id if len(entries) == PAGE_SIZE else None
    context = {"entries": entries, "words": words, "subject": subject, "subjects": subjects, "older": older}
    return page(request, "admin/audit.html", context)


routes = [Route("/admin/audit", list_entries)]
