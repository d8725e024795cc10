"""The golden records: what three samples give. ``make golden`` writes them anew; read what changed before you keep it.

Each is what ``dateline read --json`` prints, one note a line so that a change shows as lines, and without ``engine``,
whose digests change with every word of a list.
"""

import json
from dataclasses import replace
from pathlib import Path

from dateline.exports.contract import encode, engine_of
from dateline.exports.policy import voiced
from dateline.kit import load_kit
from dateline.lexicons.load import load_lexicons
from dateline.pipeline import extract
from dateline.read.outlets import with_outlet
from dateline.read.page import read_report
from dateline.stage import Kit

HERE = Path(__file__).parent
SAMPLES = Path(__file__).parents[2] / "samples"
GOLDEN = {
    "06-meridian-losing-momentum.txt": ("2021-08-05", "Meridian Wire"),  # a dateline and relays
    "32-crosswind-friday-13.txt": ("2021-08-13", "Crosswind"),  # several stories, captions, credits, repeats
    "02-first-visa-flight.html": (None, None),  # a page with its own day and outlet
}


def with_samples(kit: Kit) -> Kit:
    """The kit with the invented outlets of the samples laid over it."""
    return replace(kit, lexicons=load_lexicons(SAMPLES / "lexicon"))


def golden(name: str, kit: Kit) -> str:
    """The record of one sample; ``kit`` knows the samples' outlets."""
    day, outlet = GOLDEN[name]
    report = with_outlet(read_report((SAMPLES / name).read_bytes(), f"samples/{name}", day), outlet, kit)
    rows = json.loads(encode(voiced(extract(report, kit), "+attitudes"), engine_of(kit)))
    del rows["engine"]
    return "{\n" + ",\n".join(_part(name, value) for name, value in rows.items()) + "\n}\n"


def _part(name: str, value: object) -> str:
    if not isinstance(value, list) or not value:
        return f"{_json(name)}: {json.dumps(value, ensure_ascii=False, indent=1)}"
    return f"{_json(name)}: [\n" + ",\n".join(f" {_json(row)}" for row in value) + "\n]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def path_of(name: str) -> Path:
    return HERE / f"{name}.json"


if __name__ == "__main__":
    kit = with_samples(load_kit())
    for name in GOLDEN:
        path_of(name).write_text(golden(name, kit), encoding="utf-8")
        print(f"wrote {path_of(name)}")
