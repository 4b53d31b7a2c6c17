"""The grammar: phrasings as data. `README.md` beside this file describes the notation."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

GRAMMAR = Path(__file__).parent / "grammar"
NAME = re.compile(r"[A-Za-z]\w*")
CALLS = {"sum", "len", "abs", "countif"}
FREE = re.compile(r"^([\w,]+?)(?:@(\w+))?:(\w+)\((.*)\)$")
LIST = re.compile(r"^(\w)\*(\w)\((\d+),(\d+)\)(?::(\w+)\((.*)\))?$")
DERIVED = re.compile(r"^(\w)(?:@(\w+)|%(\d?))?=(.+)$")
PERCENT = re.compile(r"^(\w)(%)(\d?)=(.+)$")
FRAGMENT = re.compile(r"(?<=。)\|\|")  # a loop with an empty separator also has two bars, but no stop before them
WORD = re.compile(r"^(\w+)\?(.+?):(.+?):(.+)$")


@dataclass(frozen=True, slots=True)
class Free:
    """A slot drawn at random."""

    name: str
    shape: str | None
    how: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A slot that is a list of names from a pool, with amounts if `how` says how to draw them."""

    name: str
    pool: str
    low: int
    high: int
    how: str | None
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """A slot computed from others; `shape` is `%`, `%0`, a shape's name or None (that of its operands)."""

    name: str
    shape: str | None
    expression: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word that follows from figures."""

    name: str
    condition: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class GradeWord:
    """The grade of a score."""

    name: str
    score: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What must hold between the printed figures. `target` None: `expression` is a comparison."""

    target: str | None
    expression: str
    kind: str  # equal, compare, grade, word

    @property
    def operands(self) -> tuple[str, ...]:
        words = NAME.findall(self.expression)
        return tuple(dict.fromkeys(w for w in words if w not in CALLS))


@dataclass(frozen=True, slots=True)
class Loop:
    """A list in the text: `body` once for each member, with `separator` between."""

    name: str
    separator: str
    body: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure, a word or a name in the text."""

    name: str
    modifier: str = ""  # "#" number without unit, "cn" in Chinese numerals


@dataclass(frozen=True, slots=True)
class Either:
    """Words that stand in a sound document, and those that an error puts in their place."""

    clean: str
    bad: str
    number: int


Node = str | Loop | Slot | Either


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A sentence template with its slots, the relations among them and the slots that an error may strike."""

    id: str
    kind: str
    text: str
    slots: tuple[Free | Listing | Derived | Word | GradeWord, ...]
    relations: tuple[Relation, ...]
    faults: tuple[str, ...]
    trap: bool = False
    fragments: tuple[tuple[Node, ...], ...] = field(default=())

    def shown(self) -> frozenset[str]:
        """Names of the slots that the text prints."""
        found = set(re.findall(r"\{([a-zA-Z]\w*)", self.text)) | set(re.findall(r"<(\w)\|", self.text))
        return frozenset(found)


TOKEN = re.compile(r"<(\w)\|([^|]*)\|(.*?)>(?!=)|\[\[(.*?)→(.*?)\]\](?!\])|\{([A-Za-z]\w*)([^}]*)\}", re.DOTALL)


def nodes(text: str) -> tuple[Node, ...]:
    """Split a template into its nodes."""
    found: list[Node] = []
    at, eithers = 0, 0
    for match in TOKEN.finditer(text):
        if match.start() > at:
            found.append(text[at : match.start()])
        loop, separator, body, clean, bad, name, rest = match.groups()
        if loop:
            found.append(Loop(loop, separator, body))
        elif name:
            found.append(Slot(name, "#" if "#" in rest else "cn" if ":cn" in rest else ""))
        else:
            eithers += 1
            found.append(Either(clean, bad, eithers))
        at = match.end()
    if at < len(text):
        found.append(text[at:])
    return tuple(found)


def parse_slots(spec: str) -> tuple[list[Free | Listing | Derived | Word | GradeWord], list[Relation]]:
    """Read the slot notation."""
    slots: list[Free | Listing | Derived | Word | GradeWord] = []
    relations: list[Relation] = []
    for part in (p.strip() for p in spec.split(";")):
        if not part:
            continue
        if part.startswith("&"):
            relations.append(_check(part[1:]))
        elif match := LIST.match(part):
            name, pool, low, high, how, arguments = match.groups()
            slots.append(Listing(name, pool, int(low), int(high), how, _split(arguments)))
        elif match := WORD.match(part):
            slots.append(Word(*match.groups()))
            relations.append(Relation(match[1], match[2], "word"))
        elif match := FREE.match(part):
            names, shape, how, arguments = match.groups()
            slots += [Free(n, shape, how, _split(arguments)) for n in names.split(",")]
            if how == "lit" and len(names) == 1:
                relations.append(Relation(names, arguments, "equal"))
        elif match := re.match(r"^(\w)!(\w)$", part):
            slots.append(GradeWord(match[1], match[2]))
            relations.append(Relation(match[1], match[2], "grade"))
        elif match := PERCENT.match(part):
            expression = f"({match[4]})*100" if "/" in match[4] else match[4]
            slots.append(Derived(match[1], "%" + match[3], expression))
            relations.append(Relation(match[1], expression, "equal"))
        elif match := DERIVED.match(part):
            slots.append(Derived(match[1], match[2], match[4]))
            relations.append(Relation(match[1], match[4], "equal"))
        else:
            raise ValueError(f"not in the slot notation: {part!r}")
    return slots, relations


def _check(part: str) -> Relation:
    if match := re.match(r"^(\w)~(.+)$", part):
        return Relation(match[1], match[2], "equal")
    if match := re.match(r"^(\w)!(\w)$", part):
        return Relation(match[1], match[2], "grade")
    return Relation(None, part, "compare")


def _split(arguments: str | None) -> tuple[str, ...]:
    return tuple(a.strip() for a in arguments.split(",")) if arguments else ()


def faults_of(spec: str, slots: list[Free | Listing | Derived | Word | GradeWord]) -> tuple[str, ...]:
    """The slots that an error may strike; `+` stands for every computed one."""
    computed = [s.name for s in slots if isinstance(s, Derived | Word | GradeWord)]
    if spec == "none":
        return ()
    if not spec:
        return tuple(computed)
    return tuple(f for word in spec.split() for f in (computed if word == "+" else [word]))


def build(record: dict[str, object]) -> Phrasing:
    """A phrasing from its TOML record."""
    text = str(record["text"])
    slots, relations = parse_slots(str(record.get("slots", "")))
    faults = faults_of(str(record.get("faults", "")), slots)
    fragments = tuple(nodes(f) for f in FRAGMENT.split(text))
    return Phrasing(
        str(record["id"]),
        str(record["kind"]),
        text,
        tuple(slots),
        tuple(relations),
        faults,
        bool(record.get("trap")),
        fragments,
    )


@cache
def load(split: str) -> tuple[Phrasing, ...]:
    """The phrasings of a split, `seen` or `unseen`, ordered by id."""
    found = []
    for path in sorted(GRAMMAR.glob(f"{split}_*.toml")):
        found += [build(r) for r in tomllib.loads(path.read_text(encoding="utf-8"))["phrasing"]]
    return tuple(sorted(found, key=lambda p: p.id))
