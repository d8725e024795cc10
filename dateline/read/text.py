"""Raw bytes → text. Bytes are believed before labels: valid UTF-8 is UTF-8, whatever the page says."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from dateline.errors import InputError
from dateline.model import Warning

MAX_BYTES = 10_000_000  # a whole year of a small daily; a report is some 5 kB, a heavy page 2 MB
SAMPLE = 64_000  # bytes that the encoding is guessed from
BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
SIGNATURES = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive or an office document", b"\x1f\x8b": "compressed (gzip)",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old office document", b"BZh": "compressed (bzip2)",
    b"7z\xbc\xaf": "a 7z archive",
}  # fmt: skip
DECLARED = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,80}?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
# what browsers read when a page says these (WHATWG Encoding Standard, "windows-1252")
AS_CP1252 = frozenset({"iso8859-1", "ascii", "cp1252"})
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
HIGH_SHARE = 0.03  # of bytes above ASCII; English news has 1–2 %, other languages of Latin letters 3–12 %
# marks and letters that English news in Windows-1252 has above ASCII; other bytes make it a guess
CP1252_NEWS = frozenset("‘’“”–—…•€£¥©®°½¼¾§·«»\u00a0áàâäãåçéèêëíìîïñóòôöõøúùûüýÁÉÍÓÚÖÜÄÇÑØÅßœŒšŠžŽæÆ")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without a byte-order mark, the encoding it was read in, and what there was to warn of."""

    text: str
    encoding: str
    warnings: tuple[Warning, ...] = ()


def decode(raw: bytes, source: str) -> Decoded:
    """Read bytes as text.

    Raises InputError, naming ``source``, where they are empty, blank, binary, or more than ``MAX_BYTES``.
    """
    _refuse(raw, source)
    found = _by_bom(raw) or _wide_without_bom(raw)
    if found is None:
        if b"\0" in raw:
            raise InputError("holds NUL bytes and is no text", where=source, todo="give plain text or HTML")
        found = _utf8(raw) or _declared(raw) or _guessed(raw)
    if not found.text.strip().strip(INVISIBLE).strip():
        raise InputError("holds nothing but white space", where=source, todo="give a file with words in it")
    if "\0" in found.text or len(CONTROL.findall(found.text[:SAMPLE])) > 0.02 * len(found.text[:SAMPLE]):
        raise InputError("is binary and no text", where=source, todo="give plain text or HTML")
    return found


def _refuse(raw: bytes, source: str) -> None:
    if not raw:
        raise InputError("is empty", where=source, todo="give a file with words in it")
    if len(raw) > MAX_BYTES:
        size, limit = len(raw) / 1e6, MAX_BYTES // 1_000_000
        raise InputError(f"is {size:.1f} MB; the limit is {limit} MB", where=source, todo="split it into its reports")
    for signature, what in SIGNATURES.items():
        if raw.startswith(signature):
            raise InputError(f"is {what}, not text", where=source, todo="give plain text or HTML")


def _by_bom(raw: bytes) -> Decoded | None:
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return _patched(raw[len(bom) :], encoding)
    return None


def _wide_without_bom(raw: bytes) -> Decoded | None:
    """UTF-16 that forgot to say so: in Latin text every other byte is NUL."""
    head = raw[: SAMPLE // 2 * 2]
    half = max(1, len(head) // 2)
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if len(raw) % 2 == 0 and max(even, odd) > 0.4 and min(even, odd) < 0.05:
        return _patched(raw, "utf-16-le" if odd > even else "utf-16-be")
    return None


def _utf8(raw: bytes) -> Decoded | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        patched = _patched(raw, "utf-8")
        bad = patched.text.count("\ufffd")
        good = sum(char > "\x7f" for char in patched.text) - bad
        cut_off = error.start > len(raw) - 4  # the file ends inside a character
        return patched if cut_off or good > 5 * bad else None
    said = _label(raw)
    if said and said != "utf-8" and not raw.isascii():
        return Decoded(text, "utf-8", (Warning(f"the page says that it is in {said}, but it is in UTF-8"),))
    return Decoded(text, "utf-8")


def _declared(raw: bytes) -> Decoded | None:
    """What a page's ``meta`` says, if its bytes can be that."""
    said = _label(raw)
    if not said or said == "utf-8":
        return None
    try:
        encoding = "cp1252" if said in AS_CP1252 else said
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _label(raw: bytes) -> str | None:
    """Python's name of the text encoding that the page declares; None where there is none that is known."""
    found = DECLARED.search(raw[:4096])
    if not found:
        return None
    try:
        info = codecs.lookup(found[1].decode("ascii", "replace"))
    except LookupError:
        return None
    return info.name if info._is_text_encoding else None


def _guessed(raw: bytes) -> Decoded:
    said = _label(raw)
    lie = f"the page says that it is in {said}, but it is not; " if said else ""
    encoding = "cp1252" if _news_in_cp1252(raw) else _statistical(raw)
    found = _patched(raw, encoding)
    return Decoded(found.text, encoding, (Warning(f"{lie}read as {encoding}, a guess"), *found.warnings))


def _news_in_cp1252(raw: bytes) -> bool:
    high = [char for char in raw[:SAMPLE].decode("cp1252", "replace") if char > "\x7f"]
    return len(high) <= HIGH_SHARE * len(raw[:SAMPLE]) + 4 and all(char in CP1252_NEWS for char in high)


def _statistical(raw: bytes) -> str:
    best = from_bytes(raw[:SAMPLE]).best()
    return best.encoding if best else "cp1252"


def _patched(raw: bytes, encoding: str) -> Decoded:
    """Decode; bytes that mean nothing become U+FFFD, and the report says how many."""
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
    bad = text.count("\ufffd")
    return Decoded(text, encoding, (Warning(f"{bad} characters could not be read as {encoding}; shown as \ufffd"),))
