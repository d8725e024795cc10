"""The word lists of ``en/blocks.toml``, sorted by where on a passage their words stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.lexicons.load import Entry, Lexicons


@dataclass(frozen=True, slots=True)
class Words:
    """What the looks ask of a kit's lexicons."""

    lists: dict[str, tuple[Entry, ...]]  # scope → entries that give a kind of block
    rows: tuple[Mapping[str, str], ...]  # of outlets.tsv
    not_places: frozenset[str]
    credit_words: frozenset[str]
    roundup: tuple[str, ...]
    theme: tuple[str, ...]

    @classmethod
    def of(cls, lexicons: Lexicons) -> "Words":
        """Sort the entries by scope, and keep the table of outlets at hand."""
        entries = lexicons.entries.get("blocks", ())
        lists: dict[str, tuple[Entry, ...]] = {}
        for entry in entries:
            if "kind" in entry.gives:
                lists[entry.scope] = (*lists.get(entry.scope, ()), entry)

        def giving(key: str) -> tuple[str, ...]:
            return tuple(word for entry in entries if entry.gives.get(key) for word in entry.words)

        return cls(
            lists,
            lexicons.tables.get("outlets", ()),
            frozenset(giving("not_place")),
            frozenset(giving("within")),
            giving("roundup"),
            giving("theme"),
        )

    def outlet(self, name: str) -> bool:
        """True for the name or an alias of a known outlet, in any case.

        The table is walked on demand: few passages ask, and an index of it for every report would cost more.
        """
        low = name.lower()
        return any(
            low == row.get("name", "").lower() or low in row.get("aliases", "").lower().split("|") for row in self.rows
        )
