"""One act told twice is one act; so is a deed and what it did ("shelled the market, killing nine")."""

from collections.abc import Sequence

from dateline.claim.arguments import Clause
from dateline.model import Act
from dateline.sentence import Sentence

WINDOW = 60  # acts looked back over; more would make long pages quadratic
EFFECTS = frozenset({"kill", "wound", "injure", "maim", "slay", "destroy", "damage", "demolish", "wreck", "flatten"})


def told_before(act: Act, earlier: Sequence[Act]) -> str | None:
    """Id of the earlier act that this one tells again, or None when none agrees or two different ones do."""
    found = [a.same_as or a.id for a in earlier[-WINDOW:] if _same(act, a)]
    return found[0] if len(set(found)) == 1 else None


def came_of(s: Sentence, clause: Clause) -> int:
    """The verb whose effect this verb may tell: the one above it, where it has no subject of its own; else -1."""
    i = clause.trigger
    if s.lemmas[i].lower() not in EFFECTS or s.kid(i, "nsubj", "nsubjpass") is not None:
        return -1
    joined = s.labels[i] == "conj" and not s.passive(i)
    return s.heads[i] if joined or (s.labels[i] == "advcl" and s.tags[i] == "VBG") else -1


def effect(act: Act, cause: Act) -> str | None:
    """Id of the deed that did this, or None where the two are of different kinds or sureness."""
    if act.type != cause.type or act.status != cause.status or (act.time and cause.time and act.time != cause.time):
        return None
    return cause.same_as or cause.id


def _same(one: Act, two: Act) -> bool:
    """Same type, nothing that clashes, and at least two fields that agree."""
    if one.type != two.type or (one.status != two.status and "denied" not in (one.status, two.status)):
        return False
    if one.mode != two.mode and one.lemma != two.lemma and one.mode and two.mode:
        return False
    if one.time and two.time and one.time != two.time:
        return False
    pairs = [(one.places, two.places), (one.recipients, two.recipients), (one.actors, two.actors)]
    if any(a and b and not set(a) & set(b) for a, b in pairs):
        return False
    agree = sum(bool(set(a) & set(b)) for a, b in pairs)
    agree += one.lemma == two.lemma
    agree += bool(one.time and one.time == two.time)
    return agree >= 2 and any(set(a) & set(b) for a, b in pairs[:2])
