"""What a stage is, what it is given, and how the order of stages is checked.

A stage is a generator ``(doc, kit) → notes``. It never mutates, and touches no clock, disk, network,
environment, randomness or module state: all that it knows beside the report comes from ``kit``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from dateline.errors import PipelineError
from dateline.lexicons.gazetteer import Gazetteer
from dateline.lexicons.load import Lexicons
from dateline.model import Report, Warning
from dateline.sentence import Sentence


class Parser(Protocol):
    """Splits and parses passages of text; ``name``, ``version`` and ``digest`` go into each record."""

    name: str
    version: str
    digest: str

    def parse(self, passages: Sequence[tuple[str, int, str]]) -> list[list[Sentence]]:
        """Sentences of each passage, given as (block id, offset in the report's text, words)."""
        ...


class Filter(Protocol):
    """A small fitted model that scores a candidate by its features."""

    @property
    def version(self) -> str: ...

    def score(self, features: Iterable[str]) -> float:
        """Probability, 0–1, that the candidate is what its rule took it for."""
        ...


@dataclass(frozen=True, slots=True)
class Kit:
    """All that stages know beside the report: parser, words, places, small models."""

    parser: Parser
    lexicons: Lexicons
    gazetteer: Gazetteer | None = None
    filters: dict[str, Filter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doc:
    """A report and the notes made on it so far, kept by their type."""

    report: Report
    notes: dict[type, tuple[Any, ...]] = field(default_factory=dict)

    def of[N](self, kind: type[N]) -> tuple[N, ...]:
        """All notes of one type, in the order in which the stages gave them."""
        return self.notes.get(kind, ())

    def adding(self, notes: Iterable[Any], *kinds: type) -> "Doc":
        """A new Doc with these notes beside the old ones. Notes of type Warning are always taken."""
        merged = {**self.notes}
        for kind in kinds:
            merged.setdefault(kind, ())
        fresh: dict[type, list[Any]] = {}
        for note in notes:
            fresh.setdefault(type(note), []).append(note)
        for kind, found in fresh.items():
            if kind not in kinds and kind is not Warning:
                raise PipelineError(f"a stage that gives {[k.__name__ for k in kinds]} gave a {kind.__name__}")
            merged[kind] = (*merged.get(kind, ()), *found)
        return Doc(self.report, merged)


class Stage(Protocol):
    needs: tuple[type, ...]
    gives: tuple[type, ...]
    __name__: str

    def __call__(self, doc: Doc, kit: Kit) -> Iterable[Any]: ...


def stage(
    *, needs: tuple[type, ...] = (), gives: type | tuple[type, ...]
) -> Callable[[Callable[[Doc, Kit], Iterable[Any]]], Stage]:
    """Attach what a stage needs and gives; nothing else happens, so importing has no effect."""

    def attach(function: Callable[[Doc, Kit], Iterable[Any]]) -> Stage:
        function.needs = needs  # type: ignore[attr-defined]
        function.gives = gives if isinstance(gives, tuple) else (gives,)  # type: ignore[attr-defined]
        return function  # type: ignore[return-value]

    return attach


def check(stages: Sequence[Stage]) -> None:
    """Raise PipelineError unless every stage finds what it needs among what earlier ones give."""
    given: set[type] = set()
    for each in stages:
        missing = [kind.__name__ for kind in each.needs if kind not in given]
        if missing:
            raise PipelineError(f"stage {each.__name__} needs {', '.join(missing)}, which no earlier stage gives")
        given.update(each.gives)
