"""Looks up who a written name is: rows of the actor and outlet lists, read at the day of the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dateline.lexicons.load import Entry, Lexicons, Name, first_word
from dateline.model import ActorKind
from dateline.sentence import Sentence

Row = Mapping[str, str]
TOPICS = {
    "defence": "defence", "defense": "defence", "mod": "defence", "foreign": "foreign", "mfa": "foreign",
    "external": "foreign", "interior": "interior", "internal": "interior", "home": "interior",
    "health": "health",
}  # fmt: skip
RULING = frozenset({"government", "administration", "regime", "authorities"})
MEDIA_KINDS = frozenset({"agency", "newspaper", "broadcaster", "site"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens ``first`` to ``last`` of a sentence spell a name that the lists know."""

    first: int
    last: int
    names: tuple[Name, ...]  # several rows where a name changed hands and the day is not known

    @property
    def column(self) -> str:
        return self.names[0].column

    @property
    def row(self) -> Row:
        return self.names[0].row


class Who:
    """The lists, as they stand on one day (None: the report is undated)."""

    def __init__(self, lexicons: Lexicons, day: date | None) -> None:
        self.names, self.rows = lexicons.names, lexicons.rows
        self.people = lexicons.words.get("people", {})
        self.titles = lexicons.words.get("titles", {})
        self.modifiers = lexicons.words.get("modifiers", {})
        self.metonyms = lexicons.words.get("metonyms", {})
        self.anonymity = tuple(lexicons.words.get("anonymity", {}))
        self.day = day.isoformat() if day else None
        self._last_words = {w.rsplit(" ", 1)[1] for w in self.people if " " in w}

    def valid(self, row: Row) -> bool:
        """True unless the report's day lies outside the row's dates."""
        if self.day is None:
            return True
        start, end = row.get("valid_from") or "", row.get("valid_to") or "9999"
        return start <= self.day <= end

    def hits(self, sentence: Sentence, text: str) -> list[Hit]:
        """Every listed name in the sentence, longest first at each token, none overlapping."""
        found: list[Hit] = []
        ends = {sentence.end(i): i for i in range(len(sentence))}
        free = 0
        for i, word in enumerate(sentence.words):
            if i < free or word in (",", ".", "the"):
                continue
            hit = self._hit(sentence, text, i, word, ends)
            if hit is not None:
                found.append(hit)
                free = hit.last + 1
        return found

    def _hit(self, sentence: Sentence, text: str, i: int, word: str, ends: Mapping[int, int]) -> Hit | None:
        names = self.names.get(word)
        if names is None and not word.isalpha():
            names = self.names.get(first_word(word))
        if names is None and word.endswith("s") and sentence.tags[i] in ("NNS", "NNPS", "NNP"):
            demonyms = [n for n in self.names.get(word[:-1], ()) if n.written == word[:-1] and _plural_too(n)]
            return Hit(i, i, tuple(demonyms)) if demonyms else None
        start = sentence.start(i)
        for name in names or ():
            last = ends.get(start + len(name.written))
            if last is None or not text.startswith(name.written, start) or not self.valid(name.row):
                continue
            if last == i and not _proper(sentence, i) and name.column != "adjectives":
                continue
            same = [n for n in names or () if n.written == name.written and self.valid(n.row)]
            return Hit(i, last, tuple(sorted(same, key=_precedence)))
        return None

    def row_named(self, name: str) -> Row | None:
        """The row that lists exactly this name, outlets before the rest."""
        same = [n for n in self.names.get(first_word(name), ()) if n.written == name and self.valid(n.row)]
        return min(same, key=lambda n: n.table != "outlets").row if same else None

    def country_named(self, word: str) -> Row | None:
        """The state whose adjective or name this one word is."""
        for name in self.names.get(word, ()):
            if name.written == word and name.row.get("kind") == "state" and name.column != "capital":
                return name.row
        return None

    def entry_at(self, sentence: Sentence, i: int) -> Entry | None:
        """The entry for the noun at ``i``, with as many of the words before it as are listed together."""
        lemma, low = sentence.lemmas[i].lower(), sentence.words[i].lower()
        if lemma in self._last_words or low in self._last_words:
            for n in (3, 2, 1):
                if i >= n:
                    before = " ".join(sentence.words[i - n : i]).lower()
                    entry = self.people.get(f"{before} {lemma}") or self.people.get(f"{before} {low}")
                    if entry is not None:
                        return entry
        return self.people.get(lemma) or self.people.get(low)

    def body_of_country(self, entry: Entry, head: str, words: frozenset[str], country: str) -> Row | None:
        """The listed army, police, government or ministry of a country that a common noun names."""
        code = country.lower()
        if force := entry.gives.get("force"):
            return self.rows.get(f"{force}.{code}")
        if entry.gives.get("body") == "ministry":
            topic = next((TOPICS[w] for w in (head, *words) if w in TOPICS), None)
            return self.rows.get(f"gov.{code}.{topic}") if topic else None
        return self.government(country) if head in RULING and not words - RULING else None

    def government(self, country: str) -> Row | None:
        """The government of a country on the report's day; the undated row where it changed hands."""
        state = self.rows.get(f"state.{country.lower()}")
        plain = self.rows.get(f"gov.{country.lower()}")
        if state is None:
            return plain
        for adjective in (state.get("adjectives") or "").split("|"):
            written = f"{adjective} government"
            named = [n for n in self.names.get(first_word(written), ()) if n.written == written and self.valid(n.row)]
            if len(named) == 1:
                return named[0].row
        return plain


def _proper(sentence: Sentence, i: int) -> bool:
    """A name by its tag, or by its capitals ("WHO" is often taken for a pronoun)."""
    word = sentence.words[i]
    return sentence.tags[i] in ("NNP", "NNPS", "JJ") or (len(word) > 2 and word.isupper())


def _plural_too(name: Name) -> bool:
    return name.column == "adjectives" or name.row.get("kind") == "armed_group"


def _precedence(name: Name) -> tuple[bool, bool]:
    return (name.column in ("adjectives", "capital"), bool(name.row.get("valid_from")))


def actor_kind(row: Row) -> ActorKind:
    """An outlet's row says what sort of medium it is; an actor's row says its kind."""
    kind = row.get("kind") or "unknown"
    return "media" if kind in MEDIA_KINDS else kind  # type: ignore[return-value]
