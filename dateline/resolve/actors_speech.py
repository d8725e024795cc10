"""Who speaks the words at a place in the text, and whom "I", "we" and "you" mean there."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from dateline.model import Attribution, Quotation, Span
from dateline.resolve.actors_phrases import PRONOUNS, Phrase
from dateline.resolve.coreference import Cast, Someone
from dateline.sentence import Layers, Sentence

RUN_ON = 300  # characters: a quotation this near to the last speaker's is taken to run on
OPENING = 12  # sentences within which an interview names whom it asks


class Speech:
    """Quotations, and the voices whose holders have been resolved so far (``met``)."""

    def __init__(self, attributions: Iterable[Attribution], quotations: Iterable[Quotation]) -> None:
        voices = [(a.content, a.holders[0].span) for a in attributions if a.holders and a.holders[0].span]
        self._voices = Layers((c, (sum(map(len, content)), h)) for content, h in voices for c in content)
        self._holders = sorted((h for _, h in voices if h), key=lambda h: h.end)
        self._quotes = Layers((q.span, q) for q in quotations if not q.scare)
        self.met: dict[Span, Someone] = {}

    def quoted(self, offset: int) -> bool:
        return next(self._quotes.around(Span(offset, offset + 1)), None) is not None

    def speaker(self, offset: int) -> Someone | None:
        """Who says the words at ``offset``: the innermost voice whose content holds them."""
        best = min(self._voices.around(Span(offset, offset + 1)), default=None)
        return self.met.get(best[1]) if best else self._last_speaker(offset)

    def _last_speaker(self, offset: int) -> Someone | None:
        """Of words in quotation marks that no voice was found for: whoever was quoted just before."""
        before = bisect_right(self._holders, offset, key=lambda h: h.end)
        near = before > 0 and self._holders[before - 1].end > offset - RUN_ON
        return self.met.get(self._holders[before - 1]) if near else None


class FirstPersons:
    """Resolves "I", "we" and "you" once everybody else is known.

    "I" is the speaker, "we" those the speaker speaks for; outside quotations they are the writer's. In an
    interview, told by its questions, "I" in answers and "you" in questions are the one interviewed.
    """

    def __init__(self, sentences: Sequence[Sentence], speech: Speech, cast: Cast) -> None:
        self.sentences, self.speech, self.cast = sentences, speech, cast
        self.guest: Someone | None = None
        self.own: dict[tuple[str, str], Someone] = {}

    def whom(self, phrase: Phrase) -> Someone | None:
        """The one meant; a new one for a holder outside quotations; else None."""
        s, sort = self.sentences[phrase.k], PRONOUNS[phrase.word]
        start = s.start(phrase.head)
        someone = None
        if self.speech.quoted(start):
            speaker = self.speech.speaker(start)
            someone = (speaker.of or speaker) if speaker and sort == "group" else speaker
            someone = someone if sort != "asked" else None
        elif sort != "group" and (sort == "asked") == s.words[-1].endswith("?"):
            someone = self.guest
        if someone is None and phrase.holder:
            key = (self.cast.story, sort)
            someone = self.own[key] = self.own.get(key) or self._writer(phrase)
        return someone

    def look_for_guest(self, phrases: Sequence[Phrase]) -> None:
        """Note who answers, where unquoted questions to "you" are answered by an unquoted "I"."""
        asked = answered = 0
        for phrase in phrases:
            s = self.sentences[phrase.k]
            if not self.speech.quoted(s.start(phrase.head)):
                question = s.words[-1].endswith("?")
                asked += question and PRONOUNS[phrase.word] == "asked"
                answered += not question and phrase.word == "i"
        if asked >= 2 and answered >= 3:
            self.guest = self._most_named() or self._writer(phrases[0])

    def _most_named(self) -> Someone | None:
        people = [x for x in self.cast.all if x.kind == "person" and x.named and not x.many and x.at[0][0] < OPENING]
        return max(people, key=lambda x: list(x.mentions.values()).count("name")) if people else None

    def _writer(self, phrase: Phrase) -> Someone:
        someone = self.cast.new(phrase)
        someone.kind = "people" if PRONOUNS[phrase.word] == "group" else "person"
        someone.name = self.sentences[phrase.k].words[phrase.head]
        return someone
