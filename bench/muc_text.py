"""MUC-4 as data: messages and their answer keys, and capitals set as a newspaper sets them."""

import json
import re
from calendar import month_abbr
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

MESSAGE = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d+)\b.*$", re.M)
SLOT = re.compile(r"^(\d+)\.\s+[A-Z :]+?\s{2,}(.*)$")
MONTHS = [name.upper() for name in month_abbr[1:]]
HEADER = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})[A-Z]* (\d{{2,4}})\b")
WORD = re.compile(r"[A-Z][A-Z0-9]*(?:['’][A-Z]+)?")
QUOTED = re.compile(r'"((?:\\"|[^"])*)"')
TAGS = re.compile(r"\[(?:TEXT|REPORT|COMMENTARY|COMMUNIQUE|EDITORIAL|[A-Z ]*REPORT[^\]]*)\]")
SLOTS = {
    2: "date", 3: "location", 4: "type", 5: "stage", 6: "instrument", 7: "instrument type", 8: "category",
    9: "individual", 10: "organisation", 11: "confidence", 12: "thing", 13: "thing type", 14: "thing number",
    15: "thing nation", 16: "thing effect", 17: "thing total", 18: "name", 19: "description", 20: "person type",
    21: "person number", 22: "person nation", 23: "person effect", 24: "person total",
}  # fmt: skip
CASED = ("attribution/polnear/train/text", "attribution/polnear/dev/text")


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler of a slot: what may stand there, for whom (the cross-reference), and may it be left out."""

    values: tuple[str, ...]
    of: tuple[str, ...] = ()
    optional: bool = False


type Template = Mapping[str, tuple[Filler, ...]]  # slot → fillers


@dataclass(frozen=True, slots=True)
class Message:
    """A message with the templates of its key; ``optional`` holds the indexes of those that may be left out."""

    id: str
    text: str  # in capitals and small letters
    day: date | None
    templates: tuple[Template, ...]
    optional: frozenset[int]


class Cases:
    """How a word is usually written, counted in newspaper text."""

    def __init__(self, data: Path) -> None:
        low: Counter[str] = Counter()
        high: Counter[str] = Counter()
        for text in _cased(data):
            for hit in re.finditer(r"(?<=[a-z,;] )[A-Za-z][A-Za-z]*", text):
                (low if hit[0][0].islower() else high)[hit[0].lower()] += 1
        self.low, self.high = low, high

    def common(self, word: str) -> bool:
        """True for a word of the language, false for a name."""
        w = word.lower()
        if w in self.low or w in self.high:
            return self.low[w] >= self.high[w]
        return any(w.endswith(x) and self._stem(w[: -len(x)]) for x in ("s", "es", "ed", "d", "ing", "ly", "er", "ers"))

    def _stem(self, stem: str) -> bool:
        return any(self.low[s] > self.high[s] for s in (stem, stem + "e", stem[:-1], stem[:-1] + "y") if s)

    def set(self, text: str) -> str:
        """The text with as many characters, capitals only where a newspaper has them."""
        acronyms = set(re.findall(r"[\[(]([A-Z]{2,6})[\])]", text))
        out, new = list(text), True
        at = 0
        for hit in WORD.finditer(text):
            gap = text[at : hit.start()]
            new = new or bool(re.search(r"[.?!][\"')\]]*\s|\n\s*\n|\]\s", gap))
            word = hit[0]
            if word in acronyms or (len(word) > 1 and not re.search("[AEIOUY]", word)):
                made = word
            elif new or not self.common(re.sub(r"['’].*", "", word)):
                made = word[0] + word[1:].lower()
            else:
                made = word.lower()
            out[hit.start() : hit.end()] = made
            new, at = False, hit.end()
        return "".join(out)


def _cased(data: Path) -> Iterator[str]:
    for name in CASED:
        for path in sorted((data / name).glob("*")):
            yield path.read_text(encoding="utf-8", errors="replace")
    table = data / "places/event_location_train.jsonl"
    if table.is_file():
        for line in table.read_text(encoding="utf-8").splitlines():
            yield str(json.loads(line).get("text") or "")


def read_folder(folder: Path, cases: Cases) -> list[Message]:
    """The messages of a MUC folder that its keys know, in order."""
    keys: dict[str, list[tuple[Template, bool]]] = {}
    for path in sorted(folder.glob("*key*")):
        for name, template, optional in read_keys(path.read_text(encoding="latin-1")):
            keys.setdefault(name, []).extend([(template, optional)] if template else [])
    out = []
    for path in sorted(p for p in folder.iterdir() if "muc" in p.name and "key" not in p.name):
        text = path.read_text(encoding="latin-1")
        marks = list(MESSAGE.finditer(text))
        for mark, after in zip(marks, [*marks[1:], None], strict=True):
            body = text[mark.end() : after.start() if after else len(text)].strip()
            if mark[1] in keys:
                told = keys[mark[1]]
                spare = frozenset(i for i, (_, may) in enumerate(told) if may)
                out.append(Message(mark[1], _clean(body, cases), day_of(body), tuple(t for t, _ in told), spare))
    return out


def _clean(body: str, cases: Cases) -> str:
    """Paragraphs on one line each, the newsroom's tags blanked, capitals as usual."""
    plain = TAGS.sub(" ", body)
    paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", plain)]
    return cases.set("\n\n".join(paragraphs))


def day_of(body: str) -> date | None:
    """The day in the first lines of a message."""
    hit = HEADER.search(body[:400])
    if hit is None:
        return None
    year = int(hit[3]) + (1900 if len(hit[3]) == 2 else 0)
    try:
        return date(year, MONTHS.index(hit[2]) + 1, int(hit[1]))
    except ValueError:
        return None


def read_keys(text: str) -> Iterator[tuple[str, Template | None, bool]]:
    """(message, template or None for a message that has none, may it be left out) for each block of a key file."""
    for block in re.split(r"\n(?=0\.\s+MESSAGE: ID)", text):
        rows: dict[int, list[str]] = {}
        number = -1
        for line in block.splitlines():
            hit = SLOT.match(line)
            if hit:
                number = int(hit[1])
                rows[number] = [hit[2].strip()]
            elif line.startswith(" ") and number >= 0:
                rows[number].append(line.strip())
        if 0 in rows:
            empty = rows.get(1, ["*"])[0].startswith("*")
            template = {SLOTS[n]: _fillers(n, lines) for n, lines in rows.items() if n in SLOTS}
            yield rows[0][0].split()[0], None if empty else template, "OPTIONAL" in rows.get(1, [""])[0]


def _fillers(number: int, lines: list[str]) -> tuple[Filler, ...]:
    """The fillers of one slot, a line each; "-" and "*" are none."""
    out = []
    for line in _joined(lines):
        optional = line.startswith("?")
        line = line.lstrip("? ").strip()
        if line in ("", "-", "*"):
            continue
        quoted = tuple(q.replace('\\"', '"') for q in QUOTED.findall(line))
        plain = QUOTED.sub("", line)
        if number in (6, 9, 10, 12, 18, 19):
            head, _, tail = _parted(line)
            values = tuple(QUOTED.findall(head)) or quoted
            out.append(Filler(values, tuple(QUOTED.findall(tail)), optional))
        elif number in (2, 3):
            out.append(
                Filler(tuple(v.strip(" ()") if number == 2 else v.strip() for v in line.split("/")), (), optional)
            )
        else:
            sets = tuple(v.strip(" :?()/") for v in plain.split(":")[0].split("/") if v.strip(" :?()/-"))
            if sets:
                out.append(Filler(sets, quoted, optional))
    return tuple(f for f in out if f.values)


def _parted(line: str) -> tuple[str, str, str]:
    """The filler and its cross-reference, parted by a colon outside of quotation marks."""
    masked = QUOTED.sub(lambda m: "x" * len(m[0]), line)
    at = masked.find(":")
    return (line, "", "") if at < 0 else (line[:at], ":", line[at + 1 :])


def _joined(lines: list[str]) -> list[str]:
    """Lines that go on from the one before are put back to it."""
    out: list[str] = []
    for line in lines:
        if out and (out[-1].endswith("/") or out[-1].count('"') % 2 or line.startswith("/")):
            out[-1] += " " + line
        else:
            out.append(line)
    return out
