"""Made-up pages: newsy words, quotes, broken quotes and odd characters in any order."""

from hypothesis import strategies as st

WHO = """
a spokesman for the army|The governor|residents|Northgate News Agency|the foreign ministry|Moscow|he|they|
Dr. Amani|An official, who asked not to be named,|United Nations|the Taliban|MINISTER
"""
SAID = """
said|told reporters|denied that|was quoted by the agency as saying|, according to the police,|warned|claims|
reportedly|quoting|:|–|says|vowed to|as saying|called for|did not confirm whether
"""
WHAT = """
the town had fallen|at least 14 people were killed|some 30,000 families fled|rebels seized Kunduz|Herat|
troops withdrew from the base|Kabul, Afghanistan|10 km north of Mazar-e-Sharif|$2.5m|
three of 34 provincial capitals|an air strike hit the base|the army had delivered six aircraft
"""
WHEN = """on Monday|5 August 2021|last week|on the eve of|Aug 5|two days ago|13/14|2021-08-05|by Friday night"""
SIGNS = [
    *"“”\"'‘’«»()…—-.,?;[]*%№½é\t\r\x07",
    *("\n", "\n\n", "\r\n", "\u00a0", "\u200b", "\u202e", "\ufeff", "\u2028", "\x85"),
    *("e\u0301", "ﷺ", "کابل", "𝕏", "🛑", "<p>", "&amp;"),
]
LINES = """
KABUL, Aug 5 (Northgate) —|Photo: Northgate|By A Reporter|TOWN FALLS|- item one\n- item two|Read more|
Offensive losing momentum: ministry|“We stay,” he said. “|Families cross the river. (Northgate)
"""


def one_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from([word.strip() for word in words.split("|")])


PARTS = tuple(map(one_of, (WHO, SAID, WHAT, WHEN)))
SENTENCE = st.tuples(*PARTS).map(lambda parts: " ".join(parts) + ". ")
LINE = one_of(LINES).map(lambda line: f"\n\n{line}\n\n")
NEWSY = st.lists(st.one_of(SENTENCE, SENTENCE, LINE, st.sampled_from(SIGNS), *PARTS), min_size=1, max_size=14)
PAGES = st.one_of(NEWSY.map(" ".join), NEWSY.map("".join), st.text(max_size=80)).filter(lambda text: bool(text.strip()))
