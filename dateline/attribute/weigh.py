"""How sure a candidate is: the pairing's prior, bent by a few plain facts about the sentence, or by a fitted filter."""

from collections.abc import Mapping

from dateline.attribute.candidate import Candidate
from dateline.attribute.page import Page
from dateline.sentence import Sentence
from dateline.stage import Filter

FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def weigh(page: Page, candidates: list[Candidate], people: Mapping[str, object], fitted: Filter | None) -> None:
    """Give every candidate its score, 0–1. ``people`` are the head words of those who can have a mind."""
    for c in candidates:
        c.score = c.prior * _factor(page, c, people)
        if fitted is not None:
            c.score = (c.score + fitted.score(features(page, c))) / 2


def _factor(page: Page, c: Candidate, people: Mapping[str, object]) -> float:
    factor = 1.0
    if not c.source and c.shape in ("object", "infinitive", "whom", "oprd"):
        factor *= 0.6
    elif c.policy != "report" and c.shape != "quote" and not _minded(page, c.source, people):
        factor *= 0.75
    if len(c.content) < 2 and c.shape not in ("quote", "line") and c.policy != "attitude":
        factor *= 0.6
    return factor


def _minded(page: Page, source: list[int], people: Mapping[str, object]) -> bool:
    """Whether a source is somebody: a name, a pronoun, a listed word for people, or more than one of anything."""
    if _kind(page, source) not in ("NOUN", "other"):
        return True
    s, i = page.local(page.head_of(source))
    return s.lemmas[i].lower() in people or s.tags[i] == "NNS"


def features(page: Page, c: Candidate) -> list[str]:
    """What a fitted filter may look at, as ``name=value``. Names keep their meaning: weights are stored by them.

    rule, shape, policy, prior: as proposed · lemma: the cue's · tag, label, aux: how the cue stands in its sentence
    (aux: negation and modals) · block: kind of the block · nested: the cue is quoted · size: bits of the content's
    length in tokens · quoted: none, part or nearly all of it · side: of the cue on which the content stands · first:
    tag of its first word · finite: whether it has a finite verb · subject: kind of the source · who: its head noun or
    pronoun (no names). Those joined by ``+`` hold both.
    """
    s, i = page.local(c.head)
    size = min(6, len(c.content).bit_length())
    quoted = sum(page.quote[t] >= 0 for t in c.content)
    share = 0 if not quoted else 2 if quoted >= 0.9 * len(c.content) else 1
    subject, first = _kind(page, c.source), min(c.content)
    tags = [s.tags[i] for s, i in map(page.local, c.content)]
    return [
        f"rule={c.rule}", f"shape={c.shape}", f"rule+shape={c.rule}/{c.shape}", f"subject={subject}",
        f"shape+subject={c.shape}/{subject}", f"size={size}", f"quoted={share}", f"tag={s.tags[i]}",
        f"label={s.labels[i]}", f"nested={page.quote[c.head] >= 0}", f"policy={c.policy}/{c.shape}",
        f"prior={c.prior:.1f}", f"lemma={c.lemma}", f"lemma+shape={c.lemma}/{c.shape}", f"aux={_auxiliary(s, i)}",
        f"block={page.block[s.block].kind}", f"side={'before' if first < c.head else 'after'}",
        f"first={_tag(page, first)}", f"finite={not FINITE.isdisjoint(tags)}", f"who={_who(page, c.source)}",
    ]  # fmt: skip


def _auxiliary(s: Sentence, i: int) -> str:
    """ "not", a modal, or both; empty for neither."""
    modal = next((s.lemmas[c].lower() for c in s.kids(i, "aux") if s.tags[c] == "MD"), "")
    return f"{modal} not".strip() if s.negated(i) else modal


def _tag(page: Page, token: int) -> str:
    s, i = page.local(token)
    return s.tags[i]


def _who(page: Page, source: list[int]) -> str:
    """The lemma of the source's head where it is a common noun or a pronoun, else its kind of word."""
    inside = set(source)
    for t in source:
        s, i = page.local(t)
        if t - i + s.heads[i] not in inside or s.heads[i] == i:
            return s.lemmas[i].lower() if s.pos[i] in ("NOUN", "PRON", "DET") else s.pos[i]
    return "none"


def _kind(page: Page, source: list[int]) -> str:
    for t in source:
        s, i = page.local(t)
        for e in s.entities:
            if e.first <= i <= e.last and e.label in ("PERSON", "ORG", "GPE", "NORP"):
                return e.label
    if not source:
        return "none"
    s, i = page.local(source[-1])
    return s.pos[i]
