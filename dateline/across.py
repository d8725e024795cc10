"""The nouns that only many reports together have: what each told, and what follows from all of it.

The upper half is what a joiner is given: claims as single reports tell them, lifted out of their reports. Ids here are
public ids, good everywhere: ``sha256:…`` of a report, ``s: e: h: f:`` and sixteen digits of a statement, act, hold or
figure. The lower half is what joiners give. A joiner is a pure function of what was told and of rulings; the order of
its input must not matter.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.model import ActorKind, HoldState, Level, PlaceKind, Role, Stance, Status

RootKind = Literal["party", "person", "witness", "document", "correspondent", "unnamed"]
CopyKind = Literal["whole", "cut", "mixed", "lifted", "ruled"]
Standing = Literal["confirmed", "corroborated", "reported", "single", "contested", "doubtful"]
TensionField = Literal["number", "holder", "happened", "place", "day"]
Verdict = Literal["same", "compatible", "update", "other_scope", "rounding", "party_dispute", "conflict"]
Control = Literal["held", "contested", "stale", "unknown"]
Phase = Literal["speeding up", "steady", "slowing", "paused", "too little to tell"]


# --- what was told --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Who:
    """An actor as known across reports: ``key`` is its id in the word lists, else made of its name and country."""

    key: str
    name: str
    kind: ActorKind
    country: str | None = None
    owners: tuple[str, ...] = ()  # keys of those it belongs to or speaks for, nearest first
    unnamed: str | None = None  # official, resident, witness …: the type of an unnamed voice

    @property
    def side(self) -> str:
        """The key of whom it answers to in the end; its own where that is nobody."""
        return self.owners[-1] if self.owners else self.key


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of a chain of voices. ``who`` is None for one that the report leaves unnamed."""

    role: Role
    who: Who | None
    words: str  # as printed; empty where nothing is


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as known across reports: ``key`` is its gazetteer id, else made of its name and chain."""

    key: str
    name: str
    kind: PlaceKind
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "exact"  # exact | near | district | province | country | relative | none
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as one report tells it, in whose voice, how surely, and of which days (both ends inclusive).

    ``earliest`` and ``latest`` are None where the words give no day: then all that is known is that it was told on
    ``published``. ``start`` and ``end`` are offsets into the report's text.
    """

    id: str
    report: str
    outlet: str | None  # key of who printed it
    country: str | None  # of the outlet
    published: date | None
    start: int
    end: int
    sentence: str
    statement: str | None  # id of the statement it is told in; None for the report's own voice
    chain: tuple[Hop, ...]
    stance: Stance | None
    status: Status
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A counted amount: ``value`` where the words give one number, ``low`` and ``high`` where they bound it."""

    value: float | None
    low: float | None
    high: float | None
    unit: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class ActTold(Told):
    """Something that happened, as told. ``same_as`` is an earlier act of the same report that it tells again.

    ``scene`` is the town that the report names most, where there is one: a guess at where an act without a place was.
    """

    type: str
    mode: str | None
    lemma: str
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    places: tuple[Spot, ...]
    amounts: tuple[Amount, ...]
    same_as: str | None
    scene: Spot | None = None


@dataclass(frozen=True, slots=True)
class HoldTold(Told):
    """Who holds a place, as told. ``act`` is the id of the act that it follows from."""

    place: Spot
    holder: Who | None
    other: Who | None
    state: HoldState
    level: Level | None
    act: str | None


@dataclass(frozen=True, slots=True)
class FigureTold(Told):
    """A counted amount, as told. ``act`` is the id of the act whose amount it is; ``places`` are that act's."""

    counts: str
    amount: Amount
    bound: str  # exact | at_least | up_to | about | range
    scope: str | None  # event | day | since | part | total
    side: Who | None
    act: str | None
    places: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class StatementTold(Told):
    """A statement itself, for what voices say without a countable claim in it: assessments, denials."""

    lemma: str | None
    words: str  # the content
    within: str | None
    negated: bool
    places: tuple[Spot, ...]


# --- copies and origins -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports with words in common: ``report`` (the later) has them from ``of``, or both from a third.

    ``share`` is the part of the shorter text's five-word runs outside quotations that stand in the other, 0 to 1;
    ``sentences`` counts whole shared sentences of eight words or more outside quotations.
    """

    report: str
    of: str
    kind: CopyKind
    share: float
    sentences: int
    rule: str


@dataclass(frozen=True, slots=True)
class Root:
    """Whom a claim leads back to, through every voice that passed it on. Equal keys are one origin."""

    key: str
    kind: RootKind
    name: str
    side: str | None  # key of the actor it answers to, where it has one
    rule: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Three numbers and never fewer, and how many of the origins are a party to the fight."""

    reports: int
    texts: int
    origins: int
    parties: int


# --- threads, facts, events -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thread:
    """One running story: the ids of its reports."""

    id: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What the record concludes happened: acts that tell of one thing. ``id`` is that of its first telling."""

    id: str
    type: str
    tellings: tuple[str, ...]  # ids of acts
    earliest: date | None
    latest: date | None
    place: Spot | None
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said by many: that an event happened, an amount of it, or who holds a place.

    ``low``, ``high`` and ``best`` are of amounts only. ``credibility`` is Admiralty's digit, 1 to 6.
    """

    id: str
    event: str | None
    about: Literal["happened", "amount", "holder"]
    counts: str | None
    claims: tuple[str, ...]
    weighed: Counts
    standing: Standing
    credibility: int
    rule: str
    low: float | None = None
    high: float | None = None
    best: float | None = None


@dataclass(frozen=True, slots=True)
class Tension:
    """Two claims that cannot both hold, or that parties put differently, and on which field."""

    a: str
    b: str
    on: TensionField
    verdict: Verdict
    rule: str


# --- holdings, tempo --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a place on a day, by the weight of what was said until then.

    ``holder`` is the side's key where ``state`` is held, the last one where it is stale. ``weights`` are each side's,
    most first. ``pro`` and ``contra`` are the three strongest claims each way, by id; ``turns`` is what would turn it.
    """

    place: Spot
    day: date
    state: Control
    holder: str | None
    weights: tuple[tuple[str, float], ...]
    since: date | None
    pro: tuple[str, ...]
    contra: tuple[str, ...]
    turns: str
    rule: str


@dataclass(frozen=True, slots=True)
class Tempo:
    """How fast one side acts in one area: distinct events a week, recent weeks against earlier ones.

    ``ratio`` is the recent rate over the earlier one (median of its posterior) with its 90 % interval; ``read`` is the
    number of reports read in each week, so that reading more is not mistaken for more happening.
    """

    side: str
    area: str
    until: date
    weeks: tuple[int, ...]  # events, oldest first
    read: tuple[int, ...]
    phase: Phase
    ratio: float | None
    low: float | None
    high: float | None
    rule: str
