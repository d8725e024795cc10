"""A report's acts as rows of PLOVER, CAMEO, ACLED or UCDP, one a telling, each naming what the code no longer says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.exports.codebooks.marks import REAL, Telling, deaths, marks_of, tellings
from dateline.exports.codebooks.table import coded, table
from dateline.model import Act, Actor, Figure, Place, Quantity, Time
from dateline.sentence import Sentence, meeting
from dateline.stage import Doc

QUAD: Mapping[str, str] = {
    "AGREE": "verbal cooperation", "CONSULT": "verbal cooperation", "SUPPORT": "verbal cooperation",
    "CONCEDE": "verbal cooperation", "COOPERATE": "material cooperation", "AID": "material cooperation",
    "RETREAT": "material cooperation", "REQUEST": "verbal conflict", "ACCUSE": "verbal conflict",
    "REJECT": "verbal conflict", "THREATEN": "verbal conflict", "PROTEST": "material conflict",
    "SANCTION": "material conflict", "MOBILIZE": "material conflict", "COERCE": "material conflict",
    "ASSAULT": "material conflict",
}  # fmt: skip
# PLOVER's auxiliary modes for what did not, or not yet, happen.
AUXILIARY: Mapping[str, str | None] = {
    "happened": None, "ongoing": None, "planned": "future", "predicted": "future", "demanded": "future",
    "possible": "hypothetical", "hypothetical": "hypothetical", "denied": "negation",
}  # fmt: skip
DEADLY_BOOKS = frozenset({"acled", "ucdp"})


@dataclass(frozen=True, slots=True)
class Deaths:
    """How many died, as told: None where not told. ``best`` only where all tellings agree on one number."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Coded:
    """One act in a codebook. ``code`` is None where it has no place there, and ``loses`` then says why."""

    codebook: str
    event: str
    code: str | None
    name: str
    loses: str
    rule: str
    type: str
    mode: str | None
    context: tuple[str, ...]
    auxiliary: tuple[str, ...]
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    earliest: str | None
    latest: str | None
    start: int  # of the trigger, code points
    end: int
    deaths: Deaths | None  # ACLED and UCDP only


def view(doc: Doc, codebook: str) -> Iterator[Coded]:
    """The report's acts in a codebook, in order of the text. Raises LexiconError where the table is broken."""
    for told in tellings(doc):
        yield _coded(doc, told, codebook)


def _coded(doc: Doc, told: Telling, codebook: str) -> Coded:
    act = told.act
    code, name, loses, rule = _code(doc, told, codebook)
    place = next((p for p in doc.of(Place) if p.id in act.places), None)
    time = next((t.when for t in doc.of(Time) if t.id == act.time), None)
    return Coded(
        codebook, act.id, code, name, loses, rule, act.type, act.mode,
        context=tuple(c for c in act.context if c != "historical"), auxiliary=_auxiliary(act), status=act.status,
        actors=_names(doc, act.actors), recipients=_names(doc, act.recipients),
        place=place.name if place else None, country=place.country if place else None,
        latitude=place.latitude if place else None, longitude=place.longitude if place else None,
        earliest=time.earliest.isoformat() if time and time.earliest else None,
        latest=time.latest.isoformat() if time and time.latest else None,
        start=act.trigger.start, end=act.trigger.end,
        deaths=died(list(deaths(doc, told)), doc) if codebook in DEADLY_BOOKS else None,
    )  # fmt: skip


def _code(doc: Doc, told: Telling, codebook: str) -> tuple[str | None, str, str, str]:
    """(code, name, what is lost, rule)."""
    act = told.act
    if codebook == "plover":
        return act.type, QUAD.get(act.type, ""), "", act.rule
    if act.status not in REAL:
        return None, "", f"{act.status}: the codebook counts only what happened", "view.status"
    row = coded(table(codebook), act.type, act.mode, marks_of(doc, told))
    if row is None:
        return None, "", "the table has no row for this type", "view.none"
    return row.code, row.name, row.loses, row.id


def _auxiliary(act: Act) -> tuple[str, ...]:
    """PLOVER's auxiliary modes; "historical" stands among the contexts of an act."""
    told = AUXILIARY[act.status]
    return (*(("historical",) if "historical" in act.context else ()), *((told,) if told else ()))


def _names(doc: Doc, ids: Sequence[str]) -> tuple[str, ...]:
    by_id = {a.id: a.name for a in doc.of(Actor)}
    return tuple(by_id[i] for i in ids if i in by_id)


def died(figures: Sequence[tuple[Figure, Quantity]], doc: Doc) -> Deaths:
    """What the figures of one act add up to. Figures of one sentence count different people and are summed;
    those of different sentences tell of the same people, and where they differ both ends are kept and none is best."""
    by_sentence: dict[int, list[Quantity]] = {}
    for figure, quantity in figures:
        by_sentence.setdefault(_sentence(doc, figure), []).append(quantity)
    sums = [_sum(quantities) for quantities in by_sentence.values()]
    if not sums:
        return Deaths(None, None, None)
    lows, bests, highs = ([s[k] for s in sums] for k in range(3))
    best = bests[0] if len(set(bests)) == 1 else None
    return Deaths(
        min((x for x in lows if x is not None), default=None),
        best,
        None if None in highs else max(x for x in highs if x is not None),
    )


def _sentence(doc: Doc, figure: Figure) -> int:
    """Where the figure's sentence begins."""
    return next((s.span.start for s in meeting(doc.of(Sentence), figure.span)), figure.span.start)


def _sum(quantities: Sequence[Quantity]) -> tuple[int | None, int | None, int | None]:
    """(low, best, high) of amounts added up; an end that one of them leaves open stays open."""

    def total(values: list[float | None]) -> int | None:
        return None if None in values else round(sum(v for v in values if v is not None))

    lows: list[float | None] = [q.low if q.low is not None else 0 for q in quantities]
    return total(lows), total([q.value for q in quantities]), total([q.high for q in quantities])
