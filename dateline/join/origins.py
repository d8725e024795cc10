"""Whom a claim leads back to, through every voice that passed it on; and how many origins some claims have.

What counts as evidence is not how many printed a thing but how many know it. A ministry, its spokesman, its statement
and "Baghdad" are one origin; a paper that quotes an agency that quotes a doctor leads to the doctor. Voices that nobody
can tell from one another ("a security source") are one origin at most, however many there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dateline.across import ActTold, Counts, FigureTold, HoldTold, Hop, Root, Spot, StatementTold, Told, Who
from dateline.join.subjects import unclear, voice_behind
from dateline.join.told import order
from dateline.join.voice_words import BODY_WORDS
from dateline.join.voices import Joined, Voice, joined, outlet_words, tokens, voice_of

UNNAMED = "unnamed"
OWN = "roots.own_voice"
SEVERAL = "roots.one_of_several"  # may be one of some others: "the army", where two armies speak
UNCLEAR = "roots.unclear"  # somebody is named, or meant by a pronoun, and we cannot tell who
HIDDEN = "roots.nobody_knows"  # the report itself names nobody
BY_SUBJECT = "roots.by_subject"  # the subject of a sentence, whom nobody else in the report names
ADDS_NOTHING = frozenset({OWN, SEVERAL, UNCLEAR, BY_SUBJECT})  # where there is anybody else

type Said = tuple[str, float | None]  # what is counted, and how many
MOST_STEPS = 50  # from copy to model to its model


def roots(
    tellings: Sequence[Told], models: Mapping[str, str], parties: frozenset[str] = frozenset()
) -> dict[str, Root]:
    """Claim id → whom it leads back to, for all claims on one thing.

    ``models`` leads from a claim to the earlier one that it repeats word for word; ``parties`` are keys of the sides of
    the event. Chains run speaker first. Ministries and offices are told apart only among the claims given here.
    """
    told = {t.id: t for t in sorted(tellings, key=lambda t: t.id)}
    tops = {id: _model(id, models, told) for id in told}
    own = {id: told[id] for id in sorted(set(tops.values()))}
    hops = _inherited(_hops(told), tops, told)
    voices = {id: _voice(own[id], hop, parties) for id, hop in hops.items()}
    voices = _landed(voices, told)
    same = joined(voices.values())
    found = {id: _root(same[voice], voice) for id, voice in voices.items() if voice.kind != "correspondent"}
    for id, t in own.items():
        if id not in found and id in hops:
            found[id] = _press(t, voices.get(id), own.values(), found)
    given = _amounts(found, own)
    for id, t in own.items():
        if id not in found:
            found[id] = _echo(t, given) or _correspondent(t.outlet, t.report, OWN)
    return {id: found[top] for id, top in tops.items()}


def counts(
    tellings: Iterable[Told],
    roots: Mapping[str, Root],
    texts: Mapping[str, str],
    parties: frozenset[str] = frozenset(),
) -> Counts:
    """Reports, texts and independent origins of some claims, and how many of the origins are a party to the fight.

    ``texts`` gives claims of one text one key; a claim without one counts by its report. An outlet's own voice is an
    origin only where nobody else is named for it: background that the world knows already is nobody's finding.
    """
    told = list(tellings)
    found = {root.key: root for root in independent(roots[t.id] for t in told if t.id in roots)}
    fighting = sum(root.kind == "party" or (root.side or "") in parties for root in found.values())
    return Counts(len({t.report for t in told}), len({texts.get(t.id, t.report) for t in told}), len(found), fighting)


def independent(roots: Iterable[Root]) -> list[Root]:
    """One root for each origin; all outlets' own voices, and all whom we cannot tell from others, add nothing to these.

    Where there is nobody else they are one origin: papers that name no source may have it from each other.
    """
    found: dict[str, Root] = {}
    for root in sorted(roots, key=lambda r: (r.key, r.rule in ADDS_NOTHING, r.kind, r.name, r.rule)):
        found.setdefault(root.key, root)
    others = [root for root in found.values() if root.rule not in ADDS_NOTHING]
    if any(root.kind == "party" for root in others):  # an unnamed official may be theirs
        others = [root for root in others if root.kind != "unnamed"]
    return others or [*found.values()][:1]


def _model(id: str, models: Mapping[str, str], told: Mapping[str, Told]) -> str:
    """The first text's claim, as far back as it is given here."""
    best = id
    for _ in range(MOST_STEPS):
        id = models.get(id, "")
        if not id:
            break
        if id in told:
            best = id
    return best


def _speaker(told: Told) -> Hop | None:
    """The voice that knows: the first speaker, else a carrier that is somebody's own press."""
    speakers = [hop for hop in told.chain if hop.role == "speaker" and (hop.who is not None or hop.words)]
    return speakers[0] if speakers else next((hop for hop in told.chain if hop.role == "carrier"), None)


def _hops(told: Mapping[str, Told]) -> dict[str, Hop]:
    """Whose word each claim is: its chain's speaker, or whom its sentence shows; nobody for an outlet's own."""
    found = {id: hop for id, t in told.items() if (hop := _speaker(t)) is not None}
    plain = {id for id, hop in found.items() if not unclear(hop)}
    spoken = sorted((told[id] for id in plain if told[id].chain[0].role == "speaker"), key=order)
    for id, t in told.items():
        if id not in plain and (hop := voice_behind(t, spoken)) is not None:
            found[id] = hop
    return found


def _inherited(hops: Mapping[str, Hop], tops: Mapping[str, str], told: Mapping[str, Told]) -> dict[str, Hop]:
    """The hop of each first text's claim; of its first copy that has one, where our reading found none in the model."""
    found: dict[str, Hop] = {}
    for id in sorted(hops, key=lambda id: (id != tops[id], unclear(hops[id]), order(told[id]))):
        held = found.get(tops[id])
        if held is None or (unclear(held) and not unclear(hops[id])):
            found[tops[id]] = hops[id]
    return found


def _landed(voices: Mapping[str, Voice], told: Mapping[str, Told]) -> dict[str, Voice]:
    """A body of state without a country is of the only one that its report, or else all of them, tell of."""
    reports: dict[str, list[Told]] = {}
    for claim in told.values():
        reports.setdefault(claim.report, []).append(claim)
    lands = {report: _lands(claims) for report, claims in reports.items()}
    everywhere = _lands(told.values())
    out = dict(voices)
    for id, voice in voices.items():
        land = lands[voice.report] or everywhere
        if voice.country is None and len(land) == 1 and voice.words & BODY_WORDS:
            out[id] = replace(voice, country=land[0])
    return out


def _voice(told: Told, hop: Hop, parties: frozenset[str]) -> Voice:
    voice = voice_of(told, hop, parties)
    return voice if told.chain or hop.who is not None else replace(voice, rule=BY_SUBJECT)


def _root(joined: Joined, voice: Voice) -> Root:
    top = joined.top
    if top.kind == "unnamed" or not (top.words or top.listed):
        return Root(UNNAMED, "unnamed", voice.name, None, voice.rule if voice.rule == HIDDEN else UNCLEAR)
    key = top.listed or f"{' '.join(sorted(top.words)) or top.name.casefold()}|{top.country or ''}"
    rule = voice.rule if top.words == voice.words else "roots.same_voice"
    rule = SEVERAL if joined.several else BY_SUBJECT if top.rule == BY_SUBJECT else rule
    kind = voice.kind if voice.kind != "unnamed" else top.kind
    return Root(key, kind, top.name, top.side or voice.side, rule)


def _press(told: Told, voice: Voice | None, claims: Iterable[Told], found: Mapping[str, Root]) -> Root:
    """A claim in an outlet's own voice, or with nothing but an outlet behind it.

    What another outlet is quoted for leads on to its source, where that outlet's own claim is given and has one source.
    """
    name = voice.name if voice is not None else ""
    own = [r for id, r in found.items() if r.kind == "party" and {*tokens(r.name)} < {*tokens(name)}]
    if own:
        return replace(min(own, key=lambda r: (r.key, r.rule)), rule="roots.party_press")
    behind = {
        found[t.id].key: found[t.id]
        for t in claims
        if t.id in found and t.report != told.report and t.outlet and _alike(t.outlet, name)
    }
    if len(behind) == 1:
        (root,) = behind.values()
        return replace(root, rule="roots.through_outlet")
    return _correspondent(name, told.report, "roots.press")


def _amounts(found: Mapping[str, Root], told: Mapping[str, Told]) -> dict[Said, list[tuple[date, Root]]]:
    """Who gave each amount of what, and when it was printed."""
    out: dict[Said, list[tuple[date, Root]]] = {}
    for id, root in found.items():
        claim = told[id]
        if isinstance(claim, FigureTold) and root.kind != "unnamed":
            out.setdefault((claim.counts, claim.amount.value), []).append((claim.published or date.max, root))
    return out


def _echo(told: Told, given: Mapping[Said, Sequence[tuple[date, Root]]]) -> Root | None:
    """An amount in an outlet's own voice that somebody is named for, by then, in the same report or another.

    A headline says what the story's source says; a rewrite that names nobody has its numbers from the wire.
    """
    if not isinstance(told, FigureTold) or told.amount.value is None:
        return None
    by = {r.key: r for day, r in given.get((told.counts, told.amount.value), ()) if day <= (told.published or date.max)}
    return replace(next(iter(by.values())), rule="roots.told_before") if len(by) == 1 else None


def _correspondent(outlet: str | None, report: str, rule: str) -> Root:
    """The outlet's own man. Of an outlet that nobody knows, nobody knows whether it is another."""
    if not outlet:
        return Root(UNNAMED, "unnamed", "an unknown outlet", None, rule)
    return Root(correspondent_of(outlet), "correspondent", f"correspondent of {outlet}", None, rule)


def correspondent_of(outlet: str) -> str:
    """The key of an outlet's own man, by its name however it is put."""
    return f"correspondent|{' '.join(sorted(outlet_words(outlet))) or outlet.casefold()}"


def _alike(outlet: str, other: str) -> bool:
    a, b = outlet_words(outlet), outlet_words(other)
    return bool(a and b) and (a <= b or b <= a)


def _lands(claims: Iterable[Told]) -> list[str]:
    """The countries of what is told: of its places, and of those who act in it."""
    found: set[str] = set()
    for claim in claims:
        found.update(c for c in (spot.country for spot in _spots(claim)) if c)
        found.update(who.country for who in _whos(claim) if who.country)
    return sorted(found)


def _spots(claim: Told) -> tuple[Spot, ...]:
    match claim:
        case ActTold(places=places) | FigureTold(places=places) | StatementTold(places=places):
            return places
        case HoldTold(place=place):
            return (place,)
        case _:
            return ()


def _whos(claim: Told) -> tuple[Who, ...]:
    match claim:
        case ActTold(actors=actors, recipients=recipients):
            return (*actors, *recipients)
        case HoldTold(holder=holder, other=other):
            return tuple(who for who in (holder, other) if who is not None)
        case FigureTold(side=Who() as side):
            return (side,)
        case _:
            return ()
