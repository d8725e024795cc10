"""What voices say of a tempo ("running out of steam"), and beside it what was counted before and after they said so.

What is said is an Assessment, what is counted are weeks of events; neither is ever made of the other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from dateline.across import Spot, StatementTold, Tempo, Who
from dateline.join.tempo import monday
from dateline.lexicons.load import Entry, Lexicons, first_word
from dateline.model import Stance

Direction = Literal["slowing", "paused", "speeding up", "gaining", "losing", "collapse"]

STEM = "assessments"
SPAN = 4  # weeks before and after
AWAY = 4  # words that may stand between a side's name and the phrase said of it ("the rebels have slowly begun to")
BESIDE = 2  # words between a side's name and the noun that the phrase is said of ("Taliban summer offensive")
CLAUSE = re.compile(r"[.;:!?—]|, (?:and|but|while|as|though|although|whereas)\b|\b(?:but|while|although|whereas)\b")
GAP = r"(?:[\w'’-]+ ){0,3}"
NEGATED = re.compile(r"(?:\b(?:not|never|no longer|hardly|no sign of|far from|neither)|n['’]t)\b(?: [\w'’-]+){0,3} ?$")
BY = re.compile(r"^(?: [\w'’-]+)? (?:by|of|from) (?:the )?")
WORD = re.compile(r"[\w'’-]+")
NAMES = frozenset({"name", "aliases", "loaded"})


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a voice said of how a fight goes. ``side`` is the key of whom it is said of, None where no words tell.

    ``statement`` is the statement's id, ``rule`` the id of the entry whose phrase it uses and ``words`` the phrase;
    ``denied`` is True where the voice says that it is not so. ``day`` is the day on which it was said.
    """

    statement: str
    speaker: Who | None
    day: date | None
    rule: str
    words: str
    direction: Direction
    side: str | None
    places: tuple[Spot, ...]
    stance: Stance | None
    denied: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Events in the weeks about the one (by its Monday) in which something was said; None where nobody counted."""

    statement: str
    week: date
    before: tuple[int | None, ...]  # oldest first
    during: int | None
    after: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The list, made ready: each entry's pattern, and the nouns that something can be said of."""

    entries: tuple[tuple[Entry, re.Pattern[str]], ...]
    subject: re.Pattern[str]


def assessments(statements: Iterable[StatementTold], lexicons: Lexicons) -> tuple[Assessment, ...]:
    """Every phrase of ``assessments.toml`` that a statement uses of somebody who fights, by day and statement."""
    ready = _ready(lexicons)
    told = list(statements)
    found = [each for one in told for each in _within(one, ready, lexicons)]
    outer = {one.id: one.within for one in told}
    inner = {(outer[each.statement], each.rule) for each in found}
    found = [each for each in found if (each.statement, each.rule) not in inner]  # the innermost voice says it
    return tuple(sorted(found, key=lambda a: (a.day or date.max, a.statement, a.rule, a.words)))


def beside(assessment: Assessment, weeks: Mapping[date, int], span: int = SPAN) -> Beside | None:
    """The counts of ``span`` weeks before and after the week of an assessment; None where its day is not known.

    ``weeks`` are events by the Monday of their week (``by_week``); a week that is not among them was not counted.
    """
    if assessment.day is None:
        return None
    week = monday(assessment.day)
    before = tuple(weeks.get(week - timedelta(7 * n)) for n in range(span, 0, -1))
    after = tuple(weeks.get(week + timedelta(7 * n)) for n in range(1, span + 1))
    return Beside(assessment.statement, week, before, weeks.get(week), after)


def by_week(tempo: Tempo) -> dict[date, int]:
    """A tempo's counts by the Monday of their week."""
    last = monday(tempo.until)
    return {last - timedelta(7 * n): count for n, count in enumerate(reversed(tempo.weeks))}


# --- finding ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _ready(lexicons: Lexicons) -> _Phrases:
    listed = lexicons.entries.get(STEM, ())
    phrases = tuple((e, _pattern(e.words)) for e in listed if "direction" in e.gives)
    nouns = [w for e in listed if e.gives.get("subject") for w in e.words]
    return _Phrases(phrases, _pattern(nouns))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(re.escape(w).replace('…\\ ', GAP) for w in longest)})\b", re.I)


def _within(told: StatementTold, ready: _Phrases, lexicons: Lexicons) -> Iterator[Assessment]:
    words = " ".join(told.words.split())
    taken: set[int] = set()
    for entry, pattern in ready.entries:
        for hit in pattern.finditer(words):
            subject = _subject(words, hit, entry, ready, told, lexicons)
            if subject is None or taken & set(range(*hit.span())):
                continue
            taken |= set(range(*hit.span()))
            denied = told.negated or told.stance in ("denies", "doubts")
            yield Assessment(
                statement=told.id, speaker=told.chain[0].who if told.chain else None, day=_day(told), rule=entry.id,
                words=hit[0], direction=entry.gives["direction"], side=subject or None, places=told.places,
                stance=told.stance, denied=denied or NEGATED.search(words[: hit.start()]) is not None,
            )  # fmt: skip


def _day(told: StatementTold) -> date | None:
    """The day on which it was said: the one that the words give, else that of publication."""
    exact = told.earliest if told.earliest == told.latest else None
    past = exact is not None and (told.published is None or exact <= told.published)
    return exact if past else told.published


def _subject(
    words: str, hit: re.Match[str], entry: Entry, ready: _Phrases, told: StatementTold, lexicons: Lexicons
) -> str | None:
    """The key of the side that a phrase is said of, "" for one not named; None where nobody who fights is."""
    if entry.gives["whose"] == "after":
        return _object(words[hit.end() :], ready, told, lexicons)
    clause = CLAUSE.split(words[: hit.start()])[-1]
    noun = ready.subject.search(clause)
    if noun:
        return _owner(clause, noun, told, lexicons) or ""
    near = list(_names(clause, told, lexicons))
    if near and near[-1][2] in NAMES and len(WORD.findall(clause[near[-1][1] :])) <= AWAY:
        return near[-1][3]
    return None


def _object(after: str, ready: _Phrases, told: StatementTold, lexicons: Lexicons) -> str | None:
    """Whom it is said of, where that follows the phrase, at once: "blunted the rebel offensive"."""
    clause = CLAUSE.split(after)[0]
    noun = ready.subject.search(clause)
    if noun and len(WORD.findall(clause[: noun.start()])) <= BESIDE + 1:
        rest = re.sub(
            rf"^['’]s? {ready.subject.pattern}", "", clause[noun.end() :], flags=re.I
        )  # "the militia's advance"
        beyond = WORD.match(rest.strip())
        if beyond is None or beyond[0] in ("by", "of", "in", "on", "at", "near", "from", "outside", "and", "before"):
            return _owner(clause, noun, told, lexicons) or ""
    return None


def _owner(clause: str, noun: re.Match[str], told: StatementTold, lexicons: Lexicons) -> str | None:
    """The side whose the noun is: "the Taliban offensive", "an offensive by the Taliban"."""
    for start, end, _, side in reversed(list(_names(clause, told, lexicons))):
        if (
            end <= noun.start()
            and len(WORD.findall(clause[end : noun.start()].removeprefix("'s").removeprefix("’s"))) <= BESIDE - 1
        ):
            return side
        if start >= noun.end() and (lead := BY.match(clause[noun.end() :])) and noun.end() + lead.end() == start:
            return side
    return None


def _names(clause: str, told: StatementTold, lexicons: Lexicons) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, column, side) of every actor of the list that is named here, longest names first at each word."""
    reached = 0
    for word in WORD.finditer(clause):
        if word.start() < reached:
            continue
        for name in lexicons.names.get(first_word(word[0]), ()):
            end = word.start() + len(name.written)
            whole = clause.startswith(name.written, word.start()) and not clause[end : end + 1].isalnum()
            if whole and name.table == "actors" and _valid(name.row, told.published):
                yield word.start(), end, name.column, _side(name.row, lexicons)
                reached = end
                break


def _valid(row: Mapping[str, str], day: date | None) -> bool:
    if day is None:
        return True
    first, last = row.get("valid_from") or "0000", row.get("valid_to") or "9999"
    return first <= day.isoformat() <= last


def _side(row: Mapping[str, str], lexicons: Lexicons) -> str:
    """Whom a row answers to in the end."""
    for _ in range(8):
        above = lexicons.rows.get(row.get("of", ""))
        if above is None:
            break
        row = above
    return row["id"]
