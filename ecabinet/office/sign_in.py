"""Signing in and out: the throttle, the session that is made, the session that is ended."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from ecabinet.office.passwords import Passwords
from ecabinet.store import logins
from ecabinet.store.audit import add_audit
from ecabinet.store.database import Database
from ecabinet.store.submitted_forms import delete_old_forms
from ecabinet.store.tables import LoginFailure, LoginSession, Person

WINDOW = timedelta(minutes=15)
# One account from one address: a person who mistypes. One account from everywhere: a distributed guess, which must
# not lock the person out at once. One address: a whole meeting room stands behind one.
ATTEMPTS_OF_ACCOUNT_AT_ADDRESS = 5
ATTEMPTS_OF_ACCOUNT = 25
ATTEMPTS_OF_ADDRESS = 50

SESSION_LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was typed, and where it comes from."""

    username: str
    password: str
    address: str
    agent: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` is told once, to its owner; only its hash is stored."""

    token: str
    login: LoginSession
    person: Person


@dataclass(frozen=True, slots=True)
class WrongNameOrPassword:
    """Also when the account does not exist or is disabled: which of them is not told."""


@dataclass(frozen=True, slots=True)
class Throttled:
    until: datetime


async def sign_in(
    database: Database, passwords: Passwords, attempt: Attempt, now: datetime
) -> SignedIn | WrongNameOrPassword | Throttled:
    """Count the attempt first and check the password afterwards: attempts sent at once cannot outrun the count."""
    account = fingerprint(attempt.username)
    throttled = await _count_attempt(database, account, attempt.address, now)
    if throttled:
        return throttled
    person = await _find_person(database, attempt.username)
    password_hash = person.password_hash if person and person.is_active else ""
    if not await passwords.verify(password_hash, attempt.password) or person is None:
        await _note_failure(database, person, attempt, now)
        return WrongNameOrPassword()
    return await _open_session(database, person, account, attempt, now)


async def sign_out(database: Database, token_hash: str, person_id: int, now: datetime) -> None:
    async with database.writing() as session:
        await logins.delete_login(session, token_hash)
        add_audit(session, at=now, by=person_id, action="signed_out", subject="person", subject_id=person_id)


async def end_session(database: Database, person_id: int, public_id: str, now: datetime) -> list[str]:
    """End one session of this person, named by `public_id_of`; returns the hashes that ended."""
    return await _end(database, person_id, now, lambda token_hash: public_id_of(token_hash) == public_id)


async def end_other_sessions(database: Database, person_id: int, keep: str, now: datetime) -> list[str]:
    return await _end(database, person_id, now, lambda token_hash: token_hash != keep)


async def _end(database: Database, person_id: int, now: datetime, ends: Callable[[str], bool]) -> list[str]:
    async with database.writing() as session:
        ended = [login.token_hash for login in await logins.find_logins_of(session, person_id, now)]
        ended = [token_hash for token_hash in ended if ends(token_hash)]
        for token_hash in ended:
            await logins.delete_login(session, token_hash)
        if ended:
            add_audit(session, at=now, by=person_id, action="sessions_ended", subject="person", subject_id=person_id)
    return ended


def public_id_of(token_hash: str) -> str:
    """How a page names a session: the hash itself is what the database looks a session up by."""
    return token_hash[:16]


async def session_is_valid(database: Database, token_hash: str, now: datetime) -> bool:
    """Whether the session lasts and its account is active; for a socket, before each message."""
    async with database.reading() as session:
        return await logins.find_login(session, token_hash, now) is not None


def hash_token(token: str) -> str:
    """A plain hash is enough: the token is 256 random bits, there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def fingerprint(username: str) -> str:
    return hashlib.sha256(username.strip().casefold().encode()).hexdigest()[:32]


async def _count_attempt(database: Database, account: str, address: str, now: datetime) -> Throttled | None:
    since = now - WINDOW
    limits = (
        (ATTEMPTS_OF_ACCOUNT_AT_ADDRESS, {"username": account, "address": address}),
        (ATTEMPTS_OF_ACCOUNT, {"username": account}),
        (ATTEMPTS_OF_ADDRESS, {"address": address}),
    )
    async with database.writing() as session:
        await logins.take_turn(session, account)
        for allowed, whose in limits:
            count, first = await logins.count_failures(session, since, **whose)
            if count >= allowed and first is not None:
                return Throttled(first + WINDOW)
        await logins.delete_failures_before(session, since)
        session.add(LoginFailure(username=account, address=address, at=now))
    return None


async def _find_person(database: Database, username: str) -> Person | None:
    async with database.reading() as session:
        query = select(Person).where(col(Person.username) == username.strip().casefold())
        return (await session.exec(query)).first()


async def _note_failure(database: Database, person: Person | None, attempt: Attempt, now: datetime) -> None:
    if person is None:
        return  # What was typed may be a password: it is written nowhere.
    async with database.writing() as session:
        add_audit(
            session,
            at=now,
            by=None,
            action="sign_in_failed",
            subject="person",
            subject_id=person.id,
            detail=attempt.address,
        )


async def _open_session(
    database: Database, person: Person, account: str, attempt: Attempt, now: datetime
) -> SignedIn | WrongNameOrPassword:
    token = secrets.token_urlsafe(32)
    login = _new_login(person, token, attempt, now)
    async with database.writing() as session:
        current = await session.get(Person, person.id)
        # Checking took a moment: the account may have been disabled, or its password changed, in the meantime.
        if current is None or not current.is_active or current.password_hash != person.password_hash:
            return WrongNameOrPassword()
        session.add(login)
        await logins.delete_failures(session, username=account, address=attempt.address)
        await logins.delete_expired_logins(session, now)
        await delete_old_forms(session, now)
        add_audit(session, at=now, by=person.id, action="signed_in", subject="person", subject_id=person.id)
    return SignedIn(token, login, current)


def _new_login(person: Person, token: str, attempt: Attempt, now: datetime) -> LoginSession:
    assert person.id is not None
    return LoginSession(
        token_hash=hash_token(token),
        person_id=person.id,
        csrf_token=secrets.token_urlsafe(24),
        created_at=now,
        seen_at=now,
        expires_at=now + SESSION_LASTS,
        address=attempt.address,
        agent=attempt.agent[:200],
    )
