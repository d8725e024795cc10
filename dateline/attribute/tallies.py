"""Numbers told without a verb of saying: "put the toll at 12", "the ministry's tally is 23", "gives six"."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from dateline.attribute.candidate import Candidate, proposed
from dateline.attribute.page import Page
from dateline.attribute.speakers import cue_tokens, is_passive, source_tokens, speaker_of
from dateline.lexicons.load import Entry, Lexicons
from dateline.sentence import Sentence

type Words = Mapping[str, Mapping[str, Entry]]  # scope → word → entry

TOLD = frozenset({"at", "to", "as"})
# "raised the number of its troops to 900" is a deed, "raised the number of dead to nine" a telling.
VICTIMS = frozenset(
    "dead killed wounded injured hurt missing displaced victim casualty fatality death toll tally estimate figure"
    " count".split()
)


@lru_cache(maxsize=4)
def tally_words(lexicons: Lexicons) -> Words:
    """``tallies.toml`` by scope."""
    out: dict[str, dict[str, Entry]] = {}
    for entry in lexicons.entries.get("tallies", ()):
        out.setdefault(entry.scope, {}).update((word, entry) for word in entry.words)
    return out


def tally_candidates(page: Page, k: int, words: Words) -> Iterator[Candidate]:
    """A candidate for every number of sentence ``k`` that somebody is said to give."""
    s = page.sentences[k]
    if "CD" not in s.tags:
        return
    for i, lemma in enumerate(s.lemmas):
        if s.is_verb(i) and not is_passive(s, i):
            for scope, told in (("puts", _put), ("counts", _counted), ("holds", _held)):
                entry = words.get(scope, {}).get(lemma)
                content = told(s, i, entry, words) if entry is not None else []
                if entry is not None and content:
                    yield from _told(page, k, i, entry, content)
                    break
        elif s.pos[i] == "NOUN" and (entry := words.get("own", {}).get(lemma)) is not None:
            yield from _own(page, k, i, entry)


def _put(s: Sentence, v: int, entry: Entry, words: Words) -> list[int]:
    """ "put the *toll at 12*", "gives the *number of dead as six*"."""
    measured = [o for o in s.kids(v, "dobj") if s.lemmas[o].lower() in words["measure"] or _dead(s, o)]
    if not measured:
        return []
    inside = s.subtree(measured[0])
    said = {w.lower() for t in inside for w in (s.lemmas[t], s.words[t])}
    if entry.gives.get("telling") and not VICTIMS & said:
        return []
    for p in (p for a in (v, *inside) for p in s.kids(a, "prep") if s.words[p].lower() in TOLD):
        if any(s.tags[t] == "CD" for t in s.subtree(p)):
            return sorted({*inside, *s.subtree(p)})
    return []


def _dead(s: Sentence, i: int) -> bool:
    """ "the army's *dead*", which the parser may take for an adjective."""
    return any(s.words[c].lower() == "dead" and c > i for c in s.kids(i, "amod"))


def _counted(s: Sentence, v: int, entry: Entry, words: Words) -> list[int]:
    """ "still gives *six*", "has counted *104*", "lists *41 houses*"."""
    for o in s.kids(v, "dobj"):
        if s.tags[o] == "CD" or (_lists(s, v) and any(s.tags[c] == "CD" for c in s.kids(o, "nummod"))):
            money = any(s.tags[t] == "$" for t in s.subtree(o))  # "gave $200"
            pronoun = s.labels[v] == "ccomp" and any(s.tags[c] == "PRP" for c in s.kids(v, "nsubj"))  # "she said she …"
            return [] if money or pronoun or s.kid(v, "dative", "prt") is not None else s.subtree(o)
    return []


def _lists(s: Sentence, v: int) -> bool:
    """ "it counts 12 craters" tells a number; who "counted 40 lorries" did so at the roadside, and others may tell."""
    return s.lemmas[v] != "give" and not (s.lemmas[v] == "count" and s.tags[v] == "VBD")


def _held(s: Sentence, v: int, entry: Entry, words: Words) -> list[int]:
    """ "had *a figure of 392*"."""
    for o in s.kids(v, "dobj"):
        if s.lemmas[o] in words["own"] and any(s.tags[t] == "CD" for p in s.kids(o, "prep") for t in s.kids(p, "pobj")):
            return s.subtree(o)
    return []


def _told(page: Page, k: int, v: int, entry: Entry, content: list[int]) -> Iterator[Candidate]:
    speaker = speaker_of(page.sentences[k], v)
    source = source_tokens(page, k, speaker, v) if speaker is not None else []
    tokens = page.within(k, content) - set(source)
    if source and tokens:
        cue = cue_tokens(page, k, v, tokens)
        told = set(page.trim(tokens - set(cue)))
        if told:
            yield proposed(page, k, v, entry, "figure", (cue, source, told), entry.gives["prior"])


def _own(page: Page, k: int, i: int, entry: Entry) -> Iterator[Candidate]:
    """ "*Bamako's tally* is five soldiers", "the governor's *estimate of 25,000*"."""
    s, base = page.sentences[k], page.base[k]
    owner = s.kid(i, "poss")
    if owner is None or s.tags[owner] == "PRP$":
        return
    head, content = s.heads[i], list[int]()
    for p in s.kids(i, "prep"):
        if s.words[p].lower() == "of":
            content += [t for c in s.kids(p, "pobj") if _number(s, c) for t in s.subtree(c)]
    if not content and s.labels[i] == "nsubj" and s.lemmas[head] in ("be", "stand"):
        told = [*s.kids(head, "attr"), *(c for p in s.kids(head, "prep") for c in s.kids(p, "pobj"))]
        content = [t for c in told if _number(s, c) for t in s.subtree(c)]
    source = [t for t in source_tokens(page, k, owner, i) if page.words[t] not in ("'s", "’s")]
    tokens = set(page.trim(page.within(k, content) - {*source, base + i})) if content else set()
    if tokens and source:
        yield proposed(page, k, i, entry, "figure", ([base + i], source, tokens), entry.gives["prior"])


def _number(s: Sentence, i: int) -> bool:
    return s.tags[i] == "CD" or any(s.tags[c] == "CD" for c in s.kids(i, "nummod"))
