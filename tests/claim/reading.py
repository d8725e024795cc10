"""Reads short texts for the tests of claims: all stages, and starred words as spans."""

import re

from dateline.model import Report, Span
from dateline.pipeline import extract
from dateline.stage import Doc, Kit

STAR = re.compile(r"\*(.+?)\*")


def read(text: str, kit: Kit, published: str | None = "2021-08-06") -> Doc:
    """Everything that the pipeline makes of a text."""
    return extract(Report("t", "t", text, published=published), kit)


def starred(example: str) -> tuple[str, list[Span]]:
    """The example without its stars, and where the starred words stand."""
    spans = []
    for number, hit in enumerate(STAR.finditer(example)):
        start = hit.start() - 2 * number
        spans.append(Span(start, start + len(hit[1])))
    return STAR.sub(r"\1", example), spans
