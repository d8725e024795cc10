"""What can be asked for: each view's columns, as data. Frames, files and their sidecars are made from these lists."""

from dataclasses import dataclass
from typing import Literal

type Type = Literal["text", "whole", "number", "yes/no", "day", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a view; ``about`` says what it means, with its unit. Where nothing is known it is empty."""

    name: str
    type: Type
    about: str


def _columns(lines: str) -> tuple[Column, ...]:
    """``name type meaning``, a line each."""
    found = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        name, type, about = line.split(maxsplit=2)
        found.append(Column(name, type, about))  # type: ignore[arg-type]
    return tuple(found)


_DAYS = """
    earliest day first day that it may be of, by the words; never a day of publication
    latest day last day that it may be of
"""
_PLACE = """
    place text the first place named for it
    admin1 text province of that place
    country text ISO 3166-1 alpha-2
    latitude number degrees north
    longitude number degrees east
    precision text exact, near, district, province, country, relative or none
    radius_km number how far off the point may be, kilometres
    places list every place named for it
"""
_TOLD = """
    voice text who says so: the speaker; empty for the report's own voice
    chain list speaker, then each through whom it came
    stance text how surely the voice puts it: asserts, denies, predicts …
    words text the sentence, as printed
    statement text id of the statement that it is told in
    start whole where its words begin in the report's text, code points
    end whole where they end
    rule text id of the rule that found it
"""
_RULED = """
    ruled text what people ruled: accepted, rejected; in doubt where what it rests on is rejected
    edited list what people corrected, each field with what dateline has: field: value
"""
_REPORT = """
    report text id of the report: sha256 of its bytes
    title text its title or headline
    outlet text who printed it
    published text ISO 8601 day or moment, as given or found
    known text when the record came to know: the moment the report was added, UTC
    engine text which dateline, model and word lists made the row
"""

_JOINED = """
    event text id of the event that it tells of: that of its first telling
    reports whole how many reports tell of it, reprints too
    texts whole in how many different texts
    origins whole to how many independent origins these lead back
    parties whole how many of these are a party to the fight
    standing text confirmed, corroborated, reported, single, contested or doubtful
    credibility whole Admiralty's digit, 1 confirmed to 6 cannot be judged
    roots list the origins, each with its kind
    counted list amounts: least to most, best by UCDP's rule, standing
    clashes list on which fields its tellings clash, and how
    by text the rule that gave the standing
"""

VIEWS: dict[str, tuple[Column, ...]] = {
    "reports": _columns(f"""
        id text sha256 of its bytes
        title text title or headline
        outlet text who printed it
        published text ISO 8601 day or moment
        published_by text how that is known: given, metadata or text
        language text ISO 639-1
        words whole number of words
        source text file name or address as given
        warnings list what was read and not understood
        thread text id of the first report of the running story that it is of
        known text when it was added, UTC
        engine text which dateline, model and word lists read it
        {_RULED}
    """),
    "statements": _columns(f"""
        id text hash of report, words and place in it
        speaker text whose words or thoughts they are; empty for an unnamed one
        chain list speaker, then each through whom it came
        stance text asserts, denies, declines, predicts, plans, demands, doubts, accuses, threatens, asks, other
        form text direct, indirect, mixed or headline
        policy text report, belief or attitude
        words text what is said, as printed
        cue text the words that mark it as said
        negated yes/no its own words deny it
        modality text may, must, will …
        {_DAYS.replace("it may be of", "it may have been said on")}
        places list places named in it
        within text id of the statement around it
        score number how likely the rules hold it to be a statement, 0 to 1
        start whole where it begins in the report's text, code points
        end whole where it ends
        rule text id of the rule that found it
        {_REPORT}
        {_RULED}
    """),
    "events": _columns(f"""
        id text hash of report, place in it and type
        type text PLOVER event type
        mode text PLOVER mode
        context list PLOVER contexts
        status text happened, ongoing, planned, possible, predicted, demanded, denied or hypothetical
        actors list who did it
        recipients list to whom
        {_DAYS}
        {_PLACE}
        amounts list counted amounts told with it
        same_as text id of an earlier row of the report that it tells again
        {_TOLD}
        {_REPORT}
        {_RULED}
        {_JOINED}
    """),
    "holds": _columns(f"""
        id text hash of report, place in it, state and place on the map
        state text holds, captured, retaken, lost, contested, threatened or withdrawn
        level text whole, most, part, centre, districts, outskirts or presence
        status text happened, ongoing, planned, possible, predicted, demanded, denied or hypothetical
        holder text who holds it
        other text who lost or contests it
        {_DAYS}
        {_PLACE}
        amounts list amounts told with it, such as nine of ten districts
        event text id of the event that it follows from
        {_TOLD}
        {_REPORT}
        {_RULED}
    """),
    "figures": _columns(f"""
        id text hash of report, place in it and what is counted
        counts text killed, wounded, displaced, troops …
        value number the number, where the words give one
        low number least, where the words give a range
        high number most
        approximate yes/no about, some, nearly …
        unit text the counted noun, or a currency code
        bound text exact, at_least, up_to, about or range
        scope text event, day, since, part or total
        side text whose, or of whom
        status text happened, ongoing, planned, possible, predicted, demanded, denied or hypothetical
        {_DAYS}
        {_PLACE}
        event text id of the event that it belongs to
        {_TOLD}
        {_REPORT}
        {_RULED}
    """),
    "compare": _columns(f"""
        id text id of the figure that says it first; of a drill told without a number, of its event
        about text losses, strength, people, deliveries or drills
        counts text killed, wounded, troops, displaced …; of deliveries what is delivered
        side text whose losses, troops or deliveries: as asked for, else by name
        word text whose word it is: own, enemy or other
        voice text who says so, followed back through whoever passed it on
        day day the day it is for by its words; else when it was said, see basis
        basis text what the day rests on: words, said (the day of the saying) or published
        value number the number, where the words give one
        low number least, where the words give a range
        high number most
        approximate yes/no about, some, nearly …
        unit text the counted noun
        bound text exact, at_least, up_to, about or range
        scope text event, day, since, part or total
        status text happened, ongoing, planned, possible, predicted, demanded, denied or hypothetical
        change number against the number before, where one count is kept up: since, total, strength
        to list who receives what is delivered, or joins the drill
        reports whole how many reports have this number
        tellings list ids of the figures that do
        series text the same for all numbers of one voice on one thing
        {_DAYS}
        {_PLACE}
        words text the sentence, as printed
        statement text id of the statement that it is told in
        rule text id of the rule that found it
        {_REPORT}
        {_RULED}
    """),
    "places": _columns("""
        id text hash of all that is known of the place
        name text as the gazetteer has it, else as printed
        kind text country, region, province, district, settlement, site, water or relief
        country text ISO 3166-1 alpha-2
        admin1 text province
        admin2 text district
        latitude number degrees north
        longitude number degrees east
        precision text exact, near, district, province, country, relative or none
        radius_km number how far off the point may be, kilometres
        gazetteer text its id there
        reports whole how many reports name it
        first day when the first of them was published
        last day when the last was
    """),
    "actors": _columns("""
        id text hash of name, kind, country and list entry; of several rows that are one, the most named one's
        name text as the list has it, else as printed
        kind text state, government, military, armed_group, organisation, media, person, people or unknown
        country text ISO 3166-1 alpha-2
        lexicon text its id in the list of actors or outlets
        unnamed text what sort of unnamed voice it is
        aliases list its names as printed in the hundred newest reports that name it
        roles list what it is there said to be, each with the days of these reports
        reports whole how many reports name it
        first day when the first of them was published
        last day when the last was
    """),
}
VIEWS["threads"] = _columns("""
    id text id of its first report
    title text title or headline of that
    first day when the first of its reports was published
    last day when the last was
    reports whole how many reports it has, reprints too
    texts whole how many different texts
    outlets list who printed them, the first first
    places list the places that most of its texts name
""")
VIEWS["holdings"] = _columns("""
    id text the place and the day
    place text name of the place
    day day the day that the row is of; with --since a day on which it changed
    state text held, contested, stale (last known, but long ago) or unknown
    holder text who holds it, or last held it
    since day since when it has been so
    weights list what the claims for each side weigh, in claims of one independent reporter on their day
    reports whole how many reports speak of it, reprints left out
    origins whole to how many independent origins these lead back
    pro list the three strongest claims for it, ids of holds
    contra list the three strongest against it
    turns text what would turn it
    kind text settlement, district, province …
    admin2 text district
    admin1 text province
    country text ISO 3166-1 alpha-2
    latitude number degrees north
    longitude number degrees east
    gazetteer text its id there
    by text the rule that decided
""")
VIEWS["tallies"] = _columns("""
    area text district, province or country
    day day the day that the row is of
    places whole places that anything is said of
    held list each side with how many of them it holds
    contested whole how many are contested
    stale whole of those held, how many by old claims only
    unknown whole of how many it is not known
""")
VIEWS["tempo"] = _columns("""
    id text the side, the area and the day
    side text who acts
    area text where: the place asked for, else the country
    until day the last day counted
    phase text speeding up, steady, slowing, paused or too little to tell
    weeks list distinct events in each of twelve weeks, oldest first
    read list reports of the area read in each of them
    ratio number rate of the last six weeks over that of the six before, by what was read; median
    low number of its 90 % interval
    high number of its 90 % interval
    said list what voices say of it, with the counts before and after
    statements list ids of these statements
    events list ids of the events counted, the latest first
    by text the rule that gave the phase
""")
VIEWS["assessments"] = _columns("""
    id text id of the first statement that says so
    origin text whom it comes from in the end
    kind text party, person, witness, document, correspondent or unnamed
    side text of whom it is said
    direction text slowing, speeding up, paused …
    words list the phrases, as printed
    reports whole how many reports print it, reprints too
    texts whole in how many different texts
    first day the first day on which it was said
    last day the last
    statements list ids of the statements
    by text the rule that led to the origin
""")
VIEWS["tensions"] = _columns("""
    id text the two claims and the field
    on text number, holder, happened, place or day
    verdict text party_dispute or conflict
    place text where
    earliest day first day that the claims may be of
    latest day last day
    a_voice text whom the earlier claim leads back to
    a_words text its sentence
    a_published day when it was published
    a_report text id of its report
    b_voice text whom the other leads back to
    b_words text its sentence
    b_published day when it was published
    b_report text id of its report
    a text id of the earlier claim
    b text id of the other
    event text id of the event that both are of
    by text the rule that gave the verdict
""")
VIEWS["search"] = (
    *VIEWS["reports"][:1],
    Column("snippet", "text", "the words around the first hits, each hit in brackets"),
    Column("hits", "whole", "how often what was asked for stands in the report"),
    *VIEWS["reports"][1:],
)
