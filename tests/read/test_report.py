"""Bytes → Report: encodings, refusals, the day of publication, languages, and the articles of pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError, InputError, UsageError
from dateline.model import Block, Mark, Report
from dateline.read.blocks import blocks
from dateline.read.page import read_report
from dateline.read.published import UNDATED, parse_published
from dateline.read.text import MAX_BYTES
from dateline.stage import Doc, Kit

STORY = (
    "The army said on Monday that the river town had fallen after two days of shelling. "
    "“We left with what we could carry,” said a woman at the bus station on the far bank. "
)
PLAIN = f"River town falls\n\n{STORY}\n\n{STORY}"


def page(body: str = "", head: str = "") -> bytes:
    """A small page around two paragraphs of the story."""
    return f"""<!DOCTYPE html><html><head><title>River town falls</title>{head}</head><body>
        <nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>River town falls</h1>{body}
        <p>{STORY}</p><p>Two. {STORY}</p></article><footer>About us</footer></body></html>""".encode()


def kinds(report: Report, kit: Kit) -> list[tuple[str, str]]:
    doc = Doc(report)
    found = doc.adding(blocks(doc, kit), *blocks.gives).of(Block)
    return [(b.kind, b.span.of(report.text)) for b in found]


# --- text and its encodings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.encode("utf-32"),
        PLAIN.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 with mark", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_plain_text_is_kept_character_for_character(raw: bytes) -> None:
    """The report's text is the decoded input in whatever encoding it came, less a byte-order mark."""
    assert read_report(raw, "x.txt").text == PLAIN


def test_line_ends_stay_as_they_are() -> None:
    """Carriage returns are part of the text, and offsets count them."""
    assert read_report(PLAIN.replace("\n", "\r\n").encode(), "x").text == PLAIN.replace("\n", "\r\n")


@pytest.mark.parametrize(("says", "encoding"), [("iso-8859-1", "utf-8"), ("utf-8", "cp1252")])
def test_a_lying_charset_is_seen_through_and_warned_of(says: str, encoding: str) -> None:
    """Bytes are believed before the page's own label."""
    raw = page(head=f'<meta charset="{says}">').decode().encode(encoding)
    report = read_report(raw, "x.html")
    assert "“We left" in report.text
    assert any("the page says" in warning.message for warning in report.warnings)


def test_a_guessed_encoding_is_warned_of() -> None:
    """Text that is no UTF-8 and does not say what it is gets read, with a warning."""
    report = read_report(PLAIN.encode("cp1252"), "x")
    assert any("cp1252" in warning.message for warning in report.warnings)


def test_a_file_cut_inside_a_character_is_still_utf_8() -> None:
    """One broken character at the end does not turn all others into nonsense."""
    report = read_report(f"{PLAIN}“".encode()[:-1], "x")
    assert report.text == f"{PLAIN}\ufffd"
    assert any("could not be read" in warning.message for warning in report.warnings)


# --- refusals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "white space"),
        (b"\xef\xbb\xbf\n", "white space"),
        (b"The army\0 said", "NUL"),
        (b"\x00\x01\x02\x03" * 400, "no text"),
        (b"\x01\x02\x03\x04\x05 a" * 400, "binary"),
        (b"%PDF-1.7 stream", "a PDF"),
        (b"PK\x03\x04 word/document.xml", "ZIP"),
        (b"a " * (MAX_BYTES // 2 + 1), "the limit is"),
        (b"<html><!-- nothing --></html>", "no article text"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article text"),
        (b"<html><body><script>var x = 1</script></body></html>", "no article text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_a_reason(raw: bytes, says: str) -> None:
    """Each kind of unreadable input says what is wrong, which file it was, and what to do."""
    with pytest.raises(InputError, match=says) as caught:
        read_report(raw, "some.file")
    assert caught.value.where == "some.file"
    assert caught.value.todo


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: f"<html><p>{t}".encode())))
def test_any_bytes_give_a_report_or_a_clear_error(raw: bytes) -> None:
    """Nothing but our own errors comes out of reading, and the same bytes give the same report."""
    try:
        report = read_report(raw, "x")
    except DatelineError:
        return
    assert report == read_report(raw, "x")
    assert report.id.startswith("sha256:")


@pytest.mark.parametrize("depth", [300, 10_000])
def test_a_page_nested_ten_thousand_deep_is_read(depth: int) -> None:
    """Deep nesting neither crashes nor hides the words."""
    raw = f"<html><body>{'<div>' * depth}<p>{STORY}</p>{'</div>' * depth}</body></html>".encode()
    assert "river town had fallen" in read_report(raw, "x").text


def test_a_page_without_closing_tags_is_read(words_kit: Kit) -> None:
    """Broken markup still has its paragraphs."""
    report = read_report(f"<html><body><h1>River town falls<p>{STORY}<p>Two. {STORY}<div><b>".encode(), "x")
    assert [kind for kind, _ in kinds(report, words_kit)] == ["headline", "paragraph", "paragraph"]


# --- the day of publication ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2021-08-05", "2021-08-05"),
        ("20210805", "2021-08-05"),
        ("2021-08-05T17:22:00+01:00", "2021-08-05T17:22:00+01:00"),
        ("5 August 2021", "2021-08-05"),
        ("Aug. 5, 2021", "2021-08-05"),
        ("Thu, 05 Aug 2021 17:22:00 +0100", "2021-08-05T17:22:00+01:00"),
        ("August 5, 2021, 8.05 pm IST", "2021-08-05T20:05:00"),
        ("25/08/2021", "2021-08-25"),
    ],
)
def test_dates_as_people_write_them(words: str, day: str) -> None:
    """A full date in words or figures becomes ISO 8601; letters for a time zone are left out."""
    assert parse_published(words) == day


@pytest.mark.parametrize(
    "words",
    ["", "yesterday", "5 August", "August 2021", "05/08/2021", "31 February 2021", "2021-13-01", "5.8.21"],
)
def test_what_is_no_full_date_is_refused(words: str) -> None:
    """Days that need a guess, and days that are none, are a usage error."""
    with pytest.raises(UsageError, match="no full date"):
        parse_published(words)


LINKED_DATA = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, '
    '{"@type": "NewsArticle", "datePublished": "2022-03-04T06:15:00-05:00"}]}</script>'
)


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (LINKED_DATA, "", "2022-03-04T06:15:00-05:00"),
        (
            '<meta property="article:published_time" content="2022-03-04T17:22:00+01:00">',
            "",
            "2022-03-04T17:22:00+01:00",
        ),
        ('<meta name="dc.date" content="2022-03-04">', "", "2022-03-04"),
        ('<meta itemprop="datePublished" content="4 March 2022">', "", "2022-03-04"),
        ("", '<time datetime="2022-03-04">Friday</time>', "2022-03-04"),
    ],
    ids=["JSON-LD", "OpenGraph", "Dublin Core", "microdata", "time"],
)
def test_a_pages_own_date_is_metadata(head: str, body: str, day: str) -> None:
    """What the page's markup says of its day is taken, and marked as its own word."""
    report = read_report(page(body, head), "x")
    assert (report.published, report.published_by) == (day, "metadata")


def test_a_given_day_wins_over_the_pages() -> None:
    """The reader's word goes before the page's."""
    report = read_report(page(head=LINKED_DATA), "x", published="5 March 2022")
    assert (report.published, report.published_by) == ("2022-03-05", "given")


def test_an_unreadable_date_in_a_page_is_warned_of() -> None:
    """A date that is none is not passed over in silence."""
    report = read_report(page(head='<meta name="dc.date" content="last week">'), "x")
    assert report.published is None
    assert any("last week" in warning.message for warning in report.warnings)


def test_an_unreadable_given_date_is_a_usage_error() -> None:
    """A day that we cannot read is refused, not dropped."""
    with pytest.raises(UsageError):
        read_report(PLAIN.encode(), "x", published="Friday")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 4 March 2022", "2022-03-04"),
        ("Updated / Friday, 4 Mar 2022 19:31", "2022-03-04"),
        ("World bulletin, Friday evening, March 4, 2022", "2022-03-04"),
        ("Published 4 March 2022. Updated 5 March 2022", "2022-03-04"),
        ("OSTRAVEN, 4 March 2022 (Plainsong) — Four men were hurt.", "2022-03-04"),
        ("OSTRAVEN, 4 MAR 89 (PLAINSONG) -- [TEXT] FOUR MEN WERE HURT.", "1989-03-04"),
        ("OSTRAVEN, March 4 (Plainsong) — Four men were hurt.", None),
        ("The treaty of 4 March 2022 was signed in the town by both of the sides and two others.", None),
    ],
)
def test_a_day_line_near_the_top_gives_the_day(line: str, day: str | None) -> None:
    """A line of its own or a dateline with its year tells the day; a date in a sentence does not."""
    report = read_report(f"River town falls\n\n{line}\n\n{STORY}".encode(), "x")
    assert (report.published, report.published_by) == (day, "text" if day else None)
    assert (UNDATED in report.warnings) == (day is None)


def test_two_days_near_the_top_give_none() -> None:
    """Two candidates left: none is taken, and the report says so."""
    report = read_report(f"River town falls\n\n4 March 2022\n\n5 March 2022\n\n{STORY}".encode(), "x")
    assert report.published is None
    assert any("2 dates" in warning.message for warning in report.warnings)


# --- language -----------------------------------------------------------------------------------------------


def test_a_foreign_page_is_named_and_warned_of() -> None:
    """A page in another language says which, and that it is not understood."""
    german = "Die Armee teilte am Montag mit, die Stadt am Fluss sei nach zwei Tagen Beschuss gefallen. " * 3
    report = read_report(german.encode(), "x")
    assert report.language == "de"
    assert any("only English" in warning.message for warning in report.warnings)


@pytest.mark.parametrize(("text", "language"), [(STORY * 2, "en"), (STORY.upper() * 2, "en"), ("Town falls.", None)])
def test_language_is_claimed_only_where_there_is_enough_of_it(text: str, language: str | None) -> None:
    """Running text is told even in capitals; a few words are not."""
    assert read_report(text.encode(), "x").language == language


# --- the article of a page ----------------------------------------------------------------------------------


def test_marks_lie_on_the_words_they_name() -> None:
    """Text of a page is its parts with a blank line between, and each part has its mark."""
    report = read_report(page(), "x")
    assert report.text == "\n\n".join(mark.span.of(report.text) for mark in report.marks)
    assert isinstance(report.marks[0], Mark)
    assert report.title == "River town falls"


def test_menus_and_footers_are_left_out() -> None:
    """What stands outside the article is not part of the report."""
    text = read_report(page(), "x").text
    assert "Home" not in text
    assert "About us" not in text


FIGURE = (
    '<figure><img src="a.jpg"><figcaption>Families cross the river on a raft. '
    '<span class="credit">Photo: Plainsong</span></figcaption></figure>'
)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (FIGURE, [("caption", "Families cross the river on a raft."), ("credit", "Photo: Plainsong")]),
        (
            '<div class="wp-caption"><p>Families cross the river. ABC PHOTO</p></div>',
            [("caption", "Families cross the river."), ("credit", "ABC PHOTO")],
        ),
        ('<p class="byline">Foreign staff</p>', [("byline", "Foreign staff")]),
        ('<p class="standfirst">Bridge cut at dawn</p>', [("standfirst", "Bridge cut at dawn")]),
        (
            '<blockquote class="twitter-tweet"><p>They hold the bridge, both sides of it.</p></blockquote>',
            [("quote", "They hold the bridge, both sides of it.")],
        ),
        ("<p>Updated / Friday, 4 Mar 2022 19:31</p>", [("dateline", "Updated / Friday, 4 Mar 2022 19:31")]),
        (
            f"<p>OSTRAVEN (Plainsong) — Three. {STORY}</p>",
            [("dateline", "OSTRAVEN (Plainsong) —"), ("paragraph", f"Three. {STORY}".strip())],
        ),
        (
            "<table><tr><th>Week</th><th>Hurt</th></tr><tr><td>1</td><td>9</td></tr></table>",
            [("table", "Week | Hurt\n1 | 9")],
        ),
    ],
    ids=["figure", "agency photo", "byline", "standfirst", "tweet", "day line", "dateline", "table"],
)
def test_parts_of_a_page(body: str, wanted: list[tuple[str, str]], words_kit: Kit) -> None:
    """Parts that article extractors throw away stand in their place, as what the markup calls them."""
    found = kinds(read_report(page(body), "x"), words_kit)
    assert found[0] == ("headline", "River town falls")
    assert found[1 : 1 + len(wanted)] == wanted
    assert [kind for kind, _ in found[1 + len(wanted) :]] == ["paragraph", "paragraph"]


def test_a_caption_told_again_outside_its_figure_is_a_caption(words_kit: Kit) -> None:
    """A paragraph in the words of an earlier caption is that caption, printed again."""
    body = FIGURE + f"<p>Three. {STORY}</p><p>Families cross the river on a raft.</p>"
    found = kinds(read_report(page(body), "x"), words_kit)
    assert [words for kind, words in found if kind == "caption"] == ["Families cross the river on a raft."] * 2
