"""Words that tell what sort of voice a claim leads back to, and which of two ways to name a voice are one.

Types are those that the resolver gives to voices without a name (``Who.unnamed``). Written for the project from how
agencies word their sources; nothing here was fitted.
"""

import re
from collections.abc import Mapping, Set

# Types of unnamed voices that saw it, or look after those who did.
SAW: Set[str] = frozenset({
    "resident", "witness", "medic", "aid worker", "aid group", "cleric", "relative", "captive", "displaced",
    "local leader", "rights group", "activist", "business", "lawyer", "public figure",
})  # fmt: skip
# Types that answer to somebody, and are that somebody's where it is known who.
SERVES: Set[str] = frozenset({
    "official", "officer", "military", "police", "intelligence", "security official", "fighter", "spokesperson",
    "diplomat", "lawmaker", "member", "source",
})  # fmt: skip
# Of these, the ones whose institution alone does not tell one from another, and what is no more than an institution.
HIDDEN: Set[str] = frozenset(
    {"official", "officer", "source", "security official", "intelligence", "diplomat", "member"}
)
INSTITUTION: Set[str] = frozenset({
    "official", "officer", "source", "diplomat", "member", "security", "senior", "western", "military", "army",
    "government", "intelligence", "defence", "diplomatic", "foreign", "local", "top", "state", "attache",
    "ministry",
    "insider", "aide", "anonymous", "unnamed", "another", "second", "secretary", "director", "leader", "chief",
    "head",
    "other", "former", "two", "three", "several", "some", "no", "one",
})  # fmt: skip
PARTY_KINDS: Set[str] = frozenset({"state", "government", "military", "armed_group"})
# Words by which a body is a party, whatever kind it was taken for.
BODY_WORDS: Set[str] = frozenset({
    "government", "army", "police", "ministry", "council", "parliament", "militia", "junta", "staff", "gendarmerie",
    "battalion", "brigade",
    "regiment", "garrison", "directorate", "gendarme", "troop", "presidency", "cabinet", "embassy", "authority",
    "command", "consulate", "prefecture", "defence",
})  # fmt: skip

RANKS: Set[str] = frozenset({
    "commander", "colonel", "general", "major", "captain", "lieutenant", "brigadier", "sergeant",
})  # fmt: skip
# Agencies of the United Nations: "the UN" may be any one of them.
OF_THE_UN: Set[str] = frozenset({
    "iom", "unhcr", "ocha", "unicef", "wfp", "who", "unama", "unmiss", "minusma", "minusca", "monusco", "unifil",
    "ohchr",
    "unrwa", "undp", "fao", "unsc", "unsg", "unga", "unsmil", "unodc",
})  # fmt: skip
# An official or source of these tells what people there saw: "hospital sources", "an aid official".
CARE: Set[str] = frozenset({
    "hospital", "clinic", "medical", "health", "rescue", "relief", "aid", "humanitarian", "church", "ambulance",
    "morgue",    "mortuary", "medic", "charity", "ngo", "school", "camp", "tribal", "parish", "village",
})  # fmt: skip
# State television, the military's newspaper, the movement's agency: their owners' voice.
PARTY_PRESS: Set[str] = frozenset({
    "state", "government", "official", "army", "ministry", "party", "movement", "rebel", "militia", "group",
})  # fmt: skip
# Words for those who demonstrate or negotiate: they are a party to that.
CAUSE: Set[str] = frozenset(
    {"organising", "organiser", "protester", "demonstrator", "striker", "delegation", "negotiator"}
)
# Nouns by which an owner is a body and no mere place: "the head of the camp authority", not "an officer in El Fasher".
BODY_NOUNS: Set[str] = frozenset({
    "agency", "committee", "office", "union", "mission", "company", "commission", "court", "party", "front",
    "society",
    "association", "network", "hospital", "clinic", "university", "school", "church", "club", "board", "centre",
    "un", "au",
    "service", "department", "bureau", "guard", "league", "coordination", "convoy", "congress",
})  # fmt: skip

# Offices that speak for themselves: the governor is not the government.
OFFICES: Set[str] = frozenset({
    "governor", "mayor", "commissioner", "prefect", "sub-prefect", "minister", "president", "premier", "chancellor",
    "commander", "colonel", "general", "major", "captain", "lieutenant", "brigadier", "organiser", "delegate",
    "superintendent", "sergeant",
})  # fmt: skip
# Callings of people who tell what they saw or treated, by the head of the words for them.
CALLINGS: Set[str] = frozenset({
    "teacher", "nurse", "doctor", "surgeon", "medic", "paramedic", "midwife", "pharmacist", "driver", "conductor",
    "priest", "imam", "bishop", "pastor", "nun", "monk", "cleric", "trader", "merchant", "shopkeeper",
    "vendor", "farmer",
    "herder", "fisherman", "student", "headmaster", "headteacher", "elder", "councillor", "councilor", "worker",
    "volunteer", "engineer", "lawyer", "pensioner", "villager", "resident", "witness", "survivor", "neighbour",
    "neighbor", "woman", "man", "mother", "father", "uncle", "aunt", "brother", "sister", "cousin", "relative",
    "passenger", "miner", "foreman", "caretaker", "judge", "rescuer", "undertaker", "watchman", "sailor", "pilot",
    "photographer", "activist", "monitor", "observer", "clinic", "hospital", "association", "union", "committee",
    "agency", "charity", "organisation", "organization", "society", "network", "crescent", "cross", "parish",
    "camp",
})  # fmt: skip
# Those of them whom every outlet can find for itself: two outlets' residents are two origins, one outlet's are one.
ANYBODY: Set[str] = frozenset({
    "resident", "witness", "villager", "people", "person", "man", "woman", "local", "civilian", "inhabitant",
    "survivor",
    "neighbour", "neighbor", "youth", "family", "townspeople", "townsman", "refugee", "eyewitness",
})  # fmt: skip
# A body's own paper, named in the sentence in which it speaks.
IN_PAPER = re.compile(
    r"\b(?:in|to|from|of) (?:its|a|an|the|their|his|her) (?:[\w-]+ ){0,3}?"
    r"(?:report|bulletin|survey|assessment|study|note|register|update)s?\b"
)
PAPERS: Set[str] = frozenset({
    "report", "bulletin", "register", "list", "letter", "photograph", "photo", "picture", "recording", "video",
    "film",
    "footage", "image", "document", "note", "survey", "assessment", "database", "log", "logbook", "table", "map",
    "study", "dossier", "inquiry", "certificate", "record", "file",
})  # fmt: skip
PRESS: Set[str] = frozenset({"reporter", "correspondent", "journalist", "photographer", "stringer"})
STATEMENTS: Set[str] = frozenset({"statement", "communique", "communiqué", "message", "declaration", "text"})

# Whose sort the words say, whatever they call it: several ways to name one body of a state.
BODIES: Mapping[str, str] = {
    "organiser": "protester", "organising": "protester", "demonstrator": "protester",
    "defense": "defence", "military": "army", "mil": "army", "cop": "police", "gov": "government",
    "organization": "organisation", "councilor": "councillor", "center": "centre", "junta": "government",
    "force": "mission", "neighbor": "neighbour", "organizer": "protester", "organizing": "protester",
    "paramilitaries": "paramilitary",
    "gunmen": "gunman", "servicemen": "serviceman", "men": "man", "women": "woman", "children": "child",
}  # fmt: skip
# Words of a voice that do not tell it from another.
IDLE: Set[str] = frozenset(
    "a an the of and for to its their his her our this that s in at on by from with two three several some other one"
    " new own senior top local regional provincial national federal central state municipal town city village district"
    " province region zone area country there here whom who which unnamed named official officials spokesman"
    " spokeswoman spokesperson spokesmen representative source sources statement communique communiqué deputy head"
    " chief office news press information media team wing service member members".split()
)
GENERIC: Set[str] = frozenset({
    "group", "movement", "militant", "rebel", "fighter", "insurgent", "paramilitary", "faction", "separatist",
    "side", "gunman", "organisation", "gang", "attacker", "kidnapper", "jihadist", "alliance", "coalition",
    "opposition",
    "armed", "ethnic", "islamist",
    "paramilitaries",
})  # fmt: skip
PRONOUNS: Set[str] = frozenset({"he", "she", "it", "they", "both", "i", "we", "that", "who", "no one", "one", "others"})
