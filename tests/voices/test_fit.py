"""``dateline fit``: corpora in two formats are read, bad documents named, and a filter written that reads back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.attribute.attributions import proposals
from dateline.attribute.corpora import Gold, Text, gum, labelled, polnear
from dateline.attribute.filter import Example, figures, fit, load_filter
from dateline.cli.fit import command
from dateline.cli.read import command as read_command
from dateline.errors import InputError, LexiconError
from dateline.lexicons.linear import Linear
from dateline.model import Attribution, Quotation, Report
from dateline.pipeline import STAGES, extract, extract_all
from dateline.stage import Kit

TEXT = "The mayor said the dam held.\r\nShe wanted tea."
MARKS = (
    "T1\tSource 0 9\tThe mayor",
    "The rest of a marked text",
    "T2\tCue 10 14\tsaid",
    "T3\tContent 15 18;19 27\tthe dam held",
)
EVENT = "E1\tAttribution:T2 Source:T1 Cue:T2 Content1:T3"


def folder(path: Path, name: str = "a", text: str = TEXT, notes: tuple[str, ...] = (*MARKS, EVENT)) -> Path:
    """A PolNeAR-format folder, one document richer."""
    for inner in ("text", "attributions"):
        (path / inner).mkdir(parents=True, exist_ok=True)
    (path / "text" / f"{name}.txt").write_bytes(text.encode())
    (path / "attributions" / f"{name}_0a1b.ann").write_text("\n".join(notes), encoding="utf-8")
    return path


@pytest.fixture
def loaded(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command uses the parser that is there."""
    monkeypatch.setattr("dateline.cli.fit.load_kit", lambda _: kit)


def row(**changes: object) -> str:
    one = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 27]]}
    return json.dumps({"id": "a", "text": TEXT, "attributions": [one], **changes})


def test_polnear_is_read(tmp_path: Path) -> None:
    """Offsets count every character of the file as it stands, and contents may be in parts."""
    (text,) = polnear(folder(tmp_path))
    assert text.text == TEXT
    assert text.gold == [Gold([(0, 9)], [(10, 14)], [(15, 18), (19, 27)])]


def test_gum_is_read(tmp_path: Path) -> None:
    """One document a line, with nesting and cluster where they are given."""
    (tmp_path / "g.jsonl").write_text(row() + "\n", encoding="utf-8")
    (text,) = gum(tmp_path / "g.jsonl")
    assert (text.name, text.gold) == ("a", [Gold([(0, 9)], [(10, 14)], [(15, 27)])])


@pytest.mark.parametrize(
    "line",
    ["T9\tSource x 9\tThe", "T9\tSource 0 900\tThe", "T9\tSource 9 9\t", "T9", "E9", "E9\tA:T1 B"],
)
def test_a_bad_note_is_named(line: str, tmp_path: Path) -> None:
    """A line that does not parse is named with its file and number, and the other documents go on."""
    folder(tmp_path, "a", notes=(*MARKS, line, EVENT))
    folder(tmp_path, "b")
    errors: list[InputError] = []
    assert [text.name for text in polnear(tmp_path, errors.append)] == ["b"]
    assert "a_0a1b.ann" in str(errors[0])
    assert "line 5" in str(errors[0])


@pytest.mark.parametrize("line", ["{", "[]", "{}", row(attributions=[{}]), row(text=3), row(text="too short")])
def test_a_bad_row_is_named(line: str, tmp_path: Path) -> None:
    """A line that is no annotated document is named with its number, and the other lines go on."""
    path = tmp_path / "g.jsonl"
    path.write_text(f"{line}\n{row(id='b')}\n", encoding="utf-8")
    errors: list[InputError] = []
    assert [text.name for text in gum(path, errors.append)] == ["b"]
    assert "line 1 " in str(errors[0])


def test_a_folder_of_something_else_is_an_error(tmp_path: Path) -> None:
    """A folder without texts and notes says what it lacks."""
    with pytest.raises(InputError, match="attributions"):
        list(polnear(tmp_path))


def test_candidates_are_labelled(kit: Kit) -> None:
    """A candidate is right where its cue meets a gold cue and the contents are much alike."""
    last = next(n for n, stage in enumerate(STAGES) if Quotation in stage.gives)
    doc = next(extract_all([Report(id="a", source="a", text=TEXT)], kit, STAGES[: last + 1]))
    page, candidates, _ = proposals(doc, kit)
    gold = Gold([(0, 9)], [(10, 14)], [(15, 27)])
    found = {f: e.right for e in labelled(Text("a", TEXT, [gold]), page, candidates) for f in e.features}
    assert found["lemma=say"] is True
    assert found["lemma=want"] is False


def test_weights_point_the_right_way() -> None:
    """What is mostly right weighs more than nought, what is mostly wrong less; what is rare is left out."""
    examples = [Example(("a", "x"), True)] * 9 + [Example(("b", "x"), False)] * 9 + [Example(("c",), True)] * 2
    weights = fit(examples)
    assert weights["a"] > 0.3 > -0.3 > weights["b"]
    assert "c" not in weights
    assert figures(examples[:18], Linear("", weights))["f1"] == 1


def test_the_least_loss_is_found() -> None:
    """For one feature the optimum is where the slope is nought: 3 right of 4 under an L2 penalty of 2."""
    weight = fit([Example(("a",), right) for right in (True, True, True, False)])["a"]
    score = Linear("", {"a": weight}).score(["a"])
    assert 4 * score - 3 + 2 * weight == pytest.approx(0, abs=2e-3)


@pytest.mark.usefixtures("loaded")
def test_a_filter_is_made_and_used(tmp_path: Path, kit: Kit) -> None:
    """The same corpus gives the same bytes; what is written reads back and moves the scores."""
    corpus = folder(tmp_path / "corpus")
    for n in range(4):
        folder(corpus, f"more{n}", TEXT + " It was late.")
    outs = [tmp_path / name for name in ("one.json", "two.json")]
    for out in outs:
        done = CliRunner().invoke(command, [str(corpus), "--out", str(out), "--licence", "ours"])
        assert done.exit_code == 0, done.output
    assert outs[0].read_bytes() == outs[1].read_bytes()
    card = json.loads(outs[0].read_text(encoding="utf-8"))["card"]
    assert (card["documents"], card["right"], card["licence"], card["date"]) == (5, 5, "ours", None)
    fitted = load_filter(outs[0])
    assert fitted.weights["lemma=say"] > 0 > fitted.weights["lemma=want"]
    report = Report(id="a", source="a", text=TEXT)
    weighed = Kit(kit.parser, kit.lexicons, kit.gazetteer, {**kit.filters, "voices": fitted})
    scores = [[a.score for a in extract(report, k).of(Attribution)] for k in (kit, weighed)]
    assert scores[0] != scores[1]


@pytest.mark.usefixtures("loaded")
def test_a_bad_document_does_not_stop_the_fit(tmp_path: Path) -> None:
    """It is named on standard error, the others are used, and the exit code is 1."""
    corpus = folder(tmp_path / "corpus", "bad", notes=("T1\tSource",))
    for n in range(3):
        folder(corpus, f"good{n}")
    out = tmp_path / "filter.json"
    done = CliRunner().invoke(command, [str(corpus), "--out", str(out)], standalone_mode=False)
    assert done.return_value == 1
    assert "bad_0a1b.ann: line 1" in done.stderr
    assert load_filter(out).weights


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"card": {}, "weights": {}}', '{"card": {"version": "1"}, "weights": {"a": "much"}}',
     '{"card": {"version": "1"}, "weights": {"a": NaN}}', '{"card": {"version": 1}, "weights": {}}'],
)  # fmt: skip
def test_a_broken_filter_is_named(content: str, tmp_path: Path) -> None:
    """A file that is no filter gives one error that names it."""
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"broken\.json"):
        load_filter(path)


def test_a_missing_filter_is_named(tmp_path: Path) -> None:
    """So does a file that is not there."""
    with pytest.raises(LexiconError, match=r"none\.json"):
        load_filter(tmp_path / "none.json")


def test_reading_with_a_broken_filter_stops_early(tmp_path: Path) -> None:
    """dateline read --filter names the file, and reads nothing."""
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"broken\.json"):
        CliRunner().invoke(
            read_command,
            [str(tmp_path / "page.txt"), "--filter", str(tmp_path / "broken.json")],
            catch_exceptions=False,
            standalone_mode=False,
        )
