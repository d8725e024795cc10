"""A report's sentences laid end to end, so that content can be a plain set of token numbers.

Rules of attribution look at one sentence's tree but give back numbers that count over the whole page: quotations
run over sentences, and what belongs to whom is settled by set arithmetic.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from dateline.model import Block, Quotation, Span
from dateline.sentence import Sentence

EDGE = frozenset({",", ";", ":", "-", "--", "–", "—", "―", "(", "*", "•", "/", "|", "..."})


class Page:
    """Flat view: token ``base[k] + i`` is token ``i`` of sentence ``k``. Nothing here changes after it is made."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        quotations: Sequence[Quotation],
        blocks: Sequence[Block],
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.quotations = quotations
        self.block = {b.id: b for b in blocks}
        self.order = {b.id: n for n, b in enumerate(blocks)}
        self.base: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.sentence_of: list[int] = []
        for k, s in enumerate(sentences):
            self.base.append(len(self.starts))
            self.starts += [s.offset + b for b in s.begins]
            self.ends += [s.offset + e for e in s.ends]
            self.words += s.words
            self.sentence_of += [k] * len(s)
        opens = [q.span.start for q in quotations]
        begins = [b.span.start for b in blocks]
        self.quotes_of: dict[str, list[int]] = {}
        for q, start in enumerate(opens):
            self.quotes_of.setdefault(blocks[bisect_right(begins, start) - 1].id, []).append(q)
        self.quote: list[int] = []
        for start in self.starts:
            q = bisect_right(opens, start) - 1
            self.quote.append(q if q >= 0 and start < quotations[q].span.end else -1)

    def within(self, k: int, tokens: Iterable[int]) -> set[int]:
        """Token numbers of one sentence as numbers of the page."""
        base = self.base[k]
        return {base + i for i in tokens}

    def sentence(self, k: int) -> range:
        """All tokens of sentence ``k``."""
        return range(self.base[k], self.base[k] + len(self.sentences[k]))

    def local(self, token: int) -> tuple[Sentence, int]:
        k = self.sentence_of[token]
        return self.sentences[k], token - self.base[k]

    def block_of(self, token: int) -> str:
        return self.sentences[self.sentence_of[token]].block

    def tokens_in(self, span: Span) -> range:
        """Tokens that begin inside ``span``."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def quoted(self, q: int) -> range:
        """Tokens of quotation ``q``, its marks included."""
        return self.tokens_in(self.quotations[q].span)

    def trim(self, tokens: Iterable[int]) -> list[int]:
        """In order, with stray punctuation cut off both ends."""
        out = sorted(tokens)
        while out and self.words[out[0]] in EDGE | {".", ")"}:
            out.pop(0)
        while out and self.words[out[-1]] in EDGE:
            out.pop()
        return out

    def spans(self, tokens: Iterable[int]) -> tuple[Span, ...]:
        """The fewest spans that cover these tokens; none crosses a block's edge."""
        runs: list[list[int]] = []
        for t in sorted(set(tokens)):
            if runs and t == runs[-1][1] + 1 and self.block_of(t) == self.block_of(runs[-1][0]):
                runs[-1][1] = t
            else:
                runs.append([t, t])
        return tuple(Span(self.starts[a], self.ends[b]) for a, b in runs)

    def run_around(self, tokens: Iterable[int], anchor: int) -> list[int]:
        """The unbroken run of ``tokens`` that holds ``anchor``."""
        have = set(tokens)
        first = last = anchor
        while first - 1 in have:
            first -= 1
        while last + 1 in have:
            last += 1
        return list(range(first, last + 1))

    def head_of(self, tokens: Sequence[int]) -> int:
        """The token of a phrase whose own head lies outside of it; the last one where there is none."""
        inside = set(tokens)
        for t in tokens:
            s, i = self.local(t)
            up = self.base[self.sentence_of[t]] + s.heads[i]
            if up not in inside or up == t:
                return t
        return tokens[-1]
