"""Bytes → Report: the first thing that happens to a page."""

import hashlib

from dateline.model import Outlet, Report, Warning
from dateline.read.html import is_html, read_html
from dateline.read.language import language
from dateline.read.published import published as day_of_publication
from dateline.read.text import decode


def read_report(raw: bytes, source: str, published: str | None = None, outlet: Outlet | None = None) -> Report:
    """A report out of the raw bytes of a page or a plain text; ``source`` is the file name or address.

    Of plain text ``Report.text`` is the decoded input, character for character, less a byte-order mark.
    Raises InputError for bytes that hold nothing to read, and UsageError for a ``published`` that is no date.
    """
    decoded = decode(raw, source)
    page = read_html(decoded.text, source) if is_html(decoded.text) else None
    text = page.text if page else decoded.text
    day, known_by, dating = day_of_publication(published, page.head.dates if page else (), text[:20_000].splitlines())
    spoken = language(text) or (page.head.language if page else None)
    return Report(
        id=f"sha256:{hashlib.sha256(raw).hexdigest()}",
        source=source,
        text=text,
        title=page.title if page else None,
        publisher=(page.head.publisher if page else None) or (outlet.name if outlet else None),
        authors=page.head.authors if page else (),
        language=spoken,
        published=day,
        published_by=known_by,
        outlet=outlet,
        marks=page.marks if page else (),
        warnings=(*decoded.warnings, *_foreign(spoken), *dating),
    )


def _foreign(spoken: str | None) -> tuple[Warning, ...]:
    known = spoken is None or spoken == "en"
    return () if known else (Warning(f"the page is in {spoken!r}; only English is understood"),)
