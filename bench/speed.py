"""What reading costs: ``python -m bench.speed [--times N] [--model MODEL]``.

The sample reports, read N times over, beside stock spaCy with the same model and all its default pipes on
the same passages. The two take turns, so that a busy machine slows both; seconds are of this process's CPU.
Peak memory and the wait for a first answer are those of fresh processes.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline.cli.samples import Sample, samples
from dateline.exports.contract import encode, engine_of
from dateline.find.parser import model_folder
from dateline.find.sentences import passages, sentences
from dateline.kit import load_kit
from dateline.model import Report
from dateline.pipeline import STAGES, extract_all
from dateline.read.page import read_report
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, Parser, Stage

START = (sys.executable, "-c", "from dateline.cli import main; main()", "read", "--json")
ROUND = 5  # times the samples are read before the other has its turn


class Clock:
    """CPU seconds by name."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def timed[T](self, name: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        done = work()
        self.spent[name] += time.process_time() - start
        return done


@dataclass
class TimedParser:
    """The parser, on the clock."""

    inner: Parser
    clock: Clock

    def __post_init__(self) -> None:
        self.name, self.version, self.digest = self.inner.name, self.inner.version, self.inner.digest

    def parse(self, passages: Sequence[tuple[str, int, str]]) -> list[list[Sentence]]:
        return self.clock.timed("parser", lambda: self.inner.parse(passages))


def timed(stage: Stage, clock: Clock) -> Stage:
    """A stage, on the clock."""

    def run(doc: Doc, kit: Kit) -> Iterable[Any]:
        return clock.timed(stage.__name__, lambda: list(stage(doc, kit)))

    run.needs, run.gives = stage.needs, stage.gives  # type: ignore[attr-defined]
    return run  # type: ignore[return-value]


def ours(given: Sequence[Sample], kit: Kit, clock: Clock) -> None:
    """Bytes to JSON lines, as ``dateline read --json`` does it."""
    stages = tuple(s if s is sentences else timed(s, clock) for s in STAGES)

    def reports() -> Iterator[Report]:
        for s in given:
            yield clock.timed("read", lambda s=s: read_report(s.raw, s.name, s.published))  # type: ignore[misc]

    engine = engine_of(kit)
    for doc in extract_all(reports(), replace(kit, parser=TimedParser(kit.parser, clock)), stages):
        clock.timed("json", lambda doc=doc: encode(doc, engine))  # type: ignore[misc]


def words_of(given: Sequence[Sample], kit: Kit) -> list[str]:
    """The passages that our parser is asked to parse."""
    opening = STAGES[: STAGES.index(sentences)]
    found: list[str] = []
    for s in given:
        doc = Doc(read_report(s.raw, s.name, s.published))
        for stage in opening:
            doc = doc.adding(stage(doc, kit), *stage.gives)
        found += [words for _, _, words in passages(doc, kit)]
    return found


def table(clock: Clock, whole: float, stock: float) -> Iterator[str]:
    parser = clock.spent["parser"]
    yield f"{'':16}{'seconds':>9}{'share':>8}{'of parser':>11}{'of spaCy':>10}"
    rows = {
        **clock.spent,
        "rest of pipeline": whole - sum(clock.spent.values()),
        "whole": whole,
        "stock spaCy": stock,
    }
    for name, spent in rows.items():
        yield f"{name:16}{spent:9.2f}{spent / whole:8.1%}{spent / parser:11.2f}{spent / stock:10.2f}"


def memory(files: Sequence[str], model: str) -> float:
    """Peak MB of a fresh process that reads all these files."""
    subprocess.run([*START, "--model", model, *files], stdout=subprocess.DEVNULL, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # kB on Linux


def first_answer(file: str, model: str) -> list[float]:
    """Seconds on the wall from start to end of a fresh process that reads one file; three tries."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([*START, "--model", model, file], stdout=subprocess.DEVNULL, check=True)
        found.append(time.perf_counter() - start)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description="What reading costs, beside stock spaCy.")
    options.add_argument("--times", type=int, default=50, help="how often the samples are read")
    options.add_argument("--model", default="md")
    options.add_argument("--data", type=Path, help="not used; the samples are the data")
    asked = options.parse_args(arguments)
    kit = load_kit(asked.model)
    import spacy  # after load_kit, which settles the number of threads

    stock = spacy.load(model_folder(asked.model))
    given = samples()
    texts = words_of(given, kit)
    count = sum(len(t.split()) for t in texts)
    clock, total, beside = Clock(), 0.0, 0.0
    ours(given, kit, Clock())  # both warmed up
    list(stock.pipe(texts))
    rounds = max(1, asked.times // ROUND)
    for _ in range(rounds):
        start = time.process_time()
        ours(given * ROUND, kit, clock)
        between = time.process_time()
        list(stock.pipe(texts * ROUND))
        total, beside = total + between - start, beside + time.process_time() - between
    times = rounds * ROUND
    print(f"{len(given)} samples × {times}: {times * count:,} words in {total:.1f} CPU-seconds")
    print(f"{times * len(given) / total:.0f} documents and {times * count / total:,.0f} words a CPU-second")
    print(f"stock spaCy ({kit.parser.version}): {times * count / beside:,.0f} words a CPU-second")
    print(f"ratio of the whole to stock spaCy: {total / beside:.2f}\n")
    print(*table(clock, total, beside), sep="\n")
    print(f"\npeak memory of read: {memory([str(s.path) for s in given] * times, asked.model):.0f} MB")
    tries = sorted(first_answer(str(given[4].path), asked.model))
    print(f"first answer of a fresh process: {statistics.median(tries):.1f} s ({tries[0]:.1f}–{tries[-1]:.1f})")


if __name__ == "__main__":
    main()
