"""The facts of an event: that it happened, how many of each, who holds the place after it; each weighed and counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from dateline.across import ActTold, Event, Fact, FigureTold, HoldTold, Root, Tension, TensionField, Told
from dateline.join.numbers import current, group_of, middle
from dateline.join.origins import counts
from dateline.join.standing import standing
from dateline.join.tensions import tensions
from dateline.join.told import denied, order, root_of, stated

type Policy = Literal["acled", "ucdp"]
type About = Literal["happened", "amount", "holder"]
FIELDS: Mapping[About, tuple[TensionField, ...]] = {
    "happened": ("happened", "place", "day"), "amount": ("number",), "holder": ("holder",),
}  # fmt: skip
LETTERS = "ABCFDE"  # most reliable first; who cannot be judged stands between


@dataclass(frozen=True, slots=True)
class Weighing:
    """All that weighing claims takes: ``roots`` and ``texts`` as in ``origins``, letters A to F by an origin's key."""

    roots: Mapping[str, Root]
    texts: Mapping[str, str]
    policy: Policy = "ucdp"
    reliability: Mapping[str, str] = field(default_factory=dict)


def facts(
    event: Event,
    acts: Iterable[ActTold],
    figures: Iterable[FigureTold],
    holds: Iterable[HoldTold],
    roots: Mapping[str, Root],
    texts: Mapping[str, str],
    policy: Policy = "ucdp",
) -> list[Fact]:
    """The facts of an event where nothing is known of how reliable its origins are; see ``weighed``."""
    return weighed(event, (*acts, *figures, *holds), Weighing(roots, texts, policy))


def weighed(event: Event, told: Iterable[Told], w: Weighing) -> list[Fact]:
    """That the event happened, one fact for each thing counted, one for each side said to hold a place after it.

    ``told`` are claims that may belong to it: acts that are its tellings, figures and holds that hang on one are taken.
    """
    mine = set(event.tellings)
    claims = sorted(told, key=order)
    acts = [c for c in claims if isinstance(c, ActTold) and c.id in mine]
    figures = [c for c in claims if isinstance(c, FigureTold) and c.act in mine and stated(c)]
    holds = [c for c in claims if isinstance(c, HoldTold) and c.act in mine and stated(c)]
    clashes = tensions(acts, figures, holds, w.roots)
    out = [_fact(w, event, ("happened",), acts, clashes)] if acts else []
    out += [_amount(w, event, key, found, clashes) for key, found in _things(figures).items()]
    out += [_fact(w, event, ("holder", *key), found, clashes) for key, found in _held(holds).items()]
    return out


def _fact(
    w: Weighing, event: Event, name: tuple[About, *tuple[str, ...]], claims: Sequence[Told], clashes: Sequence[Tension]
) -> Fact:
    mine = [t for t in clashes if t.on in FIELDS[name[0]]]
    state, digit, rule = standing(claims, w.roots, mine, w.reliability)
    return Fact(
        id="/".join((event.id, *filter(None, name))), event=event.id, about=name[0], counts=None,
        claims=tuple(c.id for c in claims), weighed=counts(claims, w.roots, w.texts), standing=state, credibility=digit,
        rule=rule,
    )  # fmt: skip


# --- amounts --------------------------------------------------------------------------------------------------------


def _things(figures: Sequence[FigureTold]) -> dict[tuple[str, str], list[FigureTold]]:
    """Figures by what they count and of whom; those that do not say of whom stand with the only ones that do."""
    found: dict[tuple[str, str], list[FigureTold]] = {}
    for figure in figures:
        found.setdefault((figure.counts, group_of(figure)), []).append(figure)
    for what, whom in sorted(found):
        others = [key for key in found if key[0] == what and key[1]]
        if not whom and len(others) == 1:
            found[others[0]] = sorted((*found[others[0]], *found.pop((what, whom))), key=order)
    return {key: found[key] for key in sorted(found)}


def _amount(
    w: Weighing, event: Event, key: tuple[str, str], figures: Sequence[FigureTold], clashes: Sequence[Tension]
) -> Fact:
    fact = _fact(w, event, ("amount", *key), figures, clashes)
    said = [f for f in figures if not denied(f)]
    low, high, best, rule = spread(said, w.roots, w.policy, w.reliability)
    return replace(fact, counts=key[0], rule=f"{fact.rule} {rule}", low=low, high=high, best=best)


def spread(
    figures: Sequence[FigureTold],
    roots: Mapping[str, Root],
    policy: Policy,
    reliability: Mapping[str, str] | None = None,
) -> tuple[float | None, float | None, float | None, str]:
    """Low, high and best of amounts of one thing, and the rule.

    acled: where reports differ or are vague, "the most conservative estimate available", corrected up or down "when
    better information becomes available" (ACLED, How does ACLED code fatalities?, 2024).
    ucdp: three estimates, the best being that of the most reliable source, and the most recent of equally reliable ones
    (UCDP GED codebook, on best, high and low estimates); nothing is averaged.
    """
    last = current(figures, roots)
    lows = [n for f in last if (n := f.amount.low if f.amount.low is not None else middle(f)) is not None]
    highs = [n for f in last if (n := f.amount.high if f.amount.high is not None else middle(f)) is not None]
    known = [f for f in last if middle(f) is not None]
    if not known:
        return None, None, None, "facts.no_number"
    if policy == "acled":
        return min(lows, default=None), max(highs, default=None), min(lows, default=None), "facts.acled_lowest"
    letters = reliability or {}
    best = min(known, key=lambda f: (_trust(root_of(f, roots), letters), *_latest(f)))
    return min(lows, default=None), max(highs, default=None), middle(best), "facts.ucdp_most_reliable"


def _trust(root: Root, letters: Mapping[str, str]) -> tuple[int, bool]:
    return LETTERS.index(letters.get(root.key, "F")), root.kind in ("party", "unnamed")


def _latest(figure: FigureTold) -> tuple[int, str]:
    return -(figure.published.toordinal() if figure.published else 0), figure.id


def _held(holds: Sequence[HoldTold]) -> dict[tuple[str, str], list[HoldTold]]:
    found: dict[tuple[str, str], list[HoldTold]] = {}
    for hold in holds:
        if hold.holder is not None and hold.state in ("holds", "captured", "retaken"):
            found.setdefault((hold.place.key, hold.holder.side), []).append(hold)
    return {key: found[key] for key in sorted(found)}
