"""A record on the terminal: stories, then who says what, what happened, where and when. Colours go off when piped."""

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from dateline.model import Act, Actor, Block, Figure, Hold, Place, Quantity, Source, Statement, Story, Time, Warning
from dateline.stage import Doc

STANCE = {
    "asserts": "green", "denies": "red", "declines": "dim", "predicts": "cyan", "plans": "blue", "demands": "magenta",
    "doubts": "yellow", "accuses": "red", "threatens": "bold red", "asks": "cyan", "other": "dim",
}  # fmt: skip
STATUS = {
    "happened": "green", "ongoing": "green", "planned": "blue", "possible": "yellow", "predicted": "cyan",
    "demanded": "magenta", "denied": "red", "hypothetical": "dim",
}  # fmt: skip
WORDS_SHOWN = 160  # characters of a quotation; the rest is one click away in the record


def show(doc: Doc, console: Console | None = None) -> None:
    """Print one report's record."""
    console = console or Console(highlight=False, soft_wrap=False)
    console.print(_head(doc))
    for title, part in _parts(doc):
        console.print()
        console.print(Text(title, style="bold"))
        console.print(Padding(part, (0, 0, 0, 2)))
    console.print()


def _parts(doc: Doc) -> Iterator[tuple[str, Group | Table | Tree]]:
    if doc.of(Story):
        yield "Stories", _stories(doc)
    if doc.of(Statement):
        yield "Who says it", Group(*_voices(doc))
    if doc.of(Act):
        yield "What is said to have happened", _events(doc)
    if doc.of(Hold):
        yield "Who holds what", _holds(doc)
    if doc.of(Figure):
        yield "Figures", _figures(doc)
    if doc.of(Place):
        yield "Places", _places(doc)
    if doc.of(Time):
        yield "Days", _times(doc)
    warnings = (*doc.report.warnings, *doc.of(Warning))
    if warnings:
        yield "Read but not understood", Group(*(_warning(doc, w) for w in warnings))


def _head(doc: Doc) -> Text:
    r = doc.report
    name = r.title or next((b.span.of(r.text) for b in doc.of(Block) if b.kind == "headline"), r.source)
    line = Text(_short(name), style="bold underline")
    by = " · ".join(filter(None, [r.outlet.name if r.outlet else r.publisher, ", ".join(r.authors)]))
    day = f"{r.published} ({r.published_by})" if r.published else "no publication date"
    return line.append(f"\n{r.source}  {by}  {day}", style="not bold not underline dim")


def _stories(doc: Doc) -> Group:
    text, blocks = doc.report.text, {b.id: b for b in doc.of(Block)}
    lines = []
    for number, story in enumerate(doc.of(Story), 1):
        kinds = [blocks[b].kind for b in story.blocks]
        title = _short(blocks[story.headline].span.of(text)) if story.headline else "(no headline)"
        retold = sum(blocks[b].repeats is not None for b in story.blocks)
        counts = ", ".join(f"{kinds.count(k)} {k}{'s' * (kinds.count(k) > 1)}" for k in dict.fromkeys(kinds) if k != "headline")
        line = Text(f"{number}. ").append(title, style="italic").append(f"  {counts}", style="dim")
        lines.append(line.append(f", {retold} told before", style="yellow") if retold else line)
    return Group(*lines)


def _voices(doc: Doc) -> Iterator[Tree]:
    """Statements as trees, nested ones below the one they are told in."""
    names = Names(doc)
    below: dict[str | None, list[Statement]] = {}
    for s in doc.of(Statement):
        below.setdefault(s.within, []).append(s)

    def grow(tree: Tree, s: Statement) -> None:
        for inner in below.get(s.id, ()):
            grow(tree.add(_statement(doc, inner, names)), inner)

    for s in below.get(None, ()):
        tree = Tree(_statement(doc, s, names), guide_style="dim")
        grow(tree, s)
        yield tree


def _statement(doc: Doc, s: Statement, names: "Names") -> Text:
    out = Text(" ← ", style="dim").join(names.source(x) for x in s.sources) if s.sources else Text("unnamed", style="dim")
    out.append("  ").append(s.stance, style=STANCE[s.stance])
    cue = f" “{s.cue.of(doc.report.text)}”" if s.cue else ""
    said = f", said {names.time(s.said)}" if s.said else ""
    out.append(f" ({s.form}{cue}{said})", style="dim")
    words = " … ".join(" ".join(c.of(doc.report.text).split()) for c in s.content)
    return out.append(f"\n{_short(words)}")


class Names:
    """Ids of one report in words."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.report.text
        self.actors = {a.id: a for a in doc.of(Actor)}
        self.places = {p.id: p for p in doc.of(Place)}
        self.times = {t.id: t for t in doc.of(Time)}
        self.quantities = {q.id: q for q in doc.of(Quantity)}

    def source(self, s: Source) -> Text:
        words = s.span.of(self.text) if s.span else "unnamed"
        out = Text(_short(words), style="bold" if s.role == "speaker" else "")
        actor = self.actors.get(s.actor or "")
        owner = self.actors.get(actor.of or "") if actor else None
        known = actor.name if actor and actor.name.casefold() not in words.casefold() else None
        about = ", ".join(filter(None, [known, f"of {owner.name}" if owner and owner.name not in words else None]))
        return out.append(f" [{about}]", style="dim") if about else out

    def actor(self, name: str | None) -> str:
        return self.actors[name].name if name in self.actors else "–"

    def all(self, ids: Iterable[str]) -> str:
        return ", ".join(self.actor(i) for i in ids) or "–"

    def place(self, name: str) -> str:
        return self.places[name].name if name in self.places else name

    def time(self, name: str | None) -> str:
        t = self.times.get(name or "")
        return (t.value or t.span.of(self.text)) if t else "–"

    def quantity(self, name: str) -> str:
        q = self.quantities.get(name)
        return q.span.of(self.text) if q else name


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _events(doc: Doc) -> Table:
    names, table = Names(doc), _table("type", "status", "who", "to whom", "where", "when", "words")
    for e in doc.of(Act):
        kind = f"{e.type} {e.mode}" if e.mode else e.type
        words = f"{e.trigger.of(doc.report.text)}{' (told before)' if e.same_as else ''}"
        where = ", ".join(names.place(p) for p in e.places) or "–"
        table.add_row(kind, Text(e.status, style=STATUS[e.status]), names.all(e.actors), names.all(e.recipients), where, names.time(e.time), words)
    return table


def _holds(doc: Doc) -> Table:
    names, table = Names(doc), _table("place", "state", "holder", "other", "when", "words")
    for h in doc.of(Hold):
        table.add_row(names.place(h.place), h.state, names.actor(h.holder), names.actor(h.other), names.time(h.time), _short(h.span.of(doc.report.text)))
    return table


def _figures(doc: Doc) -> Table:
    names, table = Names(doc), _table("counts", "amount", "bound", "side", "words")
    for f in doc.of(Figure):
        table.add_row(f.counts, names.quantity(f.quantity), f.bound, names.actor(f.side), _short(f.span.of(doc.report.text)))
    return table


def _places(doc: Doc) -> Table:
    table = _table("place", "kind", "chain", "point", "sure", "times")
    for p in doc.of(Place):
        chain = ", ".join(filter(None, [p.admin2, p.admin1, p.country]))
        point = f"{p.latitude:.2f}, {p.longitude:.2f}" if p.latitude is not None and p.longitude is not None else "–"
        table.add_row(p.name, p.kind, chain or "–", point, f"{p.confidence:.2f}", str(len(p.mentions)))
    return table


def _times(doc: Doc) -> Table:
    table = _table("words", "value", "from", "to", "rests on")
    for t in doc.of(Time):
        w = t.when
        table.add_row(_short(t.span.of(doc.report.text)), t.value or "–", str(w.earliest or "–"), str(w.latest or "–"), w.basis)
    return table


def _warning(doc: Doc, w: Warning) -> Text:
    out = Text("! ", style="yellow").append(w.message)
    return out.append(f": {_short(w.span.of(doc.report.text), 60)}", style="dim") if w.span else out


def _short(words: str, size: int = WORDS_SHOWN) -> str:
    words = " ".join(words.split())
    return words if len(words) <= size else words[: size - 1].rstrip() + "…"
