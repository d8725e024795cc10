"""Which of those already met do these words mean? A cast that grows as the report is read, top to bottom."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from dateline.model import ActorKind, MentionForm, Span
from dateline.resolve.actors_lexicon import Row
from dateline.resolve.actors_phrases import Phrase

GROUPS = frozenset({"state", "government", "military", "armed_group", "organisation", "media"})
NEAR = (
    frozenset({"official", "spokesperson", "diplomat"}),
    frozenset({"officer", "police", "military", "security official"}),
    frozenset({"resident", "witness", "displaced"}),
)
REACH = 4  # sentences back that a pronoun looks; beyond that three in four are wrong (GUM news)
FAR = 300  # sentences back that a noun looks: more than any article has, so that a long page is read in its length
CLEAR = 0.15  # by how much the best candidate of a pronoun must lead


Place = tuple[int, int]  # sentence and token


@dataclass(slots=True, eq=False)
class Someone:
    """An actor in the making. ``at`` is sentence and token of every mention, in the order of the text."""

    kind: ActorKind
    story: str
    at: list[Place]
    number: int  # among all, in the order of meeting
    name: str = ""
    row: Row | None = None
    rivals: tuple[Row, ...] = ()
    country: str | None = None
    role: str | None = None
    of: "Someone | None" = None
    unnamed: str | None = None
    count: int | None = None
    anonymity: Span | None = None
    gender: str = ""
    many: bool = False
    named: bool = False
    heads: set[str] = field(default_factory=set)
    words: frozenset[str] = frozenset()
    mentions: dict[Span, MentionForm] = field(default_factory=dict)
    subject: bool = False  # was its last mention a subject?
    quoted: bool = False  # did its last mention stand inside a quotation?
    headline: bool = True  # so far met in headlines only
    spoke: int = -9  # number of the last sentence in which it held a voice

    @property
    def group(self) -> bool:
        return self.kind in GROUPS

    def last(self, here: Place = (1_000_000, 0)) -> Place | None:
        """Where it was mentioned last before ``here``."""
        before = bisect_left(self.at, here)
        return self.at[before - 1] if before else None


class Cast:
    """Everybody met so far. Names hold for the whole page, nouns and pronouns within one story."""

    def __init__(self) -> None:
        self.all: list[Someone] = []
        self.story = ""
        self._recent: dict[str, dict[int, Someone]] = {}  # story → number → who, the one mentioned last at the end
        self._rows: dict[str, Someone] = {}
        self._names: dict[str, Someone] = {}
        self._ends: dict[str, list[Someone]] = {}  # surnames and given names

    def here(self, before: Place) -> list[Someone]:
        """Those mentioned in this story before a place, latest first."""
        met = [(last, -x.number, x) for x in self._since(before[0] - FAR) if (last := x.last(before))]
        return [x for _, _, x in sorted(met, key=lambda each: each[:2], reverse=True)]

    def mentioned(self, someone: Someone, at: Place) -> None:
        """Note one more mention."""
        insort(someone.at, at)
        recent = self._recent.setdefault(someone.story, {})
        recent.pop(someone.number, None)
        recent[someone.number] = someone

    def _since(self, sentence: int) -> Iterator[Someone]:
        """Those of this story with a mention in a sentence or after it. Pages are read top to bottom."""
        for x in reversed(self._recent.get(self.story, {}).values()):
            if x.at[-1][0] < sentence:
                return
            yield x

    def new(self, phrase: Phrase) -> Someone:
        someone = Someone(phrase.kind, self.story, [], len(self.all), many=phrase.many, gender=phrase.gender)
        someone.country, someone.words = phrase.country, phrase.words
        if phrase.word:
            someone.heads.add(phrase.word)
        self.all.append(someone)
        self.mentioned(someone, (phrase.k, phrase.head))
        return someone

    def by_row(self, row: Row) -> Someone | None:
        return self._rows.get(row["id"])

    def give_row(self, someone: Someone, row: Row) -> None:
        someone.row, someone.name, someone.named = row, row["name"], True
        someone.country = row.get("country") or someone.country
        self._rows.setdefault(row["id"], someone)

    def give_name(self, someone: Someone, name: str) -> None:
        """File under the name, its ends (of a person) and its initials (of a body)."""
        parts = name.lower().replace(".", "").split()
        if len(parts) >= len(someone.name.split()) or not someone.named:
            someone.name = name
        someone.named = True
        self._names[name.lower()] = someone
        two = len(parts) == 2 and someone.row is None and not someone.heads  # may be a person, mistaken for a body
        if someone.kind in ("person", "unknown") or two:
            for end in {parts[-1], parts[0]}:
                self._ends.setdefault(end, []).append(someone)
        elif len(parts) > 1:
            capitals = "".join(w[0] for w in name.split() if w[0].isupper())
            self._names.setdefault(capitals.lower(), someone)
            self._ends.setdefault(parts[0], []).append(someone)

    def by_name(self, phrase: Phrase) -> Someone | None:
        """The one whose full name, surname, given name, initials or longer name these words are."""
        low = phrase.name.lower()
        exact = self._names.get(low)
        if exact is not None:
            return exact
        parts = low.replace(".", "").split()
        if len(parts) == 1:
            known = [x for x in self._ends.get(parts[0], ()) if _genders_agree(x, phrase)]
            return max(known, key=lambda x: x.at[-1]) if known else None
        known = [x for x in self._ends.get(parts[-1], ()) if _same_person(x.name, parts) and _genders_agree(x, phrase)]
        return max(known, key=lambda x: x.at[-1]) if known else None

    def surnamed(self, word: str) -> Someone | None:
        """The one person whose surname this is, known already by more than that."""
        known = [
            x
            for x in self._ends.get(word.lower(), ())
            if x.kind == "person" and x.name.lower().endswith(" " + word.lower())
        ]
        return known[-1] if known else None

    def by_noun(self, phrase: Phrase, owner: Someone | None, near: str | None) -> Someone | None:
        """The last one that "the ministry" or "the group" can mean; None where two could be."""
        met = [x for x in self.here((phrase.k, phrase.head)) if _agrees(x, phrase, owner)]
        same = [x for x in met if phrase.word in x.heads]
        if phrase.definite is None and phrase.many:
            return next((x for x in same if x.words == phrase.words and x.of is owner), None)
        if phrase.definite is False:
            return next((x for x in same if x.headline and x.count == 1 and not phrase.many), None)
        if same:
            return next(
                (x for x in same if phrase.words <= x.words),
                same[0] if _words_meet(same[0], phrase) else None,
            )
        if phrase.definite is None:
            return None
        if near and phrase.kind == "person" and not phrase.words and owner is None:
            for kinds in NEAR:
                if near in kinds:
                    found = next((x for x in met if x.unnamed in kinds or x.heads & kinds), None)
                    if found is not None:
                        return found
        return self._by_kind(phrase, owner, met)

    def _by_kind(self, phrase: Phrase, owner: Someone | None, met: list[Someone]) -> Someone | None:
        links = phrase.entry.gives.get("links", ()) if phrase.entry else ()
        if not links or owner is not None:
            return None
        known = [x for x in met if x.kind in links and x.named and phrase.words <= _said_of(x)]
        called = [x for x in known if phrase.word in (*x.name.lower().split(), (x.row or {}).get("kind"))]
        for kind in links:
            if fits := [x for x in called or known if x.kind == kind]:
                return _only_or_nearest(fits, (phrase.k, phrase.head))
        return None

    def by_pronoun(self, phrase: Phrase, sort: str, barred: set[int]) -> tuple[Someone | None, bool]:
        """The likeliest one for he, she, they or it, and whether two were equally likely."""
        fits = FITS[sort]
        here = (phrase.k, phrase.head)
        ranked = sorted(
            (
                (_salience(x, phrase, last), last, x.number, x)
                for x in self._since(phrase.k - REACH)
                if id(x) not in barred and fits(x)
                and x.gender in ("", sort if sort in "mf" else x.gender)
                and (last := x.last(here)) is not None and phrase.k - last[0] <= REACH
            ),
            key=lambda each: each[:3], reverse=True,
        )  # fmt: skip
        if not ranked:
            return None, False
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEAR:
            return None, True
        return ranked[0][3], False


FITS: Mapping[str, Callable[[Someone], bool]] = {
    "m": lambda x: (x.kind == "person" or (x.kind == "unknown" and x.named)) and not x.many,
    "f": lambda x: (x.kind == "person" or (x.kind == "unknown" and x.named)) and not x.many,
    "many": lambda x: x.many or x.kind in ("people", "armed_group", "military", "organisation", "government"),
    "it": lambda x: x.group and not x.many,
}


def _salience(x: Someone, phrase: Phrase, last: Place) -> float:
    """Near, subject, speaking and often named weigh for a candidate (weights set by hand on GUM news)."""
    score = -1.0 * (phrase.k - last[0]) + 0.6 * x.subject + 0.1 * min(len(x.mentions), 4) + 0.3 * x.named
    if phrase.holder:
        score += 0.8 * (phrase.k - x.spoke <= 2)
    return score - 0.8 * x.quoted


def _only_or_nearest(known: list[Someone], here: Place) -> Someone | None:
    """The only one, or the one within two sentences when the others are further off."""
    if len(known) < 2:
        return known[0] if known else None
    first, second = (here[0] - (x.last(here) or here)[0] for x in known[:2])
    return known[0] if first <= 2 < second else None


def _genders_agree(x: Someone, phrase: Phrase) -> bool:
    return not (x.gender and phrase.gender and x.gender != phrase.gender)


def _same_person(name: str, parts: list[str]) -> bool:
    """Given name and surname are the same, or one of the two names is a surname alone."""
    other = name.lower().replace(".", "").split()
    return other[-1] == parts[-1] and (len(other) == 1 or other[0] == parts[0])


def _words_meet(x: Someone, phrase: Phrase) -> bool:
    return not x.words or not phrase.words or bool(x.words & phrase.words)


def _said_of(x: Someone) -> set[str]:
    return {
        *x.words,
        *x.name.lower().split(),
        "armed",
        "militant",
        "insurgent",
        "rebel",
        "islamist",
        "news",
        "extremist",
    }


def _agrees(x: Someone, phrase: Phrase, owner: Someone | None) -> bool:
    """Number, gender, country and owner do not speak against it."""
    if x.kind in ("person", "people") and x.many != phrase.many:
        return False
    if phrase.country and x.country and phrase.country != x.country:
        return False
    if owner is not None and x.of is not None and owner is not x.of and owner is not x.of.of:
        return bool(owner.country and owner.country == x.of.country and owner.kind in ("state", "government"))
    return _genders_agree(x, phrase) and owner is not x
