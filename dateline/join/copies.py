"""Which reports print the words of an earlier one: whole, cut, mixed into their own, or a few sentences lifted.

A tenth of the shorter text's runs was the first rule; on 4,491 pairs of texts of one story it took 124 for copies that
share no two sentences. With a fifth, or a whole sentence and a second one nearly whole, it is 19, no reprint that was
cut, led anew or mixed is lost, and of those with three lifted sentences .83 are seen, not .75 (``bench.record``).
"""

from collections.abc import Iterable

from dateline.across import Copy, CopyKind
from dateline.join.prints import Print, runs_of, sentence_code

SHARED = 0.20  # of the shorter text's five-word runs, and nothing else needs to be shared
SENTENCES = 2  # whole ones shared
SHORTEST = 10  # runs of a text that is compared by them
RUNS = 8  # beside one whole sentence: about a second one, reworded at its ends
WHOLE = 0.80  # of the runs: nothing or little was left out
FEW = 12  # anchors of a text of some fifty words
LIFTED = 0.5  # of a sentence's runs, for its claim to be the other text's


def compared(later: Print, earlier: Print) -> Copy | None:
    """What ``later`` has of ``earlier``; None where nothing but quotations, or nothing, is shared.

    A text too short to have ten runs outside quotations is compared by whole sentences alone.
    """
    shared, fewer = len(later.runs & earlier.runs), min(len(later.runs), len(earlier.runs))
    share = shared / fewer if fewer else 0.0
    sentences = len(later.sentences & earlier.sentences)
    if share >= SHARED and fewer >= SHORTEST:
        kind = _kind(shared, later, earlier)
    elif sentences >= SENTENCES or (sentences and shared >= RUNS):
        kind = "lifted"
    else:
        return None
    return Copy(later.report, earlier.report, kind, round(share, 4), sentences, f"copy/{kind}")


def _kind(shared: int, later: Print, earlier: Print) -> CopyKind:
    of_later, of_earlier = shared / len(later.runs), shared / len(earlier.runs)
    if of_later < WHOLE:
        return "mixed"
    return "whole" if of_earlier >= WHOLE else "cut"


def copies(prints: Iterable[Print]) -> list[Copy]:
    """Every copy among some texts, compared each with each: for few texts, and to test what is faster."""
    found = sorted(prints, key=lambda p: p.age)
    pairs = ((later, earlier) for i, later in enumerate(found) for earlier in found[:i])
    return [copy for later, earlier in pairs if (copy := compared(later, earlier))]


def quoted_alike(a: Print, b: Print) -> int:
    """How many quotations of eight words or more two texts share; it makes neither a copy of the other."""
    return len(a.quotes & b.quotes)


def likely(shared: int, anchors: int) -> bool:
    """True where so many shared anchors, of so many that the later text has, make a comparison worth its while."""
    return shared > 1 or anchors <= FEW


def has_sentence(model: Print, sentence: str) -> bool:
    """True where a text has this sentence, quotations and all, or most of its runs of words."""
    if sentence_code(sentence) in model.sentences:
        return True
    runs = frozenset(runs_of(sentence))
    return bool(runs) and len(runs & model.all_runs) >= LIFTED * len(runs)
