"""The map: built whole or not at all, opened fast, asked by name, sound and id."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.kit import gazetteer_path
from dateline.lexicons.gazetteer import Gazetteer, about, build, import_geonames, import_names, import_table
from dateline.lexicons.gazetteer.building import usable
from dateline.lexicons.gazetteer.drafts import Draft, Drafts
from dateline.lexicons.gazetteer.folding import bare, fold, loose
from dateline.lexicons.gazetteer.outlines import pack, unpack
from dateline.lexicons.gazetteer.reader import open_gazetteer
from dateline.lexicons.gazetteer.tables import own_names, own_places
from dateline.lexicons.gazetteer.writing import write
from dateline.stage import Kit


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A map of four places, made in a moment."""
    drafts = Drafts()
    land = Draft("geonames:1", "Nordland", "country", "PCLI", "NO", 60.0, 10.0, 5_000_000, code="NO")
    unit = Draft("geonames:2", "Eastmark", "province", "ADM1", "NO", 60.5, 11.0, 400_000, code="NO.01")
    town = Draft("geonames:3", "Kabul", "settlement", "PPLC", "NO", 60.4, 11.1, 300_000)
    farm = Draft("geonames:4", "Nigh Farm", "settlement", "PPL", "NO", 60.41, 11.2, 900)
    for draft in (land, unit, town, farm):
        draft.call(draft.name, 100)
        drafts.add(draft)
    town.admin1 = farm.admin1 = 1
    path = tmp_path / "map.sqlite"
    write(path, drafts, {"version": "test"})
    yield path


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Lashkar Gāh", "lashkar gah"),
        ("Al-Ḩudaydah", "al hudaydah"),
        ("the Gaza Strip", "gaza strip"),
        ("Sana’a", "sanaa"),
        ("N’Djamena", "ndjamena"),
        ("Łódź", "lodz"),
        ("U.S.", "us"),
        ("Қундуз", ""),
    ],
)
def test_folding(name: str, key: str) -> None:
    """A name folds to plain lower-case letters, and to nothing where its script is not Latin."""
    assert fold(name) == key


@pytest.mark.parametrize(("name", "other"), [("Hudaydah", "Al-Hodeida"), ("Guzara", "Ghuzara"), ("Nalut", "Naloot")])
def test_rough_sound(name: str, other: str) -> None:
    """Spellings of one name by different hands have the same rough sound."""
    assert loose(bare(fold(name))) == loose(bare(fold(other)))


def test_outlines_come_back(small: Path) -> None:
    """An outline packed in steps is unpacked to within a thousandth of a degree."""
    shapely = pytest.importorskip("shapely")
    ring = [(69.1234, 34.5), (70.0, 34.5), (70.0, 35.25), (69.1234, 34.5)]
    back = unpack(pack(shapely.Polygon(ring)))[0]
    assert all(abs(a - c) < 0.001 and abs(b - d) < 0.001 for (a, b), (c, d) in zip(ring, back, strict=True))


def test_cut_file_is_refused(small: Path) -> None:
    """A map that lost its tail is refused with what to do about it."""
    small.write_bytes(small.read_bytes()[:-4096])
    with pytest.raises(LexiconError, match="dateline gazetteer build"):
        open_gazetteer(small)


def test_unfinished_file_is_refused(small: Path) -> None:
    """A map whose last row was never written is refused."""
    with sqlite3.connect(small) as db:
        db.execute("DELETE FROM meta WHERE key = 'whole'")
    with pytest.raises(LexiconError, match="never finished"):
        open_gazetteer(small)


@pytest.mark.parametrize("junk", [b"", b"not a map at all", b"SQLite format 3\0" + b"\xff" * 4080])
def test_junk_is_not_usable(tmp_path: Path, junk: bytes) -> None:
    """A file that is no map counts as missing, so that it is built anew."""
    path = tmp_path / "map.sqlite"
    path.write_bytes(junk)
    assert usable(path, "any") is None


def test_other_version_is_not_usable(small: Path) -> None:
    """A map built from other packages or tables is not used."""
    assert usable(small, "another") is None
    assert usable(small, "test") is not None


def test_unwritable_folder_is_an_error(tmp_path: Path) -> None:
    """A path below a file is refused before anything is gathered."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(LexiconError, match="cannot write"):
        build(tmp_path / "file" / "map.sqlite", [], [])


def test_two_builders_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two builders that start at once, one builds and the other finds the work done."""
    made = []

    def fill(path: Path, version: str, *_: object) -> None:
        made.append(path)
        time.sleep(0.2)
        drafts = Drafts()
        town = Draft("geonames:3", "Kabul", "settlement", "PPLC", "AF", 34.5, 69.2)
        town.call("Kabul", 100)
        drafts.add(town)
        write(path, drafts, {"version": version})

    monkeypatch.setattr("dateline.lexicons.gazetteer.building._fill", fill)
    path = tmp_path / "map.sqlite"
    threads = [threading.Thread(target=build, args=(path, [], [])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert open_gazetteer(path).lookup("Kabul")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_path_from_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """DATELINE_GAZETTEER names the map."""
    monkeypatch.setenv("DATELINE_GAZETTEER", str(tmp_path / "mine.sqlite"))
    assert gazetteer_path() == tmp_path / "mine.sqlite"


def test_about_names_licences() -> None:
    """Every source of the map has a licence and a credit."""
    assert all(row["licence"] and row["credit"] for row in about())


def test_bad_own_row_is_named() -> None:
    """A row of places.tsv with a point off the globe is refused by number."""
    row = dict.fromkeys(
        "id name kind feature country admin1 lat lon radius_km population names claimants since until".split(), ""
    )
    row |= {"id": "x", "name": "X", "kind": "site", "lat": "91", "lon": "0"}
    with pytest.raises(LexiconError, match="row 1"):
        own_places(Drafts(), [row])


def test_name_of_nothing_is_refused() -> None:
    """A row of place_names.tsv for a place that is not there is refused."""
    with pytest.raises(LexiconError, match="no place 'ZZ'"):
        own_names(Drafts(), [{"id": "n", "of": "ZZ", "guard": "", "words": "Z"}])


def test_known_places(kit: Kit) -> None:
    """The built map knows Afghan districts with their chain."""
    assert kit.gazetteer is not None
    first = kit.gazetteer.lookup("Guzara")[0]
    assert (first.kind, first.country, first.admin1) == ("district", "AF", "Herat")
    assert kit.gazetteer.lookup("Lashkar Gah")[0].admin1 == "Helmand"


def test_lookup_is_fast(kit: Kit) -> None:
    """Names never asked before are found in well under a millisecond, so that an index is surely used."""
    assert kit.gazetteer is not None
    names = [f"{a} {b}" for a in ("Kunduz", "Spring", "San") for b in ("field", "Antonio", "city", "town", "hill")]
    clock = time.perf_counter()
    for name in names:
        kit.gazetteer.hits(name)
    assert (time.perf_counter() - clock) / len(names) < 0.005


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("\n".join(["id,name,lat,lon,kind,country,names", *rows]) + "\n", encoding="utf-8")
    return path


def test_own_table(small: Path, tmp_path: Path) -> None:
    """Places of a user's CSV are found by name and by their own id, and the map's version says that they are there."""
    before = open_gazetteer(small).version
    assert import_table(small, table(tmp_path, "7,Checkpoint Nine,60.2,10.9,site,no,CP9 gate")) == 1
    map_ = open_gazetteer(small)
    assert map_.lookup("CP9 gate")[0].id == "own:7"
    assert map_.version != before


def test_own_table_keeps_ids_side_by_side(small: Path, tmp_path: Path) -> None:
    """A user's row for a place that the map has is laid beside it."""
    assert import_table(small, table(tmp_path, "44,Nigh Farm,60.41,11.21,settlement,NO,")) == 0
    spot = open_gazetteer(small).spot("own:44")
    assert spot is not None
    assert (spot.id, spot.also) == ("geonames:4", ("own:44",))


def test_bad_rows_are_named(small: Path, tmp_path: Path) -> None:
    """Bad points and repeated ids are refused with their rows, and nothing is taken in."""
    file = table(tmp_path, "1,A,95,10,,,", "2,B,x,10,,,", "3,C,60,10,,,", "3,D,60,11,,,", "4,E,60,12,castle,,")
    with pytest.raises(LexiconError) as caught:
        import_table(small, file)
    for words in ("row 2:", "row 3:", "row 5: id '3' is that of row 4", "row 6: kind 'castle'"):
        assert words in str(caught.value)
    assert not open_gazetteer(small).lookup("C")


def test_geonames_dump(small: Path, tmp_path: Path) -> None:
    """A GeoNames file adds places under their province, and dated names count only in their time."""
    cells = ["9", "Lowtown", "Lowtown", "Old Lowtown", "60.45", "11.3", "P", "PPL", "NO", "", "01", "", "", "", "2500"]
    dump = tmp_path / "NO.txt"
    dump.write_text("\t".join([*cells, "", "", "", ""]) + "\n", encoding="utf-8")
    assert import_geonames(small, dump) == 1
    assert open_gazetteer(small).lookup("Old Lowtown")[0].admin1 == "Eastmark"
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text("1\t9\ten\tKingstown\t\t\t\t1\t1905\t1945\n", encoding="utf-8")
    assert import_names(small, names) == 1
    hit = open_gazetteer(small).hits("Kingstown")[0]
    assert (hit.since, hit.until) == ("1905", "1945")


def test_wrong_dump_is_refused(small: Path, tmp_path: Path) -> None:
    """A file of another shape is refused by row."""
    dump = tmp_path / "x.txt"
    dump.write_text("not\ta dump\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="row 1: 2 columns"):
        import_geonames(small, dump)


def test_protocol(kit: Kit) -> None:
    """The file's reader is a Gazetteer."""
    found: Gazetteer | None = kit.gazetteer
    assert found is not None
    assert found.knows("Kabul")
    assert not found.knows("Xyzzyx")
