"""Which profile a document follows, by its own words: the scale of grades that it prints, the place that it comes from.

Only where no profile was chosen by option. The place is that of the title, of the reporting unit, or of the regulation on performance that
the document quotes in 《》; a place that is merely mentioned (a study visit) says nothing.
"""

from __future__ import annotations

from gouji.claims.scores.scale import bands_in
from gouji.model import patterns as re
from gouji.model.document import BlockKind, Document
from gouji.model.fact import Facts
from gouji.model.profile import Band, Profile
from gouji.model.text import Text

_RULE = re.compile(r"《([^《》]{4,60})》")
_HEAD = re.compile(
    r"(?:填报|编制|项目|报告|自评|申报)?(?:单位|部门)(?:名称)?(?:（[^）]*）)?[：:\t]\s*([^\t，。；\n]{3,40})|主管部门[：:\t]\s*([^\t，。；\n]{3,40})"
)
_TOP = 30  # blocks in which a document says who it is from
_GRADES = re.compile(r"优|良|差|较差|合格")


def choose(profile: Profile, document: Document, facts: Facts) -> tuple[Profile, Text]:
    """The profile in force for a document, and why."""
    if not profile.candidates:
        return profile, Text("由选项指定", "chosen by option")
    scale = _printed(document, facts)
    placed = _by_place(profile.candidates, document)
    if placed is not None:
        found, word = placed
        return found, Text(f"文中单位或所依据的办法属“{word}”", f"the unit or the quoted regulation belongs to “{word}”")
    if scale is not None and _lows(scale) != _lows(profile.scale):
        same = [c for c in profile.candidates if _lows(c.scale) == _lows(scale)]
        if len(same) == 1:
            return same[0], Text("文中所列等级标准与该规则集相同", "the scale of grades in the text is that of this profile")
    return profile, Text("文中没有指明地区，按全国口径", "the document names no place with rules of its own")


def _lows(scale: tuple[Band, ...]) -> tuple[object, ...]:
    return tuple(b.low for b in scale)


def _printed(document: Document, facts: Facts) -> tuple[Band, ...] | None:
    for block, found in zip(document.blocks, facts.blocks, strict=True):
        if block.kind is not BlockKind.ROW and len(_GRADES.findall(found.normal)) >= 3:
            bands = bands_in(found.normal)
            if bands is not None:
                return bands
    return None


def _by_place(candidates: tuple[Profile, ...], document: Document) -> tuple[Profile, str] | None:
    """The candidate whose place the document names as its own: a county's before its province's; None where two provinces claim it."""
    words = _own_words(document)
    hits = {c.name: (c, w) for c in candidates for w in c.match if any(w in text for text in words)}
    near = sorted(hits.values(), key=lambda hit: len(hit[0].match))
    if len(near) > 1 and len(near[0][0].match) * 2 > len(near[1][0].match):
        return None
    return near[0] if near else None


def _own_words(document: Document) -> list[str]:
    """Title, reporting unit, and the regulations on performance that the document rests on."""
    words = [document.title, document.organisation or ""]
    for block in document.blocks:
        if block.index < _TOP and (match := _HEAD.search(block.text)):
            words.append(match[1] or match[2])
        words += [m[1] for m in _RULE.finditer(block.text) if "绩效" in m[1]]
    return words
