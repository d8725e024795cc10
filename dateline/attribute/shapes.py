"""In which shape the content stands beside a verb: a clause, a quotation, an infinitive, an object …

Shapes are named in ``lexicons/en/cues.toml``. Each small function finds one of them; tokens count over the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.attribute.beside import PLAIN, is_full, leftover, quote_beside, up_to_quote
from dateline.attribute.page import Page

OF_OBJECT = frozenset("for to of as from with against about into between over toward".split())
TAILS = frozenset({"relcl", "appos", "advcl"})
LONG_APPOSITION = 6  # tokens; shorter ones name the thing itself
SHORT_ASIDE = 3  # tokens; "his deputy, Anwar," stays
REASONS = frozenset("because if unless until when since so although though even before while".split())
DEEDS = frozenset({("claim", "life"), ("claim", "victim"), ("embrace", "martyrdom"), ("embrace", "death")})  # unsaid
SUBORDINATE = frozenset({"that", "if", "whether"})


@dataclass(frozen=True, slots=True)
class Found:
    """Content in one shape; tokens of the page."""

    shape: str
    tokens: set[int]


def active(page: Page, k: int, v: int, takes: Mapping[str, float], source: list[int]) -> Found | None:
    """The first shape that fits, in the order in which they are sure."""
    quoted = quote_beside(page, k, v, source) if "quote" in takes else set()
    told = clause_of(page, k, v)
    if told and ("clause" in takes or quoted):
        return Found("quote" if quoted else "clause", told | quoted)
    if quoted and is_full(page, quoted):
        return Found("quote", quoted)
    if quoted and source and min(quoted) < page.base[k] + v:
        around = leftover(page, k, v, source)
        if around is not None and quoted & around:
            return Found("quote", around | quoted)
    for shape in (_raising, _whom, _renamed, _infinitive, _object, _preposition):
        found = shape(page, k, v, takes)
        if found is not None and found.shape in takes and (not quoted or quoted & found.tokens):
            return Found("quote" if quoted else found.shape, found.tokens | quoted)
    if quoted:
        return Found("quote", quoted | up_to_quote(page, k, v, min(quoted)))
    as_put = _as_they_say(page, k, v, takes, source)
    if as_put is not None or "leftover" not in takes or not source:
        return as_put
    rest = leftover(page, k, v, source)
    return Found("leftover", rest) if rest else None


def _as_they_say(page: Page, k: int, v: int, takes: Mapping[str, float], source: list[int]) -> Found | None:
    """ "as the mayor put it": the rest of the sentence."""
    s = page.sentences[k]
    mark = s.kid(v, "mark")
    if s.labels[v] != "advcl" or mark is None or s.words[mark].lower() != "as" or "clause" not in takes or not source:
        return None
    return Found("clause", set(page.sentence(k)) - page.within(k, s.subtree(v)))


def clause_of(page: Page, k: int, v: int) -> set[int]:
    """Finite clauses that are the verb's object, the parser's fronted ones included."""
    s = page.sentences[k]
    out: set[int] = set()
    for c in s.kids(v, "ccomp"):
        end = s.edges(c)[1]
        if end < v and s.words[end + 1] == ";":
            continue  # a sentence of its own, set before this one by a semicolon
        out |= _clause_tokens(page, k, c)
        if c > v and not any(page.quote[t] >= 0 for t in (max(out),)):
            out |= _hung_on_cue(page, k, v, max(out) - page.base[k])
        elif end < v:
            out |= _told_on(page, k, v)
    if not out:
        for c in s.kids(v, "advcl"):
            if c > v and any(s.words[m].lower() in SUBORDINATE for m in s.kids(c, "mark")):
                out |= _clause_tokens(page, k, c)
    return out - {page.base[k] + v}


def _told_on(page: Page, k: int, v: int) -> set[int]:
    """ "Nine died, it said, and the number of the missing *had* risen": the tense says that it is still told."""
    s = page.sentences[k]
    told = (
        c for c in s.kids(v, "conj")
        if c > v and s.kid(c, "nsubj", "nsubjpass") is not None
        and any(s.words[a].lower() in ("had", "would") for a in s.kids(c, "aux"))
    )  # fmt: skip
    return {t for c in told for t in page.within(k, s.subtree(c))}


def _hung_on_cue(page: Page, k: int, v: int, last: int) -> set[int]:
    """Phrases right behind the clause that the parser gave to the cue ("said he left because …"); no comma between."""
    s = page.sentences[k]
    out: set[int] = set()
    for c in s.kids(v, "advcl", "prep"):
        tree = s.subtree(c)
        first = s.words[tree[0]].lower()
        fits = s.labels[c] == "prep" or first in REASONS
        if tree[0] == last + 1 and fits and first not in ("on", "during", "at", "through", "via"):
            out |= page.within(k, tree)
            last = tree[-1]
    return out


def _clause_tokens(page: Page, k: int, head: int) -> set[int]:
    """A clause's subtree, less the writer's own tail: what a comma or dash sets off behind it, out of quotation."""
    s = page.sentences[k]
    last = s.edges(head)[1]
    drop = {i for i in s.subtree(head) if i > head and s.labels[i] in TAILS and _is_tail(page, k, i, last)}
    return page.within(k, s.subtree(head, without=drop))


def _is_tail(page: Page, k: int, i: int, last: int) -> bool:
    """ ", which the army denies", " – the largest so far", ", adding that …" at the end of a clause."""
    s = page.sentences[k]
    first, end = s.edges(i)
    end += end + 1 == last and s.pos[last] == "PUNCT"
    if first == 0 or end != last or page.quote[page.base[k] + i] >= 0:
        return False
    before = s.words[first - 1]
    if s.labels[i] == "relcl":
        return before in (",", "—", "–", "-", "--")
    if s.labels[i] == "appos":
        return before in ("—", "–", "-", "--") or (before == "," and end - first >= LONG_APPOSITION)
    return before == "," and s.tags[i] == "VBG" and s.lemmas[i].lower() in PLAIN


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


def _raising(page: Page, k: int, v: int, takes: Mapping[str, float]) -> Found | None:
    """ "The line appears to have held": all of it, in the writer's eyes."""
    s = page.sentences[k]
    subject, rest = s.kid(v, "nsubj"), s.kid(v, "xcomp", "oprd", "acomp")
    if "raising" not in takes or subject is None or rest is None:
        return None
    return Found("raising", page.within(k, [*s.subtree(subject), *s.subtree(rest)]))


def _whom(page: Page, k: int, v: int, takes: Mapping[str, float]) -> Found | None:
    """Someone and what they are to do: "urged residents to leave", "called on them to leave"."""
    s = page.sentences[k]
    objects = [o for o in s.kids(v, "dobj") if o > v]
    objects += [
        o for p in s.kids(v, "prep") if s.words[p].lower() in ("on", "for", "upon", "with") for o in s.kids(p, "pobj")
    ]
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
    if any((s.lemmas[v].lower(), s.lemmas[o].lower()) in DEEDS for o in objects):
        return None
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


def passive(page: Page, k: int, v: int, takes: Mapping[str, float]) -> Found | None:
    """ "is said to be dead", "was called a liar by", "it was announced that" """
    s = page.sentences[k]
    subject = s.kid(v, "nsubjpass")
    told = clause_of(page, k, v) | {t for c in s.kids(v, "csubjpass") for t in page.within(k, s.subtree(c))}
    quoted = quote_beside(page, k, v, []) if "quote" in takes else set()
    if told or quoted:
        return Found("quote" if quoted else "clause", told | quoted)
    if subject is None and s.labels[v] == "acl":
        subject = s.heads[v]
        about = [subject] if s.agent_of(v) is not None else []
    else:
        about = [] if subject is None else s.subtree(subject)
    to_do = [c for c in s.kids(v, "advcl") if any(s.tags[t] == "TO" for t in s.kids(c, "aux"))]
    rest = [t for c in (*s.kids(v, "xcomp", "oprd"), *to_do) for t in s.subtree(c)]
    rest += [t for c in s.kids(v, "prep") if s.words[c].lower() == "as" and "as" in takes for t in s.subtree(c)]
    if rest:
        if (s.kid(v, "xcomp") is not None or to_do) and s.agent_of(v) is None and "raised" in takes:
            return Found("raised", page.within(k, [*about, *rest]))
        shape = "infinitive" if s.kid(v, "xcomp") is not None else "oprd"
        return Found(shape if shape in takes else "clause", page.within(k, [*about, *rest]))
    if about and s.agent_of(v) is not None:
        return Found("object", page.within(k, about))
    return _preposition(page, k, v, takes) if s.labels[v] == "advcl" else None  # "Asked about the toll, he …"
