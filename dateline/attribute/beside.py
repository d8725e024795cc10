"""What stands beside a cue: quotations that touch it, and the side of a sentence that the parser left it.

Tokens count over the page.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from dateline.attribute.page import Page

WORD = re.compile(r"\w+")
STOP = re.compile(r"[.!?;]\s")
GAP_AFTER, GAP_BEFORE = 6, 1  # words that may stand between the cue and a quotation it opens or closes
PART_QUOTE = 12  # tokens; longer quotations are sentences even when they begin in lower case
OWN_WORDS = frozenset({"and", "but", "while", "as", "after", "which", "who", "although", "though", "so"})
PLAIN = frozenset(
    "say tell add note report write argue explain announce warn claim insist acknowledge suggest declare conclude "
    "state tweet believe think show find".split()
)


def quote_beside(page: Page, k: int, v: int, source: list[int]) -> set[int]:
    """Quotations that touch the cue and its source: at most a few words between, no full stop."""
    base = page.base[k]
    near = [base + v, *[t for t in source if abs(t - base - v) < 40]]
    begin, end = page.starts[min(near)], page.ends[max(near)]
    if page.quote[base + v] >= 0:
        return set()
    subject = page.sentences[k].kid(v, "nsubj", "nsubjpass")
    inner = page.within(k, page.sentences[k].subtree(subject)) if subject is not None and subject < v else set()
    inner = {page.quote[t] for t in inner if subject is not None and t > base + page.sentences[k].edges(subject)[0]}
    participle = page.sentences[k].tags[v] == "VBG" and page.sentences[k].labels[v] in ("advcl", "acl")
    out: set[int] = set()
    for q in _within_reach(page, page.sentences[k].block, begin, end):
        span = page.quotations[q].span
        if (q in inner and page.quotations[q].scare) or not _own_quote(page, k, v, q):
            continue
        if span.start >= end:
            if not STOP.search(page.text[end : span.start] + " "):
                out |= set(page.quoted(q))
        elif not participle and span.end <= begin and _leads_to(page, k, v, page.text[span.start : begin], len(span)):
            out |= set(page.quoted(q))
    return out


def _within_reach(page: Page, block: str, begin: int, end: int) -> Iterator[int]:
    """Quotations of a block with few enough words between them and the cue, which stands from begin to end."""
    quotes = page.quotes_of.get(block, [])
    here = bisect_left(quotes, begin, key=lambda q: page.quotations[q].span.start)
    for q in reversed(quotes[:here]):
        if _apart(page, page.quotations[q].span.end, begin, GAP_BEFORE):
            break
        yield q
    for q in quotes[here:]:
        if _apart(page, end, page.quotations[q].span.start, GAP_AFTER):
            break
        yield q


def _apart(page: Page, start: int, end: int, words: int) -> bool:
    """More than so many words stand between two offsets. Counts no further: the next quotation may be far off."""
    return next(islice(WORD.finditer(page.text, start, max(start, end)), words, None), None) is not None


def _leads_to(page: Page, k: int, v: int, words: str, quoted: int) -> bool:
    """Whether a quotation before the cue runs into it: no full stop between, nor inside if the cue has words too."""
    gap = words[quoted:]
    if "." in gap or ";" in gap:
        return False
    stopped = words[:quoted].rstrip("”\"’'")[-1:] == "."
    s = page.sentences[k]
    return not stopped or s.kid(v, "dobj", "ccomp") is None


def _own_quote(page: Page, k: int, v: int, q: int) -> bool:
    """A quotation that is only part of a sentence goes to the verb that governs it, not to every verb near by."""
    inside = [t for t in page.quoted(q) if page.sentence_of[t] == k]
    words = page.quotations[q].span.of(page.text)
    if not inside or words[1:2].isupper() or len(page.quoted(q)) > PART_QUOTE:
        return True
    s, base = page.sentences[k], page.base[k]
    tops = [t - base for t in inside if base + s.heads[t - base] not in inside]
    return all(next((a for a in s.ancestors(t) if s.is_verb(a)), v) == v for t in tops if s.pos[t] != "PUNCT")


def whole_quotes(page: Page, tokens: set[int], level: int) -> set[int]:
    """Content that reaches into a quotation takes all of it, over the sentence's end too."""
    out = set(tokens)
    for q in {page.quote[t] for t in tokens} - {-1, level}:
        if not page.quotations[q].scare or page.tokens_in(page.quotations[q].span)[0] in tokens:
            out |= set(page.quoted(q))
    return out


def is_full(page: Page, quoted: set[int]) -> bool:
    """True when one of the quotations is a sentence of its own, not a few words set in another."""
    found = [page.quotations[q] for q in {page.quote[t] for t in quoted}]
    return any(
        not q.scare and (page.text[q.span.start + 1 : q.span.start + 2].isupper() or not q.closed) for q in found
    )


def up_to_quote(page: Page, k: int, v: int, first: int) -> set[int]:
    """Plain words between the cue and a part quotation: "said the media called him a “clown”"."""
    s, base = page.sentences[k], page.base[k]
    if first <= base + v or page.words[first - 1] in (",", ":"):
        return set()
    aside = {t for c in s.children[v] if s.labels[c] in ("npadvmod", "advmod", "prep", "dative", "aux", "neg", "prt")
             for t in s.subtree(c)}  # fmt: skip
    between = [i for i in range(v + 1, first - base) if i not in aside]
    return page.within(k, between) if len(between) > 1 else set()


def leftover(page: Page, k: int, v: int, source: list[int]) -> set[int] | None:
    """A plain reporting verb whose clause the parser lost: the side of the sentence that has the words."""
    s, base = page.sentences[k], page.base[k]
    if s.lemmas[v].lower() not in PLAIN:
        return None
    core = [base + v, *[t for t in source if page.sentence_of[t] == k]]
    left, right = range(base, min(core)), range(max(core) + 1, base + len(s))
    before = page.words[min(core) - 1] if left else ""
    after = page.words[max(core) + 1] if right else ""
    if before == "," and after == "," and _count(page, left) >= 2 and _count(page, right) >= 2:
        return set(left) | _goes_on(page, k, v, right)
    if _count(page, left) >= 3 and before in (",", "”", '"', "''", "?", "!", "’") and _has_subject(page, left):
        return set(left)
    if _count(page, right) >= 3 and s.labels[v] in ("ROOT", "conj", "advcl", "ccomp") and _has_subject(page, right):
        that = next((t for t in right if page.words[t].lower() == "that" and page.words[t - 1] == ","), right.start)
        return set(range(that, right.stop))
    return _next_quote(page, k, v, right)


def _goes_on(page: Page, k: int, v: int, right: range) -> set[int]:
    """What follows ", she said,": the rest of her sentence, unless the writer goes on himself ("…, and troops …")."""
    s = page.sentences[k]
    if page.words[right.start + 1].lower() in OWN_WORDS:
        return set()
    hung = {t for c in s.kids(v, "advcl", "prep", "npadvmod") for t in s.subtree(c)}
    return set(right) - page.within(k, hung)


def _next_quote(page: Page, k: int, v: int, right: range) -> set[int] | None:
    """ "The minister said in a statement. “We will stay.”": the quotation that opens the next sentence."""
    following = page.base[k] + len(page.sentences[k])
    announced = page.words[following - 1] == ":"  # then the quotation may open the next paragraph
    if following >= len(page.words) or (not announced and page.block_of(following) != page.block_of(page.base[k] + v)):
        return None
    q = page.quote[following]
    if q < 0 or page.quoted(q)[0] != following or page.quotations[q].scare or page.sentences[k].labels[v] != "ROOT":
        return None
    return set(page.quoted(q))


def _has_subject(page: Page, tokens: range) -> bool:
    for t in tokens:
        s, i = page.local(t)
        if s.labels[i] in ("nsubj", "nsubjpass", "expl", "csubj"):
            return True
    return False


def _count(page: Page, tokens: range) -> int:
    return sum(page.words[t].isalnum() for t in tokens)
