"""What an amount counts, by its noun, by the verb it undergoes or does, by a toll; ``figures.toml`` has the words."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.claim.arguments import clause_of
from dateline.claim.patterns import classes
from dateline.lexicons.load import Entry, Lexicons
from dateline.model import Quantity
from dateline.sentence import Sentence

MONEY = frozenset("USD EUR GBP JPY INR RUB CAD AUD AFN CNY TRY SAR IQD UAH ILS IRR CHF DKK SEK".split())
FATES = frozenset({"killed", "wounded", "missing", "captured", "displaced", "casualties"})
THINGS = frozenset({"aircraft", "tanks", "vehicles", "weapons", "buildings", "places"})  # captured, but no captives
DELIVERED = frozenset({"aircraft", "tanks", "vehicles", "weapons"})
UNDERGOES = ("nsubjpass", "dobj")
RANGING = frozenset({"between", "from", "up", "over", "above", "around", "about"})
ADJECTIVES = frozenset({"dead", "wounded", "injured", "missing", "killed", "hurt"})
DEATHS = frozenset({"death", "fatality", "martyr"})
TELLS = ("undergoes", "does", "of")  # scopes whose words may tell somebody dead
TOLLS = frozenset({"toll", "number", "count", "figure", "total", "dead", "death", "loss", "tally"})
NUMBERS = frozenset({"number", "figure", "count", "total", "tally", "estimate"})
PUTS = frozenset({"put", "give", "set", "place", "estimate", "reckon", "count", "number", "be", "stand", "reach"})
REACH = 6  # steps up from a number to the verb that says what befell those it counts


@dataclass(frozen=True, slots=True)
class Words:
    """``figures.toml`` by scope: lemma → entry."""

    by_scope: Mapping[str, Mapping[str, Entry]]
    people: Mapping[str, bool]  # word for somebody → is it a fighter
    deadly: Set[str]  # lemmas that may tell somebody dead

    def is_person(self, s: Sentence, noun: int) -> bool:
        """True for people who are no fighters: by the word, or "80,000 Afghans"."""
        fighter = self.people.get(s.lemmas[noun].lower())
        return fighter is False or (fighter is None and s.tags[noun] == "NNPS")

    def counts_whom(self, s: Sentence, noun: int, who: Any) -> bool:
        """Whether an entry asks for this noun: "people" (no fighters), "anyone", lemmas, or nobody in particular."""
        if isinstance(who, list | tuple):
            return s.lemmas[noun].lower() in who
        if who == "anyone":
            return self.is_person(s, noun) or s.lemmas[noun].lower() in self.people or s.tags[noun] == "CD"
        return who != "people" or self.is_person(s, noun)

    def counts(self, lemma: str) -> str | None:
        """What the counted noun is by itself."""
        entry = self.of("names", lemma)
        return str(entry.gives["counts"]) if entry is not None else None

    def of(self, scope: str, lemma: str) -> Entry | None:
        """The entry of this scope that lists the lemma."""
        return self.by_scope.get(scope, {}).get(lemma)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an amount counts, by which entry, and the token that says so."""

    entry: Entry | None
    counts: str
    by: int
    rule: str

    def gives(self, key: str) -> Any:
        """What else the entry gives, or None."""
        return self.entry.gives.get(key) if self.entry is not None else None


@lru_cache(maxsize=4)
def words_of(lexicons: Lexicons) -> Words:
    """Index ``figures.toml``, once for all reports."""
    out: dict[str, dict[str, Entry]] = {}
    for entry in lexicons.entries.get("figures", ()):
        for word in entry.words:
            out.setdefault(entry.scope, {})[word] = entry
    listed = classes(lexicons).items()
    people = {w: "fighter" in kinds for w, kinds in listed if kinds & {"person", "kin", "fighter"}}
    deadly = {w for x in TELLS for w, e in out.get(x, {}).items() if e.gives["counts"] == "killed"}
    return Words(out, people, frozenset(deadly | DEATHS))


def number_of(s: Sentence, tokens: range) -> int:
    """The last number word of an amount."""
    return next((k for k in reversed(tokens) if s.tags[k] == "CD" or s.pos[k] in ("NOUN", "NUM")), tokens[-1])


def counted_noun(s: Sentence, tokens: range) -> int:
    """The noun that is counted, or the number itself where it stands alone."""
    number = number_of(s, tokens)
    for k in reversed(tokens):
        head = s.heads[k]
        if s.labels[k] in ("nummod", "amod", "det", "nmod", "compound") and head not in tokens and head > tokens[-1]:
            return s.heads[head] if s.tags[head] == "JJ" and s.labels[head] == "amod" else head  # "1,800 Russian and …"
    top = next((k for k in tokens if s.heads[k] not in tokens), number)
    for p in s.kids(top, "prep"):
        target = s.kid(p, "pobj") if s.words[p].lower() == "of" else None
        if target is not None and not _pronoun(s, target) and not _definite(s, target):
            return target
    return top


def _pronoun(s: Sentence, i: int) -> bool:
    """ "them", "these"; of "those killed" the words tell whose number it is."""
    return s.pos[i] == "PRON" or (s.words[i].lower() in ("these", "those") and s.kid(i, "acl", "relcl") is None)


def _definite(s: Sentence, i: int) -> bool:
    return (
        any(s.words[c].lower() in ("the", "those", "these") for c in s.kids(i, "det")) or s.kid(i, "poss") is not None
    )


def read(words: Words, s: Sentence, noun: int, tokens: range, quantity: Quantity) -> Reading | None:
    """What the amount counts: by its noun, by the verb it undergoes or does, by a toll, by its unit."""
    return (
        _by_subset(words, s, tokens)
        or _by_toll(words, s, noun)
        or _by_fate(words, s, noun, tokens)
        or _by_loss(words, s, noun)
        or _by_verb(words, s, noun)
        or _by_name(words, s, noun, tokens, fate=True)
        or _by_number(words, s, noun, tokens)
        or _by_losses(words, s, noun)
        or _by_delivery(words, s, noun, quantity)
        or _by_strength(words, s, noun)
        or _by_name(words, s, noun, tokens, fate=False)
        or _by_share(words, s, tokens)
        or _by_money(s, noun, quantity)
        or _by_people(words, s, noun, tokens)
    )


def _by_name(words: Words, s: Sentence, noun: int, tokens: range, fate: bool) -> Reading | None:
    """The counted noun, or a word right after the number, names the fate ("303 dead") or the thing ("90 tanks")."""
    near = [noun, *s.kids(noun, "amod", "acl", "acomp")]
    after = tokens[-1] + 1
    if after < len(s) and after not in near:
        near.append(after)
    for i in near:
        entry = words.of("names", s.lemmas[i].lower()) or words.of("names", s.words[i].lower())
        if entry is not None and (str(entry.gives["counts"]) in FATES) == fate:
            return Reading(entry, str(entry.gives["counts"]), i, entry.id)
    head = s.heads[noun]
    if s.labels[noun] in (
        "nsubj",
        "nsubjpass",
        "attr",
        "dobj",
    ):  # of an object only what it was made: "shot *dead* six"
        for c in (*([head] if s.labels[noun] != "dobj" else []), *s.kids(head, "acomp", "attr", "oprd")):
            entry = words.of("names", s.words[c].lower())
            if entry is not None and (str(entry.gives["counts"]) in FATES if fate else entry.gives.get("said_of")):
                return Reading(entry, str(entry.gives["counts"]), c, entry.id)
    return None


def _by_fate(words: Words, s: Sentence, noun: int, tokens: range) -> Reading | None:
    """ "*14* dead and 30 wounded", "*17* bodies": the noun, or the word after a bare number, whatever verb follows."""
    after = tokens[-1] + 1
    bare = noun in tokens and after < len(s) and s.words[after].lower() in ADJECTIVES
    i = after if bare else noun
    if i in tokens or (s.labels[i] in ("amod", "nmod", "compound") and s.heads[i] not in tokens):
        return None
    entry = words.of("names", s.words[i].lower()) or words.of("names", s.lemmas[i].lower())
    both = [w.lower() for w in s.words[i + 1 : i + 3]]
    if entry is not None and both[:1] in (["and"], ["or"]) and both[1:] in (["wounded"], ["injured"]):
        return _named_by(words.of("names", "casualty"), i)  # "115 killed and wounded"
    fate = entry is not None and str(entry.gives["counts"]) in ("killed", "wounded", "missing")
    return _named_by(entry, i) if fate else None


def _by_subset(words: Words, s: Sentence, tokens: range) -> Reading | None:
    """ "six of the dead"."""
    for p in (p for k in tokens for p in s.kids(k, "prep") if s.words[p].lower() == "of"):
        target = s.kid(p, "pobj")
        entry = words.of("names", s.words[target].lower()) if target is not None else None
        if target is not None and entry is not None and str(entry.gives["counts"]) in FATES:
            return Reading(entry, str(entry.gives["counts"]), target, entry.id)
    return None


def _by_verb(words: Words, s: Sentence, noun: int) -> Reading | None:
    """The amount is what was killed, wounded, displaced, or those who died or fled; death says more than flight."""
    above = _by_verb_above(words, s, noun)
    return above if above is not None and above.counts == "killed" else _by_verb_below(words, s, noun) or above


def _by_verb_below(words: Words, s: Sentence, noun: int) -> Reading | None:
    """ "*Nine* people who had fled", "*nine* wounded in the raid"."""
    for c in s.kids(noun, "acl", "relcl"):
        entry = (
            words.of("undergoes", s.lemmas[c]) if s.tags[c] == "VBN" or s.passive(c) else words.of("does", s.lemmas[c])
        )
        if entry is not None and _befalls(words, s, noun, c, entry):
            return Reading(entry, str(entry.gives["counts"]), c, entry.id)
    return None


def _by_verb_above(words: Words, s: Sentence, noun: int) -> Reading | None:
    i, crossed = noun, False
    for _ in range(REACH):
        label, head = s.labels[i], s.heads[i]
        if head == i:
            return None
        if label in UNDERGOES and s.is_verb(head):
            if label == "dobj" and s.passive(head):
                return None
            told = (*(c for c in s.kids(head, "oprd", "xcomp") if s.tags[c] == "VBN"), head)  # "reported killed"
            return next((x for v in told if (x := _fate(words, s, noun, v, "undergoes"))), None)
        if label == "nsubj" and s.is_verb(head):
            did = _fate(words, s, noun, head, "does")
            return did or (
                _fate(words, s, noun, head, "undergoes") if i in clause_of(s, head).slots.get("object", ()) else None
            )
        if label == "prep" and s.is_verb(head) and (_ranged(s, i, head) or (crossed and _subjectless(s, head))):
            return _fate(words, s, noun, head, "undergoes")
        crossed = crossed or label == "appos"
        if label not in ("conj", "prep", "pobj", "appos", "dep", "nmod", "nummod"):
            return None
        i = head
    return None


def _ranged(s: Sentence, prep: int, verb: int) -> bool:
    """ "killed between 8 and 12 civilians": the preposition belongs to the number, not to the verb."""
    if s.words[prep].lower() not in RANGING:
        return False
    return _subjectless(s, verb) if s.kid(verb, "auxpass") is not None else s.kid(verb, "dobj") is None


def _subjectless(s: Sentence, verb: int) -> bool:
    """A passive whose subject the parser hung on the date before it: "On Friday, 3 May, six people were killed"."""
    return s.kid(verb, "auxpass") is not None and s.kid(verb, "nsubjpass", "nsubj") is None


def _fate(words: Words, s: Sentence, noun: int, verb: int, scope: str) -> Reading | None:
    entry = words.of(scope, s.lemmas[verb])
    return _named_by(entry, verb) if entry is not None and _befalls(words, s, noun, verb, entry) else None


def _befalls(words: Words, s: Sentence, noun: int, verb: int, entry: Entry) -> bool:
    """Things are not captives, and some verbs count people only, or only with an object: "left the *country*"."""
    if entry.gives["counts"] == "captured" and words.counts(s.lemmas[noun].lower()) in THINGS:
        return False
    if not words.counts_whom(s, noun, entry.gives.get("who")) or _otherwise(s, verb, entry):
        return False
    left, objects = entry.gives.get("left"), [*s.kids(verb, "dobj")]
    if left is None or (entry.gives.get("alone") and not objects):
        return True
    return any(s.lemmas[o].lower() in left or s.pos[o] == "PROPN" for o in objects)


def _otherwise(s: Sentence, verb: int, entry: Entry) -> bool:
    """Words beside the verb that make it another thing: "buried *under* rubble", "taken *to* a clinic"."""
    if entry.gives.get("passive") and not (s.passive(verb) or s.labels[verb] in ("acl", "relcl")):
        return True
    beside = {s.words[c].lower() for c in s.kids(verb, "prep", "prt", "advmod", "oprd", "acomp")}
    asked = entry.gives.get("beside")
    return bool(beside & {*entry.gives.get("unless", ())}) or (asked is not None and not beside & {*asked})


def _by_toll(words: Words, s: Sentence, noun: int) -> Reading | None:
    """ "the death toll rose to 20", "put the number of dead at 40"."""
    if s.labels[noun] != "pobj" and s.labels[noun] not in ("attr", "dobj", "prep"):
        return None
    verb = next((a for a in s.ancestors(noun) if s.is_verb(a)), None)
    if verb is None:
        return None
    for c in s.kids(verb, "nsubj", "dobj", "nsubjpass"):
        for i in (
            c,
            *s.kids(c, "compound", "amod", "acl"),
            *(t for p in s.kids(c, "prep") for t in s.kids(p, "pobj")),
            *(v for p in s.kids(c, "prep") for t in s.kids(p, "pobj") for v in s.kids(t, "acl")),
        ):
            entry = words.of("toll", s.lemmas[i].lower()) or words.of("toll", s.words[i].lower())
            if entry is not None and c != noun and (s.lemmas[c] in TOLLS or _the_dead(s, i, verb)):
                return Reading(entry, str(entry.gives["counts"]), verb, entry.id)
    return None


def _the_dead(s: Sentence, i: int, verb: int) -> bool:
    """ "puts the militants' *dead* at eight": the last word of its phrase, wherever it hangs."""
    return s.words[i].lower() == "dead" and s.lemmas[verb] in PUTS and s.words[i + 1 : i + 2] in (("at",), ("as",))


def _by_number(words: Words, s: Sentence, noun: int, tokens: range) -> Reading | None:
    """ "the *number* of families affected had risen to 12,700": what is said of those whose number it is."""
    if noun not in tokens or s.labels[noun] not in ("pobj", "attr", "dobj"):
        return None
    above = [a for a in s.ancestors(noun) if s.is_verb(a) or s.pos[a] == "AUX"]
    near = [*s.ancestors(noun), *(c for a in above[:2] for c in s.kids(a, "nsubj", "dobj", "nsubjpass"))]
    for i in (i for i in near if s.lemmas[i] in NUMBERS and i not in tokens):
        for whom in (t for p in s.kids(i, "prep") if s.words[p].lower() == "of" for t in s.kids(p, "pobj")):
            own = _by_verb_below(words, s, i) or _by_verb_below(words, s, whom) or _by_word(words, s, whom)
            return own or _by_people(words, s, whom, tokens)
    return None


def _by_word(words: Words, s: Sentence, noun: int) -> Reading | None:
    """What a noun names by itself."""
    return _named_by(words.of("names", s.words[noun].lower()) or words.of("names", s.lemmas[noun].lower()), noun)


def _by_losses(words: Words, s: Sentence, noun: int) -> Reading | None:
    """ "put its *losses* at 15", "put the *crowd* at 3,000": a word whose value stands elsewhere in the clause."""
    if s.labels[noun] not in ("pobj", "attr", "dobj"):
        return None
    verb = next((a for a in s.ancestors(noun) if s.is_verb(a) or s.pos[a] == "AUX"), None)
    for c in s.kids(verb, "nsubj", "dobj", "nsubjpass") if verb is not None else ():
        entry = words.of("measures", s.lemmas[c].lower()) if c != noun else None
        at = s.labels[noun] != "dobj" or s.lemmas[s.heads[noun]] in PUTS
        if entry is not None and at:
            return _named_by(entry, c)
    return None


def _by_people(words: Words, s: Sentence, noun: int, tokens: range) -> Reading | None:
    """Somebody, whose fate goes unsaid."""
    if noun in tokens or not words.counts_whom(s, noun, "anyone"):
        return None
    return Reading(None, "people", noun, "figures.people")


def _by_loss(words: Words, s: Sentence, noun: int) -> Reading | None:
    """ "the deaths of *12*", "took the lives of *three*", "claimed *nine* lives", "lost *11* relatives"."""
    head = s.heads[noun]
    if s.labels[noun] == "pobj" and s.words[head].lower() == "of":
        return _named_by(words.of("of", s.lemmas[s.heads[head]].lower()), s.heads[head])
    if s.labels[noun] not in UNDERGOES:
        return None
    entry = words.of("takes", s.lemmas[head])
    if entry is None or _otherwise(s, head, entry):
        return None
    return _named_by(entry, head) if words.counts_whom(s, noun, entry.gives.get("who", ("life",))) else None


def _named_by(entry: Entry | None, by: int) -> Reading | None:
    return Reading(entry, str(entry.gives["counts"]), by, entry.id) if entry else None


def _by_delivery(words: Words, s: Sentence, noun: int, quantity: Quantity) -> Reading | None:
    """ "delivered 12 tanks", "supplied the army with 12 tanks", "received 12 tanks"."""
    top = noun
    while s.labels[top] == "conj":
        top = s.heads[top]
    verb = s.heads[top]
    if s.labels[top] == "pobj" and s.words[verb].lower() == "with":
        verb = s.heads[verb]
    elif s.labels[top] not in UNDERGOES:
        return None
    entry = words.of("delivers", s.lemmas[verb]) if s.is_verb(verb) else None
    thing = words.of("names", s.lemmas[noun].lower())
    if entry is None or thing is None or thing.gives["counts"] not in DELIVERED:
        return None
    return Reading(entry, "deliveries", verb, entry.id)


def _by_strength(words: Words, s: Sentence, noun: int) -> Reading | None:
    """ "the garrison *numbered* 300 men"."""
    verb = s.heads[noun]
    entry = words.of("numbers", s.lemmas[verb]) if s.is_verb(verb) else None
    subject = _antecedent(s, s.subject_of(verb)) if entry is not None else None
    armed = entry is not None and subject is not None and s.lemmas[subject].lower() in entry.gives["who"]
    return _named_by(entry, verb) if armed and subject != noun else None


def _by_share(words: Words, s: Sentence, tokens: range) -> Reading | None:
    """ "1,200 *of the troops*", "nine *of the convoy's lorries*"."""
    for p in (p for k in tokens for p in s.kids(k, "prep") if s.words[p].lower() == "of"):
        for target in s.kids(p, "pobj"):
            return _by_word(words, s, target) or _by_people(words, s, target, tokens)
    return None


def _antecedent(s: Sentence, i: int | None) -> int | None:
    """ "a faction *that* numbered 50": what "that" stands for."""
    if i is None or s.tags[i] not in ("WDT", "WP") or s.labels[s.heads[i]] != "relcl":
        return i
    return s.heads[s.heads[i]]


def _by_money(s: Sentence, noun: int, quantity: Quantity) -> Reading | None:
    return Reading(None, "money", noun, "figures.money") if quantity.unit in MONEY else None
