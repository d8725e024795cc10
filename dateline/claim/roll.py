"""The roll of those whom a deed befell, read from left to right.

Lists of the dead run long ("a man, his wife Rana, 31, and their four children: …"), and a parser loses its way in them.
So the words are taken one by one: a number with the people it counts, "his wife", a name; a name after a number or
after "a man" is theirs and no one new, nor is what stands after "including", "who" or a preposition.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace

from dateline.claim.tolls import Group
from dateline.model import Quantity
from dateline.sentence import Sentence

PARTS = frozenset({"including", "among", "amongst", "include", "whom"})
ASIDE = frozenset({"who", "whose", "which", "that", "where", "when"})
OWNED = frozenset({"his", "her", "their", "'s", "’s", "my", "our", "another"})
SINGLE = frozenset({"a", "an", "one"})
KNOWN = frozenset({"the", "these", "those", "this"})
BRACKETS = {"(": ")", "[": "]", "-LRB-": "-RRB-"}
DASHES = frozenset({":", "–", "—", "-"})
JOINS = frozenset({"and", ";", "with", "alongside", "plus", "&", "by", ",", *DASHES})
STAYS = frozenset({"between", "of", "with", "alongside", "along", "together"})
UNCOUNTED = frozenset({"number", "handful", "group", "couple"})
HOUSES = frozenset(
    "family families home house camp school hospital street area neighborhood neighbourhood tower building mosque city"
    " governorate district crossing roundabout square center centre clan agency news tv correspondent union federation"
    " ministry committee party front jihad brigade society association university".split()
)
PROPER = frozenset({"NNP", "NNPS"})
TITLES = frozenset(
    "mr mrs ms dr doctor professor sheikh hajj haji hajja general colonel captain umm abu journalist".split()
)
LINKS = frozenset({"and", "but", "or", "to", "possibly", "perhaps", "maybe", "even"})
ENDLESS = 99


@dataclass(slots=True)
class Roll:
    """The call so far.

    ``swallow``: how many names may still belong to the group told last. ``part``: what follows is part of it.
    ``blocked``: inside a prepositional or relative phrase. ``named``: the last thing told was a name.
    """

    groups: list[Group] = field(default_factory=list)
    swallow: int = 0
    part: bool = False
    blocked: bool = False
    named: bool = False
    told: set[int] = field(default_factory=set)  # nouns that an amount before them counted
    owned: bool = False  # the group told last is somebody's ("his two sons")
    closed: bool = False  # only the details of a group already counted follow

    def take(self, group: Group, names: int) -> None:
        """Add a group that may be followed by this many names of its own."""
        self.groups.append(replace(group, part=True) if self.part else group)
        self.swallow, self.named = names, group.name is not None


@dataclass(frozen=True, slots=True)
class Called:
    """What a roll call needs to know of a sentence."""

    sentence: Sentence
    amounts: Mapping[int, tuple[range, int, Quantity]]  # first token → tokens, counted noun, amount
    people: Mapping[str, bool]  # word for somebody → is it a fighter
    passed: Set[int]  # tokens of dates and hours


def roll_call(called: Called, region: range) -> tuple[Group, ...]:
    """Everybody told in these tokens."""
    roll, k = Roll(), region.start
    while k < region.stop and not roll.closed:
        k = k + 1 if k in called.passed else _step(called, k, region.stop, roll)
    return tuple(roll.groups)


def _step(called: Called, k: int, stop: int, roll: Roll) -> int:
    """Take in what stands at token ``k``; the next token to look at."""
    s = called.sentence
    low = s.words[k].lower()
    if low in BRACKETS:
        return next((j + 1 for j in range(k, stop) if s.words[j] == BRACKETS[low]), stop)
    if low in PARTS:
        roll.part, roll.blocked = True, False
    elif low in JOINS:
        _joined(s, k, stop, roll)
    elif low in ASIDE or (s.labels[k] == "prep" and low not in STAYS):
        roll.blocked = True
    elif k in called.amounts:
        return _amount(called, k, roll)
    elif not roll.blocked and s.tags[k] in PROPER:
        return _name(s, k, stop, roll)
    elif not roll.blocked and s.tags[k] in ("NN", "NNS") and k not in roll.told:
        _noun(called, k, roll)
    return k + 1


def _joined(s: Sentence, k: int, stop: int, roll: Roll) -> None:
    """A comma, "and", a colon: what was set aside is over; after a count, a list of its members may begin."""
    roll.blocked = False
    low = s.words[k].lower()
    roll.named = roll.named and low != "and"  # "Karim and a neighbour"
    last = roll.groups[-1] if roll.groups else None
    if last is None or last.name or (low == "-" and s.end(k - 1) == s.start(k)):
        return
    many = any(not g.vague and (g.low is None or g.low > 1) for g in roll.groups)
    number = len(roll.told) == len(roll.groups)
    if low in DASHES and last.vague and not many:
        roll.groups.pop()
        roll.swallow = 0
    elif low in DASHES:
        roll.closed = many and not roll.owned
    elif low == "," and k + 1 < stop and (many or number) and not roll.owned:
        following = s.words[k + 1].lower()
        roll.closed = following in SINGLE or (many and (following in OWNED or s.tags[k + 1] in PROPER))


def _amount(called: Called, k: int, roll: Roll) -> int:
    """A number of people, or a bare number."""
    s = called.sentence
    tokens, noun, quantity = called.amounts[k]
    lemma, low = s.lemmas[noun].lower(), s.words[noun].lower()
    end = tokens[-1] + 1
    if noun not in tokens and (lemma == "family" or not {lemma, low} & called.people.keys()):
        return max(end, noun + 1)
    mother = s.words[k - 1].lower() == "of" and s.lemmas[k - 2].lower() in called.people and s.tags[k - 2] == "NN"
    if (noun in tokens and roll.blocked) or (mother and k > 1 and s.lemmas[k - 2] != "family"):
        return max(end, noun + 1)  # "a mother of three"
    if s.words[end : end + 2] == ("of", "whom"):
        roll.part = True
    last = roll.groups[-1] if roll.groups else None
    if last and last.vague and s.words[k - 1].lower() == "of":
        last = roll.groups.pop()  # "a family of six"
    group = group_of(s, tokens, quantity, called.people.get(lemma, False))
    if not roll.groups and s.words[k - 1 : k] == ("and",) and s.words[end : end + 1] == ("other",):
        roll.take(Group(1, 1), 0)  # "the imam and 33 other worshippers"
    if last and not last.vague and last.low is not None and _goes_on(called, k, group):
        roll.groups.pop()
        group = replace(group, low=last.low, high=group.high or group.low)
    roll.take(group, int(quantity.high or quantity.low or 1))
    roll.owned = s.words[k - 1].lower() in OWNED
    roll.told.add(noun)
    return max(end, noun + 1) if not any(end <= x <= noun for x in called.amounts) else end


def _goes_on(called: Called, k: int, group: Group) -> bool:
    """ "at least 15 and *up to 25*", "between eight and *more than 30*": the upper end of the amount before."""
    words = [w.lower() for w in called.sentence.words]
    before = next((tokens for tokens, _, _ in called.amounts.values() if k - 4 <= tokens[-1] < k), None)
    if before is None or not 0 < len(words[before[-1] + 1 : k]) == len(LINKS & set(words[before[-1] + 1 : k])):
        return False
    return group.low is None or "between" in words[max(0, before[0] - 1) : before[0] + 1]


def group_of(s: Sentence, tokens: range, quantity: Quantity, fighters: bool) -> Group:
    """The group that an amount counts; "more than 30" is 31 at the least."""
    low = quantity.low
    if low is not None and {"more", "over"} & {s.words[t].lower() for t in tokens}:
        low += 1
    if [w.lower() for w in s.words[max(0, tokens[0] - 2) : tokens[0]]] == ["up", "to"]:
        return Group(None, low, fighters)
    return Group(low, quantity.high, fighters, vague=quantity.rule.endswith("vague"))


def _name(s: Sentence, k: int, stop: int, roll: Roll) -> int:
    """A run of proper nouns: somebody new, unless it names those just told, a family or a place."""
    end = k + 1
    while end < stop and (s.tags[end] in PROPER or s.words[end] in ("-", "/", "“", "”", '"')):
        end += 1
    before = s.words[k - 1].lower() if k else ""
    after = s.lemmas[end].lower() if end < len(s) else ""
    if (
        {s.words[end - 1].lower(), after} & HOUSES
        or after in ("'s", "’s")
        or before in ("of", "the")
        or s.words[end : end + 1] == ("of",)
    ):
        return end
    if roll.swallow:
        roll.swallow -= 1
    else:
        roll.take(Group(1, 1, name=key(s, range(k, end))), 0)
    roll.named = True
    return end


def key(s: Sentence, tokens: range) -> str:
    """What tells a person from another of the same family: the first word of the name that is no title."""
    words = [s.words[t].lower().strip("“”\"'") for t in tokens]
    return next((w for w in words if len(w) > 2 and w.rstrip(".") not in TITLES), words[0])


TITLES = frozenset(
    "mr mrs ms dr doctor professor sheikh hajj haji hajja general colonel captain umm abu journalist".split()
)


def _noun(called: Called, k: int, roll: Roll) -> None:
    """ "his wife", "a child", "their children", "a number of people"."""
    s = called.sentence
    lemma, low = s.lemmas[k].lower(), s.words[k].lower()
    lead = _lead(s, k)
    if lemma in UNCOUNTED and lead in SINGLE:
        roll.take(Group(2, None, vague=True), ENDLESS)
    if lemma not in called.people and low not in called.people:
        return
    fighter = called.people.get(lemma, False)
    if s.labels[k] == "pobj" and s.words[s.heads[k]].lower() == "of" and s.heads[s.heads[k]] in roll.told:
        return  # "33 members of his family"
    if lemma == "family" and lead not in OWNED:
        return
    if s.tags[k] == "NNS" or low in ("people", "family"):
        within = roll.groups and roll.groups[-1].vague and lead == "of"
        if lead not in KNOWN and not within:
            roll.take(Group(2, None, fighter, vague=True), ENDLESS)
    elif lead in OWNED or (lead in SINGLE and not roll.named):
        roll.take(Group(1, 1, fighter), 1)


def _lead(s: Sentence, k: int) -> str:
    """The determiner or possessive before the noun, adjectives and ages passed over; "" where there is none."""
    for j in range(k - 1, max(-1, k - 9), -1):
        low = s.words[j].lower()
        if low in SINGLE or low in OWNED or low in KNOWN or low == "of":
            return low
        if (low in JOINS and low != "-") or s.tags[j][:2] in ("VB", "IN"):
            return ""
    return ""
