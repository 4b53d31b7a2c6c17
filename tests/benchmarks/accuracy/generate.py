"""Compose whole reports from phrasings: seeded, consistent through the document, about half of them to be left clean."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from figures import Shape, Style, chinese
from instances import Instance, Piece, Shown, World, fit, grade_of, instantiate, render, trim
from phrasings import Free, Phrasing, load
from pools import COUNTIES, DUTIES, FILLER, TRADES, Names

SECTIONS = (
    ("部门基本情况", {"count", "identity"}),
    ("部门预算安排与支出情况", {"total", "change", "share", "balance", "unit", "restatement"}),
    ("绩效目标完成情况", {"rate", "product", "average", "bound", "contradiction", "period", "session", "count"}),
    ("项目组织实施情况", {"total", "rate", "balance", "text", "heading", "identity", "unit"}),
    ("综合评价结论", {"score_total", "weight_total", "execution_score", "indicator_score", "grade", "distribution"}),
)
CN = "一二三四五六七八九十"
PLAIN = (*FILLER[:6], *FILLER[10:])  # the others close the report


@dataclass(slots=True)
class Line:
    """A paragraph, a heading or a run of table rows: plain words, or fragments of instances with words around them."""

    parts: list[str | tuple[Instance, int]]


@dataclass(slots=True)
class Report:
    world: World
    lines: list[Line]
    instances: list[Instance]

    def pieces(self) -> list[tuple[Piece, Instance | None]]:
        """The whole text, piece by piece."""
        found: list[tuple[Piece, Instance | None]] = []
        cache: dict[int, list[list[Piece]]] = {}
        for line in self.lines:
            for part in line.parts:
                if isinstance(part, str):
                    found.append((Piece(part), None))
                else:
                    instance, fragment = part
                    rendered = cache.setdefault(id(instance), render(instance))
                    found += [(piece, instance) for piece in rendered[fragment]]
            found.append((Piece("\n"), None))
        return found

    def text(self) -> str:
        return "".join(piece.text for piece, _ in self.pieces())


def _facts(world: World) -> None:
    """The department's own figures, one set for the document."""
    rng, shape = world.rng, Shape("wan", world.style.wan_places)
    budget = shape.settle(fit(rng, Decimal(400), Decimal(9000)) * 10000)
    spent = shape.settle(budget * Decimal(str(round(rng.uniform(0.72, 0.985), 4))))
    basic = shape.settle(spent * Decimal(str(round(rng.uniform(0.45, 0.8), 4))))
    people = shape.settle(basic * Decimal(str(round(rng.uniform(0.7, 0.92), 4))))
    percent = Shape("pct", world.style.pct_places)
    money = {
        "budget": budget,
        "spent": spent,
        "basic": basic,
        "project": spent - basic,
        "people": people,
        "public": basic - people,
    }
    world.facts = {name: Shown(value, shape) for name, value in money.items()}
    world.facts["rate"] = Shown(percent.settle(spent / budget * 100), percent)
    score = trim(Decimal(str(round(rng.uniform(82, 98), rng.choice((0, 1, 2))))), "score")
    world.facts["score"] = score
    world.grade = grade_of(score.value, world.style)


def _world(rng: Random) -> World:
    tail = rng.choice(sorted(TRADES))
    county, other = rng.sample(COUNTIES, 2)
    congress, session = rng.randint(3, 15), rng.randint(1, 5)
    world = World(
        rng,
        Style.draw(rng),
        rng.randint(2019, 2024),
        county + tail,
        other + tail,
        f"{chinese(congress)}届{chinese(session)}次",
        Names.draw(rng, tail),
    )
    world.filler = rng.sample(PLAIN, len(PLAIN))
    _facts(world)
    return world


def _section_of(rng: Random, kind: str) -> int:
    return rng.choice([i for i, (_, kinds) in enumerate(SECTIONS) if kind in kinds] or [1])


def _choose(rng: Random, split: str) -> list[Phrasing]:
    """The phrasings of a document: some of every kind, those that state the department's own figures always."""
    everything = load(split)
    own = [p for p in everything if "fact(" in repr(p.slots) or any(isinstance(s, Free) and s.how == "fact" for s in p.slots)]
    rest = [p for p in everything if p not in own]
    chosen = rng.sample(own, min(len(own), rng.randint(3, 5))) + rng.sample(rest, rng.randint(10, 30))
    rng.shuffle(chosen)
    graded = [p for p in chosen if "按90分（含）" in p.text]  # a scale of its own needs the four short words
    return [p for p in chosen if p not in graded] + graded[:1]


def generate(seed: int, split: str) -> Report:
    """The report of a seed."""
    rng = Random(f"{split}-{seed}")
    world = _world(rng)
    chosen = _choose(rng, split)
    if any("按90分（含）" in p.text for p in chosen):
        world.style = Style(**{**{n: getattr(world.style, n) for n in Style.__slots__}, "grades": ("优", "良", "中", "差")})
        world.grade = grade_of(world.facts["score"].value, world.style)
    instances = [instantiate(p, world) for p in chosen]
    bodies: list[list[Line]] = [[] for _ in SECTIONS]
    for instance in instances:
        first = _section_of(rng, instance.phrasing.kind)
        for fragment in range(len(instance.phrasing.fragments)):
            where = first if fragment == 0 else rng.choice([s for s in range(len(SECTIONS)) if s >= first])
            bodies[where].append(_line(rng, instance, fragment))
    return Report(world, [*_opening(world), *_sections(world, bodies), *_closing(world)], instances)


def _line(rng: Random, instance: Instance, fragment: int) -> Line:
    """A fragment as a paragraph, now and then with a sentence before or after it."""
    parts: list[str | tuple[Instance, int]] = [(instance, fragment)]
    text = instance.phrasing.text
    if "\\n" not in text and "\n" not in text and "\t" not in text:
        chance = rng.random()
        if chance < 0.12:
            parts[:0] = _filler(instance.world)
        elif chance < 0.24:
            parts += _filler(instance.world)
    return Line(parts)


def _filler(world: World) -> list[str]:
    """The next sentence without figures, if any is left."""
    return [world.filler.pop()] if world.filler else []


def _opening(world: World) -> list[Line]:
    title = world.rng.choice(
        (
            "{org}{year}年度部门整体支出绩效自评报告",
            "{year}年度{org}部门整体支出绩效自评报告",
            "{org}{year}年度整体绩效自评报告",
        )
    )
    intro = world.rng.choice(
        (
            "根据财政部门关于开展{year}年度预算绩效自评工作的要求，{org}组织开展了{year}年度部门整体支出绩效自评工作，现将有关情况报告如下。",
            "为进一步提高财政资金使用效益，{org}对{year}年度部门整体支出情况进行了绩效自评，形成本报告。",
            "按照预算绩效管理有关规定，现将{org}{year}年度部门整体支出绩效自评情况报告如下：",
        )
    )
    return [Line([t.format(**world.words)]) for t in (title, intro)]


def _sections(world: World, bodies: list[list[Line]]) -> list[Line]:
    rng, lines = world.rng, []
    duties = rng.random() < 0.6
    for number, ((heading, _), body) in enumerate(zip(SECTIONS, bodies, strict=True)):
        lines.append(Line([f"{CN[number]}、{heading}"]))
        if number == 0 and duties:
            lines.append(Line(["（一）主要职责"]))
            lines += [Line([f"{i}.{duty}"]) for i, duty in enumerate(rng.sample(DUTIES, rng.randint(3, 5)), 1)]
            if body:
                lines.append(Line(["（二）机构与人员情况"]))
        elif rng.random() < 0.5 or not body:
            lines += [Line([text]) for text in _filler(world)]
        rng.shuffle(body) if not any(_later(part) for line in body for part in line.parts) else None
        lines += _grouped(rng, body) if number == 2 and len(body) > 5 else body
    for number, (heading, texts) in enumerate(
        (("存在的主要问题", FILLER[6:8]), ("下一步改进措施", FILLER[8:10])), len(SECTIONS)
    ):
        lines.append(Line([f"{CN[number]}、{heading}"]))
        lines += [Line([t]) for t in texts]
    return lines


def _later(part: str | tuple[Instance, int]) -> bool:
    return not isinstance(part, str) and part[1] > 0


def _grouped(rng: Random, body: list[Line]) -> list[Line]:
    """The section's paragraphs under two headings of the second level."""
    middle = rng.randint(2, len(body) - 2)
    return [Line(["（一）产出指标完成情况"]), *body[:middle], Line(["（二）效益指标完成情况"]), *body[middle:]]


def _closing(world: World) -> list[Line]:
    rng = world.rng
    return [Line([world.org]), Line([f"{world.year + 1}年{rng.randint(2, 6)}月{rng.randint(1, 28)}日"])]
