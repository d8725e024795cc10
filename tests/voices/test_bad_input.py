"""Pages with quotation marks gone astray, and pages that are no news prose: read as far as can be, and no further."""

import pytest

from dateline.model import Attribution, Block, Quotation, Report, Span, Statement, Time, Warning
from dateline.pipeline import extract
from dateline.stage import Doc, Kit

OPENING = (
    "The convoy left the depot at noon and reached the river by dusk, the drivers of three lorries and their guards "
    "aboard.\n\n"
)
SENTENCE = "The road was shut and the wells were dry and no one came. "  # 12 words
UNCLOSED = "a quotation is opened here and never closed"
UNEVEN = "quotation marks open and close unevenly here"
TOO_LONG = "the paragraph is too long to be read in one piece; cut here"
PAGES = {
    "never closed": ("“We hold the bridge, the colonel said on Monday.\n\nThe market opened as usual.", UNCLOSED),
    "never closed, straight": ('The mayor said "the dam is safe. Nobody need leave.', UNCLOSED),
    "never opened": ("We hold the bridge,” the colonel said on Monday.\n\nThe market opened.", UNEVEN),
    "opened thrice": ("“One “two “three,” the baker said. The oven was cold.", UNEVEN),
    "nested in three styles": ("“He told us, ‘Leave the «red» house now,’ and we left,” the baker said.", None),
    "nested in one style": ('"He said "go" and we went," the baker said. "It was "late"."', UNCLOSED),
    "crossed": ("‘Five “six’ seven” eight’ nine, said the clerk.", None),
    "marks alone": ("“”\n\n\"\n\n‘’ “ ” ' ''", UNCLOSED),
    "a quote of 5,000 words": (f"“{SENTENCE * 420}” the elder said.", TOO_LONG),
    "5,000 words never closed": (f"“{SENTENCE * 420}\n\nThe elder said no more.", TOO_LONG),
    "a list of comments": (
        "Comments\n\nmill42 says:\nThis is all lies!\n\nTom R. 3 hours ago\nI agree with mill42.\n\nReply\n\n"
        "anna: “no it did not”\n\nLoad more comments",
        None,
    ),
    "an interview": (
        "Q: Did your men enter the town?\n\nA: They did not. They stood at the gate.\n\nQ: Who fired?\n\n"
        "A: Not us. The police said it was a dog.",
        None,
    ),
    "a post": (
        "The ministry wrote on its channel:\n\nThe dam is safe. Stay home. pic.example/abc — Ministry of Water "
        "(@water) July 4, 2019\n\nThe post was later deleted.",
        None,
    ),
    "a quote in a caption": (
        "A guard stands at “Hole Nine”. “It was loud,” he said. Photograph: Orlov/Meridian\n\n“Loud,” he repeated.",
        None,
    ),
}


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, kit: Kit) -> tuple[Doc, str | None]:
    """(the page read, the warning that it calls for)"""
    text, warning = PAGES[request.param]
    return extract(Report(id="x", source="x", text=OPENING + text), kit), warning


def test_no_span_crosses_a_block(page: tuple[Doc, str | None]) -> None:
    """Holders, cues, contents and quotations each lie inside one block, whatever the marks say."""
    doc, _ = page
    spans = [h.span for a in doc.of(Attribution) for h in a.holders] + [a.cue for a in doc.of(Attribution)]
    spans += [s for a in doc.of(Attribution) for s in a.content] + [q.span for q in doc.of(Quotation)]
    blocks = [b.span for b in doc.of(Block)]
    assert [s for s in spans if s is not None and not any(block.holds(s) for block in blocks)] == []


def test_no_span_is_empty(page: tuple[Doc, str | None]) -> None:
    """Each statement has a cue and words of its own."""
    doc, _ = page
    assert all(s.content and all(map(len, s.content)) and s.cue for s in doc.of(Statement))


def test_giving_up_is_said(page: tuple[Doc, str | None]) -> None:
    """Where marks do not pair or a paragraph is too long, a warning stands at the place; elsewhere there is none."""
    doc, warning = page
    messages = {w.message: w.span for w in doc.of(Warning) if w.message in (UNCLOSED, UNEVEN, TOO_LONG)}
    if warning is None:
        assert not messages
    else:
        assert messages[warning] is not None


def voices(text: str, kit: Kit) -> list[tuple[str, str]]:
    """(speaker, first words told) of each statement."""
    doc = extract(Report(id="x", source="x", text=text), kit)
    spoken = [(s.sources[0].span, s.content[0]) for s in doc.of(Statement)]
    return [(who.of(text) if who else "", said.of(text)) for who, said in spoken]


def test_an_interview_is_questions_and_answers(kit: Kit) -> None:
    """Lines that begin with Q: and A: are said by Q and A; what an answer tells of others is theirs."""
    told = voices(OPENING + PAGES["an interview"][0], kit)
    assert told == [
        ("Q", "Did your men enter the town?"),
        ("A", "They did not. They stood at the gate"),
        ("Q", "Who fired?"),
        ("A", "Not us. The police said it was a dog"),
        ("The police", "it was a dog"),
    ]


def test_an_answer_under_a_heading_is_no_dateline(kit: Kit) -> None:
    """A one-letter label under a heading is a voice, not a place."""
    text = "Commander speaks\n\nQ: Did your men enter?\n\nA: They did not. They stood at the gate.\n\n" + OPENING
    assert ("A", "They did not. They stood at the gate") in voices(text, kit)


def test_a_post_is_signed(kit: Kit) -> None:
    """An embedded post is said by the name that signs it."""
    assert ("Ministry of Water", "The dam is safe. Stay home. pic.example/abc") in voices(
        OPENING + PAGES["a post"][0], kit
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The minister said on Monday that the bridge would open on Friday.", "Monday"),
        ("On Tuesday the army said the town fell on Sunday.", "Tuesday"),
        ("The governor told reporters in March that elections would be held in June.", "March"),
        ("“We leave on Friday,” the envoy said on Monday.", "Monday"),
        ("The spokesman denied on 3 May that the ship had sailed on 1 May.", "3 May"),
        ("The general said the fort fell on Sunday.", None),
        ("Police said the market was hit on Monday night.", None),
    ],
)
def test_when_it_was_said(text: str, said: str | None, kit: Kit) -> None:
    """The time of the saying stands at the cue; a time in the content is none."""
    doc = extract(Report(id="x", source="x", text=OPENING + text), kit)
    statement = next(iter(doc.of(Statement)))
    times = {t.id: t.span.of(doc.report.text) for t in doc.of(Time)}
    assert (times[statement.said] if statement.said else None) == said


@pytest.mark.parametrize(
    ("text", "stance", "negated", "modality"),
    [
        ("The minister said the army had not crossed the river.", "asserts", True, None),
        ("The minister denied the army had crossed the river.", "denies", False, None),
        ("The minister said the army might cross the river.", "asserts", False, "may"),
        ("The minister denied that the army must leave.", "denies", False, "must"),
    ],
)
def test_the_cue_and_the_content_are_kept_apart(
    text: str, stance: str, negated: bool, modality: str | None, kit: Kit
) -> None:
    """The stance is the cue's; negation and modality (a lemma) are the content's."""
    doc = extract(Report(id="x", source="x", text=OPENING + text), kit)
    (statement,) = doc.of(Statement)
    assert (statement.stance, statement.negated, statement.modality) == (stance, negated, modality)


def test_spans_are_of_the_page(kit: Kit) -> None:
    """Offsets count code points, so that emoji and accents before a quotation move nothing."""
    text = OPENING + "🙂 Résumé of the day: “Nothing moved,” said the harbour master."
    doc = extract(Report(id="x", source="x", text=text), kit)
    assert Span(text.index("“"), text.index("”") + 1) in [s for a in doc.of(Attribution) for s in a.content]
