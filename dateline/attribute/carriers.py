"""Through whom the words came: "citing", "quoted … as saying", "told the agency", "on state television", datelines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dateline.attribute.candidate import Candidate
from dateline.attribute.headlines import Speakers
from dateline.attribute.page import Page
from dateline.attribute.speakers import TELLING, source_tokens
from dateline.lexicons.load import Entry
from dateline.model import Block, Holder, Span
from dateline.sentence import Sentence

NOT_AGENCIES = frozenset({"the press", "press"})


@dataclass(frozen=True, slots=True)
class Media:
    """Knows who passes words on: listed outlets and agencies by name, others by their head noun."""

    names: frozenset[str]
    heads: Mapping[str, Entry]

    def is_media(self, page: Page, tokens: list[int], head: int | None = None) -> bool:
        words = " ".join(page.words[t] for t in tokens).lower()
        bare = words.removeprefix("the ").removesuffix(" 's").removesuffix(" ’s")
        if bare in self.names:
            return True
        if head is None:
            return False
        s, i = page.local(head)
        run = [t for t in tokens if page.words[t][:1].isupper() or page.words[t].lower() in ("of", "the")]
        name = " ".join(page.words[t] for t in run).lower().removeprefix("the ")
        entry = self.heads.get(s.lemmas[i].lower())
        return name in self.names or bool(entry and entry.id == "relay.media")


def add_carriers(page: Page, chosen: Iterable[Candidate], speakers: Speakers, media: Media) -> None:
    """Complete each candidate's chain, outermost carrier last; a relayed voice becomes the speaker."""
    chosen = list(chosen)
    for c in chosen:
        s, i = page.local(c.head)
        k = page.sentence_of[c.head]
        for cited, verb in _citing(page, k, i, c, speakers, media):
            first = Span(page.starts[c.source[0]], page.ends[c.source[-1]]) if c.source else None
            if first is not None:
                c.carriers.append(Holder(first, "carrier", "relay.citing"))
            c.source = source_tokens(page, k, cited, verb)
            break
        for holder in _through(page, k, i, c, media):
            if holder.span is not None and not any(h.span == holder.span for h in c.carriers):
                c.carriers.append(holder)


def _citing(page: Page, k: int, i: int, c: Candidate, speakers: Speakers, media: Media) -> Iterator[tuple[int, int]]:
    """ "X reported, citing Y": (head of Y, the verb "citing"); only where Y can speak."""
    s, base = page.sentences[k], page.base[k]
    owners = {i, *(t - base for t in c.source if page.sentence_of[t] == k)}
    for v in range(len(s)):
        if s.words[v].lower() not in ("citing", "quoting", "cited", "quoted") or base + v in c.content or base + v in c.cue:
            continue
        if s.words[v].lower() in ("cited", "quoted") and s.labels[v] != "relcl":
            continue
        attached = s.heads[v] in owners or any(a in owners for a in s.ancestors(v))
        if not attached and not (s.words[v].lower() == "citing" and v > i):
            continue
        cited = s.kid(v, "dobj")
        if cited is None:
            continue
        tokens = source_tokens(page, k, cited, v)
        if tokens and c.source and speakers.likely(Span(page.starts[tokens[0]], page.ends[tokens[-1]])):
            yield cited, v


def _through(page: Page, k: int, i: int, c: Candidate, media: Media) -> Iterator[Holder]:
    """Carriers named beside the cue: told …, in a statement to …, on state television, carried by …"""
    s = page.sentences[k]
    if s.lemmas[i].lower() in TELLING:
        for o in s.kids(i, "dobj", "dative"):
            yield from _holder(page, k, o, i, c, media, "relay.told")
    for p in s.kids(i, "prep", "agent", "advmod", "dative"):
        word = s.words[p].lower()
        noun = s.kid(p, "pobj")
        if noun is None:
            continue
        if word in ("on", "via", "to", "in", "through", "with"):
            yield from _holder(page, k, noun, p, c, media, "relay.on")
        if word in ("in", "on", "during", "through", "via", "by", "to"):
            yield from _vehicle(page, k, noun, c, media)
    for t in c.source:
        if page.sentence_of[t] == k:
            yield from _vehicle(page, k, t - page.base[k], c, media)


def _vehicle(page: Page, k: int, noun: int, c: Candidate, media: Media) -> Iterator[Holder]:
    """ "in an interview with X", "in a statement carried by X", "in remarks to X" """
    s = page.sentences[k]
    entry = media.heads.get(s.lemmas[noun].lower())
    if entry is None or entry.id != "relay.vehicle":
        return
    for child in s.children[noun]:
        if s.labels[child] == "prep" and s.words[child].lower() in ("with", "to", "on", "in", "for", "by", "from"):
            inner = s.kid(child, "pobj")
            if inner is not None:
                yield from _holder(page, k, inner, child, c, media, "relay.vehicle")
        if s.labels[child] == "acl" and (verb := media.heads.get(s.lemmas[child].lower())) and verb.id == "relay.carry":
            for by in s.kids(child, "agent", "prep"):
                inner = s.kid(by, "pobj")
                if inner is not None:
                    yield from _holder(page, k, inner, by, c, media, "relay.carry", sure=s.labels[by] == "agent")


def _holder(
    page: Page, k: int, noun: int, verb: int, c: Candidate, media: Media, rule: str, sure: bool = False
) -> Iterator[Holder]:
    tokens = source_tokens(page, k, noun, verb)
    tokens = [t for t in tokens if t not in c.content]
    if tokens and (sure or media.is_media(page, tokens, page.base[k] + noun)):
        yield Holder(Span(page.starts[tokens[0]], page.ends[tokens[-1]]), "carrier", rule)


def dateline_agency(text: str, block: Block, media: Media) -> Holder | None:
    """The agency in "KABUL, Aug 5 (Agency) —", or None; ``block`` is a dateline block."""
    words = block.span.of(text)
    opened, closed = words.find("("), words.find(")")
    if 0 <= opened < closed:
        span = Span(block.span.start + opened + 1, block.span.start + closed)
        return Holder(span, "carrier", "relay.dateline")
    for name in sorted(media.names, key=len, reverse=True):
        at = words.lower().find(name)
        if at >= 0:
            return Holder(Span(block.span.start + at, block.span.start + at + len(name)), "carrier", "relay.dateline")
    return None


def as_saying(s: Sentence, v: int) -> int | None:
    """The "saying" of "quoted … as saying", for the quoting verb ``v``."""
    for p in range(v + 1, min(len(s) - 1, v + 40)):
        if s.words[p].lower() == "as" and s.words[p + 1].lower() in ("saying", "telling", "warning", "adding", "stating"):
            return p + 1
    return None
