"""A record on the terminal: who says what, what happened, who holds what, where and when.

Colours and padding go off when piped, and the width is 100 columns then.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from dateline.cli.columns import Columns, table
from dateline.cli.names import NOBODY, Names, days, short
from dateline.lexicons.load import Lexicons
from dateline.model import Act, Block, Figure, Hold, Place, Statement, Story, Time, Toll, Warning
from dateline.stage import Doc

STANCE = {
    "asserts": "green", "denies": "red", "declines": "dim", "predicts": "cyan", "plans": "blue",
    "demands": "magenta", "doubts": "yellow", "accuses": "red", "threatens": "bold red", "asks": "cyan",
    "other": "dim",
}  # fmt: skip
STATUS = {
    "happened": "green", "ongoing": "green", "planned": "blue", "possible": "yellow", "predicted": "cyan",
    "demanded": "magenta", "denied": "red", "hypothetical": "dim",
}  # fmt: skip
BASIS = {
    "stated": "the words themselves", "relative": "a day named before", "opening": "the day the report opens with",
    "published": "the day of publication", "open": "unknown: a day that is not given",
}  # fmt: skip
LENGTHS = {"DURATION": "a length of time, on no calendar", "SET": "again and again"}
QUOTED = 240  # characters of a statement's words; the rest stands in the record
WIDTH_PIPED = 100


def console_for_output() -> Console:
    """Standard output as wide as the terminal, or WIDTH_PIPED where there is none."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH_PIPED)


def show(doc: Doc, lexicons: Lexicons, console: Console | None = None) -> None:
    """Print one report's record."""
    names = Names(doc, lexicons)
    sections(_head(doc), _parts(doc, names), console or console_for_output())


def sections(head: RenderableType, parts: Iterable[tuple[str, RenderableType]], console: Console) -> None:
    """Print a head, then titled parts, each indented below its title; no line ends in blanks when piped."""
    with console.capture() as captured:
        console.print(head)
        for title, part in parts:
            console.print()
            console.print(Text(title, style="bold cyan"))
            console.print(Padding(part, (0, 0, 0, 2)))
        console.print()
    lines = captured.get().splitlines()
    console.file.write("\n".join(lines if console.is_terminal else map(str.rstrip, lines)) + "\n")


def _parts(doc: Doc, names: Names) -> Iterator[tuple[str, RenderableType]]:
    if doc.of(Story):
        yield "Stories", _stories(doc, names)
    if doc.of(Statement):
        yield "Who says what", Group(*trees(doc.of(Statement), names))
    if doc.of(Act):
        yield "What is said to have happened, or not", _events(doc, names)
    if doc.of(Hold):
        yield "Who holds what", _holds(doc, names)
    if doc.of(Figure):
        yield "Figures", _figures(doc, names)
    if doc.of(Toll):
        yield "In all", _tolls(doc, names)
    if doc.of(Place):
        yield "Places", _places(doc, names)
    if doc.of(Time):
        yield "Days", _times(doc, names)
    warnings = (*doc.report.warnings, *doc.of(Warning))
    if warnings:
        yield "Not understood", Group(*(_warning(w, names) for w in warnings))


def _head(doc: Doc) -> Text:
    r = doc.report
    headline = next((b.span.of(r.text) for b in doc.of(Block) if b.kind == "headline"), None)
    day = f"{r.published} ({r.published_by})" if r.published else "no publication date"
    outlet = r.outlet.name if r.outlet else r.publisher
    line = Text(short(r.title or headline or r.source, 200), style="bold")
    return line.append(f"\n{' · '.join(filter(None, [outlet, ', '.join(r.authors), day, r.source]))}", "not bold dim")


def _stories(doc: Doc, names: Names) -> Columns:
    blocks = {b.id: b for b in doc.of(Block)}
    told = doc.of(Story)
    heads = [names.words(blocks[s.headline].span, 200) if s.headline else "(no headline)" for s in told]
    return table({"": [s.id for s in told], "headline": heads, "blocks": [_counts(s, blocks) for s in told]})


def _counts(story: Story, blocks: Mapping[str, Block]) -> Text:
    """ "6 paragraphs, 1 caption, 1 told before"."""
    kinds = Counter(blocks[b].kind for b in story.blocks if b != story.headline)
    retold = sum(blocks[b].repeats is not None for b in story.blocks)
    line = Text(", ".join(f"{n} {kind}{'s' * (n > 1)}" for kind, n in kinds.items()), style="dim")
    return line.append(f", {retold} told before", style="not dim yellow") if retold else line


# --- statements -----------------------------------------------------------------------------------------------


def trees(statements: Iterable[Statement], names: Names) -> Iterator[Tree]:
    """One tree for each run of statements of the same chain of voices; nested ones below the one around them."""
    told = tuple(statements)
    below: dict[str | None, list[Statement]] = {}
    for s in told:
        below.setdefault(s.within, []).append(s)

    def grow(tree: Tree, s: Statement) -> None:
        for inner in below.get(s.id, ()):
            grow(tree.add(Group(chain(inner, names), statement(inner, names))), inner)

    for _, run in groupby(below.get(None, ()), key=names.chain):
        same = list(run)
        tree = Tree(chain(same[0], names), guide_style="dim")
        for s in same:
            grow(tree.add(statement(s, names)), s)
        yield tree


def chain(s: Statement, names: Names) -> Text:
    """Speaker ← carrier ← carrier."""
    speaker, *carriers = names.chain(s)
    line = Text(speaker, style="bold")
    owner = names.owner(s.sources[0].actor) if s.sources else ""
    if owner:
        line.append(f" of {owner}", style="not bold")
    return line.append("".join(f" ← {c}" for c in carriers), style="not bold dim")


def statement(s: Statement, names: Names) -> Text:
    """How it is put, then the words."""
    how: list[str] = [s.form]
    speaker = names.words(s.sources[0].span, 48) if s.sources else ""
    cue = f"“{names.words(s.cue)}”" if s.cue else ""
    how.append(" ".join(filter(None, [speaker, cue])))
    if s.said:
        how.append(f"said {names.time(s.said)}")
    line = Text(s.stance, style=STANCE[s.stance]).append(f"  {' · '.join(filter(None, how))}", style="dim")
    return line.append("\n").append(short(" … ".join(c.of(names.text) for c in s.content), QUOTED), style="default")


# --- tables ---------------------------------------------------------------------------------------------------


def _events(doc: Doc, names: Names) -> Columns:
    told = Counter(e.same_as for e in doc.of(Act))
    events = [e for e in doc.of(Act) if not e.same_as]
    return table(
        {
            "what": [_what(e, told[e.id], names) for e in events],
            "status": [Text(e.status, style=STATUS[e.status]) for e in events],
            "who": [names.all(e.actors) for e in events],
            "to whom": [names.all(e.recipients) for e in events],
            "where": ["; ".join(map(names.place, e.places)) or NOBODY for e in events],
            "when": [names.time(e.time) for e in events],
            "according to": [names.voice(e.statement) for e in events],
        }
    )


def _what(e: Act, again: int, names: Names) -> Text:
    kind = " ".join(filter(None, [e.type, e.mode and e.mode.replace("_", " ")]))
    times = f" ×{again + 1}" if again else ""
    return Text(kind).append(f" “{names.words(e.trigger)}”{times}", style="dim")


def _holds(doc: Doc, names: Names) -> Columns:
    holds = doc.of(Hold)
    return table(
        {
            "place": [names.place(h.place) for h in holds],
            "state": [" ".join(filter(None, [h.state, h.level and f"({h.level})"])) for h in holds],
            "status": [Text(h.status, style=STATUS[h.status]) for h in holds],
            "by": [names.actor(h.holder) for h in holds],
            "other side": [names.actor(h.other) for h in holds],
            "when": [names.time(h.time) for h in holds],
            "according to": [names.voice(h.statement) for h in holds],
            "words": [f"“{names.words(h.span, 40)}”" for h in holds],
        }
    )


def _figures(doc: Doc, names: Names) -> Columns:
    figures = doc.of(Figure)
    return table(
        {
            "counts": [f.counts for f in figures],
            "number": [names.number(f.quantity) for f in figures],
            "unit": [names.quantities[f.quantity].unit or "" for f in figures],
            "bound": [f.bound.replace("_", " ") for f in figures],
            "whose": [names.actor(f.side) for f in figures],
            "status": [Text(f.status, style=STATUS[f.status]) for f in figures],
            "when": [names.time(f.time) for f in figures],
            "according to": [names.voice(f.statement) for f in figures],
            "words": [f"“{names.words(f.span, 40)}”" for f in figures],
        }
    )


def _tolls(doc: Doc, names: Names) -> Columns:
    told = doc.of(Toll)
    return table(
        {
            "counts": [" ".join(filter(None, [x.who, x.counts])) for x in told],
            "at least": ["" if x.low is None else f"{x.low:g}" for x in told],
            "at most": ["" if x.high is None else f"{x.high:g}" for x in told],
            "whose": [names.actor(x.side) for x in told],
            "where": [names.place(x.place) if x.place else NOBODY for x in told],
            "when": [names.time(x.time) for x in told],
            "told": [f"{len(x.tellings)}×" for x in told],
        }
    )


def _places(doc: Doc, names: Names) -> Columns:
    places = doc.of(Place)
    return table(
        {
            "place": [p.name for p in places],
            "kind": [p.kind for p in places],
            "in": [names.where(p) for p in places],
            "point": [_point(p) for p in places],
            "sure": [f"{p.confidence:.2f}" for p in places],
            "named": [f"{len(p.mentions)}×" for p in places],
        }
    )


def _point(p: Place) -> str:
    if p.latitude is None or p.longitude is None or p.kind == "country":
        return NOBODY
    vague = f" ± {p.radius_km:.0f} km" if p.radius_km and p.precision != "exact" else ""
    return f"{p.latitude:.2f}, {p.longitude:.2f}{vague}"


def _times(doc: Doc, names: Names) -> Columns:
    rows = Counter((names.words(t.span), days(t), t.value or "", _basis(t)) for t in doc.of(Time))
    return table(
        {
            "words": [f"{words}{f' ×{n}' * (n > 1)}" for (words, *_), n in rows.items()],
            "days": [on or NOBODY for _, on, _, _ in rows],
            "value": [value if value != on else "" for _, on, value, _ in rows],
            "counted from": [basis for *_, basis in rows],
        }
    )


def _basis(t: Time) -> str:
    return LENGTHS.get(t.type, BASIS[t.when.basis]) if t.value and not days(t) else BASIS[t.when.basis]


def _warning(w: Warning, names: Names) -> Text:
    line = Text("! ", style="yellow").append(w.message, style="default")
    words = names.words(w.span, 60)
    return line if words in w.message else line.append(f": {words}", style="dim")
