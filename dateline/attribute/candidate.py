"""What a rule of attribution proposes, before the filter and the policy have spoken."""

from dataclasses import dataclass, field

from dateline.attribute.page import Page
from dateline.lexicons.load import Entry
from dateline.model import Holder, Policy, Stance


@dataclass(slots=True)
class Candidate:
    """Token numbers of the page. ``shape`` names how the content stands beside the cue; ``prior`` is 0–1."""

    rule: str
    shape: str
    cue: list[int]
    content: set[int]
    source: list[int]
    lemma: str
    stance: Stance
    policy: Policy
    prior: float
    head: int  # the cue's head token
    score: float = 0.0
    carriers: list[Holder] = field(default_factory=list)
    headline: bool = False


Parts = tuple[list[int], list[int], set[int]]  # cue, source and content, as tokens of the page


def proposed(page: Page, k: int, at: int, entry: Entry, shape: str, parts: Parts, prior: float) -> Candidate:
    """A candidate by one entry of a cue list; the cue's head is token ``at`` of sentence ``k``."""
    cue, source, content = parts
    return Candidate(
        rule=entry.id,
        shape=shape,
        cue=cue,
        content=content,
        source=source,
        lemma=page.sentences[k].lemmas[at].lower(),
        stance=entry.gives["stance"],
        policy=entry.gives["policy"],
        prior=prior,
        head=page.base[k] + at,
    )
