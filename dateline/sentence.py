"""A parsed sentence as plain arrays, with a few tree verbs on it.

Nothing here knows spaCy: a sentence can be kept by its hash, sent as bytes, read at array speed, and made by
hand in a test. Token indices are local to the sentence; ``span`` and friends give offsets into ``Report.text``.
Tags are Penn Treebank, ``pos`` Universal POS, labels ClearNLP (as in spaCy's English models).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from dateline.model import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


@dataclass(frozen=True, slots=True)
class Entity:
    """A run of tokens that the parser's entity recogniser marked, with its OntoNotes label."""

    first: int
    last: int  # inclusive
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: parallel tuples, one item a token. ``block`` is the id of the block it stands in."""

    block: str
    offset: int
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    pos: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    entities: tuple[Entity, ...]
    children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kids: list[list[int]] = [[] for _ in self.words]
        for i, h in enumerate(self.heads):
            if h != i:
                kids[h].append(i)
        object.__setattr__(self, "children", tuple(map(tuple, kids)))

    def __len__(self) -> int:
        return len(self.words)

    @property
    def span(self) -> Span:
        return Span(self.offset + self.begins[0], self.offset + self.ends[-1])

    @property
    def root(self) -> int:
        return next(i for i, h in enumerate(self.heads) if h == i)

    def start(self, i: int) -> int:
        """Offset in the report's text at which token ``i`` begins."""
        return self.offset + self.begins[i]

    def end(self, i: int) -> int:
        return self.offset + self.ends[i]

    def over(self, first: int, last: int) -> Span:
        """The span from token ``first`` to token ``last``, both included."""
        return Span(self.offset + self.begins[first], self.offset + self.ends[last])

    def spans(self, tokens: Iterable[int]) -> tuple[Span, ...]:
        """The fewest spans that cover these tokens and no others."""
        out: list[list[int]] = []
        for i in sorted(set(tokens)):
            if out and out[-1][1] == i - 1:
                out[-1][1] = i
            else:
                out.append([i, i])
        return tuple(self.over(a, b) for a, b in out)

    def tokens_in(self, span: Span) -> range:
        """Indices of the tokens that lie at least partly inside ``span``."""
        first = bisect_right(self.ends, span.start - self.offset)
        return range(first, max(first, bisect_left(self.begins, span.end - self.offset)))

    def subtree(self, i: int, without: Iterable[int] = ()) -> list[int]:
        """``i`` and all that hangs on it, in order, less the branches that begin at ``without``."""
        stop, out, children = set(without), [i], self.children
        for x in out:  # grows while it is walked
            out += [c for c in children[x] if c not in stop] if stop else children[x]
        return sorted(out)

    def edges(self, i: int) -> tuple[int, int]:
        """First and last token of the subtree of ``i``."""
        tree = self.subtree(i)
        return tree[0], tree[-1]

    def kids(self, i: int, *labels: str) -> Iterator[int]:
        """Children of ``i`` that carry one of these labels."""
        return (c for c in self.children[i] if self.labels[c] in labels)

    def kid(self, i: int, *labels: str) -> int | None:
        for c in self.children[i]:
            if self.labels[c] in labels:
                return c
        return None

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads above ``i``, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def is_verb(self, i: int) -> bool:
        return self.pos[i] in ("VERB", "AUX") or self.tags[i].startswith("VB")

    def passive(self, i: int) -> bool:
        """True for a verb in the passive, reduced relatives ("killed by") included."""
        return self.kid(i, "auxpass", "nsubjpass") is not None or (self.labels[i] == "acl" and self.tags[i] == "VBN")

    def negated(self, i: int) -> bool:
        return self.kid(i, "neg") is not None

    def subject_of(self, i: int) -> int | None:
        """The grammatical subject of verb ``i``, looked for through conjunctions and open complements."""
        own = self.kid(i, "nsubj", "nsubjpass", "csubj", "csubjpass")
        if own is not None:
            return own
        for _ in range(5):
            head = self.heads[i]
            if head == i:
                return None
            if self.labels[i] in ("acl", "relcl"):
                return head if self.pos[head] in ("NOUN", "PROPN", "PRON") and self.tags[i] == "VBG" else None
            if self.labels[i] not in ("conj", "xcomp", "advcl", "pcomp") or not (
                self.is_verb(head) or self.labels[i] == "pcomp"
            ):
                return None
            i = head
            own = self.kid(i, "nsubj", "nsubjpass")
            if own is not None:
                return own
        return None

    def agent_of(self, i: int) -> int | None:
        """The doer of a passive verb ("by …")."""
        by = self.kid(i, "agent")
        return self.kid(by, "pobj") if by is not None else None

    def objects_of(self, i: int) -> list[int]:
        return list(self.kids(i, "dobj", "dative", "oprd"))

    def conjuncts(self, i: int) -> list[int]:
        """``i`` and what is joined to it by "and", "or" or a comma."""
        out, todo = [], [i]
        while todo:
            x = todo.pop(0)
            out.append(x)
            todo += list(self.kids(x, "conj"))
        return out


class Layers[T]:
    """Spans that may lie within each other, each with something of its own; asked for those around a stretch."""

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        self._items = sorted(items, key=lambda item: item[0])
        self._starts = [span.start for span, _ in self._items]
        self._reach = list(accumulate((span.end for span, _ in self._items), max))  # the furthest end so far

    def around(self, span: Span) -> Iterator[T]:
        """What belongs to the spans that hold this one, the last to begin first."""
        at = bisect_right(self._starts, span.start)
        while at and self._reach[at - 1] >= span.end:
            at -= 1
            if self._items[at][0].holds(span):
                yield self._items[at][1]


def meeting(sentences: Sequence[Sentence], span: Span) -> Iterator[Sentence]:
    """The sentences that share a character with ``span``; ``sentences`` are in text order."""
    at = bisect_right(sentences, span.start, key=lambda s: s.offset + s.ends[-1])
    while at < len(sentences) and sentences[at].offset + sentences[at].begins[0] < span.end:
        yield sentences[at]
        at += 1
