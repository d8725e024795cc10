"""Keys that outlive everything but their content: eight bytes of a hash, a signed number inside, hex outside."""

import hashlib
from datetime import date

from dateline.errors import UsageError

HALF = 1 << 63
KINDS = {"s": "statement", "e": "event", "h": "hold", "f": "figure", "p": "place", "a": "actor", "u": "ruling"}
REPORT = "sha256:"
SHORTEST = 16  # digits of a report's id that name it
LAST_DAY = 99991231


def key_of(*parts: object) -> int:
    """The first eight bytes of a hash of these parts, as a signed number."""
    return signed(hashlib.sha256("\x1f".join("" if p is None else str(p) for p in parts).encode()).hexdigest()[:16])


def signed(digits: str) -> int:
    """Sixteen hex digits as the signed number that both databases can hold."""
    return fitted(int(digits, 16))


def fitted(number: int) -> int:
    """64 bits as the signed number that both databases can hold."""
    return number - 2 * HALF if number >= HALF else number


def public(kind: str, key: int) -> str:
    """What a user sees of a key: ``e:`` and sixteen hex digits."""
    return f"{kind}:{key % (2 * HALF):016x}"


def parse_id(id: str) -> tuple[str, int]:
    """(kind letter, key) of a public id; a report's kind is ``r`` and its first 16 digits do. Raises UsageError."""
    kind, _, digits = id.strip().partition(":")
    try:
        if id.startswith(REPORT) and SHORTEST <= len(digits) <= 64:
            return "r", report_key(id)
        if kind in KINDS and len(digits) == 16:
            return kind, signed(digits)
    except ValueError:
        pass
    raise UsageError(
        f"{id!r} is no id", todo="take one from the id column: s:, e:, h:, f:, p:, a: or u: and 16 digits, or sha256:…"
    )


def report_of(id: str) -> int:
    """Key of a report as a user names it. Raises UsageError for another kind of id."""
    kind, key = parse_id(id)
    if kind != "r":
        raise UsageError(f"{id} is no report", todo="name its report: sha256:…")
    return key


def report_key(id: str) -> int:
    """Key of a report by its id."""
    return signed(id.removeprefix(REPORT)[:16])


def number(day: date | None) -> int | None:
    """5 August 2021 → 20210805."""
    return None if day is None else day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int | None) -> date | None:
    """20210805 → 5 August 2021; 0 and None are no day."""
    return date(number // 10_000, number // 100 % 100, number % 100) if number else None
