"""Words that tell what sort of voice a claim leads back to, and which of two ways to name a voice are one.

Types are those that the resolver gives to voices without a name (``Who.unnamed``). Written for the project from how
agencies word their sources; nothing here was fitted.
"""

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
# Of these, the ones that tell nothing by themselves: an official of nobody knows whom.
NOBODY_KNOWS: Set[str] = frozenset(
    {"official", "officer", "source", "security official", "intelligence", "diplomat", "member"}
)
PARTY_KINDS: Set[str] = frozenset({"state", "government", "military", "armed_group"})

# Offices that speak for themselves: the governor is not the government.
OFFICES: Set[str] = frozenset({
    "governor", "mayor", "commissioner", "prefect", "sub-prefect", "minister", "president", "premier", "chancellor",
    "commander", "colonel", "general", "major", "captain", "lieutenant", "brigadier", "coordinator", "administrator",
    "ambassador", "negotiator", "organiser", "organizer", "delegate", "magistrate", "warden", "superintendent",
})  # fmt: skip
# Callings of people who tell what they saw or treated, by the head of the words for them.
CALLINGS: Set[str] = frozenset({
    "teacher", "nurse", "doctor", "surgeon", "medic", "paramedic", "midwife", "pharmacist", "driver", "conductor",
    "priest", "imam", "bishop", "pastor", "nun", "monk", "cleric", "trader", "merchant", "shopkeeper",
    "vendor", "farmer",
    "herder", "fisherman", "student", "headmaster", "headteacher", "elder", "councillor", "councilor", "worker",
    "volunteer", "engineer", "lawyer", "pensioner", "villager", "resident", "witness", "survivor", "neighbour",
    "neighbor", "woman", "man", "mother", "father", "uncle", "aunt", "brother", "sister", "cousin", "relative",
    "passenger", "guard", "miner", "sailor", "pilot", "hotelier", "baker", "butcher", "barber", "tailor", "mechanic",
    "photographer", "activist", "monitor", "observer", "clinic", "hospital", "association", "union", "committee",
    "agency", "charity", "organisation", "organization", "society", "network", "crescent", "cross", "parish", "camp",
})  # fmt: skip
# Those of them whom every outlet can find for itself: two outlets' residents are two origins, one outlet's are one.
ANYBODY: Set[str] = frozenset({
    "resident", "witness", "villager", "people", "person", "man", "woman", "local", "civilian", "inhabitant",
    "survivor",
    "neighbour", "neighbor", "youth", "family", "townspeople", "townsman", "refugee", "eyewitness",
})  # fmt: skip
PAPERS: Set[str] = frozenset({
    "report", "bulletin", "register", "list", "letter", "photograph", "photo", "picture", "recording", "video",
    "film",
    "footage", "image", "document", "note", "survey", "assessment", "database", "log", "logbook", "table", "map",
    "study", "dossier", "certificate", "record", "file",
})  # fmt: skip
PRESS: Set[str] = frozenset({"reporter", "correspondent", "journalist", "photographer", "stringer"})
STATEMENTS: Set[str] = frozenset({"statement", "communique", "communiqué", "post", "message", "release", "declaration"})

# Whose sort the words say, whatever they call it: several ways to name one body of a state.
BODIES: Mapping[str, str] = {
    "defense": "defence", "armed": "army", "forces": "army", "force": "army", "military": "army", "mil": "army",
    "soldier": "army", "troop": "army", "cop": "police", "gov": "government", "authority": "authority",
    "organization": "organisation", "councilor": "councillor", "center": "centre", "junta": "government",
    "ministries": "ministry", "parties": "party", "agencies": "agency", "authorities": "authority",
}  # fmt: skip
# Words of a voice that do not tell it from another.
IDLE: Set[str] = frozenset(
    "a an the of and for to its their his her our this that s in at on by from with two three several some other one new"
    " own senior top local regional provincial national federal central state municipal town city village district"
    " province region zone area country there here whom who which unnamed named official officials spokesman"
    " spokeswoman spokesperson spokesmen representative source sources statement communique communiqué deputy head"
    " chief office news press information media team wing service member members".split()
)
GENERIC: Set[str] = frozenset({
    "group", "movement", "militant", "rebel", "fighter", "insurgent", "paramilitary", "faction", "separatist", "side",
    "gunmen", "gunman", "organisation", "gang", "attacker", "kidnapper", "jihadist", "alliance", "coalition",
    "paramilitaries",
})  # fmt: skip
PRONOUNS: Set[str] = frozenset({"he", "she", "it", "they", "both", "i", "we", "that", "who", "no one", "one", "others"})
