"""Cues that are no verbs: "according to", nouns ("claims that"), adjectives ("confident that"), "reportedly"."""

from collections.abc import Iterator, Mapping

from dateline.attribute.candidate import Candidate, Parts, proposed
from dateline.attribute.page import Page
from dateline.attribute.speakers import source_tokens, speaker_of
from dateline.lexicons.load import Entry
from dateline.sentence import Sentence

LIGHT = frozenset({"make", "have", "give", "issue", "raise", "express", "take", "offer", "deliver", "hold", "send",
                   "file", "voice", "present", "reach", "sign", "repeat", "renew", "share", "dismiss"})  # fmt: skip
PHRASES = ("in the words of", "in the view of", "in the opinion of", "in the eyes of")
PLANS = frozenset({"plan", "schedule", "law", "custom", "tradition", "rank", "size", "need", "ability", "design"})


def noun_candidates(page: Page, k: int, cues: Mapping[str, Entry]) -> Iterator[Candidate]:
    """Everything in sentence ``k`` that reports without a reporting verb."""
    s = page.sentences[k]
    for i in range(len(s)):
        entry = cues.get(s.lemmas[i].lower())
        if s.words[i].lower() in ("according", "per"):
            yield from _according(page, k, i, cues["according to"])
        elif s.words[i].lower() == "in" and (phrase := _phrase(s, i)):
            yield from _in_words_of(page, k, i, phrase, cues[phrase])
        elif entry is None:
            continue
        elif entry.scope == "noun" and s.pos[i] == "NOUN":
            yield from _noun(page, k, i, entry)
        elif entry.scope == "adjective" and s.labels[i] in ("acomp", "attr", "oprd"):
            yield from _adjective(page, k, i, entry)
        elif entry.scope == "adverb" and s.pos[i] == "ADV":
            yield from _hedge(page, k, i, entry)


def _make(
    page: Page,
    k: int,
    at: int,
    entry: Entry,
    shape: str,
    parts: Parts,
    factor: float = 1,
) -> Iterator[Candidate]:
    """``parts`` are cue, source and content, as tokens of the page."""
    cue, source, content = parts
    content = set(page.trim(content - set(cue) - set(source)))
    if content:
        prior = entry.gives["takes"].get(shape, 0) * factor
        yield proposed(page, k, at, entry, shape, (cue, source, content), prior)


def _according(page: Page, k: int, i: int, entry: Entry) -> Iterator[Candidate]:
    """ "…, according to X": all of the sentence beside the phrase is content, or the clause that it hangs on."""
    s, base = page.sentences[k], page.base[k]
    per = s.words[i].lower() == "per"
    after = "as" if per else "to"
    beside = i - 1 if per else i + 1
    if not 0 <= beside < len(s) or s.words[beside].lower() != after:
        return
    noun = s.kid(beside, "pobj") or s.kid(i, "pobj")
    if noun is None or s.lemmas[noun] in PLANS:
        return
    source = source_tokens(page, k, noun, i)
    if not source:
        return
    cue = sorted([base + i, base + beside])
    relayed = [s.edges(c)[1] for c in s.kids(noun, "acl") if s.tags[c] == "VBN" and c < s.root]  # "…, quoted by X, …"
    last = max([max(source) - base, *relayed])
    yield from _make(page, k, i, entry, "clause", (cue, source, _rest(page, k, cue[0] - base, last)))


def _rest(page: Page, k: int, first: int, last: int) -> set[int]:
    """What an attributing phrase covers: its sentence, cut at a clause that another verb begins with "but"."""
    s, base = page.sentences[k], page.base[k]
    inside = page.quote[base + first]
    rest = {base + i for i in range(len(s)) if not first <= i <= last}
    if inside >= 0:
        return rest & set(page.quoted(inside))
    for i, word in enumerate(s.words):
        if word == ";":  # each side of a semicolon is a sentence of its own
            rest &= {base + t for t in (range(i) if first < i else range(i + 1, len(s)))}
    head = next((a for a in s.ancestors(first) if s.is_verb(a)), None)
    if head is None:
        return rest
    for c in s.kids(head, "conj"):
        lo, hi = s.edges(c)
        if s.kid(c, "nsubj", "nsubjpass") is not None and not lo <= first <= hi and c > last:
            rest -= page.within(k, range(lo, hi + 1))
    if s.labels[head] == "conj" and s.kid(head, "nsubj", "nsubjpass") is not None:
        rest &= page.within(k, s.subtree(head))
    return rest


def _phrase(s: Sentence, i: int) -> str | None:
    ahead = " ".join(s.words[i : i + 4]).lower()
    return ahead if ahead in PHRASES else None


def _in_words_of(page: Page, k: int, i: int, phrase: str, entry: Entry) -> Iterator[Candidate]:
    s, base = page.sentences[k], page.base[k]
    last = i + len(phrase.split()) - 1
    noun = s.kid(last, "pobj")
    if noun is not None:
        source = source_tokens(page, k, noun, i)
        yield from _make(
            page,
            k,
            i,
            entry,
            "clause",
            (
                list(range(base + i, base + last + 1)),
                source,
                _rest(page, k, i, max(source, default=base + last) - base),
            ),
        )


def _noun(page: Page, k: int, i: int, entry: Entry) -> Iterator[Candidate]:
    """ "the claim that …", "their pledge to …", "warnings of …" """
    base = page.base[k]
    shape, content = _noun_content(page, k, i, entry.gives["takes"])
    if shape is None:
        return
    owner, cue = _owner(page, k, i)
    source = source_tokens(page, k, owner, i) if owner is not None else []
    cue = [t for t in cue if t not in content]
    last = base + i
    first_inside = min(content)
    if shape in ("of", "about", "for", "on") and first_inside > last and page.words[last + 1].lower() == shape:
        cue = [*cue, last + 1]
    factor = 1.0 if source else 0.55
    yield from _make(page, k, i, entry, shape, (cue, source, content), factor)


def _noun_content(page: Page, k: int, i: int, takes: Mapping[str, float]) -> tuple[str | None, set[int]]:
    s = page.sentences[k]
    for c in s.kids(i, "acl", "ccomp", "relcl"):
        if c < i:
            continue
        marks = {s.words[m].lower() for m in s.children[c]}
        if "to" in marks and s.labels[c] == "acl" and "infinitive" in takes:
            return "infinitive", page.within(k, s.subtree(c))
        if (
            s.labels[c] != "relcl"
            and marks & {"that", "whether", "if"}
            and s.kid(c, "nsubj", "nsubjpass", "expl") is not None
        ):
            return "clause", page.within(k, s.subtree(c))
    for c in s.kids(i, "prep"):
        word = s.words[c].lower()
        inner = [t for p in s.kids(c, "pobj", "pcomp") for t in s.subtree(p)]
        if c > i and word in takes and inner:
            return word, page.within(k, inner)
    return None, set()


def _owner(page: Page, k: int, i: int) -> tuple[int | None, list[int]]:
    """Whose claim it is ("their claim", "a claim by residents"), or the subject of a light verb above it."""
    s, base = page.sentences[k], page.base[k]
    poss = s.kid(i, "poss")
    if poss is not None:
        return poss, [base + i]
    for c in s.kids(i, "prep", "agent"):
        if s.words[c].lower() in ("by", "from"):
            noun = s.kid(c, "pobj")
            if noun is not None:
                return noun, [base + i]
    head = s.heads[i]
    if s.labels[i] == "dobj" and s.lemmas[head] in LIGHT:
        subject = speaker_of(s, head)
        if subject is not None and page.quote[base + subject] == page.quote[base + i]:
            return subject, list(range(base + head, base + i + 1))
    return None, [base + i]


def _adjective(page: Page, k: int, i: int, entry: Entry) -> Iterator[Candidate]:
    s, base = page.sentences[k], page.base[k]
    verb = s.heads[i]
    subject = speaker_of(s, verb) if s.is_verb(verb) else None
    if subject is None:
        return
    shape, content = None, set()
    for c in s.kids(i, "ccomp", "xcomp"):
        if c > i:
            shape = "clause" if s.labels[c] == "ccomp" else "infinitive"
            content = page.within(k, s.subtree(c))
    if shape is None:
        shape, content = _noun_content(page, k, i, entry.gives["takes"])
    if shape is None:
        return
    first = min([c for c in s.kids(verb, "aux", "neg") if c < i] + [verb])
    cue = [t for t in range(base + first, base + i + 1) if t not in content]
    if len(cue) > 6 or subject in range(first, i + 1):
        cue = [base + i]
    yield from _make(page, k, i, entry, shape, (cue, source_tokens(page, k, subject, verb), content))


def _hedge(page: Page, k: int, i: int, entry: Entry) -> Iterator[Candidate]:
    """ "reportedly": an unnamed voice for the clause that it stands in."""
    s, base = page.sentences[k], page.base[k]
    head = s.heads[i]
    if s.is_verb(head) or s.pos[head] in ("ADJ", "NOUN", "ADV"):
        yield from _make(page, k, i, entry, "clause", ([base + i], [], page.within(k, s.subtree(head))))
