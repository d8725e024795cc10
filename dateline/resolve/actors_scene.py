"""The phrases of one sentence while they are being resolved, and how they hang together."""

from collections.abc import Iterator, Sequence

from dateline.resolve.actors_phrases import Phrase, joined
from dateline.resolve.coreference import Someone
from dateline.sentence import Sentence

# what is no part of an actor's name: "two officials" are "officials"
ARTICLES = frozenset({
    "the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "one",
    "another", "some", "two", "three", "four", "five", "several",
})  # fmt: skip


def plain(s: Sentence, phrase: Phrase) -> str:
    """The phrase's words without article and small numerals."""
    first = phrase.first
    dashes = [i for i in range(first, phrase.head) if s.words[i] in ("-", "–", "—") and s.end(i - 1) < s.start(i)]
    first = dashes[-1] + 1 if dashes else first  # "… to fall - police"
    while first < phrase.last and s.words[first].lower() in ARTICLES:
        first += 1
    return joined(s, range(first, phrase.last + 1))


def relative_to(s: Sentence, i: int) -> int:
    """The noun that a relative pronoun stands for; the pronoun itself where there is none."""
    for verb in s.ancestors(i):
        if s.labels[verb] == "relcl":
            return s.heads[verb]
    return i


class Scene:
    """The phrases of one sentence while they are being resolved."""

    def __init__(self, s: Sentence, found: Sequence[Phrase]) -> None:
        self.s = s
        self.by_head = {p.head: p for p in found}
        self.over = {i: p for p in found if p.form == "name" for i in range(p.first, p.last + 1)}
        self.who: dict[int, Someone] = {}
        self.busy: set[int] = set()

    def done(self, phrase: Phrase) -> bool:
        return phrase.head in self.who

    def nearest(self, token: int) -> Someone | None:
        """Who stands at ``token``, or at the noun that it hangs on ("a doctor at the hospital, who")."""
        for i in (token, *self.s.ancestors(token)):
            if i in self.who:
                return self.who[i]
            if self.s.is_verb(i):
                return None
        return None

    def same_by_noun(self, phrase: Phrase, kind: str) -> bool:
        """True in "the X news agency" and "the X movement", where the name before the noun is its own."""
        if (
            phrase.entry is None
            or phrase.many
            or not any(
                c in self.over and self.s.labels[c] in ("compound", "nmod", "amod")
                for c in self.s.children[phrase.head]
            )
        ):
            return False
        own = phrase.entry.gives.get("links", ())
        return kind in own and kind in ("media", "armed_group")

    def renamings(self, phrase: Phrase) -> Iterator[Phrase]:
        """Phrases in apposition: "X, a spokesman", "the spokesman, X", "the High Commissioner (ABC)"."""
        s = self.s
        for c in s.kids(phrase.head, "appos"):
            other = self.by_head.get(c)
            if other is not None and not self.done(other) and _may_rename(phrase, other):
                yield other
        if s.labels[phrase.head] == "appos":
            other = self.by_head.get(s.heads[phrase.head])
            if other is not None and not self.done(other) and _may_rename(phrase, other):
                yield other

    def described(self, phrase: Phrase) -> str:
        """The noun with what describes it, without article, clauses and names in apposition."""
        s = self.s
        own = ("relcl", "appos", "acl", "punct", "conj", "cc", "case")
        leave = [i for i in s.subtree(phrase.head) if s.labels[i] == "relcl"]
        leave += [c for c in s.children[phrase.head] if s.labels[c] in own]
        tokens = [i for i in s.subtree(phrase.head, leave) if i not in leave]
        while len(tokens) > 1 and s.words[tokens[0]].lower() in ARTICLES:
            tokens.pop(0)
        run = [i for n, i in enumerate(tokens) if i - tokens[0] == n][:14]
        return joined(s, run)


def _may_rename(one: Phrase, other: Phrase) -> bool:
    people = ("person", "unknown")
    if one.form == other.form == "name":
        return one.kind == other.kind == "organisation" and other.name.isupper() and other.row is None
    named, noun = (one, other) if one.form == "name" else (other, one)
    if named.form != "name" or noun.form != "nominal":
        return False
    mistaken = named.kind == "organisation" and named.row is None and named.entry is None
    if (named.kind in people or mistaken) and noun.kind == "person":
        return not noun.many
    return named.kind == noun.kind and named.kind in ("organisation", "media", "armed_group") and not noun.many
