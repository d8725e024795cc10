"""Scores MUC-4 templates: ``python -m bench.muc``.

Each message goes through the pipeline, its templates are made of what was read (bench/muc_fill.py) and scored after the
rules of 1992 (bench/muc_score.py). Also: the share of messages without a template in which one was made.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.muc_candidates import Page, page_of
from bench.muc_fill import Model, load_model, templates
from bench.muc_score import scores
from bench.muc_text import SLOTS, Cases, Message, read_folder
from bench.score import Score
from dateline.kit import load_kit
from dateline.model import Report
from dateline.pipeline import extract_all
from dateline.stage import Kit

MODEL = Path(__file__).parent / "muc.json"
NAMES = tuple(SLOTS.values())


def pages(messages: Sequence[Message], kit: Kit) -> Iterator[Page]:
    """Each message read by the pipeline."""
    reports = (
        Report(m.id, m.id, m.text, published=m.day.isoformat(), published_by="given")
        if m.day
        else Report(m.id, m.id, m.text)
        for m in messages
    )
    return (page_of(doc, kit.lexicons) for doc in extract_all(reports, kit))


def by_slot(pairs: Sequence[tuple[Message, Page]], model: Model) -> dict[str, Score]:
    """Scores of each slot over the messages."""
    out = {slot: Score() for slot in NAMES}
    for message, page in pairs:
        ours = templates(page, model, message.day)
        for slot, score in scores(ours, message.templates, message.optional, NAMES):
            out[slot].add(score.right, score.predicted, score.gold)
    return out


def total(pairs: Sequence[tuple[Message, Page]], model: Model) -> Score:
    """All slots of all templates."""
    out = Score()
    for score in by_slot(pairs, model).values():
        out.add(score.right, score.predicted, score.gold)
    return out


def show(name: str, pairs: Sequence[tuple[Message, Page]], model: Model) -> None:
    """Print the scores of one folder."""
    whole = Score()
    for slot, score in by_slot(pairs, model).items():
        print(f"  {slot:16} {score}")
        whole.add(score.right, score.predicted, score.gold)
    told = [bool(templates(page, model, message.day)) for message, page in pairs]
    empty = [t for t, (message, _) in zip(told, pairs, strict=True) if not message.templates]
    full = [t for t, (message, _) in zip(told, pairs, strict=True) if message.templates]
    print(f"MUC-4 {name}, {len(pairs)} messages: all slots {whole}")
    if empty and full:
        print(
            f"  coded in {sum(empty) / len(empty):.2f} of {len(empty)} messages without a template, "
            f"in {sum(full) / len(full):.2f} of {len(full)} with one"
        )


def main() -> None:
    """Score the folders that are there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    parser.add_argument("--folders", nargs="*", default=["tst1", "tst2"], help="folders of events/muc4")
    given = parser.parse_args()
    if not MODEL.is_file():
        print(f"skipped MUC-4: no {MODEL}; python -m tools.fit_muc makes it")
        return
    model, kit = load_model(MODEL), load_kit()
    for name in given.folders:
        folder = given.data / "events/muc4" / name
        if not folder.is_dir():
            print(f"skipped MUC-4: no {folder}")
            continue
        messages = read_folder(folder, Cases(given.data))
        pairs = list(zip(messages, pages(messages, kit), strict=True))
        show(name, pairs, model)


if __name__ == "__main__":
    main()
