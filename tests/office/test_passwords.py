"""Passwords: what is refused, and that the others are not."""

import unicodedata

import pytest

from ecabinet.office.passwords import LEAST_LENGTH, Passwords, is_guessable, make_password, password_problem

CHEAP = Passwords(time_cost=1, memory_kib=8, parallelism=1)
OWN = ("gd-dulich", "Giám đốc Sở Du lịch")


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password123456789",
        "123456789012345",
        "987654321098765",
        "qwertyuiopasdfgh",
        "QWERTYUIOP!@#$%^",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "xk7xk7xk7xk7xk7xk7",
        "Matkhau@2026@2026",
        "mậtkhẩumậtkhẩu12",
        "UBND tỉnh Thừa Thiên Huế 2026",
        "gd-dulich-2026-2026",
        "Giám đốc Sở Du lịch",
        "Admin@12345678901",
        "1qaz2wsx3edc4rfv",
    ],
)
def test_guessable_password_is_refused(password: str) -> None:
    assert is_guessable(password, OWN)
    assert password_problem(password, OWN) is not None


@pytest.mark.parametrize(
    "password", ["chim sẻ đậu mái đình", "trời hôm nay mưa to quá", "correct horse battery", "kV9 tRm2 zUq8 pLx4"]
)
def test_sentence_of_ones_own_is_taken(password: str) -> None:
    assert password_problem(password, OWN) is None


def test_length_counts_letters_not_bytes() -> None:
    decomposed = unicodedata.normalize("NFD", "ruộng bậc than")
    assert len(decomposed) >= LEAST_LENGTH
    assert password_problem(decomposed) is not None
    assert len("ruộng bậc thang") == LEAST_LENGTH
    assert password_problem("ruộng bậc thang") is None


def test_made_password_is_always_taken() -> None:
    made = {make_password() for _ in range(200)}
    assert len(made) == 200
    assert all(password_problem(password) is None for password in made)


async def test_hash_is_argon2id_and_only_the_right_password_matches() -> None:
    password_hash = await CHEAP.hash("chim sẻ đậu mái đình")
    assert password_hash.startswith("$argon2id$")
    assert await CHEAP.verify(password_hash, "chim sẻ đậu mái đình")
    assert not await CHEAP.verify(password_hash, "chim sẻ đậu mái nhà")
    assert not await CHEAP.verify("", "chim sẻ đậu mái đình")
    assert not await CHEAP.verify("no hash at all", "chim sẻ đậu mái đình")


async def test_keyboard_that_decomposes_letters_signs_in_too() -> None:
    password_hash = await CHEAP.hash(unicodedata.normalize("NFC", "chim sẻ đậu mái đình"))
    assert await CHEAP.verify(password_hash, unicodedata.normalize("NFD", "chim sẻ đậu mái đình"))
