"""Which words of a sentence stand for someone: names, nouns ("the ministry"), pronouns, holders of voices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dateline.lexicons.load import Entry
from dateline.model import ActorKind, Mention, MentionForm, Span
from dateline.resolve.actors_lexicon import TOPICS, Hit, Row, Who, actor_kind
from dateline.sentence import Sentence

PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f", "it": "it",
    "its": "it", "itself": "it", "they": "many", "them": "many", "their": "many", "themselves": "many",
    "i": "speaker", "me": "speaker", "my": "speaker", "we": "group", "us": "group", "our": "group",
    "you": "asked", "your": "asked", "who": "head", "which": "head", "that": "head",
}  # fmt: skip
PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WDT"})
INDEFINITE = frozenset({
    "a", "an", "another", "one", "some", "any", "no", "every", "each", "several", "many", "other", "two",
    "three", "four", "five", "few", "most", "certain", "more",
})  # fmt: skip
PART_OF_OTHER = frozenset({"compound", "amod", "nmod", "npadvmod", "nummod", "quantmod"})
LOCATIVE = frozenset({
    "in", "near", "across", "around", "inside", "into", "through", "throughout", "outside", "within", "off",
    "over", "at", "beyond", "along", "onto",
})  # fmt: skip
ACTING = frozenset({"armed_group", "military", "government", "organisation"})
MENTION_KINDS: dict[str, ActorKind] = {"person": "person", "organisation": "organisation", "people": "people"}


@dataclass(slots=True)
class Phrase:
    """Words of sentence number ``k`` that stand for someone; ``first``, ``head`` and ``last`` are tokens."""

    k: int
    head: int
    first: int
    last: int
    form: MentionForm
    kind: ActorKind
    word: str  # the head's lemma, in small letters
    words: frozenset[str] = frozenset()  # its modifiers, without articles, numerals and countries
    name: str = ""
    written: str = ""  # the name as the report has it, where a row knows another
    row: Row | None = None
    rivals: tuple[Row, ...] = ()
    entry: Entry | None = None
    many: bool = False
    definite: bool | None = None  # None: no article
    gender: str = ""
    countries: tuple[tuple[str, int], ...] = ()  # ISO code and token of every country among its modifiers
    country: str | None = None
    subject: bool = False
    spans: list[Span] = field(default_factory=list)  # holder spans that this phrase answers for

    @property
    def holder(self) -> bool:
        return bool(self.spans)


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens that are one name, with the row that lists it, or the recogniser's kind."""

    first: int
    last: int
    kind: ActorKind
    hit: Hit | None = None


def phrases_of(
    k: int, s: Sentence, text: str, named: Sequence[Mention], holders: Iterable[Span], who: Who
) -> list[Phrase]:
    """Every phrase of one sentence, in order of their heads; at most one for a head."""
    held: dict[int, list[Span]] = {}
    for span in holders:
        held.setdefault(head_of(s, span), []).append(span)
    nouns = {i: e for i in range(len(s)) if (e := _noun_entry(s, i, who, i in held)) is not None}
    found: dict[int, Phrase] = {}
    inside: set[int] = set()
    for run in runs_of(s, text, named, who):
        head = head_within(s, run.first, run.last)
        phrase = _named(k, s, run, head, head in held, nouns, who)
        if phrase is not None:
            found[head] = phrase
            inside.update(range(run.first, run.last + 1))
    for i, entry in nouns.items():
        if i not in inside and i not in found:
            found[i] = _nominal(k, s, i, entry, who)
    for i, word in enumerate(s.words):
        if s.tags[i] not in PRONOUN_TAGS or i in inside or i in found:
            continue
        if word.lower() in PRONOUNS and (i in held or s.labels[i] != "expl"):
            found[i] = Phrase(k, i, i, i, "pronoun", "unknown", word.lower())
    for i in held:
        if i not in found and i not in inside:
            found[i] = _unlisted(k, s, i, who)
    for i, phrase in found.items():
        phrase.subject = s.labels[i] in ("nsubj", "nsubjpass", "agent")
    over = {i: p for p in found.values() for i in range(p.first, p.last + 1)}
    for head, spans in held.items():
        (found.get(head) or over[head]).spans.extend(spans)
    return [found[i] for i in sorted(found)]


def head_of(s: Sentence, span: Span) -> int:
    """The token of ``span`` that the others hang on; the first of them where there are two."""
    tokens = s.tokens_in(span)
    return head_within(s, tokens.start, tokens.stop - 1) if tokens else 0


def head_within(s: Sentence, first: int, last: int) -> int:
    """The token whose head lies outside; of a broken run ("Ministry", "Defence") the first such noun."""
    out = [i for i in range(first, last + 1) if s.heads[i] == i or not first <= s.heads[i] <= last]
    nouns = [i for i in out if s.pos[i] in ("NOUN", "PROPN", "PRON")]
    return (nouns or out or [last])[0]


def runs_of(s: Sentence, text: str, named: Sequence[Mention], who: Who) -> list[Run]:
    """Listed names and recognised ones; where they overlap the longer wins, the listed at equal length."""
    at = {s.start(i): i for i in range(len(s))}
    to = {s.end(i): i for i in range(len(s))}
    runs = [Run(h.first, h.last, actor_kind(h.row), h) for h in who.hits(s, text)]
    for mention in named:
        first, last = at.get(mention.span.start), to.get(mention.span.end)
        kind = MENTION_KINDS.get(mention.kind, "unknown")
        if first is None or last is None:
            continue
        if not any(w[0].isupper() for w in s.words[first : last + 1]):
            continue  # "white flag": the recogniser is wrong about small letters more often than right
        first = _past_titles(s, first, last, who) if kind == "person" else first
        over = [r for r in runs if r.first <= last and first <= r.last]
        if not over:
            runs.append(Run(first, last, kind))
        elif kind in ("person", "organisation") and all(_swallowed(s, r, first, last, who) for r in over):
            runs = [r for r in runs if r not in over] + [Run(first, last, kind)]
    return sorted(runs, key=lambda r: r.first)


def _past_titles(s: Sentence, first: int, last: int, who: Who) -> int:
    while first < last and (s.words[first].lower() in who.titles or s.words[first].lower() in who.people):
        first += 1
    return first


def _swallowed(s: Sentence, run: Run, first: int, last: int, who: Who) -> bool:
    """True for a listed name that is only a part of a longer one ("Kabul University")."""
    longer = first <= run.first and run.last <= last and last - first > run.last - run.first
    if longer and run.first == first and run.kind in ACTING and s.lemmas[last].lower() not in who.people:
        return False  # "Taliban Assault" in a headline
    return longer and all(
        s.tags[i] in ("NNP", "NNPS", "IN", "CC", "DT", "HYPH", "JJ", "NN", "NNS") for i in range(first, last + 1)
    )


def _noun_entry(s: Sentence, i: int, who: Who, held: bool) -> Entry | None:
    """The entry of a noun that can stand for someone here; papers and "many" only where they hold a voice."""
    tag = s.tags[i]
    if not (tag.startswith("NN") or held) or tag in ("PRP", "PRP$"):
        return None
    if not held and (s.labels[i] in PART_OF_OTHER or s.labels[i] in ("attr", "acomp") or _as_what(s, i)):
        return None
    entry = who.entry_at(s, i)
    if entry is None or (not held and (entry.gives.get("held_only") or not tag.startswith("NN"))):
        return None
    if not held and any(s.words[c].lower() == "no" for c in s.children[i]):
        return None
    return entry


def _as_what(s: Sentence, i: int) -> bool:
    """True in "banned as terrorist": what someone is called, not someone."""
    return s.labels[i] == "pobj" and s.words[s.heads[i]].lower() == "as"


def joined(s: Sentence, run: Sequence[int]) -> str:
    """The words of neighbouring tokens with the spaces that the report has between them."""
    return "".join(s.words[i] + (" " if i != run[-1] and s.ends[i] < s.begins[i + 1] else "") for i in run)


def _named(k: int, s: Sentence, run: Run, head: int, held: bool, nouns: dict[int, Entry], who: Who) -> Phrase | None:
    hit = run.hit
    if hit is None:
        if run.kind == "unknown" and not held:
            return None
        entry = who.entry_at(s, head) if run.kind != "person" else None
        phrase = (
            _nominal(k, s, head, entry, who) if entry else Phrase(k, head, run.first, run.last, "name", run.kind, "")
        )
        phrase.form, phrase.first, phrase.last = "name", run.first, run.last
        phrase.name = joined(s, range(run.first, run.last + 1))
        phrase.kind = phrase.kind if entry and run.kind != "person" else run.kind
        if run.kind == "person":
            phrase.gender = _title_gender(s, run.first, who)
        return phrase
    return _listed(k, s, run, head, held, nouns, who)


def _listed(k: int, s: Sentence, run: Run, head: int, held: bool, nouns: dict[int, Entry], who: Who) -> Phrase | None:
    assert run.hit is not None
    hit, row, kind = run.hit, run.hit.row, run.kind
    modifies = s.labels[head] in ("amod", "compound", "nmod", "poss") and s.heads[head] != head
    if hit.column == "capital":
        if not (held or _acts(s, head, who)):
            return None
        row = who.government(row["country"]) or row
        kind = actor_kind(row)
    elif hit.column == "adjectives" and not modifies:
        if s.tags[head] not in ("NNS", "NNPS") and not held:
            return None
        return Phrase(k, head, run.first, run.last, "name", "people", s.words[head].lower(), many=True,
                      name=s.words[head], country=row["country"])  # fmt: skip
    elif kind == "state" and not held:
        if modifies and not (s.heads[head] in nouns or s.labels[head] == "poss"):
            return None
        if not modifies and _on_the_ground(s, head):
            return None
    many = kind in ("people", "armed_group") and s.words[head].endswith("s")
    return Phrase(
        k, head, run.first, run.last, "name", kind, "", name=row["name"], row=row, many=many, definite=True,
        written=joined(s, range(run.first, run.last + 1)),
        rivals=tuple(n.row for n in hit.names[1:] if n.column not in ("adjectives", "capital")),
        country=row.get("country") or None,
    )  # fmt: skip


def _acts(s: Sentence, i: int, who: Who) -> bool:
    verb = s.heads[i]
    return s.labels[i] == "nsubj" and s.lemmas[verb].lower() in who.metonyms


def _on_the_ground(s: Sentence, i: int) -> bool:
    """True where a country's name tells where, not who."""
    if s.labels[i] in ("appos", "npadvmod", "dep"):
        return True
    top = next((a for a in (i, *s.ancestors(i)) if s.labels[a] != "conj"), i)
    return s.labels[top] == "pobj" and s.words[s.heads[top]].lower() in LOCATIVE


def _title_gender(s: Sentence, first: int, who: Who) -> str:
    title = who.titles.get(s.words[first - 1].lower()) if first else None
    return str(title.gives.get("gender", "")) if title else ""


def _nominal(k: int, s: Sentence, i: int, entry: Entry, who: Who) -> Phrase:
    first = i
    kids = s.children[i]
    for c in reversed([c for c in kids if c < i]):
        if s.labels[c] in ("det", "amod", "compound", "nmod", "poss", "nummod", "predet", "quantmod"):
            first = min(first, s.edges(c)[0])
    first = _past_countries(s, first, who)
    many = s.tags[i] in ("NNS", "NNPS") or s.lemmas[i].lower() in (
        "people",
        "police",
        "staff",
        "media",
        "press",
    )
    words, countries = _modifiers(s, i, first, who)
    word = s.lemmas[i].lower()
    if entry.gives.get("body") == "ministry" and word in ("mod", "mfa"):
        word, words = "ministry", frozenset({TOPICS[word]})
    kind: ActorKind = entry.gives.get("kind") or (entry.gives.get("crowd", "people") if many else "person")
    return Phrase(
        k, i, first, i, "nominal", kind, word, words, entry=entry, many=many,
        definite=_definite(s, i, first), gender=str(entry.gives.get("gender", "")),
        countries=countries, country=countries[0][0] if countries else None,
    )  # fmt: skip


def _past_countries(s: Sentence, first: int, who: Who) -> int:
    """Leftwards over "Russian, Tajik and", which parsers seldom hang on the noun."""
    while first >= 2 and who.country_named(s.words[first]) and s.words[first - 1].lower() in (",", "and"):
        if who.country_named(s.words[first - 2]) is None:
            break
        first -= 2
    return first


def _modifiers(s: Sentence, i: int, first: int, who: Who) -> tuple[frozenset[str], tuple[tuple[str, int], ...]]:
    """Words before the noun, and "of Defence" after it; a country among them is told apart."""
    tokens = [j for j in range(first, i) if s.tags[j] in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "VBG")]
    of = next((c for c in s.kids(i, "prep") if s.words[c].lower() == "of"), None)
    if of is not None and (thing := s.kid(of, "pobj")) is not None:
        tokens += [j for j in s.subtree(thing) if s.tags[j] in ("NN", "NNS", "NNP", "NNPS", "JJ")]
    words, countries = set(), []
    for j in tokens:
        state = who.country_named(s.words[j])
        if state is not None:
            countries.append((state["country"], j))
        else:
            low = s.words[j].lower()
            words.add({"defense": "defence"}.get(low, low))
    return frozenset(words), tuple(countries)


def _definite(s: Sentence, i: int, first: int) -> bool | None:
    for j in range(first, i):
        low = s.words[j].lower()
        if s.labels[j] == "poss" and s.heads[j] == i:
            return True
        if low in ("the", "this", "that", "these", "those", "both") and s.heads[j] == i:
            return "other" not in (w.lower() for w in s.words[j:i])
        if low in INDEFINITE or s.labels[j] == "nummod":
            return False
    return None


def _unlisted(k: int, s: Sentence, i: int, who: Who) -> Phrase:
    """A holder whose head no list knows: a name by its tags, or any noun."""
    if s.tags[i] in ("NNP", "NNPS"):
        first = last = i
        while first and s.tags[first - 1] in ("NNP", "NNPS") and s.labels[first - 1] != "pobj":
            first -= 1
        first = _past_titles(s, first, last, who)
        return Phrase(k, i, first, last, "name", "unknown", "", name=joined(s, range(first, last + 1)),
                      gender=_title_gender(s, first, who))  # fmt: skip
    if s.tags[i] in ("PRP", "PRP$", "WP", "WDT", "DT", "EX"):
        return Phrase(
            k,
            i,
            i,
            i,
            "pronoun",
            "unknown",
            s.words[i].lower(),
            many=s.words[i].lower() in ("these", "those"),
        )
    plain = Entry("people.unlisted", (), {}, "", (), (), "people.toml")
    phrase = _nominal(k, s, i, plain, who)
    phrase.entry, phrase.kind = None, "people" if phrase.many else "unknown"
    return phrase
