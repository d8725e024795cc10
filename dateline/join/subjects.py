"""Whose word it is where our reading found nobody: by the sentence that a claim stands in.

The subject of a sentence that counts or stands by ("The report gives the dead as eight", "Juba's tally is five"), the
voice that another part of the sentence has ("the nurse said, and the rebels drove in at noon"), and for a pronoun the
voice that spoke last before it.
"""

import re
from collections.abc import Sequence, Set

from dateline.across import Hop, Told
from dateline.join.voice_words import BODY_WORDS, CALLINGS, OFFICES, PAPERS, PRESS, STATEMENTS
from dateline.join.voices import every_token, tokens

BEFORE = 700  # characters back to where a pronoun's voice last spoke
PRONOUNS: Set[str] = frozenset({"he", "she", "it", "they"})
VERBS = (
    "gives? gave puts? lists listed counts counted records recorded registers registered names named reports reported"
    " confirms? confirmed repeats repeated acknowledges acknowledged admits admitted estimates estimated raises raised"
    " lowers lowered revises revised maintains maintained insists insisted claims claimed denies denied buried treated"
    " received saw seen identified documented verified marks marked speaks? spoke spoken stands? stood"
).split()
NOUNS = ("tally", "count", "figures?", "toll", "estimate", "version", "account", "list", "number", "own figure")
SUBJECT = re.compile(
    r"^(?:[A-Z][A-Z ’'.-]+(?:,[^()]{0,40})?(?:\([^)]+\) )?[-–—] )?(?P<who>[A-Z][\w’'. -]{1,70}?)"
    rf"(?:(?:’s|'s|s’|s') (?:{'|'.join(NOUNS)})\b|"
    r"(?:,[^,]{3,60},)? (?:(?:now|still|also|has|have|had|later|then|itself|earlier|yesterday|on [A-Z]\w+day) )*"
    rf"(?:{'|'.join(VERBS)})\b)"
)
SORTS = BODY_WORDS | CALLINGS | OFFICES | PAPERS | PRESS | STATEMENTS


def voice_behind(told: Told, spoken: Sequence[Told]) -> Hop | None:
    """The voice behind a claim that has none, or none but a pronoun; None where nobody would take anybody for it.

    ``spoken`` are claims that have a voice with a name, in the order in which they were told.
    """
    if told.chain:
        return _last(told, spoken)
    near = [c for c in spoken if c.report == told.report]
    beside = {c.chain[0] for c in near if c.sentence == told.sentence}
    if len(beside) == 1:
        return beside.pop()
    return _subject(told, [*near, *(c for c in spoken if c.report != told.report)])


def unclear(hop: Hop) -> bool:
    """True for a pronoun that leads to nobody."""
    return hop.words.casefold() in PRONOUNS and (hop.who is None or hop.who.name.casefold() in PRONOUNS)


def _subject(told: Told, spoken: Sequence[Told]) -> Hop | None:
    found = SUBJECT.match(told.sentence)
    if found is None:
        return None
    words = found["who"].strip()
    if words.casefold() in PRONOUNS:
        return _last(told, spoken)
    mine = frozenset(tokens(words))
    for claim in spoken:
        hop = claim.chain[0]
        name = hop.who.name if hop.who is not None else hop.words
        if mine and (mine <= frozenset(tokens(name)) or mine <= frozenset(tokens(hop.words))):
            return hop
    return Hop("speaker", None, words) if SORTS & {*every_token(words)} else None


def _last(told: Told, spoken: Sequence[Told]) -> Hop | None:
    """The voice that spoke last before, in the same report and not far off."""
    before = [c for c in spoken if c.report == told.report and told.start - BEFORE < c.start < told.start]
    return max(before, key=lambda c: (c.start, c.id)).chain[0] if before else None
