"""Numbers of offices that make up a formula against the names behind it: 设一办七委，即办公室，监察委、财经委…."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.claims.build import LIKELY, place
from gouji.claims.counts.names import CONJUNCTION, split_names
from gouji.claims.scene import Scene
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.document import Block, BlockKind
from gouji.model.fact import Span
from gouji.text.numerals import parse_chinese

_KINDS = {
    "办": "办公室|办",
    "室": "室",
    "委": "委员会|委",
    "科": "科室?",
    "股": "股室?",
    "部": "部",
    "处": "处",
    "站": "站",
    "所": "所",
    "中心": "中心",
    "队": "队",
    "组": "组",
    "会": "会",
    "局": "局",
}
_NUMBER = "[一二两三四五六七八九十]{1,3}|[1-9]"
_KIND = "中心|[办室委科股部处站所队组会局]"
_FORMULA = re.compile(
    rf"(?<!第)(?P<all>(?:(?:{_NUMBER})(?:{_KIND})){{2,4}})(?:，(?:即|分别(?:是|为)|包括)：?|（(?:即|分别(?:是|为)|包括)?：?|：)"
)
_ONE = re.compile(rf"(?P<n>{_NUMBER})(?P<kind>{_KIND})")


def find(scene: Scene) -> Iterator[Claim]:
    """Every formula of offices with the names that follow it."""
    for index in sorted(scene.wording.having(*_FORMULAE)):
        block = scene.document.blocks[index]
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            text = scene.facts.blocks[index].normal
            for match in _FORMULA.finditer(text):
                claim = _claim(block, text, match)
                if claim is not None:
                    yield claim


_FORMULAE = tuple(n + kind[0] for n in "一二两三四五六七八九十1" for kind in _KINDS)


def _claim(block: Block, text: str, match: re.Match[str]) -> Claim | None:
    stated = {m["kind"]: int(m["n"]) if m["n"].isdigit() else parse_chinese(m["n"]) for m in _ONE.finditer(match["all"])}
    end = re.search(r"[）。；]|，(?!(?:[\u4e00-\u9fff]{2,10}[、，])*[\u4e00-\u9fff]{2,10}[。；])", text[match.end() :])
    stop = match.end() + (end.start() if end else len(text) - match.end())
    body = text[match.end() : stop]
    names = [n.strip() for part in re.split("，", body) for n in split_names(part)]
    if re.search(r"\d|等$", body) or len(names) < _LEAST:
        return None
    listed = dict.fromkeys(stated, 0)
    joined = 0
    for name in names:
        kind = next((k for k in sorted(stated, key=len, reverse=True) if re.once(f"(?:{_KINDS[k]})$").search(name)), None)
        if kind is None:
            return None
        listed[kind] += 1
        joined += sum(1 for m in CONJUNCTION.finditer(name) if re.once(f"(?:{_KINDS[kind]})$").search(name[: m.start()]))
    agrees = listed == stated
    if joined or (not agrees and sum(abs(listed[k] - (stated[k] or 0)) for k in stated) > _LEAST):
        return None
    told = "".join(f"{listed[k]}{k}" for k in stated)
    return Claim(
        kind=ClaimKind.COUNT,
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        stated=match["all"],
        computed=told,
        operands=(
            place(Span(block.index, *match.span("all")), "stated"),
            place(Span(block.index, match.end(), stop), "list"),
        ),
        difference=None,
        formula=f"列出{told}：{'、'.join(names)}" if len(body) <= _SHOWN else f"列出{told}",
        confidence=LIKELY,
        shape="offices",
    )


_LEAST = 2
_SHOWN = 120  # characters of a list that are shown
