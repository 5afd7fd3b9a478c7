"""A whole session, and the log of the server that held it: no password, no token, no ballot stands in it."""

import re
from pathlib import Path

import httpx2

from tests.faults.chamber import ITEM, MEETING, PASSWORD, POLL, SECRETARY, Server, furnish

WRONG, CHOSEN, OPINION, NOTE = "mật khẩu gõ nhầm", "mưa rơi trên mái ngói đỏ", "Ý kiến khác của tôi", "Ghi chú riêng"


async def test_the_log_of_a_session_holds_no_secret(tmp_path: Path) -> None:
    tokens = await furnish(tmp_path / "data")
    server = Server(tmp_path / "data", tmp_path / "server.log")
    await server.start()
    try:
        secrets = [*tokens.values(), WRONG, PASSWORD, CHOSEN, OPINION, NOTE]
        secrets += await _a_person_signs_in_and_changes_the_password(server)
        secrets += await _a_program_signs_in(server)
        await _members_vote(server, tokens)
    finally:
        server.kill()
    log = server.log.read_text()
    # It could have held them: what was done stands in it, and who did it.
    assert '"path": "/sign-in"' in log and f'"path": "/api/meetings/{MEETING}/commands"' in log and '"person": 2' in log
    assert [secret for secret in secrets if secret in log or secret.encode("unicode_escape").decode() in log] == []
    assert not re.search(r"against|not_voting|cast_ballot|item-1", log)
    assert "?" not in "".join(re.findall(r'"path": "([^"]*)"', log))


async def _a_person_signs_in_and_changes_the_password(server: Server) -> list[str]:
    """Returns the tokens that the browser got."""
    headers = {"origin": server.origin, "sec-fetch-site": "same-origin"}
    async with httpx2.AsyncClient(base_url=server.origin, headers=headers) as web:
        first = _token((await web.get("/sign-in?next=/secret-place")).text)
        for password in (WRONG, PASSWORD):
            form = {"csrf_token": first, "username": "p1", "password": password, "next": "/"}
            await web.post("/sign-in", data=form)
        second = _token((await web.get("/account")).text)
        form = {"csrf_token": second, "old_password": PASSWORD, "new_password": CHOSEN, "repeated_password": CHOSEN}
        assert (await web.post("/account/password", data=form)).status_code == 303
        assert (await web.post("/sign-out", data={"csrf_token": "wrong"})).status_code == 403
        return [first, second, *web.cookies.values()]


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]*)"', page)
    assert found
    return found.group(1)


async def _a_program_signs_in(server: Server) -> list[str]:
    async with httpx2.AsyncClient(base_url=server.origin) as web:
        await web.post("/api/session", json={"username": "p2", "password": WRONG})
        answer = await web.post("/api/session", json={"username": "p2", "password": PASSWORD})
        token = answer.json()["token"]
        assert (await web.get("/api/meetings", headers={"Authorization": f"Bearer {token}"})).status_code == 200
        await web.get("/api/meetings", headers={"Authorization": f"Bearer {token}-wrong"})
        return [token]


async def _members_vote(server: Server, tokens: dict[int, str]) -> None:
    address = f"/api/meetings/{MEETING}/commands"
    votes = {2: {"choice": ["against"]}, 3: {"choice": ["not_voting"]}, 4: {"choice": ["other"], "opinion": OPINION}}
    for person, vote in votes.items():
        async with server.web(tokens[person]) as web:
            ballot = {"id": f"b-{person}", "do": "cast_ballot", "poll": POLL} | vote
            assert "done" in (await web.post(address, json=ballot)).json()
            refused = await web.post(address, json=ballot | {"id": "again", "choice": ["against", "for"]})
            assert "refused" in refused.json()
    async with server.web(tokens[SECRETARY]) as web:
        note = {"id": "note", "do": "note_item", "item": ITEM, "note": NOTE}
        assert "done" in (await web.post(address, json=note)).json()
