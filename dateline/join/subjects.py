"""Whose word it is where no verb of saying is found, but the sentence's subject counts or stands by: "The report gives the
dead as eight", "Juba's tally is five", "She had counted nine bodies". It is asked for claims in an outlet's own voice alone.
"""

import re
from collections.abc import Sequence, Set

from dateline.across import Hop, Told
from dateline.join.voice_words import BODY_WORDS, CALLINGS, OFFICES, PAPERS, STATEMENTS
from dateline.join.voices import every_token, tokens

BEFORE = 700  # characters back to where a pronoun's voice last spoke
PRONOUNS: Set[str] = frozenset({"he", "she", "it", "they"})
VERBS = (
    "gives? gave given puts? lists? listed counts? counted records? recorded registers? registered names? named reports?"
    " reported confirms? confirmed repeats? repeated acknowledges? acknowledged admits? admitted estimates? estimated"
    " raises? raised lowers? lowered revises? revised maintains? maintained insists? insisted claims? claimed denies denied"
    " buried treated received saw seen identified documented verified marks? marked speaks? spoke spoken stands? stood"
    " speak stand deny"
).split()
NOUNS = ("tally", "count", "figures?", "toll", "estimate", "version", "account", "list", "number", "own figure")
SUBJECT = re.compile(
    r"^(?:[^a-z]{3,60}\([^)]+\) [-–—] )?(?P<who>[A-Z][\w’'. -]{1,70}?)"
    rf"(?:(?:’s|'s|s’|s') (?:{'|'.join(NOUNS)})\b|"
    r"(?:,[^,]{3,60},)? (?:(?:now|still|also|has|have|had|later|then|itself|earlier|yesterday|on [A-Z]\w+day) )*"
    rf"(?:{'|'.join(VERBS)})\b)"
)
SORTS = BODY_WORDS | CALLINGS | OFFICES | PAPERS | STATEMENTS


def subject(told: Told, spoken: Sequence[Told]) -> Hop | None:
    """The voice that a claim's sentence has for its subject; None where it has none that anybody would take for one.

    ``spoken`` are claims that have a voice, of the same report first.
    """
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
