"""Every noun of dateline, in the order in which a report meets them.

All classes are frozen and slotted and use the standard library only. Offsets are 0-based, end-exclusive and
count Unicode code points of ``Report.text``. Ids such as ``b3`` or ``t0`` are unique within one report;
``Report.id`` and ``Statement.id`` are content hashes and unique everywhere.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

BlockKind = Literal["headline", "standfirst", "crosshead", "paragraph", "caption", "credit",
    "byline", "dateline", "quote", "list", "table", "boilerplate"]  # fmt: skip
PublishedBy = Literal["given", "metadata", "text"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["stated", "relative", "opening", "published", "open"]
ActorKind = Literal["state", "government", "military", "armed_group", "organisation", "media", "person", "people",
    "unknown"]  # fmt: skip
MentionForm = Literal["name", "nominal", "pronoun"]
PlaceKind = Literal["country", "region", "province", "district", "settlement", "site", "water", "relief"]
Form = Literal["direct", "indirect", "mixed", "headline"]
Role = Literal["speaker", "carrier"]
Stance = Literal["asserts", "denies", "declines", "predicts", "plans", "demands", "doubts", "accuses", "threatens",
    "asks", "other"]  # fmt: skip
Policy = Literal["report", "belief", "attitude"]
Status = Literal["happened", "ongoing", "planned", "possible", "predicted", "demanded", "denied", "hypothetical"]
Level = Literal["whole", "most", "part", "centre", "districts", "outskirts", "presence"]
HoldState = Literal["holds", "captured", "retaken", "lost", "contested", "threatened", "withdrawn"]
RulingVerdict = Literal["accept", "reject", "edit", "merge", "split", "copy", "reliability", "place", "undo"]


# --- read ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of ``Report.text``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """True when ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """True when the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who printed a report. Never called "source": a source is a voice inside the text."""

    id: str
    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """What was read but not understood, and why; ``span`` is None when it is about the whole report."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What the page's markup says of a stretch of text, before any rule of ours has looked at it."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Report:
    """A page as printed, never edited. ``id`` is ``sha256:`` and the hex digest of the raw bytes."""

    id: str
    source: str
    text: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    published: str | None = None  # ISO 8601 date or date-time
    published_by: PublishedBy | None = None
    outlet: Outlet | None = None
    marks: tuple[Mark, ...] = ()  # empty for plain text
    warnings: tuple[Warning, ...] = ()

    @property
    def day(self) -> date | None:
        """The calendar day of publication, or None."""
        return date.fromisoformat(self.published[:10]) if self.published else None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text of one kind: a paragraph, a caption, a cross-heading. ``repeats`` is an earlier block's id."""

    id: str
    span: Span
    kind: BlockKind
    rule: str
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One story of a page; a page may carry several. ``blocks`` and ``headline`` are block ids."""

    id: str
    headline: str | None
    blocks: tuple[str, ...]


# --- find ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something. ``kind`` is what the finder took it for; the resolvers may overrule it."""

    span: Span
    kind: Literal["person", "organisation", "place", "people", "other"]
    rule: str


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time, as written: ``shape`` names the pattern, ``fields`` what it captured."""

    span: Span
    type: TimeType
    shape: str
    rule: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted amount. ``low`` and ``high`` bound it; ``unit`` is the counted noun's lemma or a currency code."""

    id: str
    span: Span
    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    rule: str


# --- attribute ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks, marks included. ``closed`` is False when the block ended first."""

    span: Span
    closed: bool
    scare: bool  # a word or two set off for distance, not somebody's sentence


@dataclass(frozen=True, slots=True)
class Holder:
    """One link of a chain of voices, as words; ``span`` is None for a voice the text leaves unnamed."""

    span: Span | None
    role: Role
    rule: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that are somebody's: the chain (speaker first), the cue, and what is attributed."""

    holders: tuple[Holder, ...]
    cue: Span | None
    lemma: str
    content: tuple[Span, ...]
    form: Form
    stance: Stance
    rule: str
    score: float
    policy: Policy


# --- resolve ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, never a point; both ends inclusive; None where unbounded or unknown."""

    earliest: date | None
    latest: date | None
    grain: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression on the calendar. ``value`` is a TIMEX3 value, None when it hangs on an unknown day."""

    id: str
    span: Span
    type: TimeType
    value: str | None
    when: When
    rule: str


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map with its chain in words; ``country`` is ISO 3166-1 alpha-2."""

    id: str
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    gazetteer: str | None
    confidence: float
    mentions: tuple[Span, ...]
    precision: Literal["exact", "near", "district", "province", "country", "relative", "none"] = "exact"
    radius_km: float | None = None
    reasons: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()  # every country that claims it, where disputed
    associative: tuple[Span, ...] = ()  # mentions that stand for a government or people, not for ground


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an act happened: ``trigger`` names the act, ``place`` is a place's id, ``evidence`` the words for it."""

    trigger: Span
    place: str
    evidence: Span
    rule: str
    score: float  # odds of this place against the others and none, 0–1


@dataclass(frozen=True, slots=True)
class ActorMention:
    span: Span
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who speaks or acts in this report. ``of`` is the id of the actor this one belongs to."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    role: str | None
    of: str | None
    mentions: tuple[ActorMention, ...]
    lexicon: str | None = None  # id in actors.tsv or outlets.tsv
    unnamed: str | None = None  # type of an unnamed source: official, resident, witness …
    count: int | None = None  # how many unnamed people spoke, when the words say so
    anonymity: Span | None = None  # the reason given for not naming


# --- claim --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Source:
    """One link of a statement's chain, resolved. ``actor`` is None for a voice the text leaves unnamed."""

    actor: str | None
    span: Span | None
    role: Role


@dataclass(frozen=True, slots=True)
class Statement:
    """The atom: this voice put this claim this surely in these words."""

    id: str
    within: str | None
    form: Form
    sources: tuple[Source, ...]
    cue: Span | None
    lemma: str | None
    content: tuple[Span, ...]
    stance: Stance
    said: str | None
    rule: str
    score: float
    policy: Policy
    negated: bool = False  # the content is denied by its own words ("said it had not …")
    modality: str | None = None  # may | must | will … of the content's main verb


@dataclass(frozen=True, slots=True)
class Act:
    """What happened, in PLOVER's terms. Actors, places, times and quantities are ids of this report."""

    id: str
    type: str
    mode: str | None
    context: tuple[str, ...]
    trigger: Span
    lemma: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    quantities: tuple[str, ...]
    time: str | None
    status: Status
    statement: str | None
    same_as: str | None
    rule: str
    evidence: tuple[tuple[str, Span], ...] = ()  # field name → the words it rests on


@dataclass(frozen=True, slots=True)
class Hold:
    """Who holds a place. ``other`` is who lost it or contests it."""

    place: str
    holder: str | None
    other: str | None
    state: HoldState
    time: str | None
    event: str | None
    statement: str | None
    span: Span
    rule: str
    level: Level | None = None  # how much of the place; None when the words do not say
    status: Status = "happened"  # in the eyes of the statement's holder
    quantities: tuple[str, ...] = ()  # "nine of ten districts": the two amounts
    evidence: tuple[tuple[str, Span], ...] = ()  # field name → the words it rests on


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted amount of something that matters: killed, wounded, displaced, troops, money …"""

    quantity: str
    counts: str
    bound: Literal["exact", "at_least", "up_to", "about", "range"]
    side: str | None
    event: str | None
    statement: str | None
    span: Span
    rule: str
    scope: Literal["event", "day", "since", "part", "total"] | None = None  # "part" of another figure
    time: str | None = None
    status: Status = "happened"


@dataclass(frozen=True, slots=True)
class Toll:
    """How many one deed befell in all, by one report. ``low``, ``high``: None where open; ``best``: as told first."""

    id: str
    story: str | None
    event: str | None  # the act of the telling that counts
    counts: Literal["killed", "wounded", "missing"]
    who: Literal["civilian", "fighter"] | None
    side: str | None  # the actor whose dead or wounded they are, where the words say so
    low: float | None
    high: float | None
    best: float | None
    place: str | None
    time: str | None
    tellings: tuple[Span, ...]  # the words that count or name them, in order of the text
    rule: str


# --- what people decided ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's decision on a row of the record, kept for good. ``id`` is ``u:`` and a hash of all but ``n``.

    ``about`` is a public id: of a report or what stands in it, ``outlet:…`` or ``actor:…`` with an id of the word
    lists, or of a ruling that is undone. ``given``, sorted by name, is what the verdict needs: the other row
    (``other``), a field and its value, a mention and a place, a letter. ``n`` counts within one record only.
    """

    id: str
    about: str
    verdict: RulingVerdict
    given: tuple[tuple[str, str], ...]
    by: str
    at: str  # UTC, ISO 8601 with microseconds; no two made in one record share it
    why: str | None = None
    n: int = field(default=0, compare=False)

    def get(self, name: str) -> str | None:
        """One thing given, or None."""
        return dict(self.given).get(name)
