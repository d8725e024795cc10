"""Who a claim's voice is, put so that voices of several reports can be compared: by words that tell them apart."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from dateline.across import Hop, RootKind, Told, Who
from dateline.join.voice_words import (
    ANYBODY,
    BODIES,
    CALLINGS,
    GENERIC,
    IDLE,
    NOBODY_KNOWS,
    OFFICES,
    PAPERS,
    PARTY_KINDS,
    PRESS,
    PRONOUNS,
    SAW,
    SERVES,
    STATEMENTS,
)  # fmt: skip

TOKEN = re.compile(r"[^\W\d_]+")
ASIDE = re.compile(r",| who | which | that | whose | reached | speaking | quoted | said | close to ")
OF_STATE = {"gov": "government", "mil": "army", "cop": "police", "state": ""}
WORLD = frozenset({"un", "eu", "au", "icrc"})  # bodies of many states: no party unless they fight
BODY_WORDS = frozenset(
    {"government", "army", "police", "ministry", "council", "parliament", "militia", "junta", "staff"}
)


@dataclass(frozen=True, slots=True)
class Voice:
    """``words`` tell it from others, ``head`` is the noun for what it is, ``listed`` its id in the word lists."""

    kind: RootKind
    name: str
    words: frozenset[str]
    head: str
    country: str | None
    side: str | None
    listed: str | None
    report: str
    rule: str

    @property
    def rank(self) -> tuple[int, str, str]:
        """What orders voices: the one that says most of itself first."""
        return -len(self.words), " ".join(sorted(self.words)), self.country or ""


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """Words in lower case and the singular, as far as a rule of thumb goes, several names of one body made one."""
    found = (_one(word) for word in TOKEN.findall(text.casefold().replace("’s", "").replace("'s", "")))
    return tuple(word for word in found if word not in IDLE and len(word) > 1)


@lru_cache(maxsize=20_000)
def _one(word: str) -> str:
    if word in BODIES:
        return BODIES[word]
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    return BODIES.get(word, word)


def of_key(key: str) -> tuple[frozenset[str], str | None]:
    """What an actor's key says: words, and the country. ``gov.ml.defence`` is the defence ministry of ML."""
    sort, _, rest = key.partition(".")
    if sort in OF_STATE and rest:
        country, _, topic = rest.partition(".")
        if sort == "gov" and topic:
            return frozenset({topic, "ministry"}), country.upper()
        return frozenset({OF_STATE[sort]} - {""}), country.upper()
    name, _, country = key.lstrip("~").partition("|")
    return frozenset(tokens(name)), country or None


def is_listed(key: str) -> bool:
    """True for an id of the word lists: what is made of a name has a bar in it."""
    return bool(key) and "|" not in key


def outlet_words(name: str) -> frozenset[str]:
    """What tells an outlet from others: "Meridian Wire", "meridian-wire", "the Meridian agency"."""
    return frozenset(TOKEN.findall(name.casefold())) - {
        "the",
        "news",
        "agency",
        "newspaper",
        "wire",
        "daily",
        "service",
    }


def voice_of(told: Told, hop: Hop, parties: Set[str]) -> Voice:
    """The voice of a chain's speaker."""
    who = hop.who
    if who is None:
        words, head = _said(hop.words)
        kind: RootKind = "witness" if head in CALLINGS else "unnamed"
        return Voice(kind, hop.words or "unnamed", words, head, None, None, None, told.report, "roots.unresolved")
    words, head = _words(who, hop)
    kind, rule = _kind(who, words, head, told, parties)
    side = who.side if kind in ("party", "person") or who.owners else None
    if head in ANYBODY and kind == "witness":
        words |= {f"@{told.outlet or told.report}"}
    listed = who.key if is_listed(who.key) else None
    if who.unnamed in SERVES and who.owners and is_listed(who.owners[0]) and head not in OFFICES:
        listed = who.owners[0]
    return Voice(kind, _shown(who, hop), words, head, _country(who), side, listed, told.report, rule)


def _said(text: str) -> tuple[frozenset[str], str]:
    """Words of a voice as printed, as far as they name it, and the last of them before "of", "in" or "at"."""
    cut = ASIDE.split(text, maxsplit=1)[0]
    first = tokens(re.split(r" (?:of|in|at|from|for|on|near|with) ", cut, maxsplit=1)[0])
    return frozenset(tokens(cut)), first[-1] if first else ""


def _words(who: Who, hop: Hop) -> tuple[frozenset[str], str]:
    """What tells an actor from others: by its key where listed, else by its name, its words here and its owner."""
    printed, head = _said(hop.words) if hop.words.casefold() not in PRONOUNS else (frozenset[str](), "")
    own = tokens(who.name)
    head = own[-1] if own else head
    if is_listed(who.key):
        words, _ = of_key(who.key)
        return words, head
    words = frozenset(own) | (printed if printed & frozenset(own) or not own else frozenset())
    if who.unnamed in SERVES or head in OFFICES:
        owner = of_key(who.owners[0])[0] if who.owners else frozenset[str]()
        words = words | owner if head in OFFICES else (owner | (frozenset(own) if not owner else frozenset()))
    return words, head


def _kind(who: Who, words: Set[str], head: str, told: Told, parties: Set[str]) -> tuple[RootKind, str]:
    """What sort of origin an actor is, and the rule that says so."""
    owned = any(_fights(key) for key in who.owners)
    if who.side in parties or who.key in parties:
        return "party", "roots.side_of_the_event"
    if who.kind == "media" or head in PRESS or who.unnamed in ("journalist", "media"):
        return ("party", "roots.party_press") if owned else ("correspondent", "roots.press")
    if who.unnamed == "document" or head in PAPERS:
        return ("party", "roots.party_paper") if owned or head in STATEMENTS else ("document", "roots.paper")
    if WORLD & {who.key, *who.owners}:
        return _bystander(told)
    if who.unnamed in SAW:
        return "witness", "roots.saw"
    if head in OFFICES or owned:
        return "party", "roots.office"
    if who.kind in PARTY_KINDS:
        return "party", "roots.armed_or_state"
    if who.unnamed in SERVES:
        known = words - {"police", "security", "senior", head}
        return (
            ("party", "roots.serves")
            if known and who.unnamed not in NOBODY_KNOWS
            else ("unnamed", "roots.nobody_knows")
        )
    if words & (GENERIC | BODY_WORDS):
        return "party", "roots.movement"
    if who.kind == "person" and who.unnamed is None:
        return "person", "roots.person"
    if who.kind in ("organisation", "people", "unknown") and (who.kind == "organisation" or head in CALLINGS):
        return _bystander(told)
    return "unnamed", "roots.unknown"


def _bystander(told: Told) -> tuple[RootKind, str]:
    """An organisation that does not fight: by its report where the sentence names one, else by what its people saw."""
    written = any(word in PAPERS for word in tokens(told.sentence))
    return ("document", "roots.its_report") if written else ("witness", "roots.bystander")


def _fights(key: str) -> bool:
    """True where a key is that of a state, its arms, or a body that the words call by such a name."""
    return key.partition(".")[0] in OF_STATE or bool(of_key(key)[0] & (BODY_WORDS | OFFICES | GENERIC))


def _country(who: Who) -> str | None:
    found = who.country or next((c for key in (who.key, *who.owners) if (c := of_key(key)[1])), None)
    return found


def _shown(who: Who, hop: Hop) -> str:
    words = hop.words if hop.words.casefold() not in PRONOUNS and len(hop.words) < 80 else ""
    return who.name if is_listed(who.key) or not words else words


# --- which voices are one ------------------------------------------------------------------------------------------


def joined(voices: Iterable[Voice], lands: Sequence[str]) -> dict[Voice, Voice]:
    """For each voice the one that says most of the same: "the ministry" is the only ministry that is named.

    ``lands`` are the countries that the claims are about; where it is one alone, a body of state without a country is
    that one's. Two candidates left: none.
    """
    found = sorted(set(voices), key=lambda v: (v.rank, v.report, v.name, v.kind, v.rule))
    land = lands[0] if len(lands) == 1 else None
    out: dict[Voice, Voice] = {}
    for voice in found:
        near = [v for v in found if v.report == voice.report]
        out[voice] = _fuller(voice, near, land) or _fuller(voice, found, land) or voice
    return {voice: _top(out, voice) for voice in found}


def _top(above: dict[Voice, Voice], voice: Voice) -> Voice:
    met = {voice}
    while (up := above[voice]) not in met:
        met.add(up)
        voice = up
    return voice


def _fuller(voice: Voice, among: Sequence[Voice], land: str | None) -> Voice | None:
    """The one voice among these that says all that this one says, and more or as much."""
    fits = [v for v in among if v != voice and _covers(v, voice, land)]
    most = [v for v in fits if not any(_more(w, v, land) for w in fits)]
    names = {(v.words, v.country or land) for v in most}
    return min(most, key=lambda v: (v.rank, v.report, v.name)) if len(names) == 1 else None


def _more(w: Voice, v: Voice, land: str | None) -> bool:
    return w.words > v.words and _covers(w, v, land)


def _covers(fuller: Voice, voice: Voice, land: str | None) -> bool:
    if (fuller.kind in ("party", "person")) != (voice.kind in ("party", "person")):
        return False
    if not _one_country(fuller, voice, land):
        return False
    if voice.words and voice.words <= GENERIC:
        return fuller.kind == "party" and not fuller.words & BODY_WORDS and bool(fuller.words - GENERIC)
    if not voice.words:
        return voice.country is not None and fuller.country == voice.country and bool(fuller.words & BODY_WORDS)
    if voice.kind not in ("party", "person") and fuller.head != voice.head:
        return False
    same = voice.words == fuller.words
    return voice.words < fuller.words or (same and _first(fuller, voice))


def _first(a: Voice, b: Voice) -> bool:
    """Of two that say the same, the one that others are led to."""
    return _order(a) < _order(b)


def _order(v: Voice) -> tuple[bool, bool, str, str, str]:
    return v.country is None, v.listed is None, v.report, v.name, v.kind + v.rule


def _one_country(a: Voice, b: Voice, land: str | None) -> bool:
    return a.country is None or b.country is None or a.country == b.country
