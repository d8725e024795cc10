"""The forms of datelines ("KABUL, Aug 5 (Agency) —") and of lines that give the day of printing.

Only form is looked at, no map: capitals, a date, an agency in brackets, the dash. The weaker the form, the
more the place on the page has to speak for it (see ``opens``).
"""

import re
from collections.abc import Collection
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY = r"(?i:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
DAY_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\b\.?"
MONTH_DAY = rf"{MONTH}\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
YEARLESS = rf"(?:{DAY_MONTH}|{MONTH_DAY})"
FULL_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{MONTH})\b\.?,?\s+(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<m2>{MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d))\b",
    re.IGNORECASE,
)
SHORT_YEAR = re.compile(rf"\b(?P<d>\d{{1,2}})\s+(?P<m>{MONTH})\b\.?\s+(?P<y>\d\d)(?=\s*[(—–-])", re.IGNORECASE)

CAPS = r"[A-Z][A-Z'’.]*(?:[-\s][A-Z][A-Z'’.]*|-[a-z]{1,2}[-\s][A-Z]+)*"
TITLE = r"[A-Z][\w'’]+(?:[-\s](?:(?:e|i|al|de|of|the|la|el)[-\s])?[A-Z][\w'’]+){0,3}"
REGION = rf"(?:\s\({CAPS}\)(?=,)|,\s+(?!{MONTH}\b)[A-Z][\w.'’]+(?:\s[A-Z][\w.'’]+){{0,2}})"
DATED = rf"(?:,?\s+(?:{WEEKDAY},?\s+)?{YEARLESS}(?:,?\s+(?:\d{{4}}|\d\d))?|,\s+NO\s+DATE)"
AGENCY = r"(?:\s*\((?:[^()\n]{2,40})\)|\.?\s*/[^/\n]{2,40}/\.?)"
STOP = r"(?:\s*(?:—|–|--+|-|_|:)+(?=\s|[A-Z\"“‘']|$))"
TAGS = r"(?:\s*\[[A-Z][A-Za-z ]+\])*"

# name of the form → pattern; ``SURE`` forms count at the start of any paragraph, the rest where a story opens
CAPITALS = rf"{CAPS}(?:/{CAPS})*"
PLACE = rf"(?:{CAPITALS}|{TITLE})"
SURE = {
    "place_date_agency": rf"{PLACE}{REGION}?{DATED}{AGENCY}{STOP}?{TAGS}",
    "place_date": rf"{PLACE}{REGION}?{DATED}\.?{STOP}{TAGS}",
    "place_agency": rf"{CAPITALS}{REGION}?{AGENCY}{STOP}{TAGS}",
}
OPENING = {
    "title_agency": rf"{TITLE}{REGION}?{AGENCY}{STOP}",
    "agency": r"\((?:[A-Z][^()\n]{1,30})\)\s*(?:—|–|--+|-)\s",
    "caps_dash": rf"{CAPITALS}{REGION}?{STOP}",
    "title_colon": rf"{TITLE}{REGION}?:(?=\s)",
    "title_dash": rf"{TITLE}{REGION}?\s+(?:—|–|--|-)(?=\s)",
}


FORMS_SURE = {name: re.compile(pattern) for name, pattern in SURE.items()}
FORMS_OPENING = {name: re.compile(pattern) for name, pattern in OPENING.items()}
NOT_BEFORE = re.compile(r"[\s\"“‘']*[a-z]")
CLOCK_LINE = re.compile(
    r"\d{1,2}(?:[:.]\d\d(?:\s*[ap]\.?m\b\.?)?|\s*[ap]\.?m\b\.?)(?:\s*[A-Z]{2,4})?\s*:?$", re.IGNORECASE
)
DAY_LINE_WORDS = 16  # "Published on Thursday, 5 August 2021, 19:31 GMT – Updated …" is about the longest
OTHER_WORDS = 5  # in a day line, beside dates: "World bulletin, evening", "Published … Updated …"
DATE_WORDS = re.compile(rf"{FULL_DATE.pattern}|\b{WEEKDAY}\b|\d[\d:.]*", re.IGNORECASE)
ENDS_IN_DATE = re.compile(rf"\s(?=(?:{WEEKDAY},?\s+)?(?:{MONTH_DAY},?\s+(?:19|20)\d\d|{DAY_MONTH}\s+(?:19|20)\d\d)$)")
# "Captured by the army on 3 March 2022" tells a deed; "Updated by Jane Doe on 3 March 2022" does not.
DEED = re.compile(r"\b(?!publish|updat|post|report|edit|review|print|load|creat)\w{3,}ed by\b", re.IGNORECASE)
LEAST_AFTER_COLON = 12  # words; "Moscow: talks have failed" is a headline
HEAD = 200  # characters in which a dateline must have ended


def dateline(words: str, opens: bool, shouted: bool, not_places: Collection[str] = ()) -> tuple[int, str] | None:
    """Length of the dateline at the start of a paragraph, and the name of its form; None where there is none.

    ``opens``: the paragraph is the first, or stands right under a heading. ``shouted``: the whole text is in
    capitals, so that capitals say nothing. ``not_places``: words in lower case that are no place ("nato").
    """
    head = words[:HEAD]
    for name, pattern in FORMS_SURE.items():
        if found := pattern.match(head):
            return found.end(), name
    if not opens or shouted:
        return None
    for name, pattern in FORMS_OPENING.items():
        found = pattern.match(head)
        if found and _place(found[0], not_places) and _fits(name, head[found.end() :]):
            return found.end(), name
    return None


def _place(words: str, not_places: Collection[str]) -> bool:
    name = re.split(r"[,:(/—–_]|\s-", words)[0].strip(" -").lower()
    if len(name) < 2:
        return False  # "Q:" and "A:" label an interview
    return name not in not_places and not any(part in not_places for part in name.split()[-1:])


def _fits(form: str, rest: str) -> bool:
    """A bare colon or dash is a dateline's only where a sentence begins after it."""
    if form == "agency":
        return True
    if not rest.strip():
        return form == "caps_dash"
    if NOT_BEFORE.match(rest):
        return False
    if form == "title_colon" and len(rest.split()) < LEAST_AFTER_COLON:
        return False
    # "Kabul – a city of gardens – fell" has its second dash; "Herat: 'I saw them'" may be a speaker's label
    return form != "title_dash" or not re.search(r"\s[—–-]\s", rest.partition(". ")[0])


def is_day_line(words: str) -> bool:
    """True for a short line that mostly gives a full date, as "Updated / Thursday, 5 Aug 2021 19:31" does."""
    if CLOCK_LINE.match(words):
        return True
    if len(words.split()) > DAY_LINE_WORDS or not FULL_DATE.search(words) or DEED.search(words):
        return False
    others = re.findall(r"[^\W\d_]{2,}", DATE_WORDS.sub(" ", words))
    return len(others) <= OTHER_WORDS and (not words.rstrip().endswith(".") or len(others) <= 1)


def closing_date(words: str) -> int | None:
    """Offset of a full date that closes a title: "Bridge reopens Tuesday, September 1, 2015"."""
    found = ENDS_IN_DATE.search(words)
    return found.end() if found and len(words[: found.start()].split()) > 3 else None


def full_date(words: str) -> date | None:
    """The first full date in these words; None where there is none, or where it is no day of the calendar."""
    found = FULL_DATE.search(words)
    if not found:
        return None
    day, month, year = (found[f"{k}1"] or found[f"{k}2"] or found[f"{k}3"] for k in "dmy")
    number = int(month) if month.isdigit() else MONTHS[month.lower()]
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def short_year_date(words: str) -> date | None:
    """A date with a year of two digits, as wire datelines had it; 69–99 are 19xx (POSIX strptime, %y)."""
    found = SHORT_YEAR.search(words)
    if not found:
        return None
    year = int(found["y"])
    try:
        return date(year + (1900 if year >= 69 else 2000), MONTHS[found["m"].lower()], int(found["d"]))
    except ValueError:
        return None
