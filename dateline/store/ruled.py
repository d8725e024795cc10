"""What rulings do to answers: a pure function of rows and rulings. Derived rows are never edited.

A rejected row is left out unless it is asked for, an accepted one is marked, an edited one shows the corrected value
and, in ``edited``, what dateline had. A rejected report takes its rows with it. A row that rests on a rejected one is
marked as in doubt and no more: whether it falls too is for a person to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from dateline.lexicons.gazetteer import Gazetteer
from dateline.lexicons.gazetteer.folding import fold
from dateline.model import Ruling
from dateline.store.context import Context
from dateline.store.keys import parse_id, public, report_key
from dateline.store.verdicts import VIEW_OF, shown, typed

ACCEPTED, REJECTED, IN_DOUBT = "accepted", "rejected", "in doubt"
STANDS = {"accept": ACCEPTED, "reject": REJECTED}
RESTS_ON = ("statement", "event", "within", "same_as")
POINT = ("admin1", "country", "latitude", "longitude", "precision", "radius_km")

type Answer = dict[str, Any]
type Pins = dict[str, "Pinned"]  # a place's local id, or nothing for the whole row, → where it is


@dataclass(frozen=True, slots=True)
class Pinned:
    """A place as a person pinned it, with the columns of ``spots``."""

    name: str
    kind: str
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    gazetteer: str
    precision: str
    radius_km: float | None


@dataclass(slots=True)
class Ruled:
    """Rulings that hold, by what they are about."""

    stands: dict[str, str] = field(default_factory=dict)
    edits: dict[str, dict[str, str]] = field(default_factory=dict)
    pins: dict[str, list[tuple[str, Pinned]]] = field(default_factory=dict)  # (mention, place)

    @classmethod
    def by(cls, rulings: Iterable[Ruling], gazetteer: Gazetteer | None) -> "Ruled":
        """Sorted out. A place that this map does not know is left as dateline has it."""
        found = cls()
        for r in rulings:
            given = dict(r.given)
            if r.verdict in STANDS:
                found.stands[r.about] = STANDS[r.verdict]
            elif r.verdict == "edit":
                found.edits.setdefault(r.about, {})[given["field"]] = given["value"]
            elif r.verdict == "place" and (spot := pinned(given["place"], gazetteer)) is not None:
                found.pins.setdefault(r.about, []).append((given.get("mention", ""), spot))
        return found

    def __bool__(self) -> bool:
        return bool(self.stands or self.edits or self.pins)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of actors that people gave in place of dateline's."""
        whom = ("actors", "recipients", "holder", "other", "side", "speaker")
        given = (value for edits in self.edits.values() for name, value in edits.items() if name in whom)
        return tuple(dict.fromkeys(part for value in given for part in value.split("|")))

    def ids(self, verdict: str) -> tuple[str, ...]:
        """What is ruled so."""
        return tuple(id for id, how in self.stands.items() if how == verdict)

    def standing(self, kind: str, *verdicts: str) -> list[int]:
        """Keys of rows of one kind that are ruled so; ``r`` of reports."""
        return [key for id, how in self.stands.items() if how in verdicts for k, key in [parse_id(id)] if k == kind]

    # --- one answer -------------------------------------------------------------------------------------------------

    def report(self, answer: Answer) -> Answer:
        """A row of ``reports`` with what people said of it."""
        edited = self._edit("reports", answer["id"], answer)
        return {**answer, "ruled": self.stands.get(answer["id"]), "edited": edited}

    def claim(self, kind: str, answer: Answer, row: Row[Any], x: Context) -> Answer:
        """A statement, event, hold or figure with what people said of it, its report and what it is told in."""
        edited = self._pin(answer, row, self.pins_of(kind, row, x), x)
        edited += self._edit(VIEW_OF[kind], answer["id"], answer)
        if kind != "s":
            edited += self._voice(answer)
        edited += self._edit("reports", answer["report"], answer)
        return {**answer, "ruled": self._stands(answer), "edited": edited}

    def _stands(self, answer: Answer) -> str | None:
        if self.stands.get(answer["report"]) == REJECTED:
            return REJECTED
        own = self.stands.get(answer["id"])
        if own is None and any(self.stands.get(answer.get(name) or "") == REJECTED for name in RESTS_ON):
            return IN_DOUBT
        return own

    def _edit(self, view: str, id: str, answer: Answer) -> list[str]:
        """Put corrected values into an answer; what was there before."""
        edited = []
        for name, value in self.edits.get(id, {}).items():
            edited.append(_before(name, answer[name]))
            answer[name] = typed(view, name, value)
            if name == "speaker":
                answer["chain"] = [answer[name] or "", *answer["chain"][1:]]
        return edited

    def _voice(self, answer: Answer) -> list[str]:
        """A claim is told in its statement's words, as corrected."""
        edits, edited = self.edits.get(answer["statement"] or "", {}), []
        if "speaker" in edits:
            edited.append(_before("voice", answer["voice"]))
            answer["voice"] = edits["speaker"].strip() or None
            answer["chain"] = [answer["voice"] or "", *answer["chain"][1:]]
        if "stance" in edits:
            edited.append(_before("stance", answer["stance"]))
            answer["stance"] = edits["stance"]
        return edited

    # --- places -----------------------------------------------------------------------------------------------------

    def pins_of(self, kind: str, row: Row[Any], x: Context) -> Pins:
        """Places of a row that people pinned: in its report, or in this row alone, which goes before."""
        report = x.pages[row.report].id
        if report not in self.pins and public(kind, row.key) not in self.pins:
            return {}
        found: Pins = {}
        for id in (report, public(kind, row.key)):
            for mention, spot in self.pins.get(id, ()):
                for local in x.locals_of(kind, row) if mention else [""]:
                    if not mention or goes_by(x, row.report, local, mention):
                        found[local] = spot
        return found

    def places_of(self, kind: str, row: Row[Any], x: Context) -> list["Row[Any] | Pinned"]:
        """Where a row is, as pinned."""
        pins, locals = self.pins_of(kind, row, x), x.locals_of(kind, row)
        if "" in pins:
            return [pins[""]]
        return [pins.get(local) or spot for local in locals for spot in x.spots(row.report, [local])]

    def _pin(self, answer: Answer, row: Row[Any], pins: Pins, x: Context) -> list[str]:
        if not pins:
            return []
        kind = answer["id"][0]
        spots = self.places_of(kind, row, x)
        edited = [_before("places", answer["places"])]
        answer["places"] = [*dict.fromkeys(spot.name for spot in spots)]
        if "place" in answer:
            answer["place"] = spots[0].name
            answer.update({name: getattr(spots[0], name) for name in POINT})
        return edited


def goes_by(x: Context, report: int, local: str, mention: str) -> bool:
    """Whether a place of a report is called so there, or goes by that name."""
    return fold(mention) in {fold(words) for words in x.mentioned(report, local)}


def pinned(id: str, gazetteer: Gazetteer | None) -> Pinned | None:
    """A place of the map by its id."""
    s = gazetteer.spot(id) if gazetteer is not None else None
    if s is None:
        return None
    precision = s.kind if s.kind in ("country", "province", "district") else "exact"
    return Pinned(
        s.name, s.kind, s.country, s.admin1, s.admin2, s.latitude, s.longitude, s.id, precision, s.radius_km
    )  # fmt: skip


def reports_of(ids: Iterable[str]) -> list[int]:
    """Keys of those ids that are reports."""
    return [report_key(id) for id in ids if parse_id(id)[0] == "r"]


def keys_of(kind: str, ids: Iterable[str]) -> list[int]:
    """Keys of those ids that are of one kind."""
    return [key for k, key in map(parse_id, ids) if k == kind]


def _before(name: str, value: Any) -> str:
    return f"{name}: {shown(value) or '–'}"
