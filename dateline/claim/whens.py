"""The day that a clause gives to its own deed; never the day of the report, nor that on which someone spoke."""

from dateline.claim.arguments import Clause
from dateline.claim.scene import Scene
from dateline.model import Statement, Time
from dateline.sentence import Sentence

# After these a date bounds or counts a stretch; it is not the day of the deed.
NOT_ON = frozenset({"since", "until", "till", "before", "by", "for", "from", "after", "of", "to"})
CARRIES = frozenset({"conj", "xcomp", "pcomp"})


def time_of(scene: Scene, s: Sentence, clause: Clause, statement: Statement | None) -> Time | None:
    """The date or hour attached to the trigger, to the verb that carries it, or to a verb it is joined to."""
    said = statement.said if statement else None
    for node in _carriers(s, clause):
        found = [t for t in _attached(scene, s, node) if t.id != said]
        if found:
            return found[0]
    return _before_speaker(scene, s, clause)


def _before_speaker(scene: Scene, s: Sentence, clause: Clause) -> Time | None:
    """ "They took the town on Friday, a spokesman said": the day stands before the speaker and is the deed's."""
    top = clause.verb
    while s.labels[top] in CARRIES and s.is_verb(s.heads[top]):
        top = s.heads[top]
    head = s.heads[top]
    speaker = s.kid(head, "nsubj")
    if s.labels[top] != "ccomp" or speaker is None:
        return None
    for child in s.kids(head, "prep", "npadvmod"):
        if top < child < speaker and s.words[child].lower() not in NOT_ON:
            targets = s.kids(child, "pobj") if s.labels[child] == "prep" else iter((child,))
            found = [t for target in targets for t in _here(scene, s, target)]
            if found:
                return found[0]
    return None


def _carriers(s: Sentence, clause: Clause) -> list[int]:
    """The trigger, its light verb, then verbs whose time it shares."""
    nodes = list(dict.fromkeys([clause.trigger, clause.verb]))
    top = clause.verb
    if clause.trigger == clause.verb and not s.is_verb(top) and s.labels[top] in ("nsubj", "nsubjpass", "dobj"):
        head = s.heads[top]
        if s.is_verb(head) and s.kid(head, "ccomp") is None and s.lemmas[head] not in ("say", "announce", "condemn"):
            nodes.append(head)
    for _ in range(4):
        if s.labels[top] not in CARRIES or not s.is_verb(s.heads[top]):
            break
        joined = s.labels[top] == "conj"
        top = s.heads[top]
        if joined or s.kid(top, "ccomp") is None:
            nodes.append(top)
    return nodes


def _attached(scene: Scene, s: Sentence, node: int) -> list[Time]:
    """Times that hang directly on ``node``, or on it by a preposition that says when."""
    out: list[Time] = []
    for child in s.children[node]:
        label = s.labels[child]
        if label in ("npadvmod", "advmod", "poss", "compound", "nmod", "amod"):
            out += _here(scene, s, child)
        elif label == "prep" and s.words[child].lower() not in NOT_ON:
            for inner in (child, *s.kids(child, "prep")):
                for target in s.kids(inner, "pobj"):
                    out += _here(scene, s, target)
        elif label == "dobj" and s.is_verb(node):
            out += _on_noun(scene, s, child)
        elif label == "agent":  # "captured by rebels in April": the parser hangs the day on the rebels
            for doer in s.kids(child, "pobj"):
                out += _on_noun(scene, s, doer)
    return out


def _on_noun(scene: Scene, s: Sentence, noun: int) -> list[Time]:
    """Times that hang on a noun beside the verb, though they are the verb's."""
    out = [t for c in s.kids(noun, "npadvmod") for t in _here(scene, s, c)]
    for p in s.kids(noun, "prep"):
        if s.words[p].lower() in ("on", "in", "at", "during"):
            out += [t for c in s.kids(p, "pobj") for t in _here(scene, s, c)]
    return out


def _here(scene: Scene, s: Sentence, i: int) -> list[Time]:
    return [t for _, t in scene.times.meeting(s.over(i, i)) if t.type in ("DATE", "TIME") and t.value != "PRESENT_REF"]
