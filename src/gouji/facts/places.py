"""The provinces, cities and counties of the country with what they belong to: 鹿泉区 in 石家庄市, 河北省.

The table is `data/places.txt`, the national codes of administrative divisions (GB/T 2260); `scripts/make_places.py` writes it.
"""

from __future__ import annotations

from functools import cache

from gouji.model.beside import beside

LONGEST = 15  # characters of the longest name: 双江拉祜族佤族布朗族傣族自治县

# ruff: noqa: SIM905 - a list of words reads better as words

# Names of places that are ordinary words where no mark stands before them: 东区, 城区, 和平区, 市中区.
_WORDS = frozenset(
    "城区 郊区 矿区 东区 西区 新区 城关区 城中区 城东区 城西区 城北区 市中区 市南区 市北区 中山区 和平区 河北区 河东区 河西区 新城区 山城区 "
    "港口区 港北区 港南区 江北区 江南区 高新区 经济区 工业区 开发区 新华区 向阳区 民主区 人民区 建设区 文化区 海港区 水城区 古城区 东城区 西城区 "
    "南区 北区 老城区 新市区 南市区 北市区 长安区 凤凰区 友好区 铁西区 铁东区 太平区 大同区 平安县 会同县 会东县 城县 县 市 区".split()
)


@cache
def divisions() -> dict[str, tuple[tuple[str, ...], ...]]:
    """For every full name the chains of places above it, nearest first; a name that several places bear has several."""
    found: dict[str, list[tuple[str, ...]]] = {}
    text = (beside("gouji.facts") / "data" / "places.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        province, city, counties = line.split("\t")
        above = (city, province) if city else (province,)
        found.setdefault(province, [()])
        if city:
            found.setdefault(city, []).append((province,))
        for county in counties.split():
            found.setdefault(county, []).append(above)
    return {name: tuple(chains) for name, chains in found.items()}


@cache
def _ends() -> frozenset[str]:
    """The last two characters of every name."""
    return frozenset(name[-2:] for name in divisions())


def above(name: str) -> frozenset[str]:
    """All places that a place of that full name may belong to; empty for a name that is not in the table."""
    return frozenset(place for chain in divisions().get(name, ()) for place in chain)


def ending(text: str, end: int) -> str:
    """The longest name of the table that ends at `end`, unless it is an ordinary word as well; empty where there is none."""
    known = divisions()
    if text[max(0, end - 2) : end] not in _ends():
        return ""
    for start in range(max(0, end - LONGEST), end - 2):
        name = text[start:end]
        if name in known and name not in _WORDS:
            return name
    return ""
