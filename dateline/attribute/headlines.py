"""Lines that attribute by their form: "X: Russia", "Russia: X", "X – police", "“X” — a doctor", "Q: … A: …"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.attribute.candidate import Candidate
from dateline.attribute.page import Page
from dateline.lexicons.load import Entry
from dateline.model import Block, Holder, Span

HEADS = frozenset({"headline", "crosshead", "standfirst", "caption", "list"})
DASH = r"(?:\s(?:--|[–—―|-])\s?|(?<=[”\"’'.!?])\s?(?:--|[–—―])\s?)"
LABEL = re.compile(r"(?P<left>[^:“\"]{1,70}?)\s?:\s+(?P<right>\S.*)$", re.S)
SIGNED = re.compile(rf"(?P<left>\S.{{8,}}?){DASH}(?P<right>(?:an? |the )?[^\s–—―:.!?“\"][^–—―:!?“\"]{{1,70}})$", re.S)
SAID_LAST = re.compile(
    r"(?P<left>\S.{6,}?),\s(?P<who>[^,:]{2,60}?)\s(?P<say>says?|said|claims?|warns?|tells? \w+)\W*$", re.I | re.S
)
SAYS_WHO = re.compile(
    r"(?P<left>\S.{6,}?),?\s(?P<say>says?|said|warns?)\s(?P<who>(?:[\w’'.-]+\s?){1,6})\W*$", re.I | re.S
)
RELAY = re.compile(r",?\s(?:citing|quoting|quoted by|cited by|as reported by|via)\s")
PART = re.compile(r"\S(?:(?!,?\s(?:citing|quoting|quoted by|cited by|as reported by|via)\s).)*")
HANDLE = re.compile(r"\s*(?:\(@\w+\)|,?\s*(?:on\s)?(?:[A-Z][a-z]+ \d{1,2}, \d{4})).*$", re.S)
TAG_LINE = re.compile(
    r"(?:exclusive|breaking|update[d]?|watch|opinion|analysis|live|video|photos?|report)\s?[–—:-]\s", re.I
)
CAPS = re.compile(r"[\"“]?(?:[A-Z][A-Z’'.-]+(?:\s[A-Z0-9][A-Z0-9’'.-]*){0,3}|Q|A)$")
NAMED = frozenset({"PERSON", "ORG", "NORP"})
PLACES = frozenset({"GPE", "LOC", "FAC"})  # of these only states and capitals speak ("Sahel: 12 killed" is a rubric)
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
WORDS_OF_A_SOURCE = 8
TITLE_WORDS = 22  # a page's first line is taken for its title up to this length


@dataclass(frozen=True, slots=True)
class Line:
    """One line cut in two by its sign."""

    who: Span
    what: Span
    sign: Span
    rule: str
    prior: float


def line_candidates(page: Page, blocks: tuple[Block, ...], speakers: "Speakers") -> Iterator[Candidate]:
    """A candidate for every block whose form says whose words it holds."""
    for block in blocks:
        if block.id not in speakers.sentences:
            continue
        line = _cut(page, block, speakers)
        if line is not None:
            who, passing = _relayed(line.who, page.text)
            source = page.trim(page.tokens_in(who))
            content = page.trim(page.tokens_in(line.what))
            cue = [t for t in page.tokens_in(line.sign) if t not in source and t not in content]
            if source and content and cue:
                yield Candidate(
                    rule=line.rule, shape="line", cue=cue, content=set(content), source=source,
                    lemma=page.text[line.sign.start : line.sign.end].strip().lower(), stance="asserts", policy="report",
                    prior=line.prior, head=cue[0], headline=block.kind in HEADS,
                    carriers=[Holder(p, "carrier", "relay.line") for p in passing],
                )  # fmt: skip


def _relayed(who: Span, text: str) -> tuple[Span, list[Span]]:
    """ "local radio citing presidency", "mediator, quoted by daily via agency": (speaker, carriers outwards)."""
    parts = [m.span() for m in PART.finditer(text, who.start, who.end)]
    signs = [m.group().strip(" ,").lower() for m in RELAY.finditer(text, who.start, who.end)]
    chain = [Span(*parts[0])] if parts else [who]
    at = 0
    for sign, part in zip(signs, parts[1:], strict=False):
        at = at if sign in ("citing", "quoting") else at + 1
        chain.insert(at, Span(*part))
    return chain[0], chain[1:]


class Speakers:
    """Says whether a few words look like someone who can speak."""

    def __init__(
        self, page: Page, people: Mapping[str, Entry], labels: Mapping[str, Entry], states: frozenset[str]
    ) -> None:
        self.page, self.people, self.labels, self.states = page, people, labels, states
        self.places: frozenset[str] = frozenset()
        self.sentences: dict[str, list[int]] = {}
        self.named: set[str] = set()  # words of the names of persons and bodies anywhere on the page
        for k, s in enumerate(page.sentences):
            self.sentences.setdefault(s.block, []).append(k)
            for e in s.entities:
                if e.label in NAMED:
                    self.named.update(s.words[e.first : e.last + 1])

    def likely(self, span: Span, head: int | None = None) -> bool:
        """A recognised name, a listed head word ("police", "officials"), or a capitalised run that is no label.

        ``head`` is the phrase's head token, where it is known: then only it may be the listed word.
        """
        words = span.of(self.page.text).strip(" \"“”‘’'.")
        if not words or words.lower() in self.labels or len(words.split()) > WORDS_OF_A_SOURCE:
            return False
        tokens = self.page.tokens_in(span)
        if words.lower().removeprefix("the ") in self.states:
            return True
        if words.lower() in self.places:
            return False
        if all(word in self.named for word in words.split()):
            return True
        if any(s.tags[i] in FINITE for s, i in map(self.page.local, tokens)) and head is None:
            return False
        for t in tokens:
            s, i = self.page.local(t)
            if head in (None, t) and (s.lemmas[i].lower() in self.people or s.words[i].lower() in self.people):
                return True
            if any(e.first <= i <= e.last and e.label in NAMED for e in s.entities):
                return True
            if any(e.first <= i <= e.last and e.label in PLACES for e in s.entities):
                return False
        small = ("of", "the", "in", "for", "and", "at", "on", "de", "al")
        return (
            all(w[0].isupper() or w.lower() in small for w in words.split())
            and words[0].isupper()
            and len(words.split()) <= 4
        )


def _cut(page: Page, block: Block, speakers: Speakers) -> Line | None:
    words = block.span.of(page.text).rstrip(" .;")
    tag = TAG_LINE.match(words)
    at = block.span.start + (tag.end() if tag else 0)
    words = words[tag.end() :] if tag else words
    title = block.kind in HEADS or (page.order[block.id] == 0 and len(words.split()) <= TITLE_WORDS)
    for shape in (_label, _signed) if not title else (_label, _signed, _said_last, _says_who):
        line = shape(words, at, title, speakers)
        if line is not None:
            return line
    return None


def _label(words: str, at: int, title: bool, speakers: Speakers) -> Line | None:
    """ "Russia: offensive over", "Offensive over: Russia"; in running text before a quotation or in a transcript."""
    m = LABEL.match(words)
    if m is None:
        return None
    left, right = _span(m, "left", at), _span(m, "right", at)
    sign = Span(left.end, right.start)
    opens = m["right"][:1] in "“\"‘'"
    if not title:
        transcript = CAPS.match(m["left"]) is not None
        if transcript or (opens and len(m["left"].split()) <= 6 and speakers.likely(left) and "," not in m["left"]):
            return Line(left, right, sign, "line.transcript" if transcript else "line.label", 0.9)
        return None
    short_right = len(m["right"].split()) <= 5 and not opens and speakers.likely(right)
    if speakers.likely(left) and not (short_right and len(m["left"].split()) > len(m["right"].split()) + 1):
        return Line(left, right, sign, "line.label_first", 0.85)
    return Line(right, left, sign, "line.label_last", 0.9) if short_right else None


def _signed(words: str, at: int, title: bool, speakers: Speakers) -> Line | None:
    """ "… – police", "“…” — a doctor in Ghazni" """
    m = SIGNED.match(words)
    if m is None:
        return None
    right = HANDLE.sub("", m["right"])
    left, who = _span(m, "left", at), Span(at + m.start("right"), at + m.start("right") + len(right))
    quoted = m["left"].rstrip()[-1:] in "”\"’'"
    if not (quoted or title or "(@" in m["right"]) or not speakers.likely(who):
        return None
    return Line(who, left, Span(left.end, who.start), "line.signed", 0.9)


def _said_last(words: str, at: int, title: bool, speakers: Speakers) -> Line | None:
    """ "Offensive over, ministry says" """
    m = SAID_LAST.match(words)
    if m is None or not speakers.likely(_span(m, "who", at)):
        return None
    return Line(_span(m, "who", at), _span(m, "left", at), _span(m, "say", at), "line.said_last", 0.95)


def _says_who(words: str, at: int, title: bool, speakers: Speakers) -> Line | None:
    """ "Offensive over, says ministry" """
    m = SAYS_WHO.match(words)
    if (
        m is None
        or not speakers.likely(_span(m, "who", at))
        or (m["left"].split()[-1][0].isupper() and "," not in words)
    ):
        return None
    return Line(_span(m, "who", at), _span(m, "left", at), _span(m, "say", at), "line.says_who", 0.95)


def _span(m: re.Match[str], group: str, at: int) -> Span:
    return Span(at + m.start(group), at + m.end(group))
