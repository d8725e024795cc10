"""Who a claim's voice is, put so that voices of several reports can be compared: by words that tell them apart."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from dateline.across import Hop, RootKind, Told, Who
from dateline.join.voice_words import (
    ANYBODY,
    BODIES,
    BODY_NOUNS,
    BODY_WORDS,
    CALLINGS,
    CARE,
    CAUSE,
    GENERIC,
    HIDDEN,
    IDLE,
    IN_PAPER,
    INSTITUTION,
    OF_THE_UN,
    OFFICES,
    PAPERS,
    PARTY_KINDS,
    PARTY_PRESS,
    PRESS,
    PRONOUNS,
    RANKS,
    SAW,
    SERVES,
    STATEMENTS,
)  # fmt: skip

TOKEN = re.compile(r"[^\W\d_]+")
ASIDE = re.compile(
    r",| who | which | that | whose | reached | speaking | quoted | said | close to | drawn up | handed "
)
AFTER = re.compile(r" (?:of|in|at|from|for|on|near|with) ")
OF_STATE = {"gov": "government", "mil": "army", "cop": "police", "state": ""}
WORLD = frozenset({"un", "eu", "au", "icrc"})  # bodies of many states: no party unless they fight
SHORT = (
    ("armed forces", "army"),
    ("united nations", "un"),
    ("african union", "au"),
    ("european union", "eu"),
    ("security forces", "security"),
)
SOMEBODY = Who("", "", "unknown")


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
    def shape(self) -> tuple[object, ...]:
        """All by which voices are compared but the report."""
        return self.words, self.head, self.country, self.listed, self.kind, self.rule

    @property
    def party(self) -> bool:
        """True for a voice that answers to somebody, by kind or by name."""
        return self.kind in ("party", "person")


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """Words in lower case and the singular, as far as a rule of thumb goes; idle ones left out."""
    return tuple(word for word in every_token(text) if word not in IDLE and len(word) > 1)


@lru_cache(maxsize=20_000)
def every_token(text: str) -> tuple[str, ...]:
    """The same with the idle ones."""
    plain = text.casefold().replace("’s", "").replace("'s", "")
    for long, short in SHORT:
        plain = plain.replace(long, short)
    return tuple(_one(word) for word in TOKEN.findall(plain))


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
    """What an actor's key says: words, and the country. ``gov.ml.defence`` is the defence ministry of ML.

    A government and its state say no more than the country: either may be what the capital "says".
    """
    sort, _, rest = key.partition(".")
    if sort in OF_STATE and rest:
        country, _, topic = rest.partition(".")
        if sort == "gov":
            return frozenset({topic, "ministry"} if topic else ()), country.upper()
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
    who = hop.who or SOMEBODY
    words, head = _words(who, hop)
    kind, rule = _kind(who, words, head, told, parties)
    if head in ANYBODY and kind == "witness":
        words |= {f"@{told.outlet or told.report}"}
    listed = who.key if is_listed(who.key) else None
    if _is_press(who) or (who.unnamed in SERVES and head not in OFFICES):
        listed = listed or next((key for key in who.owners[:1] if is_listed(key)), None)
    side = who.side if who.key and (kind in ("party", "person") or who.owners) else None
    return Voice(kind, _shown(who, hop), words, head, _country(who), side, listed, told.report, rule)


def _said(text: str) -> tuple[frozenset[str], str]:
    """Words of a voice as printed, as far as they name it, and the noun: the last before "of", "in" or "at"."""
    if text.casefold() in PRONOUNS:
        return frozenset(), ""
    cut = ASIDE.split(text, maxsplit=1)[0]
    first, *rest = (every_token(part) for part in AFTER.split(cut))
    if first and first[-1] in ("one", "two", "some", "many", "several") and rest:  # "one of the medics"
        first = rest[0]
    return frozenset(tokens(cut)), first[-1] if first else ""


def _words(who: Who, hop: Hop) -> tuple[frozenset[str], str]:
    """What tells an actor from others: by its key where listed, else by its name, its words here and its owner."""
    printed, noun = _said(hop.words)
    own, named = frozenset(tokens(who.name)), every_token(who.name)
    head = noun if noun in OFFICES | PAPERS or named in ((), ("one",)) else named[-1]
    if is_listed(who.key) and head not in OFFICES:
        return of_key(who.key)[0], head
    owner = of_key(who.owners[0])[0] if who.owners else frozenset[str]()
    if _is_press(who):
        return owner or own, head
    words = own | (printed if printed & own or not own else frozenset())
    if head in OFFICES or (who.owners and not _is_body(who.owners[0])):
        words |= owner
    if head in OFFICES:
        return words | {head}, head
    if who.unnamed in HIDDEN and not words:
        words = frozenset(named) - INSTITUTION
    serves = who.unnamed in SERVES or (who.kind in ("person", "unknown") and who.unnamed not in SAW and own)
    if owner and serves and head not in CALLINGS and _is_body(who.owners[0]):
        return owner, next(iter(sorted(owner & OFFICES)), head)
    return words, head


def _is_body(key: str) -> bool:
    """True for an owner that is a body; places are taken for owners too, where a name says where somebody is."""
    return is_listed(key) or bool(of_key(key)[0] & (BODY_WORDS | BODY_NOUNS | GENERIC | OFFICES))


def _is_press(who: Who) -> bool:
    """Somebody's own press: what it prints is what its owner says."""
    return who.kind == "media" and any(map(is_listed, who.owners))


def _kind(who: Who, words: Set[str], head: str, told: Told, parties: Set[str]) -> tuple[RootKind, str]:
    """What sort of origin an actor is, and the rule that says so."""
    owned = any(_fights(key) for key in who.owners)
    if who.key and (who.side in parties or who.key in parties):
        return "party", "roots.side_of_the_event"
    if who.kind == "media" or head in PRESS or who.unnamed in ("journalist", "media"):
        theirs = owned or _is_press(who) or (who.unnamed == "media" and PARTY_PRESS & {*every_token(who.name)})
        return ("party", "roots.party_press") if theirs else ("correspondent", "roots.press")
    if head in STATEMENTS:
        return "party", "roots.statement"
    if who.unnamed == "document" or head in PAPERS:
        return ("party", "roots.party_paper") if owned and who.unnamed == "document" else ("document", "roots.paper")
    if words & CAUSE:
        return "party", "roots.cause"
    if head not in OFFICES and (who.unnamed in SAW - {"local leader"} or head in CALLINGS) and head not in GENERIC:
        return "witness", "roots.saw"
    if WORLD & {who.key, *who.owners, *words}:
        return _of_the_world(who, words, told)
    if head in OFFICES or words & BODY_WORDS:
        return "party", "roots.office"
    if words and words <= GENERIC:
        return "party", "roots.movement"
    if who.unnamed in SAW:
        return "witness", "roots.saw"
    return _by_owner(who, words, head, told, owned)


def _by_owner(who: Who, words: Set[str], head: str, told: Told, owned: bool) -> tuple[RootKind, str]:
    """Whoever answers to somebody is what that somebody is; who answers to nobody known is unnamed."""
    if owned or who.kind in PARTY_KINDS:
        return "party", "roots.armed_or_state"
    if who.unnamed == "spokesperson":
        return "party", "roots.spokesman"
    if who.unnamed in HIDDEN:
        if who.owners and not is_listed(who.owners[0]) and _is_body(who.owners[0]):
            return _bystander(told)
        office = frozenset(every_token(who.name)) - INSTITUTION
        if office & CARE:
            return "witness", "roots.care"
        return ("party", "roots.named_office") if office else ("unnamed", "roots.nobody_knows")
    if who.unnamed in SERVES:
        return "party", "roots.serves"
    if words & GENERIC:
        return "party", "roots.movement"
    if who.kind == "person":
        known = who.unnamed is None and head not in PRONOUNS
        return ("person", "roots.person") if known else ("unnamed", "roots.unresolved")
    if who.kind == "organisation" or head in CALLINGS:
        return _bystander(told)
    return "unnamed", "roots.unknown"


def _of_the_world(who: Who, words: Set[str], told: Told) -> tuple[RootKind, str]:
    """The United Nations and their like: a party where their own soldiers are told of, unnamed where an official is."""
    named = words | {*every_token(who.name)}
    if "force" in who.name.casefold():
        return "party", "roots.peacekeepers"
    if "mission" in named and {"peacekeeper", "base", "patrol", "withdrawn"} & {*every_token(told.sentence)}:
        return "party", "roots.peacekeepers"
    if who.unnamed in HIDDEN and not frozenset(every_token(who.name)) - INSTITUTION - {"un"}:
        return "unnamed", "roots.nobody_knows"
    return _bystander(told)


def _bystander(told: Told) -> tuple[RootKind, str]:
    """An organisation that does not fight: by its report where the sentence names one, else by what its people saw."""
    written = IN_PAPER.search(told.sentence.casefold())
    return ("document", "roots.its_report") if written else ("witness", "roots.bystander")


def _fights(key: str) -> bool:
    """True where a key is that of a state, its arms, or a body that the words call by such a name."""
    return key.partition(".")[0] in OF_STATE or bool(of_key(key)[0] & (BODY_WORDS | OFFICES | GENERIC))


def _country(who: Who) -> str | None:
    return who.country or next((c for key in (who.key, *who.owners) if (c := of_key(key)[1])), None)


def _shown(who: Who, hop: Hop) -> str:
    words = hop.words if hop.words.casefold() not in PRONOUNS and len(hop.words) < 80 else ""
    return who.name if is_listed(who.key) or not words else words


# --- which voices are one ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Joined:
    """The voice that says most of the same one, or how many it may be where that is several."""

    top: Voice
    several: bool = False


def joined(voices: Iterable[Voice]) -> dict[Voice, Joined]:
    """For each voice the one that says most of the same: "the ministry" is the only ministry that is named.

    Those of its own report are asked first. Two candidates left: none, and ``several`` says so.
    """
    found = sorted(set(voices), key=_order)
    reports = _filed(found, lambda v: (v.report,))
    firsts: dict[tuple[object, ...], Voice] = {}
    for voice in found:
        firsts.setdefault(voice.shape, voice)
    crowd = Crowd(list(firsts.values()))
    up: dict[Voice, list[Voice]] = {}
    for voice in found:
        first = firsts[voice.shape]
        near = _fuller(voice, reports[voice.report])
        up[voice] = near or crowd.fuller(first) or [first]
    tops = {voice: _top(up, voice) for voice in found}
    return {voice: Joined(top, len(up[top]) > 1) for voice, top in tops.items()}


class Crowd:
    """One voice of each shape among all reports, filed by their words, so that few are compared with few."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        self._all = voices
        self._filed = _filed(voices, lambda v: v.words)
        self._known: dict[Voice, list[Voice]] = {}

    def fuller(self, voice: Voice) -> list[Voice]:
        """Those that say all that this one says, and more."""
        if voice not in self._known:
            anybody = not voice.words or voice.words <= GENERIC | RANKS or voice.listed == "un"
            lists = [self._filed[word] for word in sorted(voice.words)]
            self._known[voice] = _fuller(voice, self._all if anybody else min(lists, key=len))
        return self._known[voice]


def _filed[K](voices: Iterable[Voice], by: Callable[[Voice], Iterable[K]]) -> dict[K, list[Voice]]:
    out: dict[K, list[Voice]] = {}
    for voice in voices:
        for key in by(voice):
            out.setdefault(key, []).append(voice)
    return out


def _top(above: Mapping[Voice, Sequence[Voice]], voice: Voice) -> Voice:
    met = {voice}
    while len(above[voice]) == 1 and above[voice][0] not in met:
        (voice,) = above[voice]
        met.add(voice)
    return voice


def _fuller(voice: Voice, among: Sequence[Voice]) -> list[Voice]:
    """The voices among these that say all that this one says, and more or as much; of each the clearest."""
    fits = [v for v in among if v != voice and _covers(v, voice)]
    most = [v for v in fits if not any(w.words > v.words and _covers(w, v) for w in fits)]
    by: dict[frozenset[str], list[Voice]] = {}
    for v in sorted(most, key=_order):
        same = by.setdefault(v.words, [])
        if all(not _one_country(v, w) for w in same):
            same.append(v)
    return [v for same in by.values() for v in same]


def _covers(fuller: Voice, voice: Voice) -> bool:
    if fuller.party != voice.party or not _one_country(fuller, voice):
        return False
    if voice.rule == "roots.nobody_knows" or (fuller.kind == "unnamed" and voice.kind != "unnamed"):
        return False
    if (fuller.head in OFFICES or voice.head in OFFICES) and fuller.head != voice.head and not voice.words <= RANKS:
        return False
    if not voice.words or voice.words <= RANKS:
        return _answers(fuller, voice)
    if voice.listed == "un" and fuller.listed in OF_THE_UN:
        return True
    if voice.words < fuller.words:
        return voice.party or fuller.head == voice.head
    if voice.words == fuller.words:
        return _order(fuller) < _order(voice)
    return voice.words <= GENERIC and _names(fuller)


def _answers(fuller: Voice, voice: Voice) -> bool:
    """For whom "Bamako", "a spokesman" or "the statement" may stand."""
    if voice.country is not None:
        return fuller.country == voice.country and bool(fuller.words & BODY_WORDS)
    if voice.words:  # a bare rank: another who has it, or the army of the report
        return fuller.head == voice.head or (fuller.report == voice.report and "army" in fuller.words)
    return fuller.report == voice.report and bool(fuller.words)


def _names(voice: Voice) -> bool:
    """True for a movement that is called by its name."""
    state = voice.words & (BODY_WORDS | OFFICES) or not voice.words
    return voice.kind == "party" and not state and (voice.listed is not None or bool(voice.words - GENERIC))


def _order(v: Voice) -> tuple[bool, bool, str, str, str]:
    return v.country is None, v.listed is None, v.report, v.name, v.kind + v.rule


def _one_country(a: Voice, b: Voice) -> bool:
    return a.country is None or b.country is None or a.country == b.country
