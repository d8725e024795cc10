"""Whose words: the noun phrase that says it, and the words of the cue itself."""

from dateline.attribute.page import Page
from dateline.sentence import Sentence

CONTROLLERS = frozenset({"prompt", "lead", "leave", "force", "allow", "ask", "urge", "tell", "persuade", "cause"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
GOING_ON = frozenset({"continue", "go", "fail", "begin", "start", "proceed", "rush", "try"})
WRITINGS = frozenset(
    "statement letter email e-mail message note tweet post report memo communique article release text leaflet poster "
    "placard sign banner video".split()
)
TELLING = frozenset({"tell", "inform", "assure", "remind", "notify", "brief", "ask"})


def is_passive(s: Sentence, v: int) -> bool:
    """True for a passive; "he's said that …" is none, though the parser takes it for one."""
    asked = s.labels[v] == "advcl" and s.tags[v] == "VBN" and s.kid(v, "nsubj", "aux") is None  # "Asked whether …, he"
    if not s.passive(v) and not asked:
        return False
    short = any(s.words[c].lower() in ("'s", "’s") for c in s.kids(v, "auxpass"))
    return not (short and s.kid(v, "ccomp", "dobj") is not None and s.agent_of(v) is None)


def speaker_of(s: Sentence, v: int) -> int | None:
    """Head token of who says what verb ``v`` reports; None where the sentence leaves it out."""
    if is_passive(s, v):
        return s.agent_of(v)
    subject = s.kid(v, "nsubj", "csubj", "nsubjpass")
    if subject is None:
        head = s.heads[v]
        if s.labels[v] == "pcomp" and head != v:
            subject = _above_preposition(s, head)
        elif s.labels[v] == "xcomp" and s.lemmas[head] in CONTROLLERS and (o := s.kid(head, "dobj")) is not None:
            subject = o
        elif s.labels[v] == "acl" and s.tags[v] == "VBG":
            subject = _writer_of(s, head)
        elif s.labels[v] == "acl" and s.labels[head] == "dobj" and s.is_verb(s.heads[head]):
            subject = s.subject_of(s.heads[head])  # "has a chance to show"
        else:
            subject = s.subject_of(v)
    if subject is None or s.labels[subject] == "expl" or s.pos[subject] not in NOMINAL:
        return None
    if s.words[subject].lower() in ("it", "there", "what") and (s.labels[subject] == "expl" or s.pos[v] == "AUX"):
        return None
    return subject


def _writer_of(s: Sentence, noun: int) -> int:
    """ "sent a letter saying": who sent it; else the letter itself."""
    verb = s.heads[noun]
    if s.labels[noun] == "dobj" and s.lemmas[noun].lower() in WRITINGS and s.is_verb(verb):
        sender = s.subject_of(verb)
        return sender if sender is not None else noun
    return noun


def _above_preposition(s: Sentence, preposition: int) -> int | None:
    """The subject of the verb above "after saying …", "for calling …"."""
    above = s.heads[preposition]
    if s.is_verb(above):
        return s.subject_of(above)
    return s.kid(above, "poss") if s.pos[above] == "NOUN" else None


def source_tokens(page: Page, k: int, noun: int, verb: int) -> list[int]:
    """The whole noun phrase around ``noun``, as far as the verb; what trails behind a comma is left out."""
    s, base = page.sentences[k], page.base[k]
    drop = set()
    for c in s.children[noun]:
        first = s.edges(c)[0]
        after_comma = first > 0 and s.words[first - 1] in (",", "(", "—", "–", "--")
        if (s.labels[c] == "relcl" and after_comma and not noun < c < verb) or (
            s.labels[c] == "acl" and (c > verb > noun or after_comma)
        ):
            drop.add(c)
        if s.labels[c] in ("dep", "advcl", "ccomp", "parataxis", "mark", "punct", "cc") and not (noun - 12 < c < noun):
            joins = s.labels[c] in ("cc", "punct") and (c < _last_inner(s, noun, verb) or s.words[c] == "-")
            if not joins:
                drop.add(c)
    level = page.quote[base + noun]
    tokens = [i for i in s.subtree(noun, without=drop) if page.quote[base + i] == level]
    run = page.run_around([base + i for i in tokens], base + noun)
    v = base + verb
    if v in run:
        run = [t for t in run if (t < v) == (base + noun < v)]
    return page.trim(_unhyphened(page, run))


def _unhyphened(page: Page, run: list[int]) -> list[int]:
    """Add the rest of a word that the tokenizer cut at a hyphen ("the vice-president")."""
    while (
        run
        and run[-1] + 1 < len(page.words)
        and page.ends[run[-1]] == page.starts[run[-1] + 1]
        and "-" in (page.words[run[-1]], page.words[run[-1] + 1])
    ):
        run = [*run, run[-1] + 1]
    return run


def _last_inner(s: Sentence, noun: int, verb: int) -> int:
    """Where the joined, appositive and, before the verb, relative parts of a noun phrase end."""
    inner = [*s.kids(noun, "conj", "appos"), *(c for c in s.kids(noun, "relcl") if noun < c < verb)]
    return max((s.edges(c)[1] for c in inner), default=noun)


def cue_tokens(page: Page, k: int, v: int, content: set[int], shape: str = "") -> list[int]:
    """The reporting verb with its auxiliaries, negation, particle and the adverb before it.

    ``shape`` is how the content stands beside it; a preposition of that name belongs to the cue ("called for").
    """
    s, base = page.sentences[k], page.base[k]
    own = {v}
    above = s.heads[v]
    if s.labels[v] == "xcomp" and s.lemmas[above].lower() in GOING_ON and v - above <= 3:
        own.update(range(above, v))  # "continues to insist", "went on to say"
        own.update(c for c in s.kids(above, "aux", "neg") if c < above)
    for c in s.children[v]:
        if base + c in content:
            continue
        tree = s.subtree(c)
        near = c < v and v - tree[-1] <= 2 and s.words[c].lower() not in ("when", "where", "why", "how")
        if s.labels[c] in ("aux", "auxpass", "neg", "prt") or (s.labels[c] == "advmod" and near and len(tree) <= 2):
            own.update(tree)
    run = page.run_around(page.within(k, own) - content, base + v)
    return _with_tail(page, k, v, run, content, shape)


def _with_tail(page: Page, k: int, v: int, run: list[int], content: set[int], shape: str) -> list[int]:
    """Add "that" side words: the preposition that governs the content ("called for", "warned of") and a colon."""
    s, base = page.sentences[k], page.base[k]
    last = run[-1]
    for c in s.kids(v, "prep"):
        if base + c == last + 1 and base + c not in content and s.words[c].lower() == shape:
            last += 1
    if last + 1 < base + len(s) and s.words[last + 1 - base] == ":" and last + 1 not in content:
        last += 1
    return list(range(run[0], last + 1))
