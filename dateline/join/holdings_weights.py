"""What one claim of who holds a place is worth by itself: for whom, how surely put, and who stands behind it.

Weights are in *claims*: 1 is what one independent reporter's plain claim weighs on its day. Where a constant names no
source it was set on simulated wars (``bench/holdings.py``, seeds 1 to 3; those reported are others).
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from dateline.across import HoldTold, Root, RootKind, Who
from dateline.join.told import denied
from dateline.model import ActorKind, HoldState, Level, Stance, Status

CONTESTED = "contested"  # what a claim counts for where nobody holds all of the place

# How surely the claim is put, 0 to 1; what is planned or feared says nothing of who holds the place.
SURE: Mapping[Status, float] = {"happened": 1.0, "ongoing": 1.0, "possible": 0.4, "denied": 1.0}
STANCES: Mapping[Stance | None, float] = {
    None: 1.0, "asserts": 1.0, "other": 1.0, "accuses": 1.0, "denies": 1.0, "doubts": 0.5,
}  # fmt: skip
# Who stands behind it.
TRUST: Mapping[RootKind, float] = {
    "party": 0.8, "person": 0.8, "witness": 1.0, "document": 1.2, "correspondent": 1.0, "unnamed": 0.5,
}  # fmt: skip
# Reliability of an origin by the Admiralty code, A completely reliable to E unreliable; F, not to be judged, is none.
LETTERS: Mapping[str, float] = {"A": 1.4, "B": 1.2, "C": 1.0, "D": 0.6, "E": 0.3}
# Origins without a letter that may be repeating somebody without saying so.
ECHOING: Set[RootKind] = frozenset({"correspondent", "unnamed"})

HOLDERS: Set[ActorKind] = frozenset({"state", "government", "military", "armed_group", "organisation"})
TAKES: Set[HoldState] = frozenset({"holds", "captured", "retaken"})
LEAVES: Set[HoldState] = frozenset({"lost", "withdrawn"})
NEWS: Set[HoldState] = frozenset({"captured", "retaken", "lost", "withdrawn"})
SOME: Set[Level | None] = frozenset({"part", "centre", "districts", "presence"})  # a foot in the door: fought over
MOSTLY = 0.8
AFAR = 0.5  # a denial by a party that nobody names among those who hold, took or lost the place
VAGUE_DAYS = 31  # a change within so many days is dated: "in April", "in early May"
AT_THE_GATES = 0.3  # who threatens a place does not hold it


@dataclass(frozen=True, slots=True)
class Vote:
    """One claim as evidence on its day: for ``value`` (a side's key, or CONTESTED), or against it.

    ``weight`` is without what depends on the rest of the record; ``interest`` is the side that the origin answers to
    where that is one of those who fight for the place.
    """

    claim: str
    day: date
    origin: str
    interest: str | None
    value: str
    against: bool
    weight: float
    echoing: bool
    words: str
    news: bool = False  # tells of a change, not of a state of things
    dated: bool = False  # the words give the day


def day_of(claim: HoldTold) -> date | None:
    """The day on which a claim counts: the last day that its words allow, though none after it was told.

    A state of things without a day of its own ("rebels hold the town") was so when it was told. None for a change of
    which only the season or the year is known: it may have been undone since.
    """
    if claim.state in NEWS and claim.latest and (claim.latest - (claim.earliest or claim.latest)).days > VAGUE_DAYS:
        return None
    days = [d for d in (claim.latest, claim.published) if d is not None]
    return min(days) if days else claim.earliest


def contenders(claims: Iterable[HoldTold]) -> frozenset[str]:
    """Keys of all sides that somebody says took, held or lost the place. What is denied makes nobody a contender."""
    told = [c for c in claims if not denied(c)]
    return frozenset(side for c in told for who in (c.holder, c.other) if (side := side_of(who)) is not None)


def vote(claim: HoldTold, root: Root, sides: Set[str], letter: str | None) -> Vote | None:
    """What a claim counts for, or None where it counts for nothing: no day, not said to be so, or no side named.

    ``sides`` are the contenders of the place; ``letter`` is the origin's reliability, A to F.
    """
    day = day_of(claim)
    sure = SURE.get(claim.status, 0.0) * STANCES.get(claim.stance, 0.0)
    meant = meaning(claim, sides)
    if day is None or meant is None or sure == 0:
        return None
    value, against, share = meant
    if against and root.kind == "party" and root.side not in sides:
        share *= AFAR
    return Vote(
        claim=claim.id, day=day, origin=root.key, interest=root.side if root.side in sides else None, value=value,
        against=against, weight=sure * share * TRUST[root.kind] * LETTERS.get(letter or "F", 1.0),
        echoing=root.kind in ECHOING and letter not in LETTERS, words=" ".join(claim.sentence.split()),
        news=claim.state in NEWS and not against, dated=claim.latest is not None,
    )  # fmt: skip


def meaning(claim: HoldTold, sides: Set[str]) -> tuple[str, bool, float] | None:
    """For whom, or for CONTESTED, a claim counts; whether against; and what share of a full claim it is.

    Of two sides that fight for a place, what one loses the other gains. A denial turns the claim round, and only
    that: that one side has not taken a place says nothing of the other.
    """
    holder, other, state, level = side_of(claim.holder), side_of(claim.other), claim.state, claim.level
    no = denied(claim)
    if state == "threatened" or (level == "outskirts" and state in TAKES):
        return None if no or holder is None else (holder, True, AT_THE_GATES)
    if state == "contested" or level in SOME:
        return CONTESTED, no, 1.0
    share = MOSTLY if level == "most" else 1.0
    if state in TAKES or (state in LEAVES and holder is not None):
        return (holder, no, share) if holder is not None else None
    if other is None:
        return None
    if no:  # not lost: still held
        return other, False, share
    rivals = sides - {other}
    return (min(rivals), False, share) if len(rivals) == 1 else (other, True, share)


def side_of(who: Who | None) -> str | None:
    """The key of the side that someone told of as a holder stands for; None for one who can hold nothing.

    A lawmaker holds no town, but stands for the state that he belongs to; "fighters" and no more are nobody's.
    """
    if who is None or (not who.owners and (who.kind not in HOLDERS or who.unnamed is not None)):
        return None
    return who.side
