"""What an act is about, in PLOVER's terms: the general contexts that the words of its sentence or paragraph name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.lexicons.load import Entry, Lexicons
from dateline.sentence import Sentence

type Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # first word → (all words, entry's id)


@dataclass(frozen=True, slots=True)
class Contexts:
    """``contexts.toml``, and for one report what each paragraph names."""

    entries: tuple[Entry, ...]
    phrases: Phrases
    blocks: Mapping[str, frozenset[str]]  # block id → ids of entries of scope "paragraph" named in it

    def of(self, s: Sentence) -> tuple[str, ...]:
        """Contexts of an act in this sentence, in the order of the list, less those that a special one covers."""
        ids = self.blocks.get(s.block, frozenset()) | set(_hits(self.phrases, s))
        found = [e for e in self.entries if e.id in ids]
        names = {str(e.gives["context"]) for e in found}
        return tuple(str(e.gives["context"]) for e in found if not names & set(e.gives.get("unless", ())))


def contexts_of(sentences: Iterable[Sentence], lexicons: Lexicons) -> Contexts:
    """Look over a report once."""
    entries = lexicons.entries.get("contexts", ())
    phrases = _phrases(lexicons)
    wide = {e.id for e in entries if e.scope == "paragraph"}
    blocks: dict[str, set[str]] = {}
    for s in sentences:
        blocks.setdefault(s.block, set()).update(wide.intersection(_hits(phrases, s)))
    return Contexts(entries, phrases, {block: frozenset(found) for block, found in blocks.items()})


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
