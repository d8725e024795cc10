"""From a report as we read it to MUC-4 incident templates, with small fitted models to choose among what was read.

``muc.json`` holds one logistic model for each choice: is the message about an incident, of which types, which noun
phrases are its perpetrators, targets and weapons, and which of a list a set fill is. tools/fit_muc.py makes it.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from bench.muc_candidates import Candidate, Page
from bench.muc_score import head, words
from bench.muc_text import MONTHS, Filler, Template
from dateline.errors import ModelError
from dateline.model import Act, Place, Time
from dateline.sentence import Sentence

TYPES = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "HIJACKING", "FORCED WORK STOPPAGE")
ROLES = ("instrument", "individual", "organisation", "thing", "name", "description")
NOT_FOR = {"KIDNAPPING": frozenset({"thing", "instrument"}), "ARSON": frozenset({"instrument"})}
STEPS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)  # odds as features: one for each that is passed
VOICED = ("said ", "subject ", "agent ", "actor ", "by ", "object ", "does ")
ASIDE = re.compile(
    r"^(?:(?:.*\b(?:OF|FROM|TO|NEAR)|(?:NORTH|SOUTH|EAST|WEST)(?:EAST|WEST)?(?:ERN)?|CENTRAL) (?:THE )?)+"
)
PLACED = 0.3  # odds of the sentences that name a place, added up
RECENT = timedelta(days=62)  # the task description's two months
WHERE = {
    "settlement": "CITY", "province": "DEPARTMENT", "district": "MUNICIPALITY", "region": "REGION", "site": "SITE",
    "water": "RIVER", "relief": "HILL",
}  # fmt: skip
NATIONS = {
    "SV": "EL SALVADOR", "GT": "GUATEMALA", "HN": "HONDURAS", "AR": "ARGENTINA", "BO": "BOLIVIA", "CL": "CHILE",
    "CO": "COLOMBIA", "EC": "ECUADOR", "PE": "PERU", "NI": "NICARAGUA", "PA": "PANAMA", "CR": "COSTA RICA",
    "US": "UNITED STATES", "MX": "MEXICO", "VE": "VENEZUELA", "ES": "SPAIN", "BR": "BRAZIL", "CU": "CUBA",
}  # fmt: skip
OF_INTEREST = frozenset(list(NATIONS)[:9])  # the nine countries of the task description


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by choice and feature, and the least probability for each choice."""

    weights: Mapping[str, Mapping[str, float]]
    least: Mapping[str, float]

    def score(self, choice: str, features: Iterable[str]) -> float:
        """Probability, 0–1; 0 for a choice that the model does not know."""
        known = self.weights.get(choice)
        if known is None:
            return 0.0
        total = sum(known.get(f, 0.0) for f in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def takes(self, choice: str, features: Iterable[str]) -> bool:
        """True where the choice is likely enough."""
        return self.score(choice, features) >= self.least.get(choice.split(":", maxsplit=1)[0], 0.5)

    def choose(self, slot: str, features: Sequence[str]) -> str | None:
        """The likeliest value of a set fill, or None where the slot is likelier empty."""
        values = [c for c in self.weights if c.startswith(f"{slot}:")]
        best = max(values, key=lambda c: self.score(c, features), default=None)
        if best is None or self.score(best, features) < self.least.get(slot, 0.5):
            return None
        return best.partition(":")[2]


def load_model(path: Path) -> Model:
    """Read what tools/fit_muc.py wrote. Raises ModelError."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Model(raw["weights"], raw["least"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"is not a model: {error}", where=str(path), todo="run python -m tools.fit_muc") from error


def weighed(page: Page, odds: Sequence[float]) -> Page:
    """The page with the odds of its sentences known to the whole and to each candidate."""
    best = sorted(odds, reverse=True)
    ranks = [(f"odds {rank}", best[rank] if rank < len(best) else 0.0) for rank in (0, 1, 3)]
    whole = (*page.whole, *(f for name, x in ranks for f in _passed(name, x)))
    return replace(page, candidates=tuple(_seen(c, odds) for c in page.candidates), whole=whole, odds=tuple(odds))


def _seen(c: Candidate, odds: Sequence[float]) -> Candidate:
    order = tuple(sorted(c.sentences, key=lambda n: -odds[n]))
    return replace(c, sentences=order, features=(*c.features, *_passed("odds", odds[order[0]])))


def _passed(name: str, x: float) -> list[str]:
    return [f"{name} > {step}" for step in STEPS if x > step]


def near(page: Page, taken: Sequence[Candidate]) -> tuple[str, ...]:
    """Features of the sentences in which some candidates stand, each by the one that tells most."""
    sentences = sorted({c.sentences[0] for c in taken})
    if len(sentences) == 1:
        return page.beside[sentences[0]]
    return tuple(sorted({f for n in sentences for f in page.beside[n]}))


def voiced(page: Page, c: Candidate) -> tuple[str, ...]:
    """Features of how surely something is said to be somebody's doing."""
    return (*(f for f in c.features if f.startswith(VOICED)), *page.beside[c.sentences[0]])


def templates(page: Page, model: Model, day: date | None) -> list[Template]:
    """The incidents of a message, one of each type that is likely; none where the message is about no incident."""
    if not page.odds:
        page = weighed(page, [model.score("sentence", seen) for seen in page.beside])
    features = page.whole
    if not model.takes("incident", features):
        return []
    by_type = {t: model.score(f"type:{t}", features) for t in TYPES}
    kept = [t for t in TYPES if by_type[t] >= model.least["type"]] or [max(by_type, key=lambda t: by_type[t])]
    roles = {role: chosen(page, model, role) for role in ROLES}
    return [_template(page, model, kind, _share(page, model, roles, kind, kept), day) for kind in kept]


def chosen(page: Page, model: Model, role: str) -> list[Candidate]:
    """The phrases of one role, each name once: the likeliest of those that share a head."""
    best: dict[str, tuple[float, Candidate]] = {}
    for c in page.candidates:
        if (role == "name") != c.name and role in ("name", "description"):
            continue
        score = model.score(role, c.features)
        key = head(c.text)
        if key and score >= model.least[role] and score > best.get(key, (0.0, c))[0]:
            best[key] = (score, c)
    return sorted((c for _, c in best.values()), key=lambda c: c.sentences[0])


def _share(
    page: Page, model: Model, roles: Mapping[str, Sequence[Candidate]], kind: str, kept: Sequence[str]
) -> dict[str, list[Candidate]]:
    """The phrases that belong to the incident of one type: by the words of their sentences."""

    def mine(c: Candidate) -> bool:
        return max(kept, key=lambda t: model.score(f"near:{t}", near(page, [c]))) == kind

    out = {role: [c for c in found if len(kept) == 1 or mine(c)] for role, found in roles.items()}
    return {role: [] if role in NOT_FOR.get(kind, ()) else found for role, found in out.items()}


def _template(
    page: Page, model: Model, kind: str, roles: Mapping[str, Sequence[Candidate]], day: date | None
) -> Template:
    taken = [c for found in roles.values() for c in found]
    words_near = near(page, taken)
    out: dict[str, list[Filler]] = {
        "type": [Filler((kind,))],
        "stage": [Filler((model.choose("stage", words_near) or "ACCOMPLISHED",))],
        "date": [Filler((_date(page, taken, day),))] if day else [],
        "location": _location(page),
    }
    for role in ("instrument", "individual", "organisation", "thing"):
        out[role] = [Filler((c.text,)) for c in roles[role]]
    perpetrators = [f for r in ("individual", "organisation") for c in roles[r] for f in c.features]
    category = model.choose("category", [*perpetrators, *words_near])
    out["category"] = [Filler((category,))] if category else []
    out["instrument type"] = _set(model, "instrument type", roles["instrument"])
    out["confidence"] = [
        Filler((model.choose("confidence", voiced(page, c)) or "REPORTED AS FACT",), (c.text,))
        for c in roles["organisation"]
    ]
    out["thing type"] = _set(model, "thing type", roles["thing"])
    out["thing effect"] = _set(model, "thing effect", roles["thing"])
    out["thing number"] = [Filler((c.number,), (c.text,)) for c in roles["thing"] if c.number]
    _people(model, roles, out)
    return {slot: tuple(found) for slot, found in out.items()}


def _set(model: Model, slot: str, found: Sequence[Candidate]) -> list[Filler]:
    values = [(model.choose(slot, c.features), c) for c in found]
    return [Filler((value,), (c.text,)) for value, c in values if value]


def _people(model: Model, roles: Mapping[str, Sequence[Candidate]], out: dict[str, list[Filler]]) -> None:
    """Slots 18 to 23: the named with their titles, then the described."""
    named, told = roles["name"], roles["description"]
    titles = {head(c.title) for c in named if c.title}
    told = [c for c in told if head(c.text) not in titles]
    out["name"] = [Filler((c.text,)) for c in named]
    out["description"] = [Filler((c.title,), (c.text,)) for c in named if c.title] + [Filler((c.text,)) for c in told]
    people = [*named, *told]
    out["person type"] = _set(model, "person type", people)
    out["person effect"] = _set(model, "person effect", people)
    out["person number"] = [Filler((c.number,), (c.text,)) for c in people if c.number]


def _date(page: Page, taken: Sequence[Candidate], day: date) -> str:
    """The day of a violent act in the sentences of the incident, the likeliest first, else another day told there; else
    "on or before" the day of the message."""
    sentences = page.doc.of(Sentence)
    order = sorted({n for c in taken for n in c.sentences}, key=lambda n: -page.odds[n])
    dated = {a.time for a in page.doc.of(Act) if a.type == "ASSAULT"}
    times = [t for n in order for t in page.doc.of(Time) if sentences[n].span.holds(t.span)]
    for t in [*(t for t in times if t.id in dated), *(t for t in times if t.id not in dated and t.when.latest != day)]:
        first, last = t.when.earliest, t.when.latest
        if first and last and first <= day and day - first <= RECENT and last - first <= timedelta(days=3):
            return _written(first) if first == last else f"{_written(first)} - {_written(last)}"
    return f"- {_written(day)}"


def _written(day: date) -> str:
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}"


def _location(page: Page) -> list[Filler]:
    """Country, province and place of the incident: the place that its likeliest sentences name, else the message's
    country."""
    spans = [(s.span, odds) for s, odds in zip(page.doc.of(Sentence), page.odds, strict=True)]
    told = [p for p in page.doc.of(Place) if p.country in NATIONS]
    places = [p for p in told if p.country in OF_INTEREST] or told

    def named(p: Place) -> float:
        return sum(odds for m in p.mentions if m not in p.associative for span, odds in spans if span.holds(m))

    inside = [p for p in places if p.kind in WHERE and named(p) > PLACED]
    best = max(inside, key=named, default=None)
    if best is not None and best.country is not None:
        beside = ASIDE.sub("", best.name.upper())  # the keys name the town for what lies near it
        kind = "CITY" if beside != best.name.upper() else WHERE[best.kind]
        parts = [NATIONS[best.country], *_province(best), f"{beside} ({kind})"]
        return [Filler((": ".join(parts),))]
    count = {p.country: 0 for p in places}
    for p in places:
        count[p.country] += len(p.mentions)
    country = max(count, key=lambda c: count[c], default=None)
    return [Filler((NATIONS[country],))] if country else []


def _province(place: Place) -> list[str]:
    if place.kind != "settlement" or not place.admin1 or set(words(place.admin1)) & set(words(place.name)):
        return []
    return [f"{place.admin1.upper()} (DEPARTMENT)"]
