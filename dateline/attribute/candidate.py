"""What a rule of attribution proposes, before the filter and the policy have spoken."""

from dataclasses import dataclass, field

from dateline.model import Holder, Stance


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
    policy: str
    prior: float
    head: int  # the cue's head token
    score: float = 0.0
    carriers: list[Holder] = field(default_factory=list)
    headline: bool = False
