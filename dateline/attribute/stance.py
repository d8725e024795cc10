"""How a voice puts it: the cue's own stance, mended by negation and by what the content says of the future."""

from dateline.attribute.candidate import Candidate
from dateline.attribute.page import Page
from dateline.model import Stance

FLIPPED: dict[Stance, Stance] = {
    "asserts": "declines",
    "denies": "asserts",
    "predicts": "doubts",
    "doubts": "asserts",
}
SPEAKING = frozenset(
    {"comment", "say", "answer", "reply", "respond", "discuss", "confirm", "give", "speak", "elaborate"}
)


def stance_of(page: Page, c: Candidate) -> Stance:
    """The stance of one statement, as the cue and its own negation give it."""
    s, i = page.local(c.head)
    if c.stance == "asserts" and _is_question(page, c):
        return "asks"
    if s.lemmas[i].lower() in ("respond", "reply", "comment") and s.negated(i):
        return "declines"
    if c.rule == "cue.refuse" and not any(page.words[t].lower() in SPEAKING for t in sorted(c.content)[:3]):
        return "denies" if any(page.words[t].lower() == "accept" for t in c.content) else "declines"
    if s.is_verb(i) and s.negated(i):
        if c.rule in ("cue.believe", "cue.know"):
            return "doubts"
        return FLIPPED.get(c.stance, c.stance)
    return c.stance


def _is_question(page: Page, c: Candidate) -> bool:
    """A quotation or a transcript's line that is nothing but a question."""
    words = [page.words[t] for t in sorted(c.content) if page.words[t] not in ("”", '"', "’", "''")]
    direct = c.rule.startswith("line.") or all(page.quote[t] >= 0 for t in c.content)
    return direct and words[-1:] == ["?"] and words.count("?") == 1 and "." not in words
