"""The quickened parser against the model's own layers: the same parses, alone or together."""

from dateline.cli.samples import samples
from dateline.find.parser import SpacyParser, load_parser, model_folder
from dateline.find.sentences import passages, sentences
from dateline.pipeline import STAGES
from dateline.read.page import read_report
from dateline.stage import Doc, Kit

Passages = list[tuple[str, int, str]]


def asked(kit: Kit) -> Passages:
    """What the parser is asked for six of the samples."""
    found: Passages = []
    for sample in samples()[::6]:
        doc = Doc(read_report(sample.raw, sample.name, sample.published))
        for stage in STAGES[: STAGES.index(sentences)]:
            doc = doc.adding(stage(doc, kit), *stage.gives)
        found += passages(doc, kit)
    return found


def test_kept_word_vectors_change_no_parse(kit: Kit) -> None:
    """Words, heads, labels, tags and entities are those of the model as its makers wrote it."""
    import spacy

    stock = SpacyParser(spacy.load(model_folder("md"), exclude=["attribute_ruler", "senter"]), "md", "")
    given = asked(kit)
    assert stock.parse(given) == kit.parser.parse(given)


def test_a_parse_does_not_depend_on_what_is_parsed_beside_it(kit: Kit) -> None:
    """A passage alone, among others, and by a parser that has met other words before."""
    given = asked(kit)
    together = kit.parser.parse(given)
    fresh = load_parser("md")
    assert [fresh.parse([passage])[0] for passage in reversed(given)] == together[::-1]


def test_monsters_are_cut_and_keep_their_offsets(kit: Kit) -> None:
    """A word of 2,000 letters, a sentence of 2,000 words, a passage of 60,000 characters: all there, none too long."""
    text = "x" * 2000 + " and the words go on" * 500 + ". Officials said so." * 3000
    (found,) = kit.parser.parse([("b0", 7, text)])
    assert "".join(w for s in found for w in s.words) == "".join(text.split())
    assert max(map(len, found)) <= 300
    assert all(text[s.start(i) - 7 : s.end(i) - 7] == s.words[i] for s in found for i in range(len(s)))
