"""How surely a deed is put, in the eyes of whoever holds the sentence to be true.

One walk from the trigger up the tree, as far as the words of its statement reach. On the way the nearest word that
says something of reality speaks first: an auxiliary, a negation, a governing verb, noun or adjective from
``status.toml``, an "if". What the statement's own stance adds is put on at the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.claim.arguments import LIGHT as VERBS
from dateline.lexicons.load import Lexicons
from dateline.model import Span, Stance, Statement, Status
from dateline.sentence import Sentence

MODALS: Mapping[str, Status] = {
    "may": "possible", "might": "possible", "could": "possible", "can": "possible", "ca": "possible",
    "should": "demanded", "must": "demanded", "ought": "demanded",
    "will": "planned", "shall": "planned", "wo": "planned", "’ll": "planned", "'ll": "planned",
    "would": "planned", "’d": "planned", "'d": "planned",
}  # fmt: skip
STANCES: Mapping[Stance, Status] = {
    "denies": "denied", "predicts": "predicted", "plans": "planned", "demands": "demanded", "doubts": "possible",
    "asks": "hypothetical", "threatens": "planned",
}  # fmt: skip
NOBODY = frozenset({"nobody", "none", "neither", "no-one", "nothing"})
NEVER = frozenset({"not", "n't", "n’t", "never", "hardly"})
# What happens to its subject rather than being done by it: in the future it is a prediction, not a plan.
BEFALLS = frozenset(
    [
        "fall",
        "collapse",
        "lose",
        "die",
        "rise",
        "win",
        "happen",
        "continue",
        "remain",
        "become",
        "be",
        "have",
        "last",
        "take",
        "occur",
        "grow",
    ]
)
HAPPENS = frozenset(
    [
        "take",
        "occur",
        "happen",
        "begin",
        "start",
        "continue",
        "resume",
        "be",
        "follow",
        "come",
        "go",
        "last",
        "end",
    ]
)
# "called to congratulate", "summoned the envoy to complain": the purpose of speaking is done by speaking.
TALKING = frozenset({"call", "phone", "telephone", "summon", "write", "meet", "speak", "use", "visit"})
SUPPOSING = frozenset({"if", "unless", "whether", "lest"})
ANYBODY = frozenset({"people", "they", "some", "many", "everyone", "everybody"})
RUMOURS = frozenset({"report", "claim", "rumour", "rumor", "allegation", "suggestion", "speculation", "assertion"})
CLAIMED = frozenset({"claim", "allege", "purport"})
# What is stopped or rejected has begun or lies on the table: it is not denied.
EXISTS = frozenset("stop halt oppose reject suspend dispute condemn".split())
MERE = frozenset("have tell warn let suggest believe feel call".split())
# "did not discuss the raid": it is the talk that is denied.
SPEAKS_OF = frozenset(
    "discuss mention describe explain announce reveal disclose confirm specify identify comment reflect affect know see"
    " understand recall regret condemn change support".split()
)
# "did not think that it fell" says that it did not fall.
RAISES = frozenset({"think", "believe", "expect", "want", "suppose", "imagine", "be", "seem", "appear"})
LIGHT = frozenset({"make", "have", "give", "take", "offer", "see", "find", "get", "show", "leave", "face"})
OPEN = frozenset({"possible", "planned", "demanded", "predicted"})
# These bring about what they carry: to deny them is to deny it.
CARRIES = LIGHT | VERBS | HAPPENS
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
TRANSPARENT_PREPOSITIONS = frozenset({"for", "of", "against", "from", "about", "over", "to", "on", "in", "at"})


@dataclass(frozen=True, slots=True)
class Operators:
    """Lemma → status of what it governs, adjective → of the noun it modifies, adverb → of its verb."""

    governs: Mapping[str, Status]
    modifies: Mapping[str, Status]
    adverbs: Mapping[str, Status]


def operators(lexicons: Lexicons) -> Operators:
    """The words of ``status.toml``, by scope."""
    by_scope: dict[str, dict[str, Status]] = {"governs": {}, "modifies": {}, "adverb": {}}
    for entry in lexicons.entries.get("status", ()):
        by_scope[entry.scope] |= dict.fromkeys(entry.words, entry.gives["status"])
    return Operators(by_scope["governs"], by_scope["modifies"], by_scope["adverb"])


def status_of(s: Sentence, i: int, words: Operators, statement: Statement | None = None) -> Status:
    """Status of the deed that token ``i`` names, for the holder of ``statement`` (None: the report itself)."""
    found, main = _climb(s, i, words, statement.content if statement else None)
    if _asked(s):
        return "hypothetical"
    if statement and main:
        found = _combine(found, "possible" if _hearsay(s, statement) else None)
        found = _combine(found, STANCES.get(statement.stance))
    return found or "happened"


def _hearsay(s: Sentence, statement: Statement) -> bool:
    """ "*They say* the city has fallen": what people say, not what somebody has said."""
    cue = next((k for k in range(len(s)) if statement.cue and statement.cue.start == s.start(k)), None)
    if cue is None or s.tags[cue] != "VBP":
        return False
    return any(s.words[c].lower() in ANYBODY and len(s.subtree(c)) == 1 for c in s.kids(cue, "nsubj"))


def _asked(s: Sentence) -> bool:
    """True for a sentence that ends in a question mark, closing quotes aside."""
    return any(word == "?" for word in s.words[-3:])


def _climb(s: Sentence, i: int, words: Operators, content: tuple[Span, ...] | None) -> tuple[Status | None, bool]:
    """Status gathered on the way up, and whether the way led to the main claim of the content."""
    found: Status | None = None if s.is_verb(i) else _of_noun(s, i, words)
    node, fresh, averted = i, True, False
    for _ in range(len(s)):
        if s.is_verb(node) and fresh:
            outer = own(s, node)
            found = "hypothetical" if averted and outer in OPEN else _unplanned(found, outer)
            found = _combine(found, _by_adverb(s, node, words))
        head = s.heads[node]
        if head == node or (content is not None and not _inside(s, head, content)):
            found = _combine(found, "denied" if _rejected(s, node, head) else None)
            return _combine(found, "hypothetical" if _supposed(s, node) else None), True
        step = _link(s, node, head, words)
        if step is None:
            return found, False
        status, fresh = step
        found, averted = (
            ("hypothetical", False)
            if averted and status in OPEN  # "tried to *block* the convoy"
            else (_combine(found, status), averted or (found is None and status == "denied"))
        )
        node = head
    return found, True


def _inside(s: Sentence, i: int, content: tuple[Span, ...]) -> bool:
    return any(span.start <= s.start(i) < span.end for span in content)


def _unplanned(inner: Status | None, outer: Status | None) -> Status | None:
    """ "did not plan to attack", "is not expected to fall": the plan is denied, and the deed left open."""
    if outer == "denied" and inner in ("planned", "predicted", "demanded"):
        return "hypothetical"
    return _combine(inner, outer)


def _combine(inner: Status | None, outer: Status | None) -> Status | None:
    """What an outer word makes of what the inner ones said."""
    if inner in (None, "happened", "ongoing"):
        return outer if outer not in (None, "ongoing") or inner is None else inner
    if outer == "denied":
        # "not denied": perhaps; "did not try": nothing came of it that we know of
        return "possible" if inner == "denied" else "hypothetical" if inner == "possible" else "denied"
    return "hypothetical" if outer == "hypothetical" else inner


def own(s: Sentence, v: int) -> Status | None:
    """What a verb's own auxiliaries, negation and form say."""
    low = [s.words[c].lower() for c in s.kids(v, "aux", "auxpass")]
    modal = next((MODALS[w] for w in low if w in MODALS), None)
    if negated(s, v):
        return "possible" if modal == "possible" and "could" not in low and "can" not in low else "denied"
    if modal == "planned":
        if s.lemmas[v] in BEFALLS or s.kid(v, "nsubjpass") is not None:
            return "predicted"
        perfect = "have" in low and ("would" in low or "'d" in low)
        return "hypothetical" if perfect else "planned"
    if modal is not None:
        return modal
    if s.tags[v] == "VBG" and any(
        w in ("is", "are", "was", "were", "be", "been", "'s", "'re", "’s", "’re", "am") for w in low
    ):
        return "ongoing"
    if s.tags[v] == "VB" and s.labels[v] == "ROOT":
        return (
            "planned" if "to" in low else ("demanded" if s.kid(v, "nsubj", "nsubjpass") is None and not low else None)
        )
    return None


def _by_adverb(s: Sentence, v: int, words: Operators) -> Status | None:
    """ "was *possibly* taken", "*allegedly* shot"."""
    adverbs = (s.words[c].lower() for c in s.kids(v, "advmod"))
    return next((words.adverbs[w] for w in adverbs if w in words.adverbs), None)


def negated(s: Sentence, v: int) -> bool:
    """True when the verb is negated by a particle, "never", "no longer", or a subject such as "nobody"."""
    if any(s.words[c].lower() in NEVER for c in s.kids(v, "neg", "advmod")):
        return True
    if any(s.words[c].lower() == "longer" and s.kid(c, "neg", "advmod") is not None for c in s.kids(v, "advmod")):
        return True
    never = (
        t
        for p in s.kids(v, "prep")
        for t in s.kids(p, "pobj")
        if s.lemmas[t] in ("point", "time", "way", "circumstance")
    )
    objects = () if s.lemmas[v] in LIGHT else s.kids(v, "dobj")  # "made no comment": what is denied is the comment
    return any(_empty(s, c) for c in (*s.kids(v, "nsubj", "nsubjpass"), *objects, *never))  # "at no point"


def _empty(s: Sentence, noun: int) -> bool:
    """ "nobody", "no soldiers", "none of them"."""
    return s.words[noun].lower() in NOBODY or any(
        s.words[c].lower() in ("no", "neither") for c in s.kids(noun, "det", "neg")
    )


def _of_noun(s: Sentence, i: int, words: Operators) -> Status | None:
    if any(s.words[c].lower() in ("no", "neither") for c in s.kids(i, "det", "neg")):
        return "denied"
    modifiers = (s.words[c].lower() for c in s.kids(i, "amod", "det", "compound", "nmod"))
    return next((words.modifies[w] for w in modifiers if w in words.modifies), None)


def _link(s: Sentence, node: int, head: int, words: Operators) -> tuple[Status | None, bool] | None:
    """What the tie between ``node`` and ``head`` says, and whether the head's own form counts too; None: stop."""
    label = s.labels[node]
    if label in ("dobj", "pobj", "nsubjpass") and _granted(s, node, words):
        return None
    if label in ("conj", "appos"):
        return None, s.tags[node] == "VB" or s.labels[head] == label
    if label == "advcl":
        return _adverbial(s, node, head)
    if label in ("dobj", "nsubjpass"):
        return _carried(s, head, words)
    if label in ("pobj", "prep"):
        return _by_preposition(s, node, head, words)
    if label in ("acl", "ccomp", "relcl") and not s.is_verb(head):
        rumoured = _rumoured(s, head)
        if rumoured is not None:
            return rumoured, False
    if label in ("xcomp", "acl") and s.lemmas[head] in CLAIMED:
        return "possible", True  # "claimed to have taken", "claimed retaken"
    if label == "ccomp" and negated(s, head) and s.lemmas[head] not in RAISES:
        return "possible", False  # "did not say that it had fallen" leaves it open
    if label in ("ccomp", "pcomp") and _asks(s, node):
        return None  # "declined to say who was shot" takes the shot for granted
    if label in ("xcomp", "ccomp", "pcomp", "acomp", "csubj", "oprd", "attr"):
        return _governed(s, head, words, node), not _asks(s, node)
    if label == "acl":
        return (words.governs.get(s.lemmas[head], "planned"), False) if _infinitive(s, node) else None
    if label == "nsubj":
        return _as_subject(s, head)
    if label in ("aux", "amod"):
        return None, True
    return None


def _granted(s: Sentence, noun: int, words: Operators) -> bool:
    """ "did not delay *their* withdrawal", "failed to enforce *the* ban": what is done to it or not, it is there."""
    verb = s.heads[noun]
    if s.labels[noun] == "pobj":
        verb = s.heads[verb]
    if not s.is_verb(verb) or s.is_verb(noun) or s.lemmas[verb] in CARRIES or s.lemmas[verb] in words.governs:
        return False
    return s.kid(noun, "poss") is not None or any(s.words[c].lower() in DEFINITE for c in s.kids(noun, "det"))


def _adverbial(s: Sentence, node: int, head: int) -> tuple[Status | None, bool]:
    if s.lemmas[head] in TALKING:
        return None, False
    if _supposed(s, node):
        return "hypothetical", False
    return ("planned" if _infinitive(s, node) else None), False


def _supposed(s: Sentence, v: int) -> bool:
    """ "if they attack", "whether they attacked", "had they attacked", "in case they attack"."""
    marks = {s.words[c].lower() for c in s.kids(v, "mark", "advmod", "prep")}
    first = s.edges(v)[0]
    if marks & SUPPOSING or (first > 0 and s.words[first - 1].lower() == "case"):
        return True
    subject = s.kid(v, "nsubj", "nsubjpass")
    fronted = s.words[first].lower() in ("had", "were", "should") and s.labels[first] in ("aux", "auxpass")
    return fronted and subject is not None and first < subject


def _rejected(s: Sentence, node: int, head: int) -> bool:
    """ "dismissed the claim *that it had fallen*", though only what is claimed is somebody's content."""
    if head == node or s.labels[node] not in ("acl", "ccomp", "relcl") or s.is_verb(head):
        return False
    return _rumoured(s, head) == "denied"


def _rumoured(s: Sentence, noun: int) -> Status | None:
    """ "reports that it fell were false": denied; a mere claim that it fell: possible."""
    if s.lemmas[noun].lower() not in RUMOURS:
        return None
    verb = s.heads[noun]
    if s.labels[noun] == "nsubj" and any(s.lemmas[c] in ("false", "untrue", "wrong") for c in s.kids(verb, "acomp")):
        return "denied"
    denied = s.labels[noun] == "dobj" and s.lemmas[verb] in ("reject", "deny", "dismiss", "refute")
    return "denied" if denied else "possible" if s.lemmas[noun].lower() != "report" else "happened"


def _asks(s: Sentence, node: int) -> bool:
    """True for a clause that opens with a question word: "not clear whose jet struck" takes a strike for granted."""
    first = s.edges(node)[0]
    return s.tags[first] in ("WP", "WP$", "WDT", "WRB") and s.words[first].lower() != "that"


def _infinitive(s: Sentence, v: int) -> bool:
    return s.tags[v] == "VB" and any(s.tags[c] == "TO" for c in s.kids(v, "aux"))


def _ruled_out(s: Sentence, head: int) -> bool:
    return any(s.words[c].lower() == "out" for c in s.kids(head, "prt", "advmod"))


def _governed(s: Sentence, head: int, words: Operators, node: int) -> Status | None:
    if _supposed(s, node):
        return "hypothetical"
    if s.lemmas[head] == "rule" and not _ruled_out(s, head):
        return None
    if s.lemmas[head] in ("have", "be", "remain") and any(
        s.words[c].lower() == "yet" and c > head for c in s.kids(head, "advmod")
    ):
        return "denied"  # "has yet to fall"
    if s.lemmas[head] == "have" and s.tags[head] == "VBD":
        return None  # "had to fire" means that they fired
    if s.lemmas[head] in TALKING and (s.kid(head, "dobj") is not None or s.lemmas[head] == "use"):
        return None
    if s.lemmas[head] == "be" and _infinitive(s, node):
        return "planned"
    if s.lemmas[head] == "be":
        said = (words.governs.get(s.lemmas[c]) for c in s.kids(head, "acomp") if c != node)
        return next((status for status in said if status is not None), None)
    if (
        s.lemmas[head] in ("have", "tell", "warn", "ask", "go", "allow", "let")
        and not _infinitive(s, node)
        and s.tags[node] != "VB"
    ):
        return None
    return words.governs.get(s.lemmas[head])


def _carried(s: Sentence, head: int, words: Operators) -> tuple[Status | None, bool] | None:
    """A deed as the object of a verb: planned, prevented, demanded; or carried out; or taken for granted."""
    if s.lemmas[head] in EXISTS:
        return None
    if s.lemmas[head] in MERE or (s.lemmas[head] == "rule" and not _ruled_out(s, head)):
        return None, True
    return words.governs.get(s.lemmas[head]), s.lemmas[head] not in SPEAKS_OF


def _by_preposition(s: Sentence, node: int, head: int, words: Operators) -> tuple[Status | None, bool] | None:
    if s.labels[node] == "pobj":
        low = s.words[head].lower()
        if low == "without":
            return "denied", False
        return (None, False) if low in TRANSPARENT_PREPOSITIONS else None
    low = s.words[node].lower()
    status = words.governs.get(s.lemmas[head]) if low in ("for", "of", "against", "from", "about", "over") else None
    return (status, True) if status else None


def _as_subject(s: Sentence, head: int) -> tuple[Status | None, bool] | None:
    """A deed as a subject: "an attack may begin" is not yet one, "the attack did not surprise" is."""
    if s.lemmas[head] in HAPPENS:
        return None, True
    low = {s.words[c].lower() for c in s.kids(head, "aux")}
    return ("hypothetical", False) if "would" in low else None


def chain(s: Sentence, i: int) -> Iterator[int]:
    """``i`` and the verbs it shares a clause with: conjuncts above it, and verbs that it completes."""
    yield i
    while s.labels[i] in ("conj", "xcomp") and s.heads[i] != i:
        i = s.heads[i]
        yield i
