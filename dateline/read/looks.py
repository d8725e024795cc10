"""What one passage looks like by itself or beside its neighbours. One look, one small function.

A look answers (kind, rule) or None; they are asked in the order of ``LOOKS``, and the first answer is taken.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from dateline.lexicons.load import Entry
from dateline.model import BlockKind
from dateline.read.datelines import dateline, is_day_line
from dateline.read.words import Words

DATELINE_LENGTH = 60  # characters of a dateline alone on its line
HEADLINE_WORDS = 25
CROSSHEAD_WORDS = 12
CROSSHEAD_LENGTH = 90
STANDFIRST_WORDS = 40
CAPTION_WORDS = 30
SIGN_OFF_WORDS = 4  # an agency's name
STOPPED = re.compile(r"(?:[.!?:;,…]|--|—)[\"'”’»)\]]*$")
FULL_STOP = re.compile(r"(?<!\.)[.;,:…][\"'”’»)\]]*$|\.\.\.$|(?:--|—)$")
SENTENCE_STOP = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)")
CAPITALISED = re.compile(r"[\"'“‘(]?[A-Z0-9]")
SMALL_WORDS = frozenset(
    ("a", "an", "the", "and", "but", "or", "nor", "of", "in", "on", "at", "to", "for", "by", "with", "from",
     "as", "is", "are", "was", "over", "after", "amid", "vs")
)  # fmt: skip
NOT_FIRST = frozenset(  # headlines do without articles, and name people at first mention
    ("a", "an", "the", "they", "he", "she", "it", "i", "her", "his", "their", "there", "this")
)
BYLINE = re.compile(r"(?:By|BY)\s+(?:[A-Z][\w.'’-]*|[A-Z]\.)(?:[\s,]|$)")
BULLET = re.compile(r"(?:[•●▪◦‣∙*·]\s*\S|[-–]\s+\S|\(?(?:\d{1,2}|[a-z])[.)]\s+\S)")
SURE_BULLET = "•●▪◦‣∙"
MENU = re.compile(r"\S\s+[|·•»]\s+\S")
AFTER_STOP = r"(?<=[.!?\"”’)])\s+"
PHOTO_LABEL = re.compile(rf"{AFTER_STOP}(?=(?:Photo|Image|Picture|Pic|Credit|Photograph)s?(?: credit| by)?:?\s)")
AGENCY_PHOTO = re.compile(
    rf"{AFTER_STOP}(?=(?:[A-Z]{{2,6}} (?:PHOTO|Photo)\b[^.!?]{{0,40}}|File (?:photo|picture)"
    r"|[\w .'’-]{2,40}/[A-Z]\w+)\.?$)"
)
HANDLE = re.compile(r"(?:[A-Z]{2,6}|[\w .&'’-]+/[\w .&'’/-]+)$")

type Answer = tuple[BlockKind, str] | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A passage with what a look may know of its surroundings."""

    text: str
    low: str = field(repr=False)
    count: int  # of words
    group: int  # shapes of one group have no blank line between them; below 0 where the group is a whole text

    @classmethod
    def of(cls, text: str, group: int = -1) -> "Shape":
        return cls(text, text.lower(), len(text.split()), group)

    @property
    def stopped(self) -> bool:
        """True when it ends as a sentence or clause ends; a question may still be a heading."""
        return STOPPED.search(self.text) is not None

    @property
    def full(self) -> bool:
        """True when it reads as a paragraph: a sentence at least, closed, or simply long."""
        return self.count > CROSSHEAD_WORDS and (self.stopped or self.count > STANDFIRST_WORDS)

    @property
    def shouted(self) -> bool:
        return self.text.isupper()

    @property
    def titled(self) -> bool:
        """True when nearly all of its longer words begin with a capital."""
        words = [w for w in self.text.split() if w.lower() not in SMALL_WORDS and w[0].isalpha()]
        return len(words) > 1 and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


@dataclass(frozen=True, slots=True)
class Place:
    """A passage among its neighbours. ``top``: no paragraph has come yet; ``seen``: kinds found so far."""

    this: Shape
    before: Shape | None
    after: Shape | None
    top: bool
    seen: tuple[BlockKind, ...]
    shouting: bool  # the whole text is in capitals
    dated: bool  # the next passage opens with a dateline


def listed(place: Place, words: Words) -> Answer:
    """A word list knows it: by its whole, its start, the label before its colon, or words in it."""
    this = place.this
    whole = this.low.strip(" .:…()[]*–—-\"'")
    for entry in words.lists.get("line", ()):
        if whole in entry.words:
            return _at_top_a_byline(entry, place)
    for entry in words.lists.get("label", ()):
        label, colon, rest = this.text.partition(":") if ":" in this.text else this.text.partition("/")
        if colon and label.strip(" (").lower() in entry.words:
            return (entry.gives["kind"], entry.id) if _names(rest) else ("caption", "blocks.caption.label")
    for entry in words.lists.get("start", ()):
        if this.low.startswith(entry.words) and this.count <= entry.gives["longest"] and _byline_like(entry, this):
            return entry.gives["kind"], entry.id
    for entry in words.lists.get("holds", ()):
        if this.count <= entry.gives["longest"] and any(
            word in this.low and f" {word}" in f" {this.low}" for word in entry.words
        ):
            return entry.gives["kind"], entry.id
    return None


def _at_top_a_byline(entry: Entry, place: Place) -> Answer:
    """ "Agencies" under a headline is a byline, under a story the wire's credit."""
    if place.top and entry.gives["kind"] == "credit":
        return ("byline", "blocks.byline.wires") if place.before else None
    return entry.gives["kind"], entry.id


def _byline_like(entry: Entry, this: Shape) -> bool:
    """ "By the afternoon …" is a sentence: a byline ends without a stop, or stands in brackets."""
    return entry.gives["kind"] != "byline" or not this.stopped or this.text.startswith("(")


def _names(words: str) -> bool:
    """True for a few words that name somebody rather than describe a picture."""
    parts = words.replace("/", " ").split()
    if not 0 < len(parts) <= 10:
        return False
    capitals = sum(p[0].isupper() or not p[0].isalpha() for p in parts if p.lower() not in SMALL_WORDS)
    kept = sum(p.lower() not in SMALL_WORDS for p in parts)
    return capitals >= 0.7 * kept and (len(parts) <= 6 or not words.rstrip().endswith("."))


def menu(place: Place, words: Words) -> Answer:
    """Several short items with bars or dots between them: a menu, a footer."""
    parts = re.split(r"\s+[|·•»]\s+", place.this.text)
    if len(parts) >= 3 and all(len(p.split()) <= 8 for p in parts) and not is_day_line(place.this.text):
        return "boilerplate", "blocks.boilerplate.menu"
    return None


def byline(place: Place, words: Words) -> Answer:
    """ "By", then a name or a post, and no full stop."""
    this = place.this
    if BYLINE.match(this.text) and this.count <= 20 and not re.search(r"[a-z]{2,}[.!?]$", this.text):
        capitals = sum(w[0].isupper() for w in this.text.split())
        if capitals >= 2 and (this.titled or "," in this.text or this.count <= 6):
            return "byline", "blocks.byline.name"
    return None


def day_line(place: Place, words: Words) -> Answer:
    """A line that gives the day, or only the hour, of printing."""
    if is_day_line(place.this.text) and (place.top or place.this.count <= 8):
        return "dateline", "blocks.dateline.day_line"
    return None


def credit(place: Place, words: Words) -> Answer:
    """An agency's name alone: in brackets, or on the last line of a story."""
    this = place.this
    if place.top and place.before is None:
        return None
    inner = this.text.strip("()[] .")
    bracketed = this.text[0] in "([" and this.text[-1] in ")]."
    if this.count <= 6 and (bracketed or not place.top) and words.outlet(inner):
        return "credit", "blocks.credit.outlet"
    if bracketed and this.count <= 8 and (HANDLE.match(inner) or _credit_words(inner, words)):
        return "credit", "blocks.credit.brackets"
    closes = (place.after is None or _heading(place.after)) and not place.top and not this.stopped
    under_text = place.before is not None and place.before.stopped
    named = this.titled or (place.after is None and this.count == 1 and inner.istitle())
    if closes and this.count <= SIGN_OFF_WORDS and (HANDLE.match(inner) or (named and under_text)):
        return "credit", "blocks.credit.sign_off"
    return None


def _credit_words(inner: str, words: Words) -> bool:
    parts = re.findall(r"\w+", inner.lower())
    return any(p in words.credit_words for p in parts) and _names(inner.partition(":")[2] or inner)


def _heading(passage: Shape) -> bool:
    return passage.count <= CROSSHEAD_WORDS and not FULL_STOP.search(passage.text) and len(passage.text) <= 90


def bullet(place: Place, words: Words) -> Answer:
    """A bullet or a number, and a neighbour with one too."""
    this = place.this
    if not BULLET.match(this.text):
        return None
    beside = (p for p in (place.before, place.after) if p is not None)
    if this.text[0] in SURE_BULLET or any(_same_bullet(this.text, p.text) for p in beside):
        return "list", "blocks.list.bullet"
    return None


def _same_bullet(one: str, two: str) -> bool:
    return BULLET.match(two) is not None and (one[0] == two[0] or (one[0].isdigit() and two[0].isdigit()))


def quoted(place: Place, words: Words) -> Answer:
    """A line set off with ">", as mail and plain-text exports do."""
    return ("quote", "blocks.quote.angle") if re.match(r">\s?\S", place.this.text) else None


def headline(place: Place, words: Words) -> Answer:
    """The first line of all, short and without a full stop, or titled with one."""
    this = place.this
    if not place.top or any(kind in ("headline", "standfirst", "crosshead") for kind in place.seen):
        return None
    if this.count > HEADLINE_WORDS or len(this.text) > 200 or not CAPITALISED.match(this.text):
        return None
    if not FULL_STOP.search(this.text):
        return "headline", "blocks.headline.first_line"
    after = place.after
    if after is not None and this.text[-1] == ";" and this.count <= 15:
        return "headline", "blocks.headline.semicolon"
    if after is None or this.text[-1] in ",:;" or this.count > 20 or after.group == this.group:
        return None
    telegraphic = this.count <= CROSSHEAD_WORDS and this.low.split()[0] not in NOT_FIRST
    if (this.titled and not place.shouting) or place.dated or (telegraphic and after.count >= 20):
        return "headline", "blocks.headline.stopped"
    return None


def standfirst(place: Place, words: Words) -> Answer:
    """Under the headline, above byline and text: a line without a stop, or a sentence before the dateline."""
    this = place.this
    if not place.seen or place.seen[-1] != "headline" or place.after is None or this.count > STANDFIRST_WORDS:
        return None
    if place.before is not None and place.before.text.endswith(";"):
        return "standfirst", "blocks.standfirst.second_deck"
    if not this.stopped and not (this.shouted and not place.shouting and this.count <= 8):
        return "standfirst", "blocks.standfirst.under_headline"
    if place.dated or byline(Place(place.after, this, None, True, (), False, False), words):
        return "standfirst", "blocks.standfirst.before_story"
    return None


def crosshead(place: Place, words: Words) -> Answer:
    """A short line without a stop, and something to read under it."""
    this = place.this
    if place.after is None or not _heading(this) or not CAPITALISED.match(this.text):
        return None
    if place.after.text[0].islower() or _sentences(this.text) > 1 or (place.shouting and not _alone(place)):
        return None
    if this.text[-1] == "!" or re.search(r"[.,!?][\"'”’]$", this.text):
        return None
    if this.text[-1] == "?" and (this.count > 9 or re.search(r"[:\"“”]", this.text)):
        return None
    return "crosshead", f"blocks.crosshead.{'capitals' if this.shouted else 'short_line'}"


def _sentences(text: str) -> int:
    return len(SENTENCE_STOP.findall(text.rstrip('.!?"”’') + "."))


def _alone(place: Place) -> bool:
    """True for a passage with blank lines around it."""
    return all(p is None or p.group != place.this.group for p in (place.before, place.after))


def caption(place: Place, words: Words) -> Answer:
    """One descriptive sentence that shares its group of lines with a credit, or carries its own."""
    this = place.this
    beside = [p for p in (place.before, place.after) if p is not None and p.group == this.group >= 0]
    if (place.top and place.before is None) or this.count > CAPTION_WORDS + 10:
        return None
    for other in beside:
        around = Place(other, None, None, False, (), place.shouting, False)
        found = listed(around, words)
        if (found and found[0] == "credit" and "wires" not in found[1]) or _bracketed_credit(around, words):
            return "caption", "blocks.caption.beside_credit"
    if this.count <= CAPTION_WORDS and len(SENTENCE_STOP.findall(this.text)) <= 2:
        cut = trailing_credit(this.text, words)
        if cut and _credit_words(this.text[cut:].strip("() ."), words):
            return "caption", "blocks.caption.own_credit"
    return None


def _bracketed_credit(place: Place, words: Words) -> bool:
    return place.this.text[0] == "(" and credit(place, words) is not None


def trailing_credit(text: str, words: Words) -> int | None:
    """Offset at which a credit begins that closes a passage: "… on Sunday. (Photo: Plainsong)"."""
    tail = max(text.rfind("("), text.rfind("["))
    if tail > 0 and text[tail - 1].isspace():
        inner = text[tail:].strip("()[]. ")
        closed = text.rstrip(".")[-1:] in ")]"
        after_stop = STOPPED.search(text[:tail].rstrip()) is not None
        if closed and 0 < len(inner.split()) <= 8:
            known = words.outlet(inner) or _credit_words(inner, words)
            if known or (after_stop and (HANDLE.match(inner) or (_names(inner) and len(inner.split()) <= 4))):
                return tail
    if agency := AGENCY_PHOTO.search(text):
        return agency.end()
    found = PHOTO_LABEL.search(text)
    named = found is not None and _names(text[found.end() :].partition(":")[2] or text[found.end() :])
    return found.end() if found and named else None


def dated(place: Place, words: Words) -> Answer:
    """A paragraph that opens with a dateline of a sure form, or is nothing but a dateline."""
    text = place.this.text
    if dateline(text, False, place.shouting):
        return "paragraph", "blocks.paragraph.dated"
    weak = None if len(text) > DATELINE_LENGTH else dateline(text, True, place.shouting, words.not_places)
    return ("paragraph", "blocks.paragraph.dated") if weak and weak[0] == len(text) else None


LOOKS: tuple[Callable[[Place, Words], Answer], ...] = (
    dated, listed, menu, quoted, byline, day_line, credit, caption, bullet, headline, standfirst, crosshead,
)  # fmt: skip

SURE = (listed, menu, byline, day_line, credit, caption)


def look(place: Place, words: Words) -> tuple[BlockKind, str]:
    """The first answer of ``LOOKS``; what looks like nothing else is a paragraph."""
    answers: Iterator[Answer] = (one(place, words) for one in LOOKS)
    return next((found for found in answers if found), ("paragraph", "blocks.paragraph"))


def look_inside_markup(place: Place, words: Words) -> Answer:
    """What a marked paragraph looks like when its look is sure; None leaves it what the markup said."""
    return next((found for one in SURE if (found := one(place, words))), None)
