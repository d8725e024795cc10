"""``dateline fit``: a filter for voices, fitted on an annotated corpus of one's own."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from dateline import __version__
from dateline.attribute.attributions import proposals
from dateline.attribute.corpora import Text, gum, labelled, polnear
from dateline.attribute.filter import DIGITS, LEAST, PENALTY, Example, figures, fit
from dateline.errors import InputError, UsageError
from dateline.kit import load_kit
from dateline.lexicons.linear import Linear
from dateline.model import Quotation, Report
from dateline.pipeline import STAGES, extract_all
from dateline.stage import Kit

SOME_FAILED = 1
TENTH = 10
FORMATS = {"polnear": polnear, "gum": gum}
METHOD = f"logistic regression, L2 penalty {PENALTY}; features of {LEAST} candidates or more; {DIGITS} digits"


@dataclass
class Corpora:
    """The documents of several corpora; one that cannot be read gets a line on standard error, the others go on."""

    paths: tuple[Path, ...]
    kind: str | None
    failed: int = 0
    names: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Text]:
        for path in self.paths:
            kind = self.kind or ("polnear" if path.is_dir() else "gum")
            try:
                for text in FORMATS[kind](path, self._skip):
                    self.names.append(text.name)
                    yield text
            except InputError as error:
                self._skip(error)

    def _skip(self, error: InputError) -> None:
        click.echo(f"dateline: {error}", err=True)
        self.failed += 1


@click.command(short_help="Fit a filter for voices on an annotated corpus.")
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FOLDER… | FILE…")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Where to write it (JSON).")
@click.option(
    "--kind", type=click.Choice(list(FORMATS)), help="The format; by default polnear for a folder, gum for a file."
)
@click.option("--licence", metavar="TEXT", help="The licence of the data, for the card.")
@click.option("--date", metavar="DATE", help="The date for the card; the clock is not asked.")
@click.option("--model", default="md", show_default=True, help="md, sm, an installed package, or a folder.")
def command(folders: tuple[Path, ...], out: Path, kind: str | None, model: str, **card: str | None) -> int:
    """Fit a filter on each FOLDER and write it to FILE, for dateline read --filter FILE.

    polnear is a folder with text/NAME.txt and brat notes in attributions/NAME_????.ann; gum is a file of JSON
    Lines with id, text and attributions. The same corpora give the same filter. The card in it holds figures for
    every tenth document, kept out when they were taken; the weights are then fitted on all.
    """
    if not out.parent.is_dir():
        raise UsageError(f"no folder {out.parent} for --out", todo="make it first")
    corpora = Corpora(folders, kind)
    documents = list(examples(corpora, load_kit(model)))
    every = [e for document in documents for e in document]
    if len({e.right for e in every}) < 2:
        raise InputError(
            f"{len(documents)} documents give {len(every)} candidates, none to tell apart",
            where=", ".join(map(str, folders)),
            todo="give a larger corpus",
        )
    about = {
        "data": [path.name for path in folders],
        "licence": card["licence"],
        "documents": len(documents),
        "candidates": len(every),
        "right": sum(e.right for e in every),
        "held_out_tenth": held_out(documents),
        "date": card["date"],
    }
    out.write_bytes(encoded(fit(every), about))
    click.echo(f"{out}: {len(documents)} documents, {len(every)} candidates; {corpora.failed} could not be read")
    return SOME_FAILED if corpora.failed else 0


def examples(texts: Corpora, kit: Kit) -> Iterator[list[Example]]:
    """The labelled candidates of each document."""
    last = next(n for n, stage in enumerate(STAGES) if Quotation in stage.gives)
    kept: list[Text] = []

    def reports() -> Iterator[Report]:
        for text in texts:
            kept.append(text)
            yield Report(id=text.name, source=text.name, text=text.text)

    for doc in extract_all(reports(), kit, STAGES[: last + 1]):
        page, candidates, _ = proposals(doc, kit)
        yield list(labelled(kept.pop(0), page, candidates))


def held_out(documents: list[list[Example]]) -> dict[str, Any]:
    """Figures on every tenth document by a filter fitted on the others; none for fewer than ten documents."""
    kept_out = [e for n, document in enumerate(documents) if n % TENTH == TENTH - 1 for e in document]
    others = [e for n, document in enumerate(documents) if n % TENTH != TENTH - 1 for e in document]
    if not kept_out:
        return {}
    return {"candidates": len(kept_out), **figures(kept_out, Linear("", fit(others)))}


def encoded(weights: dict[str, float], about: dict[str, Any]) -> bytes:
    """The file: readable, keys in a fixed order, the version a digest of the weights."""
    digest = hashlib.sha256(json.dumps(weights, sort_keys=True).encode()).hexdigest()[:12]
    card = {
        "what": "filter over candidates of attribution; see dateline/attribute/weigh.py for the features",
        "version": f"voices-{digest}",
        "dateline": __version__,
        "method": METHOD,
        **about,
    }
    return (json.dumps({"card": card, "weights": weights}, indent=1, ensure_ascii=False) + "\n").encode()
