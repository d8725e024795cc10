"""What voices say of how a fight goes, by whom it comes from in the end: answers of the view ``assessments``."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from dateline.across import Root, StatementTold
from dateline.join.assessments import Assessment, assessments
from dateline.join.origins import roots
from dateline.lexicons.load import Lexicons
from dateline.store import tables as t
from dateline.store.keys import parse_id
from dateline.store.lifting import Scope, known_by
from dateline.store.texts import texts_of

type Answer = dict[str, Any]
type Group = list[tuple[Assessment, StatementTold]]


def assessed(scope: Scope) -> Iterator[Answer]:
    """A row an origin, side and direction, the most printed first; ``type`` of the filters is the direction."""
    wanted = scope.but(type=None, limit=None)
    told = {one.id: one for one in wanted.statements()}
    said = [each for each in assessments(told.values(), scope.atlas.lexicons) if not each.denied]
    said = [each for each in said if scope.asked.type in (None, each.direction)]
    mine = [told[id] for id in dict.fromkeys(each.statement for each in said)]
    root = roots(mine, {}, frozenset(each.side for each in said if each.side))
    groups: dict[tuple[str, str, str], Group] = {}
    for each in said:
        origin = root[each.statement].key
        sides = {other.side for other in said if other.side and root[other.statement].key == origin}
        side = each.side or (next(iter(sides)) if len(sides) == 1 else "")  # who says it of one side says it of that
        groups.setdefault((origin, side, each.direction), []).append((each, told[each.statement]))
    rows = [_answer(wanted, group, root) for _, group in sorted(groups.items())]
    rows.sort(key=lambda row: (-row["reports"], row["origin"], row["id"]))
    yield from rows[: scope.asked.limit]


def _answer(scope: Scope, group: Group, root: dict[str, Root]) -> Answer:
    first = min(group, key=lambda pair: (pair[0].day is None, pair[0].day, pair[1].id))
    origin = root[first[1].id]
    days = sorted(each.day for each, _ in group if each.day)
    reports = {told.report for _, told in group}
    texts = texts_of(scope.connection, reports, scope.asked.known)
    return {
        "id": first[1].id,
        "origin": origin.name,
        "kind": origin.kind,
        "side": _name(next((each.side for each, _ in group if each.side), None), scope.atlas.lexicons),
        "direction": first[0].direction,
        "words": list(dict.fromkeys(each.words for each, _ in group)),
        "reports": len(reports | _reprints(scope, [told.id for _, told in group])),
        "texts": len(set(texts.values())),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "statements": list(dict.fromkeys(told.id for _, told in group)),
        "by": origin.rule,
    }


def _reprints(scope: Scope, statements: Sequence[str]) -> set[str]:
    """Reports that print these statements again, by id."""
    x, r = t.lifted.c, t.reports.c
    asked = sa.select(r.id).join(t.lifted, x.report == r.report)
    keys = [parse_id(id)[1] for id in statements]
    return set(scope.connection.scalars(asked.where(x.model.in_(keys), known_by(scope.asked))))


def _name(side: str | None, lexicons: Lexicons) -> str | None:
    """A side as the word lists call it."""
    return lexicons.rows.get(side, {}).get("name", side) if side else None
