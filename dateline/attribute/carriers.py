"""Through whom the words came. One walk over each sentence, beside the content, from the speaker outwards.

A relay points *down* when what follows it stands nearer to the speaker ("the agency, citing the governor") and
*up* when what follows it passed the words on ("the governor, quoted by the agency"). Relays cascade: each one starts
from the holder that the last one found.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.attribute.candidate import Candidate
from dateline.attribute.headlines import Speakers
from dateline.attribute.page import Page
from dateline.attribute.speakers import TELLING, source_tokens
from dateline.lexicons.load import Entry
from dateline.model import Block, Holder, Span
from dateline.sentence import Sentence

RELATIVES = frozenset({"which", "who", "that"})
OWN = frozenset({"his", "her", "its", "their", "my", "our"})
PLATFORMS = frozenset(
    {
        "telegram",
        "twitter",
        "facebook",
        "weibo",
        "x",
        "whatsapp",
        "instagram",
        "youtube",
        "channel",
        "website",
    }
)
# "told reporters", "told a news conference": nobody in particular passed it on
ANONYMOUS = frozenset("reporter journalist conference council parliament meeting crowd rally court briefing".split())
PASSING = ("on", "via", "to", "in", "through", "with")


@dataclass(frozen=True, slots=True)
class Media:
    """Knows who passes words on: listed outlets and agencies by name, others by their head noun."""

    names: frozenset[str]
    heads: Mapping[str, Entry]

    def is_media(self, page: Page, tokens: list[int], head: int) -> bool:
        """Whether this noun phrase is someone who passes words on, and not the speaker's own channel."""
        words = [page.words[t].lower() for t in tokens]
        if words[0] in OWN:
            return False
        name = " ".join(w for w in words if w not in ("'s", "’s")).removeprefix("the ")
        s, i = page.local(head)
        if any(self.kind(s.lemmas[c].lower()) == "relay.media" for c in s.kids(i, "appos", "compound", "nmod")):
            return True
        lemma = s.lemmas[i].lower()
        run = [page.words[t] for t in tokens if head - 3 <= t <= head and page.words[t][:1].isupper()]
        if name in self.names or " ".join(run).lower().removeprefix("the ") in self.names:
            return True
        if any(self.kind(word.lower()) == "relay.media_name" for word in run):
            return True
        return self.kind(lemma) == "relay.media" and (lemma not in PLATFORMS or (len(tokens) > 2 and bool(run)))

    def kind(self, lemma: str) -> str:
        entry = self.heads.get(lemma)
        return entry.id if entry else ""

    def passes_on(self, page: Page, c: Candidate) -> bool:
        """Whether a candidate's source is an outlet or a document rather than somebody with a mind of their own."""
        if not c.source:
            return False
        head = page.head_of(c.source)
        s, i = page.local(head)
        document = self.kind(s.lemmas[i].lower()) in ("relay.vehicle", "relay.document")
        return document or self.is_media(page, c.source, head)


def complete_chains(page: Page, chosen: list[Candidate], speakers: Speakers, media: Media) -> list[Candidate]:
    """Give each candidate its carriers; drop those that were only the relay of another."""
    by_sentence: defaultdict[int, list[Candidate]] = defaultdict(list)
    for c in chosen:
        by_sentence[page.sentence_of[c.head]].append(c)
    used: set[int] = set()
    for k, here in by_sentence.items():
        walk = Walk(page, k, here, speakers, media)
        for c in here:
            walk.beside(c)
        used |= walk.relays()
    kept = [c for c in chosen if c.head not in used]
    return _collapse(page, kept, media)


class Walk:
    """One sentence and the candidates whose cues stand in it."""

    def __init__(self, page: Page, k: int, here: list[Candidate], speakers: Speakers, media: Media) -> None:
        self.page, self.k, self.here = page, k, here
        self.s, self.base = page.sentences[k], page.base[k]
        self.speakers, self.media = speakers, media

    def relays(self) -> set[int]:
        """Follow every relay word in order; the tokens of those that were."""
        used = set()
        for i in range(len(self.s)):
            if self.base + i in used or (
                self.s.words[i].lower() not in self.media.heads and self.s.lemmas[i].lower() not in self.media.heads
            ):
                continue
            step = self._step(i)
            owner = self._owner(i) if step else None
            if owner is not None and self._kind(i) == "telling":
                self._add(
                    owner, self._phrase(self.s.heads[i], i), False, i
                )  # "told her, who told …": she is a link too
            if step is None or owner is None:
                continue
            noun, down = step
            tokens = self._phrase(noun, i)
            if tokens and not set(tokens) & set(owner.source) - self._after(i):
                self._add(owner, tokens, down, i)
                used.add(self.base + i)
        return used - {c.head for c in self.here if c.rule == "relay.quote"}

    def _after(self, i: int) -> set[int]:
        return set(range(self.base + i, self.base + len(self.s)))

    def _step(self, i: int) -> tuple[int, bool] | None:
        """(head of the next holder, whether it is nearer to the speaker) for a relay word at ``i``."""
        s, kind = self.s, self._kind(i)
        if kind == "object":
            relative = s.labels[i] == "relcl" or s.tags[i] == "VBG"
            noun = s.kid(i, "dobj")
            had = s.tags[i] != "VBN" or any(s.lemmas[a] == "have" for a in s.kids(i, "aux"))
            if noun is not None and relative and not s.passive(i) and had:
                return (noun, True) if self._can_hold(noun) else None
        if kind == "rests" and s.tags[i] in ("VBN", "VBG"):
            noun = self._governed(i, ("on", "to", "upon"))
            return (noun, True) if noun is not None else None
        if (
            kind in ("agent", "object")
            and s.tags[i] in ("VBN", "VBD")
            and s.labels[i] in ("acl", "relcl", "conj", "advcl", "dep", "ROOT")
        ):
            by = s.agent_of(i) or self._governed(i, ("by",))
            if by is None and s.labels[i] != "ROOT":
                by = self._governed(i, ("on", "in", "to", "with", "through", "via"))
            return (by, False) if by is not None and self._beside_speech(i, by) else None
        if (
            kind == "telling"
            and s.labels[i] == "relcl"
            and any(s.words[n].lower() in RELATIVES for n in s.kids(i, "nsubj"))
        ):
            noun = self._governed(i, ("to",)) or s.kid(i, "dobj", "dative")
            inner = s.kid(i, "ccomp")
            noun = s.kid(inner, "nsubj") if noun is None and inner is not None else noun
            return (noun, False) if noun is not None else None
        if kind == "via":
            noun = s.kid(i, "pobj")
            return (noun, False) if noun is not None else None
        return None

    def _kind(self, i: int) -> str | None:
        entry = self.media.heads.get(self.s.lemmas[i].lower()) or self.media.heads.get(self.s.words[i].lower())
        return entry.gives.get("relay") if entry else None

    def _governed(self, i: int, words: tuple[str, ...]) -> int | None:
        """The noun after a preposition of verb ``i``."""
        for p in self.s.kids(i, "prep", "agent", "dative"):
            if self.s.words[p].lower() in words:
                return self.s.kid(p, "pobj")
        return None

    def _can_hold(self, noun: int) -> bool:
        """ "citing officials", not "citing heavy losses"."""
        tokens = self._phrase(noun, noun)
        kind = self.media.kind(self.s.lemmas[noun].lower())
        span = Span(self.page.starts[tokens[0]], self.page.ends[tokens[-1]]) if tokens else None
        return kind != "" or (span is not None and self.speakers.likely(span, head=self.base + noun))

    def _beside_speech(self, i: int, noun: int) -> bool:
        """A participle relays words only when it hangs on somebody who speaks or on a vehicle of words."""
        s = self.s
        head = s.heads[i]
        as_reported = i > 0 and s.words[i - 1].lower() == "as"
        above = {head, s.heads[s.heads[head]] if s.labels[head] == "pobj" else head}  # "an order of the day carried by"
        vehicles = any(self.media.kind(s.lemmas[a].lower()) for a in above)
        if vehicles or as_reported or s.words[i].lower() in ("quoted", "cited"):
            return True
        if s.pos[head] == "PROPN" and self.media.is_media(self.page, self._phrase(head, i), self.base + head):
            return True
        sources = {t - self.base for c in self.here for t in c.source}
        return head in sources and (
            self.media.is_media(self.page, self._phrase(noun, i), self.base + noun) or self._can_hold(noun)
        )

    def _owner(self, i: int) -> Candidate | None:
        """The candidate whose chain a relay at ``i`` continues: the one it hangs on, else the nearest one."""
        t = self.base + i
        free = [c for c in self.here if t not in c.content and c.head != t and c.shape != "line"]
        for up in (i, *self.s.ancestors(i)):
            for c in free:
                if self.base + up in c.source or self.base + up in c.cue:
                    return c
        return min(free, key=lambda c: abs(c.head - t)) if free else None

    def _phrase(self, noun: int, verb: int) -> list[int]:
        tokens = source_tokens(self.page, self.k, noun, verb)
        for n, t in enumerate(tokens):
            s, i = self.page.local(t)
            if t > self.base + noun and (
                s.words[i].lower() in ("citing", "quoting", "quoted", "cited", "via", "based") or s.labels[i] == "relcl"
            ):
                return self.page.trim(tokens[:n])
        return tokens

    def _add(self, c: Candidate, tokens: list[int], down: bool, i: int) -> None:
        """Put a holder next to the one named last before the relay word: nearer to the speaker, or farther out."""
        if self.base + i in c.source:
            c.source = self.page.trim([t for t in c.source if t < self.base + i]) or c.source
        c.content -= set(tokens)
        span = self.page.spans(tokens)[0]
        if any(h.span and h.span.meets(span) for h in c.carriers):
            return
        rule = "relay.down" if down else "relay.up"
        at = self._named_last(c, self.page.starts[self.base + i])
        if down and at is None:
            first = self.page.spans(c.source)
            if first:
                c.carriers.insert(0, Holder(Span(first[0].start, first[-1].end), "carrier", rule))
            c.source = tokens
        else:
            c.carriers.insert(0 if at is None else at if down else at + 1, Holder(span, "carrier", rule))

    def _named_last(self, c: Candidate, before: int) -> int | None:
        """Index of the carrier that was named last before an offset; None where it was the speaker."""
        starts = [(h.span.start, n) for n, h in enumerate(c.carriers) if h.span and h.span.start < before]
        speaker = self.page.starts[c.source[0]] if c.source else -1
        latest = max(starts, default=(-1, 0))
        return latest[1] if latest[0] > speaker or (starts and speaker > before) else None

    def beside(self, c: Candidate) -> None:
        """Carriers that need no relay word: told …, on state television, in an interview with …"""
        i = c.head - self.base
        for noun, rule, sure in [*self._nouns_beside(c, i)]:
            tokens = [t for t in self._phrase(noun, i) if t not in c.content]
            span = self.page.spans(tokens)[0] if tokens else None
            fits = sure or (tokens and self.media.is_media(self.page, tokens, self.base + noun))
            if (
                span
                and fits
                and not any(h.span and h.span.meets(span) for h in c.carriers)
                and not set(tokens) & set(c.source)
            ):
                c.carriers.append(Holder(span, "carrier", rule))

    def _nouns_beside(self, c: Candidate, i: int) -> Iterator[tuple[int, str, bool]]:
        s = self.s
        if s.lemmas[i].lower() in TELLING:
            for o in s.kids(i, "dobj", "dative"):
                if s.lemmas[o].lower() not in ANONYMOUS:
                    yield o, "relay.told", False
        verbs = [i, *s.kids(i, "advcl", "conj"), *(v for v in (s.heads[i],) if s.is_verb(v))]
        for p in (p for v in verbs for p in s.kids(v, "prep", "agent", "dative")):
            noun = s.kid(p, "pobj")
            if noun is None or self.base + p in c.content:
                continue
            if s.words[p].lower() in PASSING:
                person = s.words[p].lower() in ("through", "via") and self._can_hold(noun)
                yield noun, "relay.on", person
            yield from self._vehicle(noun)
        for t in c.source:
            if self.page.sentence_of[t] == self.k:
                yield from self._vehicle(t - self.base)

    def _vehicle(self, noun: int) -> Iterator[tuple[int, str, bool]]:
        """ "in an interview with X", "in remarks to X", "in a letter to X" """
        s = self.s
        if self.media.kind(s.lemmas[noun].lower()) != "relay.vehicle":
            return
        for p in s.kids(noun, "prep", "dative"):
            inner = s.kid(p, "pobj")
            if inner is not None and s.words[p].lower() in ("with", "to", "on", "in", "for"):
                yield inner, "relay.vehicle", False


def _collapse(page: Page, chosen: list[Candidate], media: Media) -> list[Candidate]:
    """ "The agency reported that the governor said …" is one statement: the governor's, carried by the agency."""
    gone: set[int] = set()
    for outer in sorted(chosen, key=lambda c: len(c.content)):
        if outer.policy != "report" or outer.head in gone or not media.passes_on(page, outer):
            continue
        inner = [
            c
            for c in chosen
            if c.head in outer.content
            and c.head not in gone
            and c is not outer
            and page.quote[c.head] == page.quote[outer.head]
        ]
        main = max(inner, key=lambda c: len(c.content), default=None)
        if main is None or not main.source:
            continue
        covered = len((main.content | set(main.source) | set(main.cue)) & outer.content)
        beyond = len(main.content - outer.content - set(outer.cue) - set(outer.source))
        if covered < 0.6 * len(outer.content) or main.shape == "line" or beyond > 0.2 * len(main.content):
            continue
        first = page.spans(outer.source)
        holder = Holder(Span(first[0].start, first[-1].end), "carrier", "relay.told_by")
        listener = _listener(page, main)
        if listener is not None and not main.carriers:
            main.carriers.append(listener)
        main.carriers += [h for h in (holder, *outer.carriers) if h.span not in [m.span for m in main.carriers]]
        main.content -= set(outer.source) | set(outer.cue)
        main.headline = main.headline or outer.headline
        gone.add(outer.head)
    return [c for c in chosen if c.head not in gone]


def _listener(page: Page, c: Candidate) -> Holder | None:
    """ "A deserter told the service, according to the radio, …": the service stands between the two."""
    s, i = page.local(c.head)
    k = page.sentence_of[c.head]
    noun = s.kid(i, "dobj", "dative") if s.lemmas[i].lower() == "tell" else None
    if noun is None or s.lemmas[noun].lower() in ANONYMOUS or s.pos[noun] == "PRON":
        return None
    tokens = source_tokens(page, k, noun, i)
    return Holder(page.spans(tokens)[0], "carrier", "relay.listener") if tokens else None


def dateline_agency(text: str, block: Block, media: Media) -> Holder | None:
    """The agency in "KABUL, Aug 5 (Agency) —" or "BEIRUT, AGENCY —", or None; ``block`` is a dateline block."""
    words = block.span.of(text)
    for opened in range(len(words)):
        closed = words.find(")", opened)
        if words[opened] == "(" and closed > 0 and not words[opened + 1 : closed].startswith("now "):
            return Holder(Span(block.span.start + opened + 1, block.span.start + closed), "carrier", "relay.dateline")
    low = words.lower()
    for name in sorted(media.names, key=len, reverse=True):
        at = low.find(name)
        if at > 0 and not low[at - 1].isalnum() and not low[at + len(name) : at + len(name) + 1].isalnum():
            return Holder(Span(block.span.start + at, block.span.start + at + len(name)), "carrier", "relay.dateline")
    return None


def as_saying(s: Sentence, v: int) -> int | None:
    """The "saying" of "quoted … as saying" or "as having said", for the quoting verb ``v``."""
    for p in range(v + 1, min(len(s) - 1, v + 40)):
        if s.words[p].lower() == "as" and s.tags[p + 1] == "VBG":
            return p + 2 if s.words[p + 1].lower() == "having" and p + 2 < len(s) else p + 1
    return None
