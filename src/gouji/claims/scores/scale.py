"""The scale of grades in force: the one that the document prints, else the profile's (财预〔2020〕10号: 优 90, 良 80, 中 60)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Passage, Scene
from gouji.facts.grades import GRADE_WORDS, RANKED_WORDS, RANKS
from gouji.model import patterns as re
from gouji.model.claim import Verdict
from gouji.model.fact import Span
from gouji.model.profile import Band
from gouji.model.quantity import Dimension, plain
from gouji.text.numerals import parse_chinese

GRADE_WORD = re.compile(rf"(?:{GRADE_WORDS})(?![化势质惠先越异育点期央国小心])|(?:{RANKED_WORDS})")
_NUMBER = re.compile(
    r"(?<![\d.])(?:[4-9]\d|100|0)(?:\.\d+)?(?=\s?(?:分|[（≤<≥>~～至到—–-]))|(?<=[≥≤<>~～至到—–-])\s?(?:[4-9]\d|100)(?:\.\d+)?"
)
_CLAUSE = re.compile(r"[，；：]|（(?=\d)")
_BELOW = re.compile(r"以下|不足|低于|小于|不满|未达|[＜<]|下为")
_BEST = re.compile(
    r"(?P<n>\d{2}(?:\.\d)?|[五六七八九]十[一二三四五六七八九]?)分?[（(]?含?[）)]?(?:及|或)?以上[^。；\d]{0,8}?优"
    r"|以\s?(?P<k>\d{2}(?:\.\d)?)\s?分(?:为|作为?|当作)优秀?(?:线|等次|等级|标准|门槛|的?(?:底线|界限|下限))"
    r"|(?:大于等于|大于或等于|≥|不低于|不少于|高于|超过|达到?)\s?(?P<l>\d{2}(?:\.\d)?)\s?分?(?:的?为|评为|即为|属于?|的)[“‘]?优"
    r"|优(?:秀|等)?[”’]?(?:等次|等级)?(?:的?标准)?(?:为|须|应|是|[（(](?=[^）)]{0,12}(?:以上|不低于|≥|达到)))(?:不低于|达到?|≥|在)?\s?(?P<m>\d{2}(?:\.\d)?)(?=分)"
)


_BOUNDS = frozenset({Dimension.SCORE, Dimension.BARE})
_OTHER_SCALE = re.compile(r"考核|测评|检查|巡查|星级|考评|评议")


def scale_in_force(scene: Scene) -> tuple[Band, ...]:
    """The scale that the document defines, else the profile's."""
    printed = printed_scale(scene)
    return printed[0] if printed else scene.profile.scale


def printed_scale(scene: Scene) -> tuple[tuple[Band, ...], Span] | None:
    """A scale printed in the document: at least three grade words with their bounds, falling; and where it stands."""
    if scene.scale is None:
        found = next((s for s in (_scale_of(p) for p in scene.passages) if s is not None), None)
        scene.scale = (found,)
    return scene.scale[0]


def _scale_of(passage: Passage) -> tuple[tuple[Band, ...], Span] | None:
    text = passage.text
    few = not passage.dimensions & _BOUNDS or sum(1 for i in passage.items if i.q.dimension in _BOUNDS) < 3
    if few and not (passage.tells(*"≥≤<>") and re.search(r"[≥≤<>]", text)):
        return None
    for start, end in windows(text):
        if _OTHER_SCALE.search(text, start, end) and not re.search(r"绩效|自评|评价", text[start:end]):
            continue  # the grades of monthly inspections
        found = _bands(text[start:end])
        if found is not None:
            return found[0], Span(passage.block.index, start + found[1], start + found[2])
    return None


def bands_in(text: str) -> tuple[Band, ...] | None:
    """The scale that a text in normal form prints, wherever it stands."""
    found = (_bands(text[start:end]) for start, end in windows(text))
    return next((f[0] for f in found if f is not None), None)


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, and sentences joined in twos where a colon ends neither."""
    marks = [0, *(m.end() for m in re.finditer("。", text)), len(text)]
    for a, b in itertools.pairwise(marks):
        if b - a > 12:
            yield a, b


def _bands(sentence: str) -> tuple[tuple[Band, ...], int, int] | None:
    """The bands of a sentence, where the first of them begins and where the last ends."""
    words = list(GRADE_WORD.finditer(sentence))
    numbers = [m for m in _NUMBER.finditer(sentence) if Decimal(m[0]) <= 100]
    if len(words) < 3 or len(numbers) < 3:
        return None
    first = last = 0
    by_rank: dict[int, tuple[Decimal, str]] = {}
    grade_first = _grades_first(sentence, words, numbers)
    for n, word in enumerate(words):
        if grade_first:
            low_at = word.end()
            high_at = _behind(sentence, low_at, words[n + 1].start() if n + 1 < len(words) else len(sentence))
        else:
            low_at = words[n - 1].end() if n else 0
            high_at = word.start()
        if (
            not n and not grade_first
        ):  # 得82.34分，对照90分及以上为优: the clause of the first grade has the bound, not the score
            clause = max((m.end() for m in _CLAUSE.finditer(sentence, 0, high_at)), default=0)
            bounded = any(clause <= m.start() < high_at for m in numbers)
            if not bounded and any(RANKS[w[0]] == RANKS[word[0]] for w in words[1:]):
                continue  # 得分96分，确定为二等（90分以上为一等，…）
            low_at = clause if bounded else 0
        inside = [m for m in numbers if low_at <= m.start() < high_at]
        if not inside:
            continue
        area = sentence[low_at:high_at]
        values = {Decimal(m[0]) for m in inside}
        low = min(values)
        if len(values) == 1 and (_BELOW.search(area) or re.search(r"以下|不足", sentence[high_at : high_at + 3])):
            low = Decimal(0)
        rank = RANKS[word[0]]
        if rank not in by_rank:
            first = first if by_rank else (word.start() if grade_first else low_at)
            by_rank[rank] = (low, word[0])
            last = high_at if grade_first else word.end()
    ranked = [by_rank[r] for r in sorted(by_rank)]
    lows = [low for low, _ in ranked]
    if len(ranked) < 3 or any(a <= b for a, b in itertools.pairwise(lows)) or lows[0] < 60:
        return None
    synonyms: dict[int, list[str]] = {}
    for name, rank in RANKS.items():
        if _sort(name) == _sort(words[0][0]):
            synonyms.setdefault(rank, []).append(name)
    bands = []
    for rank in sorted(by_rank):
        low, name = by_rank[rank]
        bands.append(Band(low, (name, *(s for s in synonyms[rank] if s != name))))
    return tuple(bands), first, last


def _grades_first(sentence: str, words: Sequence[re.Match[str]], numbers: Sequence[re.Match[str]]) -> bool:
    """Whether grades stand before their bounds: 优秀（90分及以上）、良好（80-89分）, not 90分以上为优, 80至90分为良."""
    first = last = 0
    for word in words:
        behind = next((m for m in numbers if m.start() >= word.end()), None)
        before = next((m for m in reversed(numbers) if m.end() <= word.start()), None)
        first += behind is not None and not re.search("[，、；）]", sentence[word.end() : behind.start()])
        last += before is not None and not re.search("[，、；（]", sentence[before.end() : word.start()].replace("（含）", ""))
    if first == last:
        return words[0].start() < numbers[0].start() and words[-1].start() < numbers[-1].start()
    return first > last


def _behind(sentence: str, start: int, stop: int) -> int:
    """Where the bounds behind a grade end: with the clause of the first number."""
    number = _NUMBER.search(sentence, start, stop)
    end = re.search("[，；。]|）(?![以及至到—–~-])", sentence[number.end() : stop]) if number is not None else None
    return number.end() + end.start() if number is not None and end is not None else stop


def _sort(word: str) -> str:
    """Words, letters and numbered classes are scales of their own."""
    return (
        "letter" if word.isascii() else "number" if word[0] in "一二三四" and len(word) == 2 and word[1] in "等类档" else "word"
    )


def band_of(score: Decimal, scale: Sequence[Band]) -> Band | None:
    """The band that a score falls into."""
    return next((b for b in scale if score >= b.low), None)


def judge(score: Decimal, word: str, scene: Scene) -> tuple[Verdict, str, str, float]:
    """(verdict, right grade, formula, confidence) of a grade word beside a score."""
    scale = scale_in_force(scene)
    band = band_of(score, scale)
    if band is None:
        return Verdict.UNDECIDABLE, "", "", 0.0
    formula = f"{plain(score)}分 ≥ {plain(band.low)}分为“{band.words[0]}”"
    if band.low == 0:
        above = scale[list(scale).index(band) - 1]
        formula = f"{plain(score)}分 < {plain(above.low)}分为“{band.words[0]}”"
    if _sort(word) != _sort(band.words[0]):
        return Verdict.UNDECIDABLE, "", "", 0.0  # 纳税信用A级
    if word in band.words or RANKS.get(word) == RANKS.get(band.words[0]):
        return Verdict.AGREES, word, formula, SURE
    printed = printed_scale(scene) is not None
    if not printed and _own_rule(scene):
        return Verdict.UNDECIDABLE, "", "", 0.0
    doubtful = not printed and any((b := band_of(score, s)) is not None and word in b.words for s in scene.profile.other_scales)
    return Verdict.DISAGREES, band.words[0], formula, LIKELY if doubtful else SURE


def own_bound(sentence: str) -> Decimal | None:
    """The bound that a sentence gives the best grade of its own, where it gives none to other grades: 85分以上即为优."""
    best = _BEST.search(sentence)
    if best is None or len({RANKS[word] for word in GRADE_WORD.findall(sentence)}) != 1:
        return None
    return _best_of(best)


def _best_of(match: re.Match[str]) -> Decimal:
    number = match["n"] or match["m"] or match["l"] or match["k"]
    return Decimal(number) if number[0].isdigit() else Decimal(parse_chinese(number) or 0)


def _own_rule(scene: Scene) -> bool:
    """Whether the document gives the best grade a bound of its own without printing a whole scale: 95分以上“优秀”."""
    best = scene.profile.scale[0].low
    for passage in scene.telling("优"):
        for match in _BEST.finditer(passage.text):
            value = _best_of(match)
            if value > 50 and value != best:
                return True
    return False
