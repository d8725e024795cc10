"""Every source resolves to an actor of the report, or is a typed unknown."""

import pytest

from dateline.model import Actor, Report, Statement
from dateline.pipeline import extract
from dateline.stage import Doc, Kit


def read(text: str, kit: Kit) -> Doc:
    return extract(Report(id="x", source="x", text=text), kit)


def speakers(doc: Doc) -> list[Actor | None]:
    """The actor behind the speaker of each statement."""
    actors = {a.id: a for a in doc.of(Actor)}
    return [actors.get(s.sources[0].actor or "") for s in doc.of(Statement)]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor, Jane Marlow, opened the bridge on Monday. She said it would hold.\n\nMarlow said it was safe.",
        "The defence ministry said the bridge had held. The ministry added that it was open.",
        "A military spokesman said the fort had fallen.\n\nSpokesman General Tomas Orlo said it would be retaken.",
        pytest.param(
            "A military spokesman said the fort had fallen. The spokesman, General Tomas Orlo, said it would be.",
            marks=pytest.mark.xfail(reason="the name in apposition does not reach the unnamed role", strict=True),
        ),
    ],
    ids=["pronoun and surname", "nominal", "role first and name later", "in apposition"],
)
def test_one_voice_is_one_actor(text: str, kit: Kit) -> None:
    """Whatever words stand for a speaker, they lead to the same actor."""
    found = speakers(read(text, kit))
    assert len(found) == 2
    assert found[0] is not None
    assert found[0] == found[1]


def test_a_capital_speaks_for_its_government(kit: Kit) -> None:
    """ "Moscow said": the state or its government, not the town."""
    (speaker,) = speakers(read("Moscow said the grain would be shipped.", kit))
    assert speaker is not None
    assert (speaker.kind in ("state", "government"), speaker.country) == (True, "RU")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("An official said the road was shut.", "official"),
        ("Residents said the road was shut.", "resident"),
        ("A witness said the road was shut.", "witness"),
        ("A doctor at the hospital said nine people had died.", "medic"),
    ],
)
def test_an_unnamed_source_has_a_type(text: str, kind: str, kit: Kit) -> None:
    """A voice without a name is told by what it is."""
    (speaker,) = speakers(read(text, kit))
    assert speaker is not None
    assert speaker.unnamed == kind


def test_unnamed_sources_are_counted_and_their_reason_kept(kit: Kit) -> None:
    """How many spoke, and why they are not named, in the words of the report."""
    text = "Two officials, who asked not to be named because they feared reprisals, said the road was shut."
    doc = read(text, kit)
    (speaker,) = speakers(doc)
    assert speaker is not None
    assert speaker.count == 2
    assert speaker.anonymity is not None
    assert "feared reprisals" in speaker.anonymity.of(text)
