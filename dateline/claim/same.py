"""One act told twice in a report is one act."""

from collections.abc import Sequence

from dateline.model import Act

WINDOW = 60  # acts looked back over; more would make long pages quadratic


def told_before(act: Act, earlier: Sequence[Act]) -> str | None:
    """Id of the earlier act that this one tells again, or None when none agrees or two different ones do."""
    found = [a.same_as or a.id for a in earlier[-WINDOW:] if _same(act, a)]
    return found[0] if len(set(found)) == 1 else None


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
