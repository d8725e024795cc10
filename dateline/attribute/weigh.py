"""How sure a candidate is: the pairing's prior, bent by a few plain facts about the sentence, or by a fitted filter."""

from collections.abc import Mapping

from dateline.attribute.candidate import Candidate
from dateline.attribute.page import Page
from dateline.stage import Filter


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
    return any(s.lemmas[i].lower() in people or s.tags[i] == "NNS" for s, i in map(page.local, source))


def features(page: Page, c: Candidate) -> list[str]:
    """What the fitted filter may look at; names are stable, since weights are stored by them."""
    s, i = page.local(c.head)
    size = min(6, len(c.content).bit_length())
    quoted = sum(page.quote[t] >= 0 for t in c.content)
    share = 0 if not quoted else 2 if quoted >= 0.9 * len(c.content) else 1
    subject = _kind(page, c.source)
    return [f"rule={c.rule}", f"shape={c.shape}", f"rule+shape={c.rule}/{c.shape}", f"subject={subject}",
            f"shape+subject={c.shape}/{subject}", f"size={size}", f"quoted={share}", f"tag={s.tags[i]}",
            f"label={s.labels[i]}", f"nested={page.quote[c.head] >= 0}", f"policy={c.policy}/{c.shape}"]  # fmt: skip


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
