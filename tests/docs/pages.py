"""The documents as text: their pages, links and code blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "samples" / "README.md"])
FENCE = re.compile(r"^```(?P<language>\w*) *(?:title=(?P<title>\S+))?\n(?P<words>.*?)^```$", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
SKIP = "[…]"


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block; ``title`` is the file that it is the text of."""

    language: str
    title: str | None
    words: str


def fences(page: Path) -> list[Fence]:
    found = FENCE.finditer(page.read_text(encoding="utf-8"))
    return [Fence(m["language"], m["title"], m["words"]) for m in found]


def prose(page: Path) -> str:
    """A page without its code."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text(encoding="utf-8")))


def links(page: Path) -> Iterator[str]:
    return (m["target"] for m in LINK.finditer(prose(page)))


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings can be reached."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def dead(page: Path) -> list[str]:
    """Links of a page into the repository that lead nowhere."""
    out = []
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if "://" not in target and (
            not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there))
        ):
            out.append(target)
    return out


def sessions(words: str) -> Iterator[tuple[str, list[str]]]:
    """(command line, expected lines) of a console block."""
    for part in re.split(r"^\$ ", words, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield command, output.splitlines()


def shows(wanted: list[str], printed: list[str]) -> bool:
    """Whether the lines were printed, in order; ``[…]`` stands for any number of lines, and a block ends open."""
    at, anywhere = 0, False
    for line in wanted:
        if line.strip() == SKIP:
            anywhere = True
            continue
        found = next((n for n in range(at, len(printed)) if printed[n].strip() == line.strip()), None)
        if found is None or (found != at and not anywhere):
            return False
        at, anywhere = found + 1, False
    return True
