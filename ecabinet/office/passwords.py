"""Passwords: how they are kept, which ones are refused, and how one is made for a new account."""

import asyncio
import secrets
import unicodedata
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ecabinet.office.problems import Problem
from ecabinet.rules.text import Text

LEAST_LENGTH = 15
# Argon2 takes time with the length too: a bound keeps one request from working for seconds.
GREATEST_LENGTH = 256

_BLOCKED_WORDS = (
    "password passphrase passwort contrasena matkhau welcome letmein admin administrator quantri "
    "quantrihethong ecabinet vanphong uybannhandan ubnd ubndtinh hoidongnhandan hdnd tinhuy thanhpho "
    "vietnam hanoi hue thuathienhue saigon iloveyou anhyeuem chutich thuky secret changeme default "
    "qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm abc abcd abcdef login user test demo"
).split()
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)
# No vowel but a and e, nothing that looks like something else: easy to read out, hard to misread, no words.
_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Passwords:
    """argon2id with its costs; tests pass cheap ones. Hashing runs in a thread, it is slow by design."""

    time_cost: int = 3
    memory_kib: int = 65536
    parallelism: int = 2

    @property
    def _hasher(self) -> PasswordHasher:
        return PasswordHasher(time_cost=self.time_cost, memory_cost=self.memory_kib, parallelism=self.parallelism)

    async def hash(self, password: str) -> str:
        return await asyncio.to_thread(self._hasher.hash, _normal(password))

    async def verify(self, password_hash: str, password: str) -> bool:
        """An empty hash (no such account, no password yet) takes as long as a real one and never matches."""
        return await asyncio.to_thread(self._verify, password_hash, _normal(password)[:GREATEST_LENGTH])

    def _verify(self, password_hash: str, password: str) -> bool:
        if not password_hash:
            self._hasher.hash(password)
            return False
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def password_problem(password: str, own_words: tuple[str, ...] = ()) -> Problem | None:
    """Why this password is refused, or None. `own_words`: the account's name, office and agency, never a protection."""
    length = len(_normal(password))
    if length < LEAST_LENGTH:
        return _problem(
            f"Mật khẩu cần ít nhất {LEAST_LENGTH} ký tự (hiện có {length}). Một câu ngắn dễ nhớ là tốt nhất.",
            f"A password needs at least {LEAST_LENGTH} characters (this has {length}). A short sentence works best.",
        )
    if length > GREATEST_LENGTH:
        return _problem(
            f"Mật khẩu dài quá {GREATEST_LENGTH} ký tự.", f"The password is longer than {GREATEST_LENGTH} characters."
        )
    if is_guessable(password, own_words):
        return _problem(
            "Mật khẩu này quá dễ đoán (từ quen thuộc, dãy phím, lặp lại hoặc tên của chính mình). Hãy chọn mật khẩu khác.",
            "This password is too easy to guess (common words, keyboard runs, repetition or your own name). "
            "Choose another.",
        )
    return None


def is_guessable(password: str, own_words: tuple[str, ...] = ()) -> bool:
    """Whether little is left of it once repetition, runs of keys and known words are taken away."""
    folded = fold(password)
    if len(set(folded)) < 6 or _repeats(folded):
        return True
    rest = _without_runs(_without_words(folded, own_words))
    return len(rest) < 6 or len(set(rest)) < 5


def fold(text: str) -> str:
    """Lower case, no tone marks, letters and digits only."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(char for char in plain if char.isalnum())


def make_password() -> str:
    """A random password to be read out or typed from paper once: five groups of four, about 98 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))
    return "-".join(groups)


def _normal(password: str) -> str:
    # The same Vietnamese letter may arrive composed or decomposed, depending on the keyboard.
    return unicodedata.normalize("NFC", password)


def _repeats(text: str) -> bool:
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 2 + 1))


def _without_words(text: str, own_words: tuple[str, ...]) -> str:
    own = {fold(word) for phrase in own_words for word in (phrase, *phrase.split())}
    for word in sorted({*_BLOCKED_WORDS, *own}, key=len, reverse=True):
        if len(word) >= 3:
            text = text.replace(word, "")
    return text


def _without_runs(text: str) -> str:
    """What is left when every stretch of three or more neighbouring keys, forwards or backwards, is taken out."""
    kept, at = "", 0
    while at < len(text):
        length = _run_length(text[at:])
        kept += "" if length >= 3 else text[at]
        at += length if length >= 3 else 1
    return kept


def _run_length(text: str) -> int:
    for length in range(len(text), 2, -1):
        piece = text[:length]
        if len(set(piece)) == 1 or any(piece in run or piece[::-1] in run for run in _RUNS):
            return length
    return 1


def _problem(vi: str, en: str) -> Problem:
    return Problem("password", Text(vi, en))
