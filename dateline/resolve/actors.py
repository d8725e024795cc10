"""Who is who in a report: every holder of a voice and every named or described doer becomes one actor."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from dateline.model import Actor, ActorMention, Attribution, Block, Mention, Place, Quotation, Story, Warning
from dateline.resolve.actors_lexicon import Who, actor_kind
from dateline.resolve.actors_phrases import PRONOUNS, Phrase, joined, phrases_of
from dateline.resolve.actors_scene import Scene, plain, relative_to
from dateline.resolve.actors_speech import FirstPersons, Speech
from dateline.resolve.actors_unnamed import anonymity_in, count_of, type_of
from dateline.resolve.coreference import Cast, Someone
from dateline.sentence import Sentence
from dateline.stage import Doc, Kit, stage

OWNERS = (
    "for",
    "of",
    "at",
    "from",
    "with",
    "in",
    "to",
)  # "a spokesman for", "an official at": nearest sense first
PREMODIFIERS = ("poss", "compound", "nmod", "amod")


CROWDS = frozenset({"people.fighter", "people.army", "people.allied_force"})


@stage(needs=(Sentence, Mention, Attribution), gives=Actor)
def actors(doc: Doc, kit: Kit) -> Iterator[Actor | Warning]:
    """One actor for each one who speaks or acts, with all its mentions; ids in order of first mention."""
    who = Who(kit.lexicons, doc.report.day)
    reading = Reading(doc, who)
    for k in range(len(reading.sentences)):
        reading.read(k)
    reading.first_persons()
    reading.outside_sentences()
    yield from reading.finish()


class Reading:
    """One pass over a report, from its first sentence to its last."""

    def __init__(self, doc: Doc, who: Who) -> None:
        self.who, self.text = who, doc.report.text
        self.sentences = doc.of(Sentence)
        self.cast = Cast()
        self.warnings: list[Warning] = []
        self.speech = Speech(doc.of(Attribution), doc.of(Quotation))
        self.later: list[Phrase] = []  # "I", "we" and "you", whose speaker may follow
        self._headlines = {b.id for b in doc.of(Block) if b.kind in ("headline", "standfirst")}
        self._story = {b: s.id for s in doc.of(Story) for b in s.blocks}
        spans = {h.span for a in doc.of(Attribution) for h in a.holders if h.span}
        self._holders = self._filed(sorted(spans), lambda span: span)
        parsed = {span for found in self._holders.values() for span in found}
        self._loose = sorted(spans - parsed)
        ground = {span for p in doc.of(Place) for span in p.mentions if span not in p.associative}
        towns = {span.of(self.text).casefold() for span in ground}  # a "person" of that name is the town
        named = [m for m in doc.of(Mention) if m.kind == "organisation" or m.span not in ground]
        named = [m for m in named if m.kind != "person" or m.span.of(self.text).casefold() not in towns]
        self._named = self._filed(named, lambda mention: mention.span)

    def _filed[T](self, items: Iterable[T], span_of) -> dict[int, list[T]]:  # type: ignore[no-untyped-def]
        starts = [s.span.start for s in self.sentences]
        filed: dict[int, list[T]] = {}
        order = sorted(range(len(starts)), key=lambda n: starts[n])
        begins = [starts[n] for n in order]
        for item in items:
            n = bisect_left(begins, span_of(item).start + 1) - 1
            if n >= 0 and self.sentences[order[n]].span.meets(span_of(item)):
                filed.setdefault(order[n], []).append(item)
        return filed

    # --- one sentence -------------------------------------------------------------------------------------

    def read(self, k: int) -> None:
        """Names first, then nouns, then pronouns: each may be what the next one means."""
        s = self.sentences[k]
        self.cast.story = self._story.get(s.block, "")
        found = phrases_of(k, s, self.text, self._named.get(k, ()), self._holders.get(k, ()), self.who)
        scene = Scene(s, found)
        for phrase in found:
            if phrase.form == "name" and not scene.done(phrase):
                self._name(scene, phrase)
        for phrase in found:
            if phrase.form == "nominal" and not scene.done(phrase):
                self._noun(scene, phrase)
        for phrase in sorted((p for p in found if p.form == "pronoun"), key=lambda p: not p.holder):
            self._pronoun(scene, phrase)
        for span, head in anonymity_in(s, self.text, self.who.anonymity):
            someone = scene.nearest(head)
            if someone is not None and someone.anonymity is None:
                someone.anonymity = span

    def _mention(self, scene: Scene, phrase: Phrase, someone: Someone) -> None:
        s = scene.s
        scene.who[phrase.head] = someone
        for span in phrase.spans or [s.over(phrase.first, phrase.last)]:
            someone.mentions[span] = phrase.form
            if phrase.holder:
                self.speech.met[span] = someone
        if phrase.holder:
            someone.spoke = phrase.k
        self.cast.mentioned(someone, (phrase.k, phrase.head))
        someone.subject = phrase.subject
        someone.quoted = self.speech.quoted(s.start(phrase.head))
        someone.headline = someone.headline and s.block in self._headlines
        someone.gender = someone.gender or phrase.gender

    def _name(self, scene: Scene, phrase: Phrase) -> None:
        if phrase.row is not None and (namesake := self.cast.surnamed(phrase.written)) is not None:
            phrase.row, phrase.name = None, phrase.written
            return self._mention(scene, phrase, namesake)
        scene.busy.add(phrase.head)
        row = phrase.row
        role, owner, word = self._role_before(scene, phrase)
        if row is None and phrase.entry is not None:
            return self._noun(scene, phrase)
        someone = self.cast.by_row(row) if row is not None else self.cast.by_name(phrase)
        if someone is None:
            someone = self._described_before(scene, phrase, word, owner) or self.cast.new(phrase)
            someone.unnamed = someone.count = None
            if phrase.kind == "person":
                someone.kind = "person"
        elif phrase.kind == "person" and someone.kind == "unknown":
            someone.kind = "person"
        if row is not None:
            self.cast.give_row(someone, row)
            someone.rivals = phrase.rivals
        else:
            self.cast.give_name(someone, phrase.name)
        if role and someone.kind in ("person", "unknown"):
            someone.role, someone.kind = someone.role or role, "person"
            someone.of = someone.of or owner
        if word:
            someone.heads.add(word)
        self._mention(scene, phrase, someone)
        for other in scene.renamings(phrase):
            self._join(scene, other, someone)
        return None

    def _join(self, scene: Scene, phrase: Phrase, someone: Someone) -> None:
        """An apposition says more of someone: a role, an owner, an acronym."""
        if phrase.form == "name":
            self.cast.give_name(someone, phrase.name)
        else:
            if phrase.kind == "person" and (someone.kind in ("person", "unknown") or someone.row is None):
                someone.kind = "person"
                someone.role = someone.role or scene.described(phrase)
                someone.of = someone.of or self._owner(scene, phrase)
            someone.heads.add(phrase.word)
        someone.gender = someone.gender or phrase.gender
        self._mention(scene, phrase, someone)

    def _role_before(self, scene: Scene, phrase: Phrase) -> tuple[str | None, Someone | None, str]:
        """ "Taliban spokesman" before a name: the role, whose it is, and its head word."""
        s, i = scene.s, phrase.first
        first = i
        while first and s.heads[first - 1] != first - 1 and first - 1 in s.subtree(phrase.head):
            if s.pos[first - 1] in ("PUNCT", "DET", "ADP", "CCONJ"):
                break
            first -= 1
        said = [j for j in range(first, i) if self.who.people.get(s.lemmas[j].lower())]
        roles = [j for j in said if s.words[j].lower() not in self.who.titles] or said
        if not roles:
            return None, None, ""
        owner = next((x for j in range(first, i) if (x := self._at(scene, j)) is not None), None)
        return joined(s, range(first, roles[-1] + 1)), owner, s.lemmas[roles[-1]].lower()

    def _described_before(self, scene: Scene, phrase: Phrase, word: str, owner: Someone | None) -> Someone | None:
        """ "A military spokesman" met before "spokesman General X": the same man, when only one fits."""
        if not word or phrase.kind != "person":
            return None
        fits = [
            x for x in self.cast.here((phrase.k, phrase.first))
            if not x.named and x.kind == "person" and not x.many and word in x.heads and x.anonymity is None
            and (owner is None or x.of is None or owner is x.of)
        ]  # fmt: skip
        return fits[0] if len(fits) == 1 else None

    def _noun(self, scene: Scene, phrase: Phrase) -> None:
        s, entry = scene.s, phrase.entry
        scene.busy.add(phrase.head)
        owner = self._owner(scene, phrase)
        country = phrase.country or (owner.country if owner and owner.kind in ("state", "government") else None)
        phrase.country = phrase.country or (self._seat(scene, phrase) if entry and "kind" in entry.gives else None)
        row = None
        if entry and (country or phrase.country):
            row = self.who.body_of_country(entry, phrase.word, phrase.words, country or phrase.country or "")
        of_group = (
            owner is not None and owner.kind == "armed_group" and phrase.kind in ("armed_group", "military", "people")
        )
        if of_group and phrase.many and phrase.definite is not False and entry and entry.id in CROWDS:
            return self._mention(scene, phrase, owner)  # type: ignore[arg-type]
        if owner is not None and owner.named and scene.same_by_noun(phrase, owner.kind):
            return self._mention(scene, phrase, owner)
        kind = type_of(phrase, self.who.modifiers)
        someone = self.cast.by_row(row) if row else self.cast.by_noun(phrase, owner, kind)
        if someone is None:
            someone = self.cast.new(phrase)
            someone.name = plain(s, phrase)
            someone.named = phrase.form == "name"
            someone.unnamed, someone.count = kind, count_of(s, phrase)
            someone.role = scene.described(phrase) if phrase.kind == "person" else None
        someone.of = someone.of or (owner if owner is not someone else None)
        someone.country = someone.country or country or phrase.country
        if row is not None:
            self.cast.give_row(someone, row)
            someone.unnamed = None
        someone.heads.add(phrase.word)
        someone.words |= phrase.words
        self._mention(scene, phrase, someone)
        if row is not None:
            self._others(s, phrase)
        for other in scene.renamings(phrase):
            if not scene.done(other):
                self._join(scene, other, someone)
        return None

    def _others(self, s: Sentence, phrase: Phrase) -> None:
        """ "Russian, Tajik and Uzbek troops" are three armies; mentioned from its adjective on, or to its name."""
        for country, token in phrase.countries[1:]:
            row = self.who.body_of_country(phrase.entry, phrase.word, phrase.words, country) if phrase.entry else None
            if row is not None:
                someone = self.cast.by_row(row) or self.cast.new(phrase)
                self.cast.give_row(someone, row)
                someone.mentions[s.over(min(token, phrase.last), max(token, phrase.last))] = "nominal"

    def _owner(self, scene: Scene, phrase: Phrase) -> Someone | None:
        """Whom they belong to or speak for: possessive, noun before, "for the ministry"."""
        s, i = scene.s, phrase.head
        for label in PREMODIFIERS:
            for c in s.kids(i, label):
                found = self._at(scene, c)
                if found is not None and c != i:
                    return found
        preps = {s.words[p].lower(): p for p in s.kids(i, "prep")}
        for word in OWNERS:
            thing = s.kid(preps[word], "pobj") if word in preps else None
            found = self._at(scene, thing) if thing is not None else None
            if found is not None and (word not in ("in", "to", "with") or found.group):
                return found
        return None

    def _at(self, scene: Scene, token: int) -> Someone | None:
        """Who the phrase at this token is, resolved now if it has not been yet."""
        phrase = scene.by_head.get(token) or scene.over.get(token)
        if phrase is None or phrase.head in scene.busy:
            return scene.who.get(token)
        if not scene.done(phrase) and phrase.form != "pronoun":
            scene.busy.add(phrase.head)
            (self._name if phrase.form == "name" else self._noun)(scene, phrase)
        return scene.who.get(phrase.head)

    def _seat(self, scene: Scene, phrase: Phrase) -> str | None:
        """ "the foreign ministry in Moscow": the country whose capital that is."""
        s = scene.s
        for p in s.kids(phrase.head, "prep"):
            thing = s.kid(p, "pobj")
            if thing is not None and s.words[p].lower() == "in":
                names = [n for n in self.who.names.get(s.words[thing], ()) if n.row.get("kind") == "state"]
                if names:
                    return names[0].row["country"]
        return None

    # --- pronouns -----------------------------------------------------------------------------------------

    def _pronoun(self, scene: Scene, phrase: Phrase) -> None:
        s, sort = scene.s, PRONOUNS.get(phrase.word, "")
        if sort in ("speaker", "group", "asked"):
            return self.later.append(phrase)
        someone, torn = None, False
        if sort == "head":
            someone = scene.nearest(relative_to(s, phrase.head))
        elif sort and (phrase.holder or sort != "it"):
            phrase.gender = sort if sort in "mf" else ""
            someone, torn = self.cast.by_pronoun(phrase, sort, self._barred(scene, phrase))
            if someone is not None and someone.kind == "unknown" and phrase.gender:
                someone.kind = "person"  # "he" tells what the recogniser could not
        if someone is None and phrase.holder:
            someone = self.cast.new(phrase)
            someone.kind = "people" if sort == "many" else "person" if sort in ("m", "f") else "unknown"
            someone.name, someone.many = s.words[phrase.head], sort == "many"
            if torn:
                self.warnings.append(Warning(f"who is {someone.name!r}? Two are equally likely", phrase.spans[0]))
        if someone is not None:
            self._mention(scene, phrase, someone)
        return None

    def _barred(self, scene: Scene, phrase: Phrase) -> set[int]:
        """Those it cannot be: another argument of its verb, and inside a quotation the one who speaks."""
        s, verb = scene.s, scene.s.heads[phrase.head]
        barred = set()
        if s.labels[phrase.head] != "poss":
            barred = {id(x) for i, x in scene.who.items() if s.heads[i] == verb and i != phrase.head}
        start = s.start(phrase.head)
        if self.speech.quoted(start):
            speaker = self.speech.speaker(start)
            barred |= {id(speaker)} if speaker else set()
        return barred

    def first_persons(self) -> None:
        """ "I", "we" and "you", now that every speaker is known."""
        persons = FirstPersons(self.sentences, self.speech, self.cast)
        persons.look_for_guest(self.later)
        for phrase in self.later:
            s = self.sentences[phrase.k]
            self.cast.story = self._story.get(s.block, "")
            someone = persons.whom(phrase)
            if someone is not None:
                self._mention(Scene(s, []), phrase, someone)

    def outside_sentences(self) -> None:
        """Holders in lines that nobody parses: the agency of a dateline or a credit."""
        for span in self._loose:
            name = span.of(self.text).strip(" ()/.–—-\n")
            phrase = Phrase(0, 0, 0, 0, "name", "media", "", name=name)
            row = self.who.row_named(name)
            someone = (self.cast.by_row(row) if row else self.cast.by_name(phrase)) or self.cast.new(phrase)
            if row is not None:
                self.cast.give_row(someone, row)
            else:
                self.cast.give_name(someone, name)
            someone.mentions[span] = "name"

    # --- what comes out -----------------------------------------------------------------------------------

    def finish(self) -> Iterator[Actor | Warning]:
        cast = sorted((x for x in self.cast.all if x.mentions), key=lambda x: min(x.mentions))
        ids = {id(x): f"a{n}" for n, x in enumerate(cast)}
        for x in cast:
            of = x.of or self._belongs(x)
            yield Actor(
                id=ids[id(x)], name=x.name, kind=actor_kind(x.row) if x.row else x.kind,
                country=x.country, role=x.role, of=ids.get(id(of)) if of is not None else None,
                mentions=tuple(ActorMention(span, form) for span, form in sorted(x.mentions.items())),
                lexicon=x.row["id"] if x.row else None, unnamed=None if x.named else x.unnamed,
                count=None if x.named else x.count, anonymity=x.anonymity,
            )  # fmt: skip
            if x.rivals:
                told = " or ".join(r["id"] for r in (x.row or {}, *x.rivals) if r)
                yield Warning(f"{x.name}: {told}, by the day; the report is undated", min(x.mentions))
        yield from self.warnings

    def _belongs(self, x: Someone) -> Someone | None:
        """The nearest owner, up the list's own chain, that this report mentions too."""
        row = x.row
        for _ in range(4):
            row = self.who.rows.get((row or {}).get("of") or "")
            if row is None:
                return None
            owner = self.cast.by_row(row)
            if owner is not None and owner is not x:
                return owner
        return None
