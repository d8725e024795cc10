"""What a ruling may say: the verdicts, what each is about and needs, and the fields that can be corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from dateline.errors import UsageError
from dateline.model import Figure, Form, HoldState, Level, Policy, RulingVerdict, Stance, Status
from dateline.store.asked import PLOVER
from dateline.store.keys import KINDS, parse_id
from dateline.store.views import VIEWS

VIEW_OF = {"r": "reports", "s": "statements", "e": "events", "h": "holds", "f": "figures"}
CLAIMS = "sehf"
SOURCES = ("outlet:", "actor:")  # with an id of the word lists: whose reliability is set
LETTERS = ("A", "B", "C", "D", "E", "F")  # Admiralty: completely reliable … cannot be judged
NONE = "none"  # of ``copy``: it is a copy of no report
LONGEST = 2000  # characters of a name, a reason or a value
_BOUNDS, _SCOPES = (get_args(Figure.__annotations__[name]) for name in ("bound", "scope"))
_DAYS: dict[str, tuple[str, ...]] = {"earliest": (), "latest": ()}

# view → field → what it may be; nothing listed: anything of the column's type
FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "reports": {"title": (), "outlet": ()},
    "statements": {
        "speaker": (), "stance": get_args(Stance), "form": get_args(Form), "policy": get_args(Policy), "negated": (),
        **_DAYS,
    },
    "events": {
        "type": PLOVER, "mode": (), "status": get_args(Status), "actors": (), "recipients": (), **_DAYS
    },
    "holds": {
        "state": get_args(HoldState), "level": get_args(Level), "status": get_args(Status), "holder": (), "other": (),
        **_DAYS,
    },
    "figures": {
        "counts": (), "value": (), "low": (), "high": (), "approximate": (), "unit": (), "bound": _BOUNDS,
        "scope": tuple(name for name in get_args(_SCOPES[0]) if name), "side": (), "status": get_args(Status), **_DAYS,
    },
}  # fmt: skip
NEVER_EMPTY = frozenset({"stance", "form", "policy", "type", "status", "state", "counts", "bound"})
TYPES = {view: {c.name: c.type for c in VIEWS[view]} for view in FIELDS}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one verdict is about (kinds of public ids), and what must or may be given with it."""

    of: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


VERDICTS: dict[str, Verdict] = {
    "accept": Verdict("r" + CLAIMS),
    "reject": Verdict("r" + CLAIMS),
    "edit": Verdict("r" + CLAIMS, ("field", "value")),
    "merge": Verdict(CLAIMS, ("other",)),
    "split": Verdict(CLAIMS, ("other",)),
    "copy": Verdict("r", ("other",)),
    "reliability": Verdict("", ("letter",)),
    "place": Verdict("r" + CLAIMS, ("place",), ("mention",)),
    "undo": Verdict("u"),
}
assert set(VERDICTS) == set(get_args(RulingVerdict))
STOOD = "stood"  # given by the record itself: where the row stood in its report when it was ruled on


def kind_of(id: str) -> str:
    """The kind letter of what a ruling is about; ``src`` of an outlet or actor of the lists. Raises UsageError."""
    return "src" if id.startswith(SOURCES) and id.partition(":")[2] else parse_id(id)[0]


def check(about: str, verdict: str, given: Mapping[str, str], by: str, why: str | None) -> None:
    """Whether a ruling makes sense in itself, whatever the record holds. Raises UsageError saying what would."""
    known = VERDICTS.get(verdict)
    if known is None:
        raise UsageError(f"no verdict is called {verdict!r}", todo=f"take one of {', '.join(VERDICTS)}")
    if not by.strip():
        raise UsageError("a ruling needs a name of who makes it", todo="give --by NAME")
    if any(len(text) > LONGEST for text in (about, by, why or "", *given.values())):
        raise UsageError(f"a ruling says no more than {LONGEST} characters in one place")
    _about(about, verdict, known)
    _given(verdict, known, given)
    if verdict in CHECKS:
        CHECKS[verdict](about, given)


def _about(about: str, verdict: str, known: Verdict) -> None:
    kind = kind_of(about)
    if verdict == "reliability":
        if kind != "src":
            raise UsageError(f"{about} is no source", todo="name outlet:ID or actor:ID, as in the word lists")
    elif kind not in known.of:
        named = {"r": "report", "src": "source", **KINDS}
        listed = ", ".join(named[k] for k in known.of)
        raise UsageError(f"{verdict} is not said of a {named[kind]}", todo=f"name a {listed}")


def _given(verdict: str, known: Verdict, given: Mapping[str, str]) -> None:
    for name in known.needs:
        if name not in given:
            raise UsageError(f"{verdict} needs {name}", todo=f"give {', '.join(known.needs)}")
    for name in given:
        if name not in (*known.needs, *known.may, STOOD):
            raise UsageError(f"{verdict} takes no {name}", todo=f"it takes {', '.join(known.needs) or 'nothing more'}")


def _edit(about: str, given: Mapping[str, str]) -> None:
    view, field, value = VIEW_OF[kind_of(about)], given["field"], given["value"]
    fields = FIELDS[view]
    if field not in fields:
        hint = "; for another day, remove the report and add it again" if field == "published" else ""
        raise UsageError(f"{field} of {view} cannot be edited{hint}", todo=f"take one of {', '.join(fields)}")
    if not value.strip() and field in NEVER_EMPTY:
        raise UsageError(
            f"{field} is never empty", todo=f"take one of {', '.join(fields[field]) or 'the words for it'}"
        )
    if value.strip() and fields[field] and value not in fields[field]:
        raise UsageError(f"{field} cannot be {value!r}", todo=f"take one of {', '.join(fields[field])}")
    typed(view, field, value)


def _paired(about: str, given: Mapping[str, str]) -> None:
    one, other = kind_of(about), kind_of(given["other"])
    if one != other:
        raise UsageError(f"{about} and {given['other']} are not of one kind", todo="name two of the same")
    if about == given["other"]:
        raise UsageError(f"{about} is named twice", todo="name two rows")


def _copy(about: str, given: Mapping[str, str]) -> None:
    if given["other"] == NONE:
        return
    if kind_of(given["other"]) != "r":
        raise UsageError(f"{given['other']} is no report", todo=f"name the report it was copied from, or {NONE}")
    _paired(about, given)


def _letter(about: str, given: Mapping[str, str]) -> None:
    if given["letter"] not in LETTERS:
        raise UsageError(f"reliability cannot be {given['letter']!r}", todo=f"take one of {', '.join(LETTERS)}")


def _pin(about: str, given: Mapping[str, str]) -> None:
    if kind_of(about) == "r" and not given.get("mention"):
        raise UsageError("of a report, a place is pinned to words", todo="give the mention, as printed")
    if not given["place"].strip():
        raise UsageError("no place is named", todo="give an id of the map, or a name such as 'Herat, Afghanistan'")


CHECKS = {"edit": _edit, "merge": _paired, "split": _paired, "copy": _copy, "reliability": _letter, "place": _pin}


def typed(view: str, field: str, value: str) -> Any:
    """A value as text → as the column holds it; an empty one is not known. Raises UsageError."""
    value, type = value.strip(), TYPES[view][field]
    if type == "list":
        return [part.strip() for part in value.split("|") if part.strip()]
    if not value:
        return None
    try:
        return READ.get(type, str)(value)
    except (ValueError, KeyError) as error:
        raise UsageError(f"{field} cannot be {value!r}", todo=f"give a {LIKE[type]}") from error


def _number(value: str) -> float:
    found = float(value.replace(",", ""))
    if not abs(found) < 1e15:
        raise ValueError(value)
    return found


READ = {"number": _number, "day": date.fromisoformat, "yes/no": {"yes": True, "no": False}.__getitem__}
LIKE = {"number": "number such as 14 or 2.5", "day": "day such as 2021-08-15", "yes/no": "yes or no"}


def shown(value: Any) -> str:
    """A value of a column as text: what ``typed`` reads."""
    if isinstance(value, list):
        return "|".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
