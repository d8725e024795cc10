"""From candidates to attributions: who gets which words, and which quotations run on."""

import re
from collections import defaultdict

from dateline.attribute.candidate import Candidate
from dateline.attribute.page import Page

WORD = re.compile(r"\w+")
FULL_STOP = re.compile(r"[.!?…]['\"”’]?\s*$")
MIN_RUN_ON = 4  # words; a shorter quotation that stands alone is a name or a slogan


def choose(page: Page, candidates: list[Candidate], least: float) -> list[Candidate]:
    """The candidates that stand: best one per cue; words in dispute go to the surer; quotations are carried on.

    A candidate whose cue lies inside another's content is kept whole: it is told inside that statement. One inside a
    quotation that nobody says is dropped: whose words they are is not known.
    """
    best: dict[int, Candidate] = {}
    for c in candidates:
        if c.score >= least and (c.head not in best or c.score > best[c.head].score):
            best[c.head] = c
    kept = _settle(page, sorted(best.values(), key=lambda c: (-c.score, c.head)))
    _carry_on(page, kept)
    quoted = {t for c in kept for t in c.content if page.quote[c.head] != page.quote[t]}
    told = {t for c in kept for t in c.content if c.rule == "line.transcript"}
    kept = [c for c in kept if not (c.head in quoted | told and _same_voice(page, c))]
    return sorted((c for c in kept if page.quote[c.head] < 0 or c.head in quoted), key=lambda c: c.head)


def _same_voice(page: Page, c: Candidate) -> bool:
    """ "“We need …,” he said": what the speaker does in the same breath is no second statement; "I think" is one."""
    thought = c.policy == "belief" and c.shape == "clause" and c.rule in ("cue.believe", "cue.know", "cue.fear")
    return not thought and len(c.source) == 1 and page.words[c.source[0]].lower() in ("i", "we", "you")


def _settle(page: Page, ranked: list[Candidate]) -> list[Candidate]:
    """Give each token to one statement of its level; a loser left without content falls."""
    cover: defaultdict[int, list[Candidate]] = defaultdict(list)
    for c in ranked:
        for t in c.content:
            cover[t].append(c)
    kept: list[Candidate] = []
    owner: dict[tuple[int, int], Candidate] = {}
    cues: dict[int, Candidate] = {}
    for c in ranked:
        outer = [
            o
            for o in cover[c.head]
            if o is not c and c.head not in o.cue and not (o.head in c.content and o.score < c.score)
        ]
        level = len({id(o) for o in outer})
        if any(t in cues for t in c.cue):
            continue
        free = {t for t in c.content if (level, t) not in owner and t not in c.cue}
        if owner and free != c.content:
            free = set(page.trim(free))
        if not free or len(free) * 3 < len(c.content):
            continue
        c.content = free
        for t in free:
            owner[level, t] = c
        for t in c.cue:
            cues[t] = c
        kept.append(c)
    return kept


def _carry_on(page: Page, kept: list[Candidate]) -> None:
    """Quotations that nobody claims go to the voice that was speaking, if the layout says that it goes on."""
    claimed = {t for c in kept for t in c.content if page.quote[c.head] < 0 or page.quote[c.head] != page.quote[t]}
    by_block: defaultdict[str, list[Candidate]] = defaultdict(list)
    for c in sorted(kept, key=lambda c: c.head):
        by_block[page.block_of(c.head)].append(c)
    blocks = sorted(page.quotes_of, key=page.order.__getitem__)
    names = sorted(page.order, key=page.order.__getitem__)
    for block in blocks:
        for q in page.quotes_of[block]:
            tokens = [t for t in page.quoted(q) if page.block_of(t) == block]
            if not tokens or len(WORD.findall(page.quotations[q].span.of(page.text))) < MIN_RUN_ON:
                continue
            if any(t in claimed for t in tokens):
                continue
            speaker = _still_speaking(page, block, q, by_block, names)
            if speaker is not None:
                speaker.content |= set(page.trim(tokens))
                claimed.update(tokens)


def _still_speaking(
    page: Page, block: str, q: int, by_block: dict[str, list[Candidate]], names: list[str]
) -> Candidate | None:
    """The voice of an earlier quotation in this paragraph or, for a paragraph that is all quotation, the one before."""
    span, edge = page.quotations[q].span, page.block[block].span
    before = page.text[edge.start : span.start]
    here = [c for c in by_block.get(block, []) if page.starts[c.head] < span.start and _quotes(page, c)]
    if here and FULL_STOP.search(before.rstrip() or "x"):
        return here[-1]
    alone = not WORD.search(before) and not WORD.search(page.text[span.end : edge.end])
    n = page.order[block]
    if alone and n:
        above = next((names[i] for i in range(n - 1, max(-1, n - 3), -1) if names[i] in by_block), None)
        last = [c for c in by_block.get(above or "", []) if _quotes(page, c)]
        if last:
            return last[-1]
    if not WORD.search(before) and not page.quotations[q].closed and n + 1 < len(names):
        following = [c for c in by_block.get(names[n + 1], []) if _quotes(page, c)]
        return following[0] if following else None
    return None


def _quotes(page: Page, c: Candidate) -> bool:
    """A statement in quotation marks, by a voice outside of them."""
    return page.quote[c.head] < 0 and any(page.quote[t] >= 0 for t in c.content)
