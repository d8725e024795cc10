"""Verbs that report: who says what by which verb. What stands beside the verb is found in ``shapes``."""

from collections.abc import Iterator, Mapping

from dateline.attribute.beside import PLAIN, quote_beside, whole_quotes
from dateline.attribute.candidate import Candidate, proposed
from dateline.attribute.carriers import as_saying
from dateline.attribute.headlines import Speakers
from dateline.attribute.page import Page
from dateline.attribute.shapes import active, clause_of, passive
from dateline.attribute.speakers import cue_tokens, is_passive, source_tokens, speaker_of
from dateline.lexicons.load import Entry
from dateline.model import Holder
from dateline.sentence import Sentence

SPEAKING = frozenset(
    "comment say answer reply respond discuss confirm give speak elaborate disclose reveal specify explain identify "
    "name provide release address concede admit acknowledge accept".split()
)
EDGES = frozenset({",", "”", '"', "''", "’", "—", "–", "--", ";", ":", "?", "!"})
LONGEST_BESIDE = 12  # tokens of a noun phrase taken by its place alone
COVER = (
    "to be named", "to be identified", "to be called", "to be referred to", "to be cited", "to be quoted",
    "to give his name", "to give her name", "to give their", "because he was not authori",
    "because she was not authori", "because they were not authori", "not to be named", "not to be identified",
    "not to be quoted", "to remain anonymous", "that he not be", "that she not be", "that they not be",
    "that their name", "that his name", "that her name", "condition of anonymity", "condition that", "anonymity",
    "their names not", "his name not", "her name not",
)  # fmt: skip


def verb_candidates(page: Page, k: int, cues: Mapping[str, Entry]) -> Iterator[Candidate]:
    """A candidate for every listed verb of sentence ``k`` that has content beside it."""
    s = page.sentences[k]
    for v in range(len(s)):
        entry = cues.get(s.lemmas[v].lower()) if s.is_verb(v) else None
        if entry is None or s.labels[v] in ("aux", "auxpass", "amod", "compound"):
            continue
        saying = as_saying(s, v) if entry.id == "cue.quote" else None
        if saying is not None:
            yield from _relayed(page, k, v, saying, entry)
        elif not (v and s.words[v - 1].lower() == "as" and s.tags[v] == "VBG") and not _of_cover(s, v):
            yield from _candidate(page, k, v, entry)


def _relayed(page: Page, k: int, v: int, saying: int, entry: Entry) -> Iterator[Candidate]:
    """ "X quoted Y as saying …", "Y was quoted by X as saying …": Y speaks, X carries."""
    s, base = page.sentences[k], page.base[k]
    if is_passive(s, v):
        speaker, carrier = s.kid(v, "nsubjpass"), s.agent_of(v)
        if s.labels[v] == "acl":
            speaker = s.heads[v]
        by = next((p for p in s.kids(saying, "prep", "agent") if s.words[p].lower() == "by"), None)
        carrier = s.kid(by, "pobj") if carrier is None and by is not None else carrier
    else:
        speaker, carrier = s.kid(v, "dobj"), speaker_of(s, v)
    source = source_tokens(page, k, speaker, v) if speaker is not None else []
    source = [t for t in source if t < base + saying - 1]
    content = clause_of(page, k, v) | clause_of(page, k, saying) | quote_beside(page, k, v, source)
    content |= quote_beside(page, k, saying, []) | page.within(
        k, [t for o in s.kids(saying, "dobj") for t in s.subtree(o)]
    )
    cue = [*cue_tokens(page, k, v, content), base + saying - 1, base + saying]
    content = set(page.trim(whole_quotes(page, content, page.quote[base + v]) - set(cue) - set(source)))
    passing = source_tokens(page, k, carrier, v) if carrier is not None else []
    content -= set(passing)
    if content:
        found = Candidate(
            rule="relay.quote", shape="clause", cue=cue, content=content, source=source, lemma=s.lemmas[v].lower(),
            stance="asserts", policy="report", prior=0.97, head=base + v,
        )  # fmt: skip
        if passing:
            found.carriers.append(Holder(page.spans(passing)[0], "carrier", "relay.quote"))
        yield found


def _candidate(page: Page, k: int, v: int, entry: Entry) -> Iterator[Candidate]:
    s, base = page.sentences[k], page.base[k]
    takes: Mapping[str, float] = entry.gives["takes"]
    speaker = speaker_of(s, v)
    level = page.quote[base + v]
    if speaker is None and not is_passive(s, v):
        speaker = _inverted(page, k, v)
    if speaker is not None and page.quote[base + speaker] != level:
        speaker = None
    source = source_tokens(page, k, speaker, v) if speaker is not None else []
    borrowed = s.kid(v, "nsubj") is None and s.labels[v] in ("parataxis", "conj", "dep")
    if (not source or borrowed) and not is_passive(s, v):
        source = _next_to(page, k, v) or source
    refused = _refused(page, k, v) if entry.id == "cue.refuse" else None
    if refused is not None and source:
        if not _asks_for_cover(page, refused[1]):
            yield proposed(page, k, v, entry, "infinitive", (refused[0], source, refused[1] - set(source)), 0.9)
        return
    found = passive(page, k, v, takes) if is_passive(s, v) else active(page, k, v, takes, source)
    if found is None:
        return
    prior = takes.get(found.shape, 0.0)
    if prior <= 0:
        return
    if found.shape == "raising":
        source = []
    content = whole_quotes(page, found.tokens, level)
    cue = cue_tokens(page, k, v, content, found.shape)
    content -= set(cue) | set(source)
    if s.labels[v] == "relcl" and not source:
        source = [base + c for c in s.kids(v, "nsubj") if s.tags[c] in ("WP", "WDT", "IN", "DT")][:1]
    trimmed = set(page.trim(content))
    asking = [page.words[t].lower() for t in source] == ["who"] and s.words[-1] == "?"  # nobody is said to say it
    if trimmed and not asking and not _asks_for_cover(page, trimmed):
        yield proposed(page, k, v, entry, found.shape, (cue, source, trimmed), prior)


def colon_quotes(page: Page, speakers: Speakers) -> Iterator[Candidate]:
    """ "The chief of staff was blunt: “We went in.”", "Residents had a word for it: …": no verb of saying, a colon."""
    for q, quotation in enumerate(page.quotations):
        inside = page.quoted(q)
        colon = inside.start - 1
        if not inside or colon < 1 or page.words[colon] != ":" or page.block_of(colon) != page.block_of(inside.start):
            continue
        k = page.sentence_of[colon]
        s, base = page.sentences[k], page.base[k]
        v = s.root
        subject = s.kid(v, "nsubj")
        if base + v > colon or subject is None or quotation.span.start - page.ends[colon] > 1:
            continue
        owner = s.kid(subject, "poss")
        source = source_tokens(page, k, subject if owner is None else owner, v)
        if source and speakers.likely(page.spans(source)[0], head=page.head_of(source)):
            yield Candidate(
                rule="line.colon_quote", shape="quote", cue=[colon], content=set(inside), source=source, lemma=":",
                stance="asserts", policy="report", prior=0.75, head=colon,
            )  # fmt: skip


def _of_cover(s: Sentence, v: int) -> bool:
    """The inner verb of "asked to be called only M."."""
    asks = s.lemmas[s.heads[v]].lower() in ("ask", "request", "decline", "refuse", "want", "prefer")
    return s.labels[v] == "xcomp" and asks and s.lemmas[v].lower() in ("call", "name", "identify", "quote", "cite")


def _asks_for_cover(page: Page, content: set[int]) -> bool:
    """ "asked not to be named", "on condition of anonymity": why a voice is unnamed, no statement of its own."""
    first = " ".join(page.words[t].lower() for t in sorted(content)[:5])
    return first.startswith(COVER)


def _inverted(page: Page, k: int, v: int) -> int | None:
    """ "“We will fight,” vowed a masked man": the speaker after the verb, taken by the parser for its object."""
    s, base = page.sentences[k], page.base[k]
    before = page.words[base + v - 1] if base + v else ""
    if before not in ("”", '"', "’", "''", ",") or (before == "," and page.quote[base + v - 2] < 0):
        return None
    return next((o for o in s.kids(v, "dobj", "attr", "npadvmod", "dep") if v < o <= v + 6), None)


def _next_to(page: Page, k: int, v: int) -> list[int]:
    """Words right beside a plain reporting verb that the parser hung elsewhere: "…, residents and a doctor said"."""
    s, base = page.sentences[k], page.base[k]
    if s.lemmas[v].lower() not in PLAIN or s.labels[v] not in ("ROOT", "ccomp", "conj", "dep", "parataxis"):
        return []
    after = v + 1
    if v and s.pos[v - 1] in ("PROPN", "PRON", "NOUN"):
        first = v - 1
        while first and s.words[first - 1] not in EDGES and v - first < LONGEST_BESIDE and not s.is_verb(first - 1):
            first -= 1
        return page.trim(t for t in range(base + first, base + v) if page.quote[t] == page.quote[base + v])
    if after < len(s) and s.pos[after] == "PROPN" and s.labels[after] not in ("npadvmod", "dobj", "compound"):
        return source_tokens(page, k, after, v)
    return []


def _refused(page: Page, k: int, v: int) -> tuple[list[int], set[int]] | None:
    """ "declined to comment on the strike": (cue tokens up to the inner verb, what it would have been about)."""
    s, base = page.sentences[k], page.base[k]
    inner = next((c for c in s.kids(v, "xcomp") if c > v and s.lemmas[c].lower() in SPEAKING), None)
    if inner is None:
        return None
    about = [t for c in s.kids(inner, "dobj", "ccomp", "advcl", "xcomp") for t in s.subtree(c) if c > inner]
    last = inner
    if not about:
        p = next((c for c in s.kids(inner, "prep") if c > inner), None)
        noun = s.kid(p, "pobj", "pcomp") if p is not None else None
        if p is not None and noun is not None:
            about, last = s.subtree(noun), p if p == inner + 1 else inner
    if not about:
        return cue_tokens(page, k, v, set()), page.within(k, s.subtree(inner))
    content = page.within(k, about)
    return [t for t in range(cue_tokens(page, k, v, content)[0], base + last + 1) if t not in content], content
