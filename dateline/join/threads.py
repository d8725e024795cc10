"""Which reports are one running story: by the words and names they share, weighed by how rare these are.

Words propose here and decide nothing that is counted: an event is made of acts whose slots agree (``events.py``); a
thread only says what to read together. Two texts are *linked* when they are alike enough within three weeks and share
a name or have none to compare; texts linked through others are a web. Inside a web the most alike come together
first. Two groups stay apart where, though alike, each is much more alike within itself: that is how two bombings in one
city look. The fewer words there are to compare, the less such a gap proves.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from math import log, sqrt

from dateline.across import Thread
from dateline.lexicons.rarity import Rarity, counted_words

WINDOW = 21  # days between two texts of a story that have a link
TOP = 8  # heaviest words of a text; two that share none of these are not alike
BODY = 120  # counted words of the body that are looked at: news tells its story first
TITLE = 2  # a word of the title counts so many times
NAME = 2.0  # a word written as a name weighs so many times its weight
LINK = 0.3  # cosine from which two texts are linked
# Set on ECB+ topics 1-35 and News-T together (bench/stories.py): flat around these values.
JOIN = 0.15  # cosine of two groups' sums from which they may be one
GAP = 1.0  # share of the likeness within that the likeness across must have …
WORDS = 30  # … halved where a text has so many different words
LEAST = 3  # texts on either side from which there is a "within"
NAMES = 3  # names on either side from which having none in common tells two stories apart


@dataclass(frozen=True, slots=True)
class Text:
    """A report as its story sees it. ``terms`` are words with their weights, sorted; the squares add up to 1.

    ``names`` are keys of actors and places, where a reader found them; empty where nobody looked.
    """

    report: str
    day: date | None
    terms: tuple[tuple[str, float], ...]
    names: frozenset[str] = frozenset()


def text_of(report: str, day: date | None, title: str, body: str, rarity: Rarity) -> Text:
    """Weigh the words of a report: log of how often, times how rare, times two for a name."""
    counts: Counter[str] = Counter()
    names: set[str] = set()
    for words, times in ((counted_words(title), TITLE if body else 1), (islice(counted_words(body), BODY), 1)):
        for word, name in words:
            counts[word] += times
            if name:
                names.add(word)
    weights = {w: (1 + log(n)) * rarity(w) * (NAME if w in names else 1.0) for w, n in sorted(counts.items())}
    length = sqrt(sum(x * x for x in weights.values())) or 1.0
    return Text(report, day, tuple((word, x / length) for word, x in weights.items()))


def cells(text: Text) -> frozenset[int]:
    """Where this text meets those that may be of its story: its heaviest words, three weeks at a time."""
    return frozenset(_cell(f"{word}\x1f{span}") for word in _top(text) for span in _spans(text))


def linked(a: Text, b: Text) -> str | None:
    """The rule by which two texts may be one story; None where they are not, or something is against it."""
    if a.report == b.report or vetoed(a, b) or likeness(a, b) < LINK or not _top(a) & _top(b):
        return None
    return "thread/alike"


def likeness(a: Text, b: Text) -> float:
    """Cosine of the words of two texts: 0 where they share none, 1 where they have the same ones as often."""
    return _dot(dict(a.terms), dict(b.terms))


def vetoed(a: Text, b: Text) -> str | None:
    """Why two texts cannot be linked: too far apart in time, or of other people and places altogether."""
    if (a.day is None) != (b.day is None) or (a.day and b.day and abs((a.day - b.day).days) > WINDOW):
        return "veto/days"
    if min(len(a.names), len(b.names)) >= NAMES and not a.names & b.names:
        return "veto/names"
    return None


def grouped(texts: Sequence[Text]) -> list[Thread]:
    """The stories among texts, each with its reports by day; the order of the input does not matter."""
    texts = sorted(texts, key=_age)
    groups = {n: _Group.of(n, text) for n, text in enumerate(texts)}
    home = list(range(len(texts)))
    pairs = [(n, m) for _, n, m in sorted(_alike(texts))]
    merged = True
    while merged:
        merged = False
        refused: set[tuple[int, int, int]] = set()
        for n, m in pairs:
            a, b = sorted((home[n], home[m]))
            state = a, b, len(groups[a].members) + len(groups[b].members) if a != b else 0
            if a == b or state in refused:
                continue
            if not groups[a].fits(groups[b]):
                refused.add(state)
                continue
            for member in groups[b].members:
                home[member] = a
            groups[a].take(groups.pop(b))
            merged = True
    found = ([texts[n].report for n in sorted(group.members)] for group in groups.values())
    return [Thread(reports[0], tuple(reports)) for reports in found]


@dataclass(slots=True)
class _Group:
    """Texts that are one story so far: the sum of their words, and of its squares."""

    members: list[int]
    total: dict[str, float]
    square: float
    words: int
    _seen: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, number: int, text: Text) -> "_Group":
        return cls([number], dict(text.terms), sum(x * x for _, x in text.terms), len(text.terms))

    def fits(self, other: "_Group") -> bool:
        """True where the two are alike enough, and not so much less than each is within."""
        if not self.square or not other.square:
            return False
        across, mine, theirs = _dot(self.total, other.total), len(self.members), len(other.members)
        if across < JOIN * sqrt(self.square * other.square):
            return False
        if min(mine, theirs) < LEAST:
            return True
        words = (self.words + other.words) / (mine + theirs)
        return across / (mine * theirs) >= GAP * words / (words + WORDS) * sqrt(self.within * other.within)

    @property
    def within(self) -> float:
        """The mean likeness of two of its texts."""
        many = len(self.members)
        return max(0.0, self.square - many) / (many * (many - 1))

    def take(self, other: "_Group") -> None:
        """Make the other part of this one."""
        self.square += other.square + 2 * _dot(self.total, other.total)
        self.words += other.words
        self.members += other.members
        for word, x in other.total.items():
            self.total[word] = self.total.get(word, 0.0) + x


def _alike(texts: Sequence[Text]) -> Iterator[tuple[float, int, int]]:
    """Linked pairs of texts, as minus their likeness and their numbers."""
    met: defaultdict[str, list[int]] = defaultdict(list)
    tops = [_top(text) for text in texts]
    terms = [dict(text.terms) for text in texts]
    for m, text in enumerate(texts):
        for n in sorted({n for word in tops[m] for n in met[word]}):
            if not vetoed(texts[n], text) and (likeness := _dot(terms[n], terms[m])) >= LINK:
                yield -likeness, n, m
        for word in tops[m]:
            met[word].append(m)


def _top(text: Text) -> frozenset[str]:
    return frozenset(word for word, _ in sorted(text.terms, key=lambda term: (-term[1], term[0]))[:TOP])


def _spans(text: Text) -> Iterable[int | None]:
    """Overlapping stretches of time, so that two texts in reach of each other share one."""
    if text.day is None:
        return (None,)
    span = text.day.toordinal() // WINDOW
    return span, span + 1


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum(x * large[word] for word, x in small.items() if word in large)


def _age(text: Text) -> tuple[date, str]:
    return text.day or date.max, text.report


def _cell(key: str) -> int:
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
