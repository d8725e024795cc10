"""Places: recognition, resolution on gold names, end to end, calibration; event → place; speed.

    python -m bench.places [--data DIR]

Right means within 161 km (100 miles) of the annotators' point; a name not answered counts as wrong on gold
names. End to end: F1 over all names, a find that is right only where it meets a gold name and lies within 161
km of it. LGL and TR-News are scored twice on gold names, the second time with each outlet's home: the
provinces and countries that its other reports here speak of.
"""

import argparse
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.place_data import EventPlace, Gold, Page, articles, event_places, humset
from bench.score import Score
from dateline.find.names import names
from dateline.find.places import place_names
from dateline.kit import load_kit
from dateline.model import Block, Place, Report, Span
from dateline.resolve.places import places
from dateline.resolve.places_choice import Choice, choose, distance
from dateline.resolve.places_names import read
from dateline.resolve.settings import ground_of, where
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit

NEAR = 161.0  # km
SURE = 0.7
Found = Sequence[tuple[Span, Place]]


@dataclass(slots=True)
class Calibration:
    """Confidences and whether each was right."""

    rows: list[tuple[float, bool]] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.rows:
            return "no answers"
        bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for confidence, right in self.rows:
            bins[min(9, int(confidence * 10))].append((confidence, right))
        gaps = sum(abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins.values())
        kept = [right for confidence, right in self.rows if confidence >= SURE]
        share, good = len(kept) / len(self.rows), sum(kept) / max(len(kept), 1)
        return f"ECE {gaps / len(self.rows):.3f}; at .7 {share:.1%} kept, {good:.1%} right"


def documents(pages: Sequence[Page], kit: Kit) -> Iterator[Doc]:
    """Pages as parsed documents with their places, each line of a page a block."""
    for page in pages:
        passages: list[tuple[str, int, str]] = []
        at = 0
        for line in page.text.split("\n"):
            if line.strip():
                passages.append((f"b{len(passages)}", at, line))
            at += len(line) + 1
        parsed = tuple(s for found in kit.parser.parse(passages) for s in found)
        report = Report(id=page.id, source=page.id, text=page.text)
        doc = Doc(report, {Sentence: parsed, Block: ()})
        for stage in (names, place_names):
            doc = doc.adding(stage(doc, kit), *stage.gives)
        yield doc


def gold_names(pages: Sequence[Page], kit: Kit, homes: Mapping[str, Mapping[str, float]]) -> list[list[Choice]]:
    """Choices for the annotators' own names."""
    assert kit.gazetteer is not None
    return [
        choose(
            page.text,
            [read(page.text, Span(g.start, g.end)) for g in page.gold],
            kit.gazetteer,
            homes.get(page.outlet or ""),
        )
        for page in pages
    ]


def report_gold(pages: Sequence[Page], choices: Sequence[Sequence[Choice]], kit: Kit, title: str) -> None:
    """Accuracy within 161 km, exact id, country, province and district, unanswered counted as wrong."""
    assert kit.gazetteer is not None
    tally: Counter[str] = Counter()
    for page, chosen in zip(pages, choices, strict=True):
        for gold, choice in zip(page.gold, chosen, strict=True):
            tally["all"] += 1
            spot = choice.spot
            tally["near"] += spot is not None and _near(gold, spot.latitude, spot.longitude)
            known = kit.gazetteer.spot(f"geonames:{gold.geonames}") if gold.geonames else None
            if known:
                tally["known"] += 1
                tally["id"] += spot is not None and spot.id == known.id
                tally["country"] += spot is not None and spot.country == known.country
                for level in (0, 1):
                    if known.within[level]:
                        tally[f"has{level}"] += 1
                        tally[f"admin{level}"] += bool(spot and spot.within[level] == known.within[level])
    print(
        f"  {title:24s} ≤161 km {_share(tally, 'near', 'all')}  exact id {_share(tally, 'id', 'known')}  "
        f"country {_share(tally, 'country', 'known')}  ADM1 {_share(tally, 'admin0', 'has0')}  "
        f"ADM2 {_share(tally, 'admin1', 'has1')}  ({tally['all']} names)"
    )


def _share(tally: Counter[str], part: str, whole: str) -> str:
    return f"{tally[part] / max(tally[whole], 1):.3f}"


def _near(gold: Gold, lat: float | None, lon: float | None) -> bool:
    if gold.latitude is None or gold.longitude is None or lat is None or lon is None:
        return False
    return distance(gold.latitude, gold.longitude, lat, lon) <= NEAR


def homes_of(pages: Sequence[Page], choices: Sequence[Sequence[Choice]]) -> dict[str, dict[str, float]]:
    """Each outlet's home: the provinces that at least a quarter of its sure choices lie in, and their
    countries.
    """
    tally: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    counts = Counter(page.outlet for page in pages)
    for page, chosen in zip(pages, choices, strict=True):
        seen = set()
        for choice in chosen:
            spot = choice.spot
            if spot is not None and choice.confidence > 0.8 and "alone" not in choice.reasons:
                seen.add((spot.id if spot.kind == "province" else spot.within[0], spot.country))
        tally[page.outlet or ""].update((p, c) for p, c in seen if p and c)
    homes: dict[str, dict[str, float]] = {}
    for outlet, found in tally.items():
        total = sum(found.values())
        home: dict[str, float] = defaultdict(float)
        for (province, country), n in found.most_common(3):
            if counts[outlet] >= 3 and n / total > 0.25:
                home[province] += 3 * n / total
                home[country] += 2 * n / total
        homes[outlet] = dict(home)
    return homes


def found_in(doc: Doc, located: bool) -> list[tuple[Span, Place]]:
    """Every mention of every place, in order; only those with a point where ``located``."""
    pairs = [(s, p) for p in doc.of(Place) for s in p.mentions if p.latitude is not None or not located]
    return sorted(pairs, key=lambda pair: pair[0])


def match(gold: Sequence[Gold], found: Found, reuse: bool) -> Iterator[tuple[Gold, int | None]]:
    """For each gold name the first find that meets it, each find once unless ``reuse``."""
    used: set[int] = set()
    for g in gold:
        span = Span(g.start, g.end)
        hit = next((i for i, (s, _) in enumerate(found) if s.meets(span) and (reuse or i not in used)), None)
        if hit is not None:
            used.add(hit)
        yield g, hit


def end_to_end(pages: Sequence[Page], docs: Sequence[Doc], kit: Kit, title: str) -> None:
    """Recognition by overlap and exactly, F1 at 161 km, calibration, and the resolver's speed."""
    overlap, exact, near, calibration = Score(), Score(), Score(), Calibration()
    spent = 0.0
    for page, doc in zip(pages, docs, strict=True):
        clock = time.process_time()
        placed = doc.adding(places(doc, kit), *places.gives)
        spent += time.process_time() - clock
        found = found_in(placed, located=True)
        spans = {(s.start, s.end) for s, _ in found}
        exact.add(sum((g.start, g.end) in spans for g in page.gold), len(spans), len(page.gold))
        met = right = 0
        for gold, i in match(page.gold, found, reuse=False):
            if i is not None:
                met += 1
                ok = _near(gold, found[i][1].latitude, found[i][1].longitude)
                right += ok
                calibration.rows.append((found[i][1].confidence, ok))
        overlap.add(met, len(found), len(page.gold))
        near.add(right, len(found), len(page.gold))
    print(f"  {title:24s} overlap {overlap}\n{'':27s}exact   {exact}\n{'':27s}≤161 km {near}")
    print(f"{'':27s}{calibration}; resolver {len(pages) / max(spent, 1e-9):.0f} documents per CPU-second")


def humanitarian(pages: Sequence[Page], docs: Sequence[Doc], kit: Kit) -> None:
    """HumSet: overlap as in its own paper's protocol (a find may serve several spans), ids, country,
    province.
    """
    assert kit.gazetteer is not None
    overlap, tally, calibration, literal = Score(), Counter[str](), Calibration(), Counter[str]()
    for page, doc in zip(pages, docs, strict=True):
        found = found_in(doc.adding(places(doc, kit), *places.gives), located=False)
        golds = [Span(g.start, g.end) for g in page.gold]
        met = [any(s.meets(g) for s, _ in found) for g in golds]
        served = sum(any(s.meets(g) for g in golds) for s, _ in found)
        overlap.add(sum(met), sum(met) + len(found) - served, len(golds))
        for gold in page.gold:
            hits = [(s, p) for s, p in found if s.meets(Span(gold.start, gold.end))]
            for span, place in hits[:1]:
                literal["all"] += 1
                literal["right"] += (span in place.associative) == gold.associative
            known = kit.gazetteer.spot(f"geonames:{gold.geonames}") if gold.geonames and hits else None
            if known:
                province = known.name if known.kind == "province" else known.admin1
                country = any(p.country == known.country for _, p in hits)
                first = country and (province is None or any(p.admin1 == province for _, p in hits))
                same = any(p.gazetteer == known.id for _, p in hits)
                tally.update(all=1, id=same, country=country, first=first)
                calibration.rows.append((hits[0][1].confidence, first))
    print(f"  {'HumSet':24s} overlap {overlap}")
    print(
        f"{'':27s}exact id {_share(tally, 'id', 'all')}  country {_share(tally, 'country', 'all')}  "
        f"ADM1 {_share(tally, 'first', 'all')}  ({tally['all']} with an id); {calibration}"
    )
    print(f"{'':27s}literal or associative right {_share(literal, 'right', 'all')}")


def acts(rows: Sequence[EventPlace], kit: Kit) -> Score:
    """Event → place on marked verbs. The shipped weights have seen these sentences: see the card for
    held-out.
    """
    score = Score()
    parsed = kit.parser.parse([(str(i), 0, row.text) for i, row in enumerate(rows)])
    for row, sentences in zip(rows, parsed, strict=True):
        doc = Doc(Report(id="", source="", text=row.text), {Sentence: tuple(sentences), Block: ()})
        for stage in (names, place_names, places):
            doc = doc.adding(stage(doc, kit), *stage.gives)
        home = next((s for s in sentences if s.span.start <= row.verb[0] < s.span.end), None)
        right = chosen = False
        if home is not None:
            tokens = home.tokens_in(Span(*row.verb))
            pairs = [(s, g) for s, p in found_in(doc, False) if (g := ground_of(home, s, p))]
            verb = next((i for i in tokens if home.pos[i] == "VERB"), tokens[0])
            answer = where(home, verb, [g for _, g in pairs], kit.filters["settings"])
            if answer:
                chosen = True
                span = next(s for s, g in pairs if g is answer[0])
                right = any(span.meets(Span(*place)) for place in row.places)
        score.add(right, chosen, bool(row.places))
    return score


def speed(kit: Kit) -> None:
    """Opening, looking up cold and remembered."""
    assert kit.gazetteer is not None
    asked = ["Kabul", "Lashkar Gah", "Springfield", "San Antonio", "Guzara", "Aleppo", "Nowhere at all"] * 50
    clock = time.perf_counter()
    for name in asked:
        kit.gazetteer.hits(name)
    print(f"lookup {1e6 * (time.perf_counter() - clock) / len(asked):.1f} µs a name, most remembered")


def main() -> None:
    """Print every table for which the data is there, and say what was skipped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--acts", type=int, default=2500, help="how many event_location sentences to score")
    options = parser.parse_args()
    kit, folder = load_kit(), options.data / "places"
    speed(kit)
    for title, file in (("LGL", folder / "lgl_even.xml"), ("TR-News", folder / "TR-News.xml")):
        if not file.is_file():
            print(f"skipped: no file {file}")
            continue
        pages = articles(file)
        first = gold_names(pages, kit, {})
        print(f"{title}, gold names")
        report_gold(pages, first, kit, "report alone")
        report_gold(pages, gold_names(pages, kit, homes_of(pages, first)), kit, "with the outlet's home")
        end_to_end(pages, list(documents(pages, kit)), kit, "end to end")
    if (folder / "humset_even.json").is_file():
        pages = humset(folder)
        humanitarian(pages, list(documents(pages, kit)), kit)
    else:
        print(f"skipped: no file {folder / 'humset_even.json'}")
    file = folder / "event_location_train.jsonl"
    if file.is_file():
        rows = list(event_places(file))
        step = max(1, math.ceil(len(rows) / options.acts))
        print(f"event → place (seen in fitting) {acts(rows[::step], kit)}")
    else:
        print(f"skipped: no file {file}")


if __name__ == "__main__":
    main()
