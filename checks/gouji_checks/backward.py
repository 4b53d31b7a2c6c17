"""When a meeting met whose clause names no day: 会后…, …于当日召开, and by what it did: 审议通过了."""

from __future__ import annotations

from gouji.model import patterns as re
from gouji.model.fact import BlockFacts, DateFact

# Right before the meeting's clause, or in it behind the meeting.
_AFTER_IT = re.compile(r"(?:^|[。；，])(?:会后|会议期间|大会期间|其后|随即|当[日天晚月]|同[日月])，?[^，。；\d]{0,12}$")
_ON_IT = re.compile(r"[^，。；\d]{0,4}(?:于|在)(?:当[日天晚月]|同[日月]|会后)")
_FAR = 120  # characters over which a text still points back
_ACTS = re.compile(
    r"(?:会议|全会)?(?:则|已|又|也|即|随后|便)*(?:于|在)?(?:当年|同年|本年|20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初)?)?"
    r"(?:还|已|又)?(?:应到|实到|到会|出席|会期|审议|批准|表决|通过|票决|选举|选出|追认|听取|讨论|研究|审定|决定|部署|增补|补选|推选|确定|明确)了?"
)


def day_before(facts: BlockFacts, start: int, end: int) -> DateFact | None:
    """The date that a meeting at start..end points back at, where it is told after it: 6月12日闭幕，…一次全委会于当日召开."""
    text = facts.normal
    if not (_AFTER_IT.search(text[max(0, start - 20) : start]) or _ON_IT.match(text, end)):
        return None
    before = [d for d in facts.dates if d.month and not d.cited and start - _FAR <= d.span.start and d.span.end <= start]
    return before[-1] if before else None


def acted(after: str) -> bool:
    """Whether the words behind a meeting's name tell what it did: it met."""
    return _ACTS.match(after) is not None
