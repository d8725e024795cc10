"""What a claim says for or against a thing, and which of two was said first."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dateline.across import ActTold, FigureTold, HoldTold, Root, Told, Who

NOBODY = Root("unnamed", "unnamed", "unnamed", None, "roots.missing")  # of claims that lead nowhere: one, all of them
SAID = frozenset({"happened", "ongoing"})  # what a voice puts forward as so; the rest is planned, feared or asked for


def order(claim: Told) -> tuple[date, str, int, str]:
    """What sorts claims: day of publication (none comes last), report, place in it, id."""
    return claim.published or date.max, claim.report, claim.start, claim.id


def denied(claim: Told) -> bool:
    """True where the words, or the voice, say that it is not so."""
    return claim.status == "denied" or claim.stance in ("denies", "doubts")


def stated(claim: Told) -> bool:
    """True where somebody says that it is so, or that it is not: neither planned, nor predicted, nor asked for."""
    return denied(claim) or (claim.status in SAID and claim.stance in (None, "asserts", "accuses", "other"))


def root_of(claim: Told, roots: Mapping[str, Root]) -> Root:
    """The origin of a claim; nobody where it leads nowhere."""
    return roots.get(claim.id, NOBODY)


def interest(root: Root) -> str:
    """Whose say it is: all voices of one side are one, anybody else is himself."""
    return f"side {root.side or root.key}" if root.kind == "party" else root.key


def against_interest(claim: Told, root: Root) -> bool:
    """A party that admits what speaks against it: its own deed, its own loss, its own retreat."""
    if root.kind != "party" or denied(claim):
        return False
    match claim:
        case HoldTold(state="lost" | "withdrawn"):
            return _is(root, claim.other)
        case HoldTold():
            return claim.other is not None and _is(root, claim.other)
        case FigureTold():
            return claim.counts in LOSSES and _is(root, claim.side)
        case ActTold(type="RETREAT"):
            return _any(root, claim.actors)
        case ActTold(type="ASSAULT" | "COERCE"):
            return _any(root, claim.actors) or _any(root, claim.recipients)
        case _:
            return False


LOSSES = frozenset({"killed", "wounded", "missing", "captured", "casualties"})


def firsts[T: Told](claims: Iterable[T], roots: Mapping[str, Root], *by: str) -> list[T]:
    """The first claim of each origin that says the same of the fields ``by``; a reprint says nothing that is new."""
    found: dict[tuple[Any, ...], T] = {}
    for claim in sorted(claims, key=order):
        said = tuple(_field(claim, name) for name in by)
        found.setdefault((root_of(claim, roots).key, denied(claim), *said), claim)
    return [*found.values()]


def _field(claim: Told, name: str) -> Any:
    for part in name.split("."):
        claim = getattr(claim, part, None)  # type: ignore[assignment]
    return claim


def _any(root: Root, whos: Iterable[Who]) -> bool:
    return any(_is(root, who) for who in whos)


def _is(root: Root, who: Who | None) -> bool:
    return who is not None and (who.side in (root.side, root.key) or root.key in (who.key, *who.owners))
