"""Tables that fit the terminal: rich alone breaks words where other columns have room to spare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from dateline.cli.names import NOBODY

type Cell = str | Text
SILENT = frozenset({"", NOBODY})
WIDEST, BETWEEN = 60, 2  # characters of a column, and between two


@dataclass(frozen=True, slots=True)
class Columns:
    """A table as wide as there is room: rich alone breaks words where other columns have room to spare."""

    cells: Mapping[str, Sequence[Cell]]
    gap: int  # empty lines below each row

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        made = Table(box=None, padding=(0, BETWEEN, self.gap, 0), pad_edge=False, header_style="dim")
        widths = fitted([[name, *cells] for name, cells in self.cells.items()], options.max_width)
        for name, width in zip(self.cells, widths, strict=True):
            made.add_column(name, overflow="fold", width=width)
        for row in zip(*self.cells.values(), strict=True):
            made.add_row(*row)
        yield made


def fitted(columns: Sequence[Sequence[Cell]], room: int) -> list[int]:
    """Widths of columns: the widest gives way first, and no word is broken while another column can still give."""
    texts = [[str(cell) for cell in column] for column in columns]
    widths = [min(WIDEST, max(map(len, column))) for column in texts]
    words = [max(len(word) for cell in column for word in cell.split() or [""]) for column in texts]
    while sum(widths) + BETWEEN * len(widths) > room and max(widths) > 1:
        spare = [n for n, (width, word) in enumerate(zip(widths, words, strict=True)) if width > word]
        widest = max(spare or range(len(widths)), key=lambda n: widths[n])
        widths[widest] -= 1
    return widths


def table(columns: Mapping[str, Sequence[Cell]], gap: int = 0) -> Columns:
    """Named columns, less those that have nothing to say."""
    told = {name: cells for name, cells in columns.items() if any(str(c) not in SILENT for c in cells)}
    return Columns(told, gap)
