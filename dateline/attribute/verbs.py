"""Verbs that report: for each, what stands beside it as content, and in which shape.

Shapes are named in ``lexicons/en/cues.toml``. Each small function below finds one of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.attribute.candidate import Candidate
from dateline.attribute.carriers import as_saying
from dateline.attribute.page import Page
from dateline.attribute.speakers import cue_tokens, is_passive, source_tokens, speaker_of
from dateline.lexicons.load import Entry
from dateline.model import Holder
from dateline.sentence import Sentence

WORD = re.compile(r"\w+")
STOP = re.compile(r"[.!?;]\s")
GAP_AFTER, GAP_BEFORE = 6, 1  # words that may stand between the cue and a quotation it opens or closes
PLAIN = frozenset({"say", "tell", "add", "note", "report", "write", "argue", "explain", "announce", "warn", "claim",
                   "insist", "acknowledge", "suggest", "declare", "conclude", "state", "tweet", "believe", "think",
                   "show", "find"})  # fmt: skip
OF_OBJECT = frozenset({"for", "to", "of", "as", "from", "with", "against", "about", "into", "between", "over", "toward"})
PART_QUOTE = 12  # tokens; longer quotations are sentences even when they begin in lower case
SHORT_ASIDE = 3  # tokens; "his deputy, Anwar," stays
SPEAKING = frozenset({"comment", "say", "answer", "reply", "respond", "discuss", "confirm", "give", "speak", "elaborate",
                      "disclose", "reveal", "specify", "explain", "identify", "name", "provide", "release", "address"})  # fmt: skip
COVER = ("not to be named", "not to be identified", "not to be quoted", "to remain anonymous", "that he not be", "that she not be",
         "that they not be", "that their name", "that his name", "that her name", "condition of anonymity", "condition that",
         "anonymity", "to be quoted anonymously", "their names not", "his name not", "her name not")  # fmt: skip
SUBORDINATE = frozenset({"that", "if", "whether"})


@dataclass(frozen=True, slots=True)
class Found:
    """Content in one shape; tokens of the page."""

    shape: str
    tokens: set[int]


def verb_candidates(page: Page, k: int, cues: Mapping[str, Entry]) -> Iterator[Candidate]:
    """A candidate for every listed verb of sentence ``k`` that has content beside it."""
    s = page.sentences[k]
    for v in range(len(s)):
        entry = cues.get(s.lemmas[v].lower()) if s.is_verb(v) else None
        if entry is None or s.labels[v] in ("aux", "auxpass", "amod", "compound"):
            continue
        saying = as_saying(s, v) if entry.id == "cue.quote" else None
        if saying is not None:
            yield from _relayed(page, k, v, saying, entry)
        elif not (v and s.words[v - 1].lower() == "as" and s.words[v].lower().endswith("ing")):
            yield from _candidate(page, k, v, entry)


def _relayed(page: Page, k: int, v: int, saying: int, entry: Entry) -> Iterator[Candidate]:
    """ "X quoted Y as saying …", "Y was quoted by X as saying …": Y speaks, X carries."""
    s, base = page.sentences[k], page.base[k]
    if is_passive(s, v):
        speaker, carrier = s.kid(v, "nsubjpass"), s.agent_of(v)
        if s.labels[v] == "acl":
            speaker = s.heads[v]
        by = next((p for p in s.kids(saying, "prep", "agent") if s.words[p].lower() == "by"), None)
        carrier = s.kid(by, "pobj") if carrier is None and by is not None else carrier
    else:
        speaker, carrier = s.kid(v, "dobj"), speaker_of(s, v)
    source = source_tokens(page, k, speaker, v) if speaker is not None else []
    source = [t for t in source if t < base + saying - 1]
    content = _clause(page, k, v) | _clause(page, k, saying) | _quote_beside(page, k, v, source)
    content |= _quote_beside(page, k, saying, []) | page.within(k, [t for o in s.kids(saying, "dobj") for t in s.subtree(o)])
    cue = [*cue_tokens(page, k, v, content), base + saying - 1, base + saying]
    content = set(page.trim(_whole_quotes(page, content, page.quote[base + v]) - set(cue) - set(source)))
    passing = source_tokens(page, k, carrier, v) if carrier is not None else []
    content -= set(passing)
    if content:
        found = Candidate(
            rule="relay.quote", shape="clause", cue=cue, content=content, source=source, lemma=s.lemmas[v].lower(),
            stance="asserts", policy="report", prior=0.97, head=base + v,
        )  # fmt: skip
        if passing:
            found.carriers.append(Holder(page.spans(passing)[0], "carrier", "relay.quote"))
        yield found


def _candidate(page: Page, k: int, v: int, entry: Entry) -> Iterator[Candidate]:
    s, base = page.sentences[k], page.base[k]
    takes: Mapping[str, float] = entry.gives["takes"]
    speaker = speaker_of(s, v)
    level = page.quote[base + v]
    if speaker is None and not is_passive(s, v):
        speaker = _inverted(page, k, v)
    if speaker is not None and page.quote[base + speaker] != level:
        speaker = None
    source = source_tokens(page, k, speaker, v) if speaker is not None else []
    refused = _refused(page, k, v) if entry.id == "cue.refuse" else None
    if refused is not None and source:
        yield _made(page, k, v, entry, "infinitive", (refused[0], source, refused[1] - set(source)), 0.9)
        return
    found = _passive(page, k, v, takes) if is_passive(s, v) else _active(page, k, v, takes, source)
    if found is None:
        return
    prior = takes.get(found.shape, 0.0)
    if prior <= 0:
        return
    content = _whole_quotes(page, found.tokens, level)
    cue = cue_tokens(page, k, v, content)
    content -= set(cue) | set(source)
    if s.labels[v] == "relcl" and not source:
        source = [base + c for c in s.kids(v, "nsubj") if s.tags[c] in ("WP", "WDT", "IN", "DT")][:1]
    trimmed = set(page.trim(content))
    if trimmed and not _asks_for_cover(page, trimmed):
        yield _made(page, k, v, entry, found.shape, (cue, source, trimmed), prior)


def _made(
    page: Page, k: int, v: int, entry: Entry, shape: str, parts: tuple[list[int], list[int], set[int]], prior: float
) -> Candidate:
    """``parts`` are cue, source and content, as tokens of the page."""
    cue, source, content = parts
    return Candidate(
        rule=entry.id, shape=shape, cue=cue, content=content, source=source, lemma=page.sentences[k].lemmas[v].lower(),
        stance=entry.gives["stance"], policy=entry.gives["policy"], prior=prior, head=page.base[k] + v,
    )  # fmt: skip


def _asks_for_cover(page: Page, content: set[int]) -> bool:
    """ "asked not to be named", "speaking on condition of anonymity": why a voice is unnamed, no statement of its own."""
    first = " ".join(page.words[t].lower() for t in sorted(content)[:5])
    return first.startswith(COVER)


def _inverted(page: Page, k: int, v: int) -> int | None:
    """ "“We will fight,” vowed a masked man": the speaker after the verb, taken by the parser for its object."""
    s, base = page.sentences[k], page.base[k]
    before = page.words[base + v - 1] if base + v else ""
    if before not in ("”", '"', "’", "''", ",") or (before == "," and page.quote[base + v - 2] < 0):
        return None
    return next((o for o in s.kids(v, "dobj", "attr", "npadvmod", "dep") if v < o <= v + 6), None)


def _refused(page: Page, k: int, v: int) -> tuple[list[int], set[int]] | None:
    """ "declined to comment on the strike": (cue tokens up to the inner verb, what it would have been about)."""
    s, base = page.sentences[k], page.base[k]
    inner = next((c for c in s.kids(v, "xcomp") if c > v and s.lemmas[c].lower() in SPEAKING), None)
    if inner is None:
        return None
    about = [t for c in s.kids(inner, "dobj", "ccomp", "advcl", "xcomp") for t in s.subtree(c) if c > inner]
    last = inner
    if not about:
        p = next((c for c in s.kids(inner, "prep") if c > inner), None)
        noun = s.kid(p, "pobj", "pcomp") if p is not None else None
        if p is not None and noun is not None:
            about, last = s.subtree(noun), p if p == inner + 1 else inner
    if not about:
        return cue_tokens(page, k, v, set()), page.within(k, s.subtree(inner))
    content = page.within(k, about)
    return [t for t in range(cue_tokens(page, k, v, content)[0], base + last + 1) if t not in content], content


def _active(page: Page, k: int, v: int, takes: Mapping[str, float], source: list[int]) -> Found | None:
    """The first shape that fits, in the order in which they are sure."""
    quoted = _quote_beside(page, k, v, source) if "quote" in takes else set()
    clause = _clause(page, k, v)
    if clause and ("clause" in takes or quoted):
        return Found("quote" if quoted else "clause", clause | quoted)
    if quoted and _full(page, quoted):
        return Found("quote", quoted)
    for shape in (_whom, _renamed, _infinitive, _object, _preposition):
        found = shape(page, k, v, takes)
        if found is not None and found.shape in takes:
            if not quoted or quoted & found.tokens:
                return Found("quote" if quoted else found.shape, found.tokens | quoted)
    if quoted:
        return Found("quote", quoted | _up_to_quote(page, k, v, min(quoted)))
    return _as_they_say(page, k, v, takes, source) or (
        _leftover(page, k, v, source) if "leftover" in takes and source else None
    )


def _full(page: Page, quoted: set[int]) -> bool:
    """True when one of the quotations is a sentence of its own, not a few words set in another."""
    found = [page.quotations[q] for q in {page.quote[t] for t in quoted}]
    return any(not q.scare and (page.text[q.span.start + 1 : q.span.start + 2].isupper() or not q.closed) for q in found)


def _up_to_quote(page: Page, k: int, v: int, first: int) -> set[int]:
    """Plain words between the cue and a part quotation: "said the media called him a “clown”"."""
    s, base = page.sentences[k], page.base[k]
    if first <= base + v or page.words[first - 1] in (",", ":"):
        return set()
    aside = {t for c in s.children[v] if s.labels[c] in ("npadvmod", "advmod", "prep", "dative", "aux", "neg", "prt")
             for t in s.subtree(c)}  # fmt: skip
    between = [i for i in range(v + 1, first - base) if i not in aside]
    return page.within(k, between) if len(between) > 1 else set()


def _as_they_say(page: Page, k: int, v: int, takes: Mapping[str, float], source: list[int]) -> Found | None:
    """ "as the mayor put it": the rest of the sentence."""
    s = page.sentences[k]
    mark = s.kid(v, "mark")
    if s.labels[v] != "advcl" or mark is None or s.words[mark].lower() != "as" or "clause" not in takes or not source:
        return None
    return Found("clause", set(page.sentence(k)) - page.within(k, s.subtree(v)))


def _clause(page: Page, k: int, v: int) -> set[int]:
    """Finite clauses that are the verb's object, the parser's fronted ones included."""
    s = page.sentences[k]
    out: set[int] = set()
    for c in s.kids(v, "ccomp"):
        out |= _clause_tokens(page, k, c)
    if not out:
        for c in s.kids(v, "advcl"):
            if c > v and any(s.words[m].lower() in SUBORDINATE for m in s.kids(c, "mark")):
                out |= _clause_tokens(page, k, c)
    return out - {page.base[k] + v}


def _clause_tokens(page: Page, k: int, head: int) -> set[int]:
    """A clause's subtree, less a trailing relative clause or participle that comments from outside."""
    s = page.sentences[k]
    drop: set[int] = set()
    for i in s.subtree(head):
        if i > head and s.labels[i] in ("relcl", "advcl") and s.words[s.edges(i)[0] - 1] in (",", "—", "–", "-", ";"):
            outside = page.quote[page.base[k] + i] < 0
            is_tail = s.edges(i)[1] == s.edges(head)[1]
            if outside and is_tail and s.labels[i] == "advcl" and s.tags[i] == "VBG" and s.heads[i] == head and (
                s.labels[head] in ("xcomp", "dobj")
            ):
                drop.add(i)
    return page.within(k, s.subtree(head, without=drop))


def _infinitive(page: Page, k: int, v: int, takes: Mapping[str, float]) -> Found | None:
    s = page.sentences[k]
    for c in s.kids(v, "xcomp"):
        to = any(s.tags[t] == "TO" for t in s.children[c])
        if to or s.tags[c] in ("VBG", "VB"):
            return Found("infinitive", _clause_tokens(page, k, c))
        return Found("oprd", page.within(k, s.subtree(c)))
    for c in s.kids(v, "pcomp"):
        return Found("pcomp", page.within(k, s.subtree(c)))
    return None


def _whom(page: Page, k: int, v: int, takes: Mapping[str, float]) -> Found | None:
    """Someone and what they are to do: "urged residents to leave", "called on them to leave"."""
    s = page.sentences[k]
    objects = [o for o in s.kids(v, "dobj") if o > v]
    objects += [o for p in s.kids(v, "prep") if s.words[p].lower() in ("on", "for", "upon", "with") for o in s.kids(p, "pobj")]
    to_do = [c for c in s.kids(v, "xcomp", "ccomp") if c > v and any(s.tags[t] == "TO" for t in s.children[c])]
    if not objects or not to_do or "whom" not in takes:
        return None
    return Found("whom", page.within(k, [*s.subtree(objects[0]), *s.subtree(to_do[0])]))


def _renamed(page: Page, k: int, v: int, takes: Mapping[str, float]) -> Found | None:
    """An object and what it is called: "described it as calm", "called him a liar", "accused them of lying"."""
    s = page.sentences[k]
    objects = [o for o in s.kids(v, "dobj") if o > v]
    names = list(s.kids(v, "oprd"))
    if names:
        return Found("oprd", page.within(k, [t for o in [*objects, *names] for t in s.subtree(o)]))
    for c in s.kids(v, "prep", "dative"):
        word = s.words[c].lower()
        if objects and c > objects[0] and word in ("as", "of", "for", "with", "to") and takes.get(word, 0) >= 0.6:
            return Found(word, page.within(k, [*s.subtree(objects[0]), *s.subtree(c)]))
    return None


def _object(page: Page, k: int, v: int, takes: Mapping[str, float]) -> Found | None:
    """A noun phrase, with the phrases after it that the parser hung on the verb ("rejected calls to talk")."""
    s = page.sentences[k]
    objects = [o for o in s.kids(v, "dobj") if s.tags[o] not in ("WP", "WDT")]
    if not objects:
        return None
    out: set[int] = set().union(*(_noun_tokens(page, k, o) for o in objects))
    last = max(out) - page.base[k]
    for c in s.children[v]:
        tree = s.subtree(c)
        hangs = s.labels[c] == "xcomp" or (s.labels[c] in ("prep", "dative") and s.words[c].lower() in OF_OBJECT)
        if hangs and tree[0] == last + 1:
            out |= page.within(k, tree)
            last = tree[-1]
    return Found("object", out)


def _noun_tokens(page: Page, k: int, noun: int) -> set[int]:
    """A noun phrase without what a comma sets off behind it (a remark of the writer's own)."""
    s, base = page.sentences[k], page.base[k]
    aside = {
        c for c in s.kids(noun, "relcl", "appos", "acl", "advcl")
        if s.edges(c)[0] > noun and s.words[s.edges(c)[0] - 1] in (",", "–", "—", "-") and page.quote[base + c] < 0
        and len(s.subtree(c)) > SHORT_ASIDE
    }  # fmt: skip
    return page.within(k, s.subtree(noun, without=aside))


def _preposition(page: Page, k: int, v: int, takes: Mapping[str, float]) -> Found | None:
    """ "called for a truce", "spoke of defeat", "pointed out that …" """
    s = page.sentences[k]
    for c in s.kids(v, "prep", "prt"):
        word = s.words[c].lower()
        if takes.get(word, 0) > 0 and c > v:
            inner = [t for p in s.kids(c, "pobj", "pcomp") for t in s.subtree(p)]
            if inner:
                return Found(word, page.within(k, inner))
    return None


def _passive(page: Page, k: int, v: int, takes: Mapping[str, float]) -> Found | None:
    """ "is said to be dead", "was called a liar by", "it was announced that" """
    s = page.sentences[k]
    subject = s.kid(v, "nsubjpass")
    clause = _clause(page, k, v) | {t for c in s.kids(v, "csubjpass") for t in page.within(k, s.subtree(c))}
    quoted = _quote_beside(page, k, v, []) if "quote" in takes else set()
    if clause or quoted:
        return Found("quote" if quoted else "clause", clause | quoted)
    if subject is None and s.labels[v] == "acl":
        subject = s.heads[v]
        about = [subject] if s.agent_of(v) is not None else []
    else:
        about = [] if subject is None else s.subtree(subject)
    rest = [t for c in s.kids(v, "xcomp", "oprd") for t in s.subtree(c)]
    rest += [t for c in s.kids(v, "prep") if s.words[c].lower() == "as" and "as" in takes for t in s.subtree(c)]
    if rest:
        if s.kid(v, "xcomp") is not None and s.agent_of(v) is None and "raised" in takes:
            return Found("raised", page.within(k, [*about, *rest]))
        shape = "infinitive" if s.kid(v, "xcomp") is not None else "oprd"
        return Found(shape if shape in takes else "clause", page.within(k, [*about, *rest]))
    if about and s.agent_of(v) is not None:
        return Found("object", page.within(k, about))
    return None


def _quote_beside(page: Page, k: int, v: int, source: list[int]) -> set[int]:
    """Quotations that touch the cue and its source: at most a few words between, no full stop."""
    base = page.base[k]
    near = [base + v, *[t for t in source if abs(t - base - v) < 40]]
    begin, end = page.starts[min(near)], page.ends[max(near)]
    if page.quote[base + v] >= 0:
        return set()
    subject = page.sentences[k].kid(v, "nsubj", "nsubjpass")
    inner = page.within(k, page.sentences[k].subtree(subject)) if subject is not None and subject < v else set()
    inner = {page.quote[t] for t in inner if subject is not None and t > base + page.sentences[k].edges(subject)[0]}
    out: set[int] = set()
    for q in page.quotes_of.get(page.sentences[k].block, ()):
        span = page.quotations[q].span
        if q in inner and page.quotations[q].scare or not _own_quote(page, k, v, q):
            continue
        if span.start >= end:
            gap = page.text[end : span.start]
            if len(WORD.findall(gap)) <= GAP_AFTER and not STOP.search(gap + " "):
                out |= set(page.quoted(q))
        elif span.end <= begin and len(WORD.findall(page.text[span.end : begin])) <= GAP_BEFORE:
            out |= set(page.quoted(q))
    return out


def _own_quote(page: Page, k: int, v: int, q: int) -> bool:
    """A quotation that is only part of a sentence goes to the verb that governs it, not to every verb near by."""
    inside = [t for t in page.quoted(q) if page.sentence_of[t] == k]
    words = page.quotations[q].span.of(page.text)
    if not inside or words[1:2].isupper() or len(page.quoted(q)) > PART_QUOTE:
        return True
    s, base = page.sentences[k], page.base[k]
    tops = [t - base for t in inside if base + s.heads[t - base] not in inside]
    return all(next((a for a in s.ancestors(t) if s.is_verb(a)), v) == v for t in tops if s.pos[t] != "PUNCT")


def _whole_quotes(page: Page, tokens: set[int], level: int) -> set[int]:
    """Content that reaches into a quotation takes all of it, over the sentence's end too."""
    out = set(tokens)
    for q in {page.quote[t] for t in tokens} - {-1, level}:
        if not page.quotations[q].scare or page.tokens_in(page.quotations[q].span)[0] in tokens:
            out |= set(page.quoted(q))
    return out


def _leftover(page: Page, k: int, v: int, source: list[int]) -> Found | None:
    """A plain reporting verb whose clause the parser lost: the side of the sentence that has the words."""
    s, base = page.sentences[k], page.base[k]
    if s.lemmas[v].lower() not in PLAIN:
        return None
    core = [base + v, *[t for t in source if page.sentence_of[t] == k]]
    left, right = range(base, min(core)), range(max(core) + 1, base + len(s))
    before = page.words[min(core) - 1] if left else ""
    after = page.words[max(core) + 1] if right else ""
    if before == "," and after == "," and _count(page, left) >= 2 and _count(page, right) >= 2:
        return Found("leftover", set(left) | set(right))
    if _count(page, left) >= 3 and before in (",", "”", '"', "''", "?", "!", "’") and _has_subject(page, left):
        return Found("leftover", set(left))
    if _count(page, right) >= 3 and s.labels[v] in ("ROOT", "conj", "advcl", "ccomp") and _has_subject(page, right):
        that = next((t for t in right if page.words[t].lower() == "that" and page.words[t - 1] == ","), right.start)
        return Found("leftover", set(range(that, right.stop)))
    return _next_quote(page, k, v, right)


def _next_quote(page: Page, k: int, v: int, right: range) -> Found | None:
    """ "The minister said in a statement. “We will stay.”": the quotation that opens the next sentence."""
    following = page.base[k] + len(page.sentences[k])
    if following >= len(page.words) or page.block_of(following) != page.block_of(page.base[k] + v):
        return None
    q = page.quote[following]
    if q < 0 or page.quoted(q)[0] != following or page.quotations[q].scare or page.sentences[k].labels[v] != "ROOT":
        return None
    return Found("quote", set(page.quoted(q)))


def _has_subject(page: Page, tokens: range) -> bool:
    for t in tokens:
        s, i = page.local(t)
        if s.labels[i] in ("nsubj", "nsubjpass", "expl", "csubj"):
            return True
    return False


def _count(page: Page, tokens: range) -> int:
    return sum(page.words[t].isalpha() for t in tokens)
