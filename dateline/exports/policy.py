"""Which voices a reader wants: the rules propose all, the policy at the output lets through.

``reports`` are words said or written; ``+beliefs`` adds what voices think, fear, plan and want; ``+attitudes`` adds
praise, blame, support and the like. Nested statements are kept, or flattened into the one around them.
"""

from dataclasses import replace
from typing import Any

from dateline.model import Act, Figure, Hold, Statement, Toll
from dateline.stage import Doc

VOICES: dict[str, frozenset[str]] = {
    "reports": frozenset({"report"}),
    "+beliefs": frozenset({"report", "belief"}),
    "+attitudes": frozenset({"report", "belief", "attitude"}),
}


def voiced(doc: Doc, voices: str, flat: bool = False) -> Doc:
    """The same report with only the statements that the policy lets through, and the claims told in them.

    What was told in a statement that is left out is left out too; what was told in a flattened one is told in the
    one around it. ``voices`` is a key of VOICES.
    """
    told = {s.id: s for s in doc.of(Statement)}
    allowed = {s.id for s in told.values() if s.policy in VOICES[voices]}
    kept = {i for i in allowed if not (flat and _outer(told[i].within, told, allowed))}

    def home(name: str | None) -> str | None:
        return name if name is None or name in kept else _outer(told[name].within, told, kept)

    notes: dict[type, tuple[Any, ...]] = dict(doc.notes)
    notes[Statement] = tuple(replace(s, within=_outer(s.within, told, kept)) for s in told.values() if s.id in kept)
    for kind in (Act, Hold, Figure):
        notes[kind] = tuple(
            replace(c, statement=home(c.statement))
            for c in doc.notes.get(kind, ())
            if c.statement is None or c.statement in allowed
        )
    acts = {a.id for a in notes[Act]}
    notes[Toll] = tuple(x if x.event in acts else replace(x, event=None) for x in doc.of(Toll))
    return Doc(doc.report, notes)


def _outer(name: str | None, told: dict[str, Statement], kept: set[str]) -> str | None:
    """The nearest statement around that is kept."""
    while name is not None and name not in kept:
        name = told[name].within
    return name
