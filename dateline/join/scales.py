"""The scales on which the claims about one place are weighed against each other, day after day.

Every origin has one vote, its latest; a vote's weight halves every ``HALF_LIFE`` days, and newer claims wear down
what was said before them. What a side says against itself weighs more and takes back all that it said for itself;
what it says for itself when that would be a change weighs less; what may be an unsigned copy weighs almost nothing,
and what an origin says again within days nothing at all. A side holds a place once it outweighs every other by
``MARGIN``, and goes on holding it until another does, its own people admit the loss, or fresh claims come too close.

Constants without a source were set on simulated wars (``bench/holdings.py``, seeds 1 to 3; those reported are others).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import exp2

from dateline.join.holdings_weights import CONTESTED, Vote

HALF_LIFE = 21.0  # days
MARGIN = 0.6  # claims by which a new holder must outweigh the rest
FIRST = 0.5  # claims that a holder needs where nothing else speaks for anybody
GHOST = 0.02  # claims: less than this is as nothing; one plain claim gets there in 119 days
CLOSE = 1.0  # share of the holder's weight at which a rival makes the place contested …
CLOSE_LEAST = 1.0  # … if the rival has at least this many claims
AGAINST_ITSELF = 1.5  # an admission against interest
FOR_ITSELF = 0.6  # a side's word for itself where it does not hold the place
WEAR = 0.25  # share of the weight of what is to the contrary that a full claim takes away …
NEWS_WEAR = 0.6  # … and one that tells of a change, before which the contrary may well have been so
ECHO_DAYS = 4  # within so many days after another's same claim, an origin without a letter …
ECHO = 0.15  # … weighs this share: it may have copied
AGAIN_DAYS = 7  # within so many days an origin that says the same again, of no day, says nothing new
TELLING = 8  # words: a sentence as long as this in the same words is a reprint, however late

RULES = {
    "holdings.nothing": "nothing that was said settles who holds the place",
    "holdings.first": f"a side has {FIRST} claims or more, and nothing speaks for another",
    "holdings.outweighs": f"what speaks for it outweighs all else by more than {MARGIN} claims",
    "holdings.close": "claims about one state of things, and each way about as strong",
    "holdings.taken_back": "nothing speaks for the last holder any more: it was admitted, denied or taken back",
    "holdings.stale": "nothing was said for so long that this is only what was last known",
}

type Key = tuple[str, str, bool]  # origin, value, against


@dataclass(slots=True)
class Live:
    """A vote and what is left of its weight, in claims."""

    vote: Vote
    weight: float


@dataclass(slots=True)
class Scales:
    """The votes on one place as they stand on one day. Made and thrown away inside one call of a joiner."""

    day: date
    live: dict[Key, Live] = field(default_factory=dict)
    counted: dict[Key, tuple[date, float]] = field(default_factory=dict)  # what an origin said last, when, how surely
    printed: dict[tuple[Key, str], float] = field(default_factory=dict)
    led: dict[tuple[str, bool], tuple[date, str]] = field(default_factory=dict)  # value → last claimed when, by whom
    holder: str | None = None  # a side, CONTESTED, or None
    since: date | None = None
    rule: str = "holdings.nothing"

    def wait(self, day: date) -> None:
        """Let the days pass until ``day``."""
        left = exp2(-(day - self.day).days / HALF_LIFE)
        self.day = day
        for each in self.live.values():
            each.weight *= left

    def weigh(self, fresh: Sequence[Vote]) -> None:
        """Take in all votes of one day, then decide."""
        self.wait(fresh[0].day)
        for v in fresh:
            gain, full = self._worth(v)
            if gain > 0:
                self._cast(v, gain, full)
        self._decide()

    def net(self) -> dict[str, float]:
        """Value → what speaks for it less what speaks against it, never below 0."""
        out: dict[str, float] = {}
        for each in self.live.values():
            sign = -1 if each.vote.against else 1
            out[each.vote.value] = out.get(each.vote.value, 0.0) + sign * each.weight
        return {value: max(0.0, weight) for value, weight in out.items()}

    def strongest(self) -> float:
        """The weight of the heaviest vote, 0 where there is none."""
        return max((each.weight for each in self.live.values()), default=0.0)

    def _worth(self, v: Vote) -> tuple[float, float]:
        """What a vote adds on its day, and all it weighs; nothing where its origin has said so already."""
        key = (v.origin, v.value, v.against)
        when, weighed = self.counted.get(key, (date.min, 0.0))
        again = (v.day - when).days < (1 if v.dated else AGAIN_DAYS)  # another day in the words is another deed
        printed = self.printed.get((key, v.words), 0.0)
        if v.words.count(" ") + 1 >= TELLING:
            self.printed[key, v.words] = max(printed, v.weight)
        before = max(weighed if again else 0.0, printed)
        if v.weight <= before:
            return 0.0, 0.0
        self.counted[key] = (when if again else v.day, v.weight)
        share = self._share(v)
        self.led[v.value, v.against] = (v.day, v.origin)
        return (v.weight - before) * share, v.weight * share

    def _share(self, v: Vote) -> float:
        """What interest, and the chance that it is an echo, leave of a vote or make of it."""
        share = 1.0
        if admits(v):
            share = AGAINST_ITSELF
        elif boasts(v) and self.holder != v.interest:
            share = FOR_ITSELF
        said, by = self.led.get((v.value, v.against), (date.min, v.origin))
        if v.echoing and by != v.origin and (v.day - said).days <= ECHO_DAYS:
            share *= ECHO
        return share

    def _cast(self, v: Vote, gain: float, full: float) -> None:
        """Put a vote on the scales. Its origin's earlier word to the contrary goes, and so does all that a side said
        for itself before it admitted the contrary, and, with news of a change, denials of a week ago and more, which
        were not of it; what others said to the contrary wears off."""
        worn = 1 - (NEWS_WEAR if v.news and not boasts(v) else WEAR) * min(1.0, gain)
        for key, each in list(self.live.items()):
            contrary = contradict(each.vote, v)
            taken_back = admits(v) and boasts(each.vote) and each.vote.interest == v.interest
            past = contrary and each.vote.against and v.news and (v.day - each.vote.day).days >= AGAIN_DAYS
            if taken_back or past or (contrary and each.vote.origin == v.origin):
                del self.live[key]
            elif contrary:
                each.weight *= worn
        key = (v.origin, v.value, v.against)
        old = self.live[key].weight if key in self.live else 0.0
        self.live[key] = Live(v, max(old, min(old + gain, full)))

    def _decide(self) -> None:
        """Who holds the place now, and by which rule; who held it goes on where nothing else is plain."""
        net, now = self.net(), self.holder
        ranked = sorted(net.items(), key=lambda item: (-item[1], item[0]))
        best, most = ranked[0] if ranked else (None, 0.0)
        second = max((w for v, w in ranked if v != best), default=0.0)
        own = net.get(now, 0.0) if now else 0.0
        sides = [(v, w) for v, w in ranked if v not in (now, CONTESTED)]
        rival, rivalry = sides[0] if sides else (None, 0.0)
        if best != now and most > second + MARGIN:
            self._pass_to(best, "holdings.outweighs")
        elif now is None and most == second >= FIRST:
            self._pass_to(CONTESTED, "holdings.close")
        elif now != CONTESTED and own < GHOST and most >= FIRST and most > second:
            self._pass_to(best, "holdings.first")
        elif now is None or now == CONTESTED:
            return
        elif rivalry > max(CLOSE * own, CLOSE_LEAST) and self._answered(now, rival):
            self._pass_to(CONTESTED, "holdings.close")
        elif own == 0:
            self._pass_to(None, "holdings.taken_back")

    def _answered(self, now: str, rival: str | None) -> bool:
        """True where somebody said that ``now`` holds the place after somebody had said that ``rival`` does: they
        differ about one state of things, and are not telling of two, one after the other."""
        live = [x.vote for x in self.live.values() if not x.vote.against and x.weight >= FIRST / 2]
        claims = [v for v in live if v.value == rival]
        first = min((v.day for v in claims), default=date.max)
        bare = all(boasts(v) for v in claims)  # a side's own word is answered by the other side's
        return any(v.value == now and v.day > first and (bare or not boasts(v)) for v in live)

    def _pass_to(self, value: str | None, rule: str) -> None:
        if value != self.holder:
            self.holder, self.since, self.rule = value, self.day, rule


def admits(v: Vote) -> bool:
    """True for what a side says against itself: the other holds it, or we do not."""
    return v.interest is not None and v.value != CONTESTED and v.against == (v.value == v.interest)


def boasts(v: Vote) -> bool:
    """True for what a side says for itself: we hold it, or the other does not."""
    return v.interest is not None and v.value != CONTESTED and v.against != (v.value == v.interest)


def contradict(old: Vote, new: Vote) -> bool:
    """True where both cannot hold. A denial speaks against one value only, and for none."""
    if new.against or old.against:
        return old.against != new.against and old.value == new.value
    return old.value != new.value
