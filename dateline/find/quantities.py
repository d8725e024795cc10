"""Counted amounts: numbers in figures and words, vague amounts, ranges, money; what bounds them and what they count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dateline.lexicons.load import Lexicons
from dateline.model import Quantity, TimeExpression
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

UNITS: Mapping[str, int] = {
    "zero": 0, "ten": 10, "one": 1, "eleven": 11, "two": 2, "twelve": 12, "three": 3, "thirteen": 13, "four": 4,
    "fourteen": 14, "five": 5, "fifteen": 15, "six": 6, "sixteen": 16, "seven": 7, "seventeen": 17, "eight": 8,
    "eighteen": 18, "nine": 9, "nineteen": 19,
}  # fmt: skip
TENS: Mapping[str, int] = {
    w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
# lakh and crore: Indian English, 10^5 and 10^7
SCALES: Mapping[str, float] = {
    "dozen": 12, "score": 20, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "mn": 1e6,
    "m": 1e6, "crore": 1e7, "crores": 1e7, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "k": 1e3,
}  # fmt: skip
CURRENCIES: Mapping[str, str] = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "c$": "CAD", "a$": "AUD",
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "rupee": "INR", "rouble": "RUB", "ruble": "RUB",
    "afghani": "AFN", "yuan": "CNY", "lira": "TRY", "riyal": "SAR", "dinar": "IQD", "hryvnia": "UAH", "shekel": "ILS",
    "usd": "USD", "eur": "EUR", "gbp": "GBP", "rial": "IRR", "franc": "CHF", "krone": "DKK", "krona": "SEK",
}  # fmt: skip
NOT_COUNTED = frozenset({"ORDINAL", "LAW", "PRODUCT", "EVENT", "WORK_OF_ART"})
JOINS = frozenset({"to", "-", "–", "—", "or"})
BEFORE_ONE = frozenset({"no", "this", "that", "the", "every", "any", "which"})
RISES = frozenset("go rise climb come jump creep grow mount move revise raise bring shoot swell".split())
OLDEST = 120  # years; a bare number above it is nobody's age
# After a noun a number is its name, not its count ("Route 9", "Resolution 1325").
DONE = frozenset({"die", "perish", "surrender", "flee", "escape"})
NUMBER_NOUNS = frozenset(
    "number dozen score hundred thousand million handful couple few lot total group family".split()
)
NAMED_BY_NUMBER = frozenset(
    [
        "route",
        "resolution",
        "article",
        "chapter",
        "section",
        "page",
        "channel",
        "flight",
        "phase",
        "part",
        "number",
        "no.",
        "no",
        "highway",
        "room",
        "gate",
        "class",
        "group",
        "camp",
        "zone",
        "sector",
        "unit",
        "brigade",
        "version",
        "level",
        "grade",
        "covid",
    ]
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as read: first and last token, its bounds; ``vague`` for words such as "dozens"."""

    first: int
    last: int
    low: float | None
    high: float | None
    value: float | None
    approximate: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Words:
    """``quantities.toml`` by what it gives."""

    vague: Mapping[str, tuple[float, float]]
    bounds: tuple[tuple[tuple[str, ...], str], ...]  # words → bound, longest first
    fates: frozenset[str]  # verbs of figures.toml that befall people
    people: frozenset[str]  # nouns of kinds.toml that name people


@stage(needs=(Sentence, TimeExpression), gives=Quantity)
def quantities(doc: Doc, kit: Kit) -> Iterator[Quantity]:
    """One note for each counted amount, ids ``q0`` on; numbers inside time expressions and names are left alone."""
    words = words_of(kit.lexicons)
    taken = [t.span for t in doc.of(TimeExpression)]
    number = at = 0
    for s in doc.of(Sentence):
        while at < len(taken) and taken[at].end <= s.span.start:
            at += 1
        times = [t for t in taken[at : at + 64] if t.start < s.span.end]
        blocked = {i for t in times for i in range(len(s)) if s.start(i) < t.end and t.start < s.end(i)}
        for amount in sorted([*amounts(s, words, blocked), *singles(s, words)], key=lambda a: a.first):
            yield Quantity(
                id=f"q{number}",
                span=s.over(amount.first, amount.last),
                value=amount.value,
                low=amount.low,
                high=amount.high,
                approximate=amount.approximate,
                unit=unit_of(s, amount),
                rule=amount.rule,
            )
            number += 1


def words_of(lexicons: Lexicons) -> Words:
    """Compile ``quantities.toml``; a few dozen words."""
    entries = lexicons.entries.get("quantities", ())
    vague = {w: (e.gives["low"], e.gives["high"]) for e in entries if "low" in e.gives for w in e.words}
    bounds = [(tuple(w.split()), e.gives["bound"]) for e in entries if "bound" in e.gives for w in e.words]
    bounds.sort(key=lambda pair: -len(pair[0]))
    fates = {w for e in lexicons.entries.get("figures", ()) if e.scope in ("undergoes", "does") for w in e.words}
    kinds = lexicons.entries.get("kinds", ())
    people = {w for e in kinds if e.gives.get("class") in ("person", "armed") for w in e.words}
    return Words(vague, tuple(bounds), frozenset(fates), frozenset(people))


def singles(s: Sentence, words: Words) -> Iterator[Amount]:
    """ "a soldier was killed": one, where an article counts somebody whom a fate of ``figures.toml`` befell."""
    for i, label in enumerate(s.labels):
        if label not in ("nsubjpass", "dobj", "nsubj") or s.tags[i] != "NN" or s.lemmas[s.heads[i]] not in words.fates:
            continue
        if label == "nsubj" and s.lemmas[s.heads[i]] not in DONE:
            continue
        article = next((c for c in s.kids(i, "det") if s.words[c].lower() in ("a", "an", "another")), None)
        if article is not None and s.lemmas[i] in words.people and s.lemmas[i] not in NUMBER_NOUNS:
            yield Amount(article, article, 1, 1, 1, False, "quantities.article")


def amounts(s: Sentence, words: Words, blocked: set[int]) -> Iterator[Amount]:
    """Amounts of one sentence from left to right; ``blocked`` tokens belong to times."""
    low = [w.lower() for w in s.words]
    i = 0
    while i < len(s):
        found = None if i in blocked else _read(s, low, i, words)
        if found is None or found.last in blocked or _is_name(s, found) or _is_age(s, low, found):
            i += 1
            continue
        joined = _range(s, low, found, words)
        yield _bounded(s, low, joined or found, words)
        i = (joined or found).last + 1


def _read(s: Sentence, low: list[str], i: int, words: Words) -> Amount | None:
    """The number that begins at token ``i``: vague, in words, or in figures; with a currency sign before it."""
    first = i
    if low[i] in CURRENCIES and s.tags[i] == "$" and i + 1 < len(s):
        i += 1
    if low[i] in words.vague and not _plain_few(low, i):
        return _vague(low, i, words)
    value, last = _number(s, low, i)
    if value is None:
        return None
    return Amount(first, last, value, value, value, False, "quantities.number")


def _plain_few(low: list[str], i: int) -> bool:
    """ "few" alone says how little, not how many."""
    return low[i] == "few" and (i == 0 or low[i - 1] not in ("a", "the", "last", "past"))


def _vague(low: list[str], i: int, words: Words) -> Amount:
    """ "dozens", "tens of thousands", "several hundred"."""
    bottom, top = words.vague[low[i]]
    last, first = i, i
    if low[i : i + 1] and i > 0 and low[i - 1] == "a" and low[i] in ("few", "handful"):
        first = i - 1
    nxt = i + 2 if low[i + 1 : i + 2] == ["of"] else i + 1
    scale = SCALES.get(low[nxt].removesuffix("s"), 0) if nxt < len(low) else 0
    if scale >= 12 and low[nxt] not in ("k", "m"):
        last, bottom, top = nxt, bottom * scale, (top + 1) * scale - 1
    return Amount(first, last, bottom, top, None, True, "quantities.vague")


def _number(s: Sentence, low: list[str], i: int) -> tuple[float | None, int]:
    """Value and last token of the number at ``i``, or (None, i)."""
    total = current = 0.0
    last, seen, k = i, False, i
    while k < len(s):
        word = low[k]
        plain = _figures(word) if not seen or low[k - 1] in SCALES else None
        if plain is not None and (k == i or low[k - 1] in SCALES):
            current += plain
        elif word in UNITS and (not seen or _may_follow(low, k)):
            current += UNITS[word]
        elif word in TENS and (not seen or low[k - 1] in (*SCALES, "and")):
            current += TENS[word]
        elif word in SCALES and (
            seen
            or (word in ("hundred", "thousand", "million", "billion", "dozen", "lakh") and k > 0 and low[k - 1] == "a")
        ):
            if word in ("m", "k") and _figures(low[k - 1]) is None:
                break
            current = (current or 1) * SCALES[word]
            if SCALES[word] >= 1e3:
                total, current = total + current, 0.0
        elif seen and word in ("and", "-", "–") and k + 1 < len(s) and _continues(low, k):
            k += 1
            continue
        else:
            break
        seen, last, k = True, k, k + 1
    return (total + current, last) if seen else (None, i)


def _figures(word: str) -> float | None:
    """A number in figures, thousands separated by commas: "35,000", "3.5"; None for anything else ("B-52")."""
    plain = word.replace(",", "").replace("\u00a0", "")
    if not plain or not plain[0].isdecimal() or not plain.replace(".", "", 1).isdecimal():
        return None
    if "," in word and any(len(part.split(".")[0]) not in (2, 3) for part in word.split(",")[1:]):
        return None
    return float(plain)


def _may_follow(low: list[str], k: int) -> bool:
    before = low[k - 1]
    return before in TENS or before in SCALES or (before in ("-", "and") and low[k - 2] in (*TENS, *SCALES))


def _continues(low: list[str], k: int) -> bool:
    after = low[k + 1]
    if low[k] == "and":
        return low[k - 1] in ("hundred", "thousand") and (after in UNITS or after in TENS)
    return low[k - 1] in TENS and after in UNITS


def _is_name(s: Sentence, a: Amount) -> bool:
    """True where the number names something or belongs to a longer word."""
    before, after = a.first - 1, a.last + 1
    glued_before = (
        before >= 0
        and s.end(before) == s.start(a.first)
        and s.words[before] not in ("(", "“", '"', "‘", "'", "$", "€", "£", "/", "[", "~")
    )
    glued_after = (
        after < len(s)
        and s.end(a.last) == s.start(after)
        and s.words[after] in ("th", "st", "nd", "rd", "am", "pm", "a.m.", "p.m.")
    )
    if (
        glued_after
        or (glued_before and s.words[before] not in ("-", "–", "—"))
        or (glued_before and before > 0 and s.words[before] == "-" and s.words[before - 1].isalpha())
    ):
        return True
    named = before >= 0 and s.lemmas[before].lower() in NAMED_BY_NUMBER and not s.is_verb(before)
    if named and s.words[a.first][0].isdigit():
        return True
    entity = next((e for e in s.entities if e.first <= a.first <= e.last), None)
    if entity is not None and entity.label in NOT_COUNTED:
        return True
    if entity is not None and entity.label in ("GPE", "ORG", "FAC", "LOC", "PERSON", "NORP") and a.value is not None:
        return a.first > entity.first or a.last == entity.last
    return a.value == 1 and s.words[a.first].lower() == "one" and _pronoun_one(s, a)


def _is_age(s: Sentence, low: list[str], a: Amount) -> bool:
    """ "aged 31", "a 31-year-old", or 31 in brackets or between commas after somebody's name."""
    before, after = a.first - 1, a.last + 1
    if before < 0 or a.value is None:
        return False
    if low[before] in ("aged", "age") or _glued_years(low, after):
        return True
    if a.first != a.last or not s.words[a.first].isdigit() or a.value > OLDEST or before == 0:
        return False
    opened = s.words[before] == "(" and s.words[after : after + 1] == (")",)
    following = s.words[after] if after < len(s) else "."
    parted = s.words[before] == "," and following in (",", ".", "and", ";", ")", "was", "were")
    return (opened or parted) and s.tags[before - 1] in ("NNP", "NNPS") and counted(s, a.first, a.last) is None


def _glued_years(low: list[str], k: int) -> bool:
    """ "-year" or "-year-old", however the hyphen was cut off."""
    words = [w for w in low[k : k + 3] if w not in ("-", "–")]
    old = low[k + 1 : k + 2] == ["old"]  # "a 43 year old man"
    return (old or low[k : k + 1] in (["-"], ["–"])) and words[:1] in (
        ["year"],
        ["years"],
        ["month"],
        ["week"],
        ["day"],
    )


def _pronoun_one(s: Sentence, a: Amount) -> bool:
    """ "the first one", "one another", "no one", "one day" as an adverb: not a count."""
    i = a.first
    return s.tags[i] in ("PRP", "NN") or (s.labels[i] != "nummod" and i > 0 and s.words[i - 1].lower() in BEFORE_ONE)


def _range(s: Sentence, low: list[str], a: Amount, words: Words) -> Amount | None:
    """ "10 to 20", "10-20", "between 10 and 20"."""
    join = a.last + 1
    if a.value is None or join + 1 >= len(s):
        return None
    between = a.first > 0 and low[a.first - 1] == "between"
    if low[join] not in JOINS and not (between and low[join] == "and"):
        return None
    other = _read(s, low, join + 1, words)
    if other is None or other.value is None:
        return None
    bottom = a.value
    scale = SCALES.get(low[other.last], 1)
    if scale > 1 and a.value < other.value / scale * 2 and low[a.last] not in SCALES:
        bottom = a.value * scale  # "2 to 3 million"
    if bottom >= other.value or (low[join] == "to" and a.first > 0 and low[a.first - 1] == "from"):
        return None
    first = a.first - 1 if between else a.first
    return Amount(first, other.last, bottom, other.value, None, False, "quantities.range")


def _bounded(s: Sentence, low: list[str], a: Amount, words: Words) -> Amount:
    """Take in the words before (or after) that say at least, up to, about; "had gone *up to* 23" bounds nothing."""
    if a.first > 0 and low[a.first - 1] == "a" and low[a.first] in SCALES:
        a = replace(a, first=a.first - 1)
        if a.first > 0 and low[a.first - 1] in ("half", "half-") and a.value is not None:
            half = a.value / 2
            a = replace(a, first=a.first - 1, low=half, high=half, value=half)
    for phrase, bound in words.bounds:
        start = a.first - len(phrase)
        if start >= 0 and tuple(low[start : a.first]) == phrase:
            if _bounds_nothing(s, phrase, start):
                return a
            return _with_bound(a, start, a.last, bound)
    if tuple(low[a.last + 1 : a.last + 3]) == ("or", "more"):
        return _with_bound(a, a.first, a.last + 2, "at_least")
    if tuple(low[a.last + 1 : a.last + 3]) in (("or", "so"), ("or", "thereabouts")):
        return _with_bound(a, a.first, a.last + 2, "about")
    return a


def _bounds_nothing(s: Sentence, phrase: tuple[str, ...], start: int) -> bool:
    """ "had gone *up to* 23" is 23, and "rebels *say* eight died" is no guess."""
    if start == 0:
        return phrase == ("say",)
    if phrase == ("say",):
        return s.words[start - 1] not in (",", "(", "–", "—", "-")
    return phrase == ("up", "to") and s.lemmas[start - 1] in RISES


def _with_bound(a: Amount, first: int, last: int, bound: str) -> Amount:
    low, high = a.low, a.high
    if bound == "at_least":
        high = None
    elif bound == "up_to":
        low = None
    return Amount(first, last, low, high, a.value, a.approximate or bound == "about", f"quantities.{bound}")


def unit_of(s: Sentence, a: Amount) -> str | None:
    """A currency's code, "percent", or the lemma of the noun that is counted; None where it goes unsaid."""
    signs = [CURRENCIES[s.words[k].lower()] for k in range(a.first, a.last + 1) if s.words[k].lower() in CURRENCIES]
    if signs:
        return signs[0]
    after = [w.lower() for w in s.words[a.last + 1 : a.last + 3]]
    if after[:1] in (["%"], ["percent"], ["pc"]) or after == ["per", "cent"]:
        return "percent"
    noun = counted(s, a.first, a.last)
    if noun is None and s.words[a.last + 1 : a.last + 2] == ("of",):
        noun = next(s.kids(a.last + 1, "pobj"), None)  # "13 of 17 districts"
    if noun is None or s.pos[noun] == "PRON":
        return None
    lemma = s.lemmas[noun].lower()
    return CURRENCIES.get(lemma, lemma)


def counted(s: Sentence, first: int, last: int) -> int | None:
    """Token of the noun that the number counts: "35,000 *families*", "dozens of *people*", "nine of *them*"."""
    for i in range(last, first - 1, -1):
        head = s.heads[i]
        if s.labels[i] in ("nummod", "amod", "det", "compound", "nmod", "quantmod") and not first <= head <= last:
            return head if last < head <= last + 6 else None
        for p in s.kids(i, "prep"):
            if s.words[p].lower() == "of":
                return s.kid(p, "pobj")
    return None
