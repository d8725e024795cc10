"""Whom a claim leads back to, and how many origins some claims have."""

from dataclasses import replace
from itertools import permutations

import pytest

from dateline.across import Counts, Hop, Told, Who
from dateline.join.origins import counts, roots
from tests.join.telling import (
    AGENCY,
    BARE_MINISTRY,
    DOCTOR,
    MINISTRY,
    REBELS,
    RESIDENTS,
    SOURCE,
    SPOKESMAN,
    TOWN,
    act,
    carried,
    figure,
    said,
)


def keys(*told: Told, models: dict[str, str] | None = None, parties: frozenset[str] = frozenset()) -> list[str]:
    found = roots(told, models or {}, parties)
    return [found[t.id].key for t in told]


@pytest.mark.parametrize(
    ("who", "words", "kind"),
    [
        (MINISTRY, "", "party"),
        (REBELS, "", "party"),
        (SPOKESMAN, "a ministry spokesman", "party"),
        (Who("mayor|", "mayor", "unknown"), "the mayor of the town", "party"),
        (Who("~army officer|", "army officer", "person", None, ("mil.ss",), "officer"), "an army officer", "party"),
        (DOCTOR, "a doctor at the hospital", "witness"),
        (Who("~councillor|", "town councillor", "person", None, (), "local leader"), "a councillor", "witness"),
        (Who("iom", "International Organization for Migration", "organisation"), "the IOM", "witness"),
        (Who("~report|", "report", "unknown", None, (), "document"), "the report", "document"),
        (Who("~reporter|", "reporter", "person", None, (), "journalist"), "a reporter", "correspondent"),
        (SOURCE, "a security source", "unnamed"),
        (Who("~senior official|", "senior official", "person", None, (), "official"), "a senior official", "unnamed"),
        (None, "he", "unnamed"),
    ],
)
def test_kind(who: Who | None, words: str, kind: str) -> None:
    """A voice is a party, a witness, a document, a correspondent or unnamed by what the words for it say."""
    assert roots([figure("a", 5, said(who, words))], {})["a"].kind == kind


def test_own_voice() -> None:
    """What a report says in its own voice leads to the outlet's correspondent."""
    found = roots([replace(act("a"), outlet="Meridian Wire")], {})["a"]
    assert (found.kind, found.name) == ("correspondent", "correspondent of Meridian Wire")


def test_outlets_are_met_loosely() -> None:
    """An outlet is the same whether its name or its key is given."""
    assert len(set(keys(replace(act("a"), outlet="Meridian Wire"), replace(act("b"), outlet="meridian-wire")))) == 1


def test_one_ministry() -> None:
    """A ministry with and without its country and its spokesman are one origin where only one ministry is named."""
    told = (
        figure("a", 5, said(MINISTRY)),
        figure("b", 6, said(BARE_MINISTRY, "the Defence Ministry")),
        figure("c", 7, said(SPOKESMAN, "a ministry spokesman"), report="rb"),
    )
    assert set(keys(*told)) == {"gov.ss.defence"}


def test_the_capital_stands_for_the_only_office() -> None:
    """What "Juba" says is what the one ministry of that state says."""
    juba = Who("state.ss", "South Sudan", "state", "SS")
    assert set(keys(figure("a", 5, said(MINISTRY)), figure("b", 5, said(juba, "Juba")))) == {"gov.ss.defence"}


def test_two_ministries_of_two_states() -> None:
    """Ministries of two states are two origins, and one that may be either adds none to them."""
    other = Who("gov.sd.defence", "Sudanese Defence Ministry", "government", "SD", ("state.sd",))
    told = [figure("a", 5, said(MINISTRY)), figure("b", 6, said(other)), figure("c", 7, said(BARE_MINISTRY))]
    found = roots(told, {})
    assert counts(told, found, {}).origins == 2


def test_an_officer_is_not_his_army() -> None:
    """A colonel who tells what he knows is an origin beside his army's spokesman."""
    army = Who("mil.ss", "South Sudan People's Defence Forces", "military", "SS", ("state.ss",))
    colonel = Who("~colonel|", "colonel", "person", None, ("mil.ss", "state.ss"), "military")
    assert len(set(keys(figure("a", 5, said(army)), figure("b", 6, said(colonel, "a colonel in the town"))))) == 2


def test_residents_of_two_outlets() -> None:
    """Residents that two outlets found are two origins; those of one outlet are one."""
    one = replace(act("a", said(RESIDENTS, "residents")), outlet="one")
    again = replace(act("b", said(RESIDENTS, "residents")), outlet="one")
    two = replace(act("c", said(RESIDENTS, "residents")), outlet="two")
    first, second, third = keys(one, again, two)
    assert first == second != third


def test_a_calling_is_one_person() -> None:
    """Two outlets' doctor is one doctor, since a rewrite names nobody else."""
    first = figure("a", 5, said(DOCTOR, "a doctor at the hospital in Bentiu"))
    assert len(set(keys(first, figure("b", 5, said(DOCTOR, "a doctor"))))) == 1


def test_copies_have_their_models_root() -> None:
    """A claim in an earlier report's words leads where that one does, through copies of copies."""
    first = figure("a", 5, said(DOCTOR, "a doctor"))
    told = (first, figure("b", 5), figure("c", 5))
    assert len(set(keys(*told, models={"b": "a", "c": "b"}))) == 1


def test_a_model_that_is_not_given() -> None:
    """A chain of models leads on through one that is not among the claims; one that ends nowhere is left aside."""
    told = (figure("a", 5, said(DOCTOR)), figure("c", 5))
    assert len(set(keys(*told, models={"c": "b", "b": "a"}))) == 1
    assert keys(*told, models={"c": "nowhere"}) == keys(*told)


def test_models_in_a_circle() -> None:
    """Copies of each other, which nobody should give, end all the same."""
    assert len(keys(figure("a", 5), figure("b", 6), models={"a": "b", "b": "a"})) == 2


def test_a_carrier_alone() -> None:
    """An agency that is quoted without a source leads to its correspondent."""
    found = roots([figure("a", 5, carried(AGENCY))], {})["a"]
    assert (found.kind, found.name) == ("correspondent", "correspondent of Interfax")


def test_through_the_outlet_that_is_quoted() -> None:
    """Where what an agency printed is given too, the citation leads on to the agency's source."""
    source = replace(figure("a", 5, said(DOCTOR, "a doctor")), outlet="Interfax")
    found = roots([source, figure("b", 5, carried(AGENCY))], {})
    assert found["b"].key == found["a"].key


def test_a_partys_own_press() -> None:
    """The news agency of a movement is the movement."""
    press = Who("~movements news agency|", "movement's news agency", "media", None, ("white-front",), "media")
    assert roots([figure("a", 5, carried(press))], {})["a"].kind == "party"


def test_a_number_told_before() -> None:
    """A headline's number is that of whoever the story names for it."""
    told = (figure("a", 5, report="r"), figure("b", 5, said(MINISTRY), report="r"))
    assert set(keys(*told)) == {"gov.ss.defence"}


def test_a_side_of_the_event_is_a_party() -> None:
    """An organisation that acts in the event is a party to it."""
    union = Who("miners union|", "miners' union", "organisation")
    told = figure("a", 5, said(union, "the miners' union"))
    assert roots([told], {})["a"].kind == "witness"
    assert roots([told], {}, frozenset({"miners union|"}))["a"].kind == "party"


def test_the_peacekeepers_mission() -> None:
    """A mission of the United Nations is a party where its own soldiers are told of, a bystander elsewhere."""
    mission = Who("un mission|", "UN mission", "organisation", None, ("un",))
    chain = said(mission, "the UN mission")
    assert roots([figure("a", 3, chain, sentence="Three peacekeepers were killed.")], {})["a"].kind == "party"
    assert roots([figure("a", 3, chain, sentence="Three farmers were killed.")], {})["a"].kind == "witness"


def test_a_statement_by_the_only_party() -> None:
    """A statement without an author is that of the only party that speaks in the report."""
    paper = Who("~statement|", "statement", "unknown", None, (), "document")
    told = (act("a", said(REBELS), report="r"), figure("b", 9, said(paper, "the statement"), report="r"))
    assert set(keys(*told)) == {"white-front"}


def test_counts() -> None:
    """Fourteen reports of two texts that lead to a ministry and a doctor are 14 / 2 / 2, and one origin is a party."""
    told: list[Told] = [figure(f"m{n}", 5, said(MINISTRY)) for n in range(12)]
    told += [figure(f"d{n}", 5, said(DOCTOR, "a doctor")) for n in range(2)]
    texts = {t.id: t.id[0] for t in told}
    assert counts(told, roots(told, {}), texts) == Counts(14, 2, 2, 1)


def test_unnamed_counts_once() -> None:
    """Sources that nobody can tell apart are one origin, however many reports have one."""
    told = [figure(f"s{n}", 5, said(SOURCE, "a security source")) for n in range(5)]
    assert counts(told, roots(told, {}), {}).origins == 1


def test_own_voice_adds_nothing() -> None:
    """Papers that name no source add no origin to one that is named, and are one where nobody is."""
    own = [act(f"o{n}") for n in range(3)]
    named = act("n", said(DOCTOR, "a doctor"))
    assert counts([*own, named], roots([*own, named], {}), {}).origins == 1
    assert counts(own, roots(own, {}), {}).origins == 1


def test_order_of_claims() -> None:
    """The order in which claims are given decides nothing."""
    told = [
        figure("a", 5, said(MINISTRY)),
        figure("b", 6, said(BARE_MINISTRY)),
        figure("c", 7, said(DOCTOR, "a doctor"), places=(TOWN,)),
        figure("d", 5),
    ]
    found = [roots(list(given), {}) for given in permutations(told)]
    assert all(one == found[0] for one in found)


def test_no_claims() -> None:
    """Nothing told has no origin."""
    assert roots([], {}) == {}
    assert counts([], {}, {}) == Counts(0, 0, 0, 0)


def test_hop_without_anybody() -> None:
    """A voice that is neither named nor printed is unnamed and breaks nothing."""
    assert roots([act("a", (Hop("speaker", None, ""),))], {})["a"].kind in ("correspondent", "unnamed")


# --- what the sentence shows, and whom a name may mean ----------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "The doctor gives the dead as five.",
        "The doctor had counted five bodies.",
        "The doctor's tally is five.",
        "BENTIU, March 1 (Meridian Wire) - The doctor stood by the five.",
    ],
)
def test_the_subject_of_the_sentence(sentence: str) -> None:
    """Where nobody is found to say it, the subject of a sentence that counts is whose word it is."""
    told = (act("a", said(DOCTOR, "the doctor"), report="r"), figure("b", 5, sentence=sentence, report="r"))
    assert len(set(keys(*told))) == 1


def test_a_plain_sentence_is_the_outlets() -> None:
    """A sentence whose subject counts nothing stays the outlet's own."""
    told = (
        act("a", said(DOCTOR, "the doctor"), report="r"),
        act("b", sentence="The doctor fled the town.", report="r"),
    )
    assert roots(told, {})["b"].kind == "correspondent"


def test_a_sentence_has_one_voice() -> None:
    """What stands beside words that are somebody's, in the same sentence, is his too."""
    sentence = "The troops were gone, the doctor said, and the rebels drove in at noon."
    told = (
        act("a", said(DOCTOR, "the doctor"), report="r", sentence=sentence),
        act("b", report="r", sentence=sentence),
    )
    assert len(set(keys(*told))) == 1


def test_a_pronoun_is_who_spoke_last() -> None:
    """A pronoun that leads to nobody is the voice that spoke last before it, in the same report."""
    told = (
        act("a", said(MINISTRY), report="r", start=10),
        act("b", said(DOCTOR, "a doctor"), report="r", start=100),
        act("c", said(None, "he"), report="r", start=200),
    )
    found = keys(*told)
    assert found[2] == found[1] != found[0]


def test_a_subject_whom_nobody_names_adds_nothing() -> None:
    """A voice that only the subject of a sentence shows is not counted beside one that is named."""
    told = [figure("a", 5, said(MINISTRY)), figure("b", 6, sentence="A nurse counted six bodies.")]
    found = roots(told, {})
    assert (found["b"].kind, counts(told, found, {}).origins) == ("witness", 1)


def test_hospital_sources() -> None:
    """A source of a hospital tells what is seen there; a source of the security forces is anybody's."""
    hospital = Who("~hospital source|", "hospital source", "person", None, (), "source")
    assert roots([figure("a", 5, said(hospital, "hospital sources"))], {})["a"].kind == "witness"


def test_state_television() -> None:
    """What state television says is a party's word."""
    press = Who("~state television|", "state television", "media", None, (), "media")
    assert roots([figure("a", 5, said(press, "state television"))], {})["a"].kind == "party"


def test_the_ministry_of_the_country_that_is_told_of() -> None:
    """A ministry without a country is that of the only one told of, so that it is no other country's."""
    other = Who("gov.fr.defence", "French Defence Ministry", "government", "FR", ("state.fr",))
    told = (figure("a", 5, said(BARE_MINISTRY), places=(TOWN,)), figure("b", 5, said(other)))
    assert len(set(keys(*told))) == 2


def test_the_united_nations() -> None:
    """ "The UN" is the one agency of it that is named."""
    un, iom = Who("un", "United Nations", "organisation"), Who("iom", "Migration Agency", "organisation")
    assert set(keys(figure("a", 5, said(un)), figure("b", 6, said(iom)))) == {"iom"}
