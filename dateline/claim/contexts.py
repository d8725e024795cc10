"""What an act is about, in PLOVER's terms: the general contexts that the words of its sentence or headline name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dateline.lexicons.load import Entry, Lexicons
from dateline.model import Story
from dateline.sentence import Sentence
from dateline.stage import Doc

type Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # first word → (all words, entry's id)


@dataclass(frozen=True, slots=True)
class Contexts:
    """``contexts.toml``, and for one report what the headline over each block names."""

    entries: tuple[Entry, ...]
    phrases: Phrases
    over: Mapping[str, frozenset[str]]  # block id → ids of entries of scope "story" named in its headline
    known: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)  # of sentences with several acts

    def of(self, s: Sentence) -> tuple[str, ...]:
        """Contexts of an act in this sentence, in the order of the list, less those that a special one covers."""
        key = (s.block, s.offset + s.begins[0])
        if key not in self.known:
            self.known[key] = self._of(s)
        return self.known[key]

    def _of(self, s: Sentence) -> tuple[str, ...]:
        ids = self.over.get(s.block, frozenset()) | set(_hits(self.phrases, s))
        found = [e for e in self.entries if e.id in ids]
        names = {str(e.gives["context"]) for e in found}
        return tuple(str(e.gives["context"]) for e in found if not names & set(e.gives.get("unless", ())))


def contexts_of(doc: Doc, lexicons: Lexicons) -> Contexts:
    """Look over a report's headlines once."""
    entries = lexicons.entries.get("contexts", ())
    phrases = _phrases(lexicons)
    wide = {e.id for e in entries if e.scope == "story"}
    story = {b: each for each in doc.of(Story) for b in each.blocks if each.headline is not None}
    named: dict[str | None, set[str]] = {}
    for s in doc.of(Sentence):
        if s.block in story and story[s.block].headline == s.block:
            named.setdefault(s.block, set()).update(wide.intersection(_hits(phrases, s)))
    over = {b: frozenset(named.get(each.headline, ())) for b, each in story.items()}
    return Contexts(entries, phrases, over)


@lru_cache(maxsize=8)
def _phrases(lexicons: Lexicons) -> Phrases:
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in lexicons.entries.get("contexts", ()):
        for phrase in entry.words:
            for written in dict.fromkeys((phrase, phrase.replace("-", " - "))):  # the parser parts most hyphens
                parts = tuple(written.split())
                out.setdefault(parts[0], []).append((parts, entry.id))
    return {first: tuple(found) for first, found in out.items()}


def _hits(phrases: Phrases, s: Sentence) -> Iterator[str]:
    """Ids of the entries one of whose phrases stands in the sentence, each word as its lemma or as written."""
    forms = [{w.lower(), lemma.lower()} for w, lemma in zip(s.words, s.lemmas, strict=True)]
    for at, here in enumerate(forms):
        for first in here:
            for parts, name in phrases.get(first, ()):
                run = forms[at : at + len(parts)]
                if len(run) == len(parts) and all(p in form for p, form in zip(parts, run, strict=True)):
                    yield name
