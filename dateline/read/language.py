"""Which language a text is in, said only where there is enough of it."""

import re
from functools import lru_cache
from typing import Any

ENOUGH_WORDS = 25  # below this the identifier mistakes one headline in ten for a neighbour language
SURE = 0.95
READ = 2_000  # characters
# Words that only English has and that make up a tenth of its running text. They spare a reader of English the
# identifier, whose model takes 0.6 s to load.
ENGLISH = frozenset({"the", "and", "that", "with", "from", "which", "have", "this", "were", "been", "their", "said"})
ENGLISH_SHARE = 0.08


def language(text: str) -> str | None:
    """ISO 639-1 code of the language of the text's first 2,000 characters; None where they do not tell."""
    head = text[:READ].lower()  # the model was fitted to running text; copy in capitals would go astray
    words = re.findall(r"\w+", head)
    if len(words) < ENOUGH_WORDS and not _dense(head):
        return None
    if sum(word in ENGLISH for word in words) > ENGLISH_SHARE * len(words):
        return "en"
    code, sure = _identifier().classify(head)
    return str(code) if sure >= SURE else None


def _dense(head: str) -> bool:
    """Scripts that write without spaces say much in few words."""
    return sum(char > "\u2e80" for char in head) > 40


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
