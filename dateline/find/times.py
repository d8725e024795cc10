"""Blocks → the words that name a time, in one pass over each block's text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.find.times_grammar import TOKEN, Grammar, Hit, grammar
from dateline.model import Block, Span, TimeExpression, TimeType
from dateline.stage import Doc, Kit, stage

Tense = Literal["past", "future", ""]
STOPS = frozenset(".!?;")
REACH = 14  # tokens looked back for a tense cue; measured on bare weekdays, longer adds nothing
NUMBERS = frozenset({"number", "words"})  # fields that hold a count in words or digits
AHEAD = frozenset({("is", "to"), ("are", "to"), ("set", "to"), ("soon", "as"), ("early", "as"), ("later", "than")})
TENSED = frozenset({"date", "day", "month", "season", "weekday", "quarter", "holiday"})
YEARLY = frozenset({
    "in", "of", "since", "from", "until", "till", "by", "to", "between", "and", "during", "after", "before",
    "around", "circa", "year", "(", "for", "through", "about", "or", "-", "–",
})  # fmt: skip
LIKELY_YEARS = range(1800, 2041)  # a bare number in this range is a year wherever it stands
SKIPPED = frozenset({"the", "about", "around", "early", "late", "mid", "-"})


@stage(needs=(Block,), gives=TimeExpression)
def times(doc: Doc, kit: Kit) -> Iterator[TimeExpression]:
    """Every time expression of every block, in order, with the words around it that say how it is meant.

    Beside what its rule captured, an expression carries ``before`` (since, by, until, from …) and, where it
    has no year of its own, ``tense`` (past or future) of its clause, by the nearest verb-like cue near it:
    on bare weekdays that is right more often than the verb above it in the parse (measured .93 against .90).
    """
    rules = grammar(kit.lexicons.entries["times"])
    for block in doc.of(Block):
        text = block.span.of(doc.report.text)
        words = TOKEN.findall(text)
        code = rules.encode(words)
        hits = [h for h in rules.hits(words, code) if not _counts_things(h, words)]
        if hits:
            reading = _Reading(rules, words, code, block)
            places = [(m.start(), m.end()) for m in TOKEN.finditer(text)]
            for hit in hits:
                yield reading.expression(hit, places)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One block cut into words, and what is needed to read around a hit."""

    rules: Grammar
    words: Sequence[str]
    code: str
    block: Block

    def expression(self, hit: Hit, places: Sequence[tuple[int, int]]) -> TimeExpression:
        at = self.block.span.start
        span = Span(at + places[hit.first][0], at + places[hit.last - 1][1])
        shape, type_ = str(hit.rule.gives["shape"]), hit.rule.gives["type"]
        fields = [(n, _number(v, self.rules) if n in NUMBERS else v) for n, v in hit.fields]
        if "some" in dict(fields):
            fields.append(("many", _how_many(dict(fields)["some"], self.rules)))
        elif "unit" in dict(fields) and "number" not in dict(fields) and self._plural(hit):
            fields.append(("many", "2-"))
        if "value" in hit.rule.gives:
            fields.append(("value", str(hit.rule.gives["value"])))
        before = self._before(hit.first)
        if before:
            fields.append(("before", before))
        tense = self._tense(hit) if shape in TENSED and "year" not in dict(fields) else ""
        if tense:
            fields.append(("tense", tense))
        return TimeExpression(span, _type(type_, dict(fields)), shape, hit.rule.id, tuple(fields))

    def _plural(self, hit: Hit) -> bool:
        return any(self.rules.is_in(char, "units") for char in self.code[hit.first : hit.last])

    def _before(self, first: int) -> str:
        i = first - 1
        while i >= 0 and self.words[i].lower() in SKIPPED:
            i -= 1
        return self.rules.values.get(("since", self.words[i].lower()), "") if i >= 0 else ""

    def _tense(self, hit: Hit) -> Tense:
        """Tense by the nearest cue before the hit in its sentence, else by the first one after it."""
        if hit.last < len(self.words) and self.words[hit.last] in ("'s", "’s"):
            return ""  # "Friday's ruling": the verb is not about the day
        for i in range(hit.first - 1, max(-1, hit.first - REACH), -1):
            if self.words[i] in STOPS:
                break
            cue = self._cue(i)
            if cue:
                return cue
        for i in range(hit.last, min(len(self.words), hit.last + REACH)):
            if self.words[i] in STOPS:
                break
            cue = self._cue(i)
            if cue:
                return cue
        return ""

    def _cue(self, i: int) -> Tense:
        char, word = self.code[i], self.words[i]
        pair = (self.words[i - 1] if i else "", word)
        if self.rules.is_in(char, "ahead") or pair in AHEAD:
            return "future"
        behind = self.rules.is_in(char, "behind") or (word.endswith("ed") and word.islower() and len(word) > 4)
        return "past" if behind else ""


def _type(type_: TimeType, fields: dict[str, str]) -> TimeType:
    return "TIME" if type_ == "DATE" and ("part" in fields or "clock" in fields) else type_


def _counts_things(hit: Hit, words: Sequence[str]) -> bool:
    """True for a bare number or a name that only looks like a year or a month, and for "a second" one."""
    fields = dict(hit.fields)
    if words[hit.last - 1].lower() == "second" and words[hit.first].lower() == "a":
        return True
    previous = words[hit.first - 1] if hit.first else ""
    if hit.rule.gives["shape"] == "year" and hit.last - hit.first == 1 and "year" in fields:
        return int(fields["year"]) not in LIKELY_YEARS and previous.lower() not in YEARLY
    if hit.rule.id == "times.month" and hit.last - hit.first == 1:  # "Theresa May", "the Long March"
        return previous[:1].isupper() and previous.lower() not in YEARLY and hit.first > 1
    return False


def _number(words: str, rules: Grammar) -> str:
    """A count in words or digits as a decimal string; "" where it cannot be read.

    "a" is 1, "two and a half" 2.5, "half a" 0.5, "twenty - five" 25, "two hundred" 200.
    """
    total, last = 0.0, 0.0
    halves = 0.5 if "half" in words.split() else 0.0
    for word in words.replace(",", "").split():
        value = rules.values.get(("number", word))
        figure = float(value) if value else _figure(word)
        if figure is None:
            continue
        if figure in (12.0, 100.0, 1000.0) and last and not word[0].isdecimal():
            total += last * figure - last
            last *= figure
        elif total == 19.0 and figure >= 10:  # nineteen ninety-six
            total, last = 1900 + figure, figure
        else:
            total, last = total + figure, figure
    if (not total and not halves and words.split()[:1] not in (["zero"], ["0"])) or (
        halves and total == 0.0 and "and" in words.split()
    ):
        total = 1.0
    return f"{total + halves:g}"


def _figure(word: str) -> float | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return float(word)
    if re.fullmatch(r"\d/[1-9]", word):
        return int(word[0]) / int(word[2])
    return None


def _how_many(words: str, rules: Grammar) -> str:
    """The bounds, low-high, of a vague count; plain plurals are two or more."""
    for word in words.split():
        if ("vague", word) in rules.values:
            return rules.values["vague", word]
    return "2-"
