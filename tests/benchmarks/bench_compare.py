"""Time, memory, recall and precision of `gouji compare` on generated submissions with planted clones.

    python tests/benchmarks/bench_compare.py                      # 2,000 and 20,000 documents, the growth between them
    python tests/benchmarks/bench_compare.py --documents 500 1000

Every submission is its own text and official boilerplate. A clone takes 60 to 100 % of another submission's sentences, with the unit's
name, some figures and a word here and there changed; the rest is its own.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_CHARS = "水路林田湖草山川房桥渠站校院厅队科技农机医药粮油车船邮电网信质量安全应急救助就业培训考评监测治理修缮养护巡查宣讲调研评审统计登记公示"
_VERBS = [
    "组织",
    "实施",
    "推进",
    "完成",
    "开展",
    "落实",
    "建设",
    "改造",
    "维护",
    "更新",
    "编制",
    "采购",
    "举办",
    "排查",
    "整治",
    "走访",
    "帮扶",
    "协调",
    "督办",
    "验收",
]
_NOUNS = [
    "设施",
    "场所",
    "线路",
    "台账",
    "名录",
    "样本",
    "机制",
    "平台",
    "点位",
    "课程",
    "队伍",
    "物资",
    "档案",
    "图斑",
    "管网",
    "农户",
    "企业",
    "窗口",
    "项目",
    "课题",
]
_NAMES = [
    "平陇",
    "清港",
    "临沧岭",
    "栗阳",
    "荆坪",
    "柏崖",
    "云潞",
    "镶泉",
    "砀川",
    "隆坪",
    "庭湖",
    "蘅州",
    "棠浦",
    "翠溪",
    "沂沙",
    "楠洲",
    "绿庭",
    "遂垣",
    "宜穹",
    "汀湾",
]
_ORGANS = ["水务局", "教育局", "民政局", "林业局", "交通运输局", "卫生健康局", "文化馆", "图书馆", "农业农村局", "司法局"]


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(_CHARS, k=2))


def _sentence(rng: random.Random) -> str:
    parts = []
    for _ in range(rng.randint(2, 4)):
        words = "".join(_word(rng) for _ in range(rng.randint(3, 5)))
        figures = f"{rng.randint(2, 999)}{rng.choice('处项次人户件')}" if rng.random() < 0.5 else ""
        parts.append(f"{rng.choice(_VERBS)}{words}{rng.choice(_NOUNS)}{figures}")
    return "，".join(parts) + "。"


def _boilerplate(rng: random.Random) -> list[str]:
    return [_sentence(rng) for _ in range(60)]


def generate(folder: Path, documents: int, clones: int, seed: int = 7) -> dict[tuple[str, str], float]:
    """Writes the submissions; the planted pairs, by file name, with the share that was copied."""
    rng = random.Random(seed)
    common = _boilerplate(rng)
    copied = dict(
        zip(rng.sample(range(documents // 2, documents), clones), rng.sample(range(documents // 2), clones), strict=True)
    )
    kept: dict[int, list[str]] = {}
    sources = set(copied.values())
    planted: dict[tuple[str, str], float] = {}
    for number in range(documents):
        own = [_sentence(rng) for _ in range(rng.randint(16, 28))]
        if number in sources:
            kept[number] = own
        if number in copied:
            share = rng.uniform(0.6, 1.0)
            source = kept[copied[number]]
            taken = rng.sample(source, round(share * len(source)))
            own = [_edited(rng, s) for s in taken] + own[: len(source) - len(taken)]
            planted[f"d{copied[number]:06d}.txt", f"d{number:06d}.txt"] = len(taken) / len(source)
        unit = f"{rng.choice(_NAMES)}县{rng.choice(_ORGANS)}"
        body = own + rng.sample(common, 8)
        rng.shuffle(body)
        third = len(body) // 3
        text = f"{unit}2023年度部门整体支出绩效自评报告\n一、基本情况\n{''.join(body[:third])}\n二、绩效情况\n"
        text += "\n".join(body[third : 2 * third]) + f"\n三、问题和打算\n{''.join(body[2 * third :])}\n{unit}\n2024年3月1日\n"
        (folder / f"d{number:06d}.txt").write_text(text, encoding="utf-8")
    return planted


def _edited(rng: random.Random, sentence: str) -> str:
    """A sentence as a clone keeps it: some figures and a word changed."""
    if rng.random() < 0.5:
        sentence = "".join(rng.choice("123456789") if c.isdigit() else c for c in sentence)
    if rng.random() < 0.2:
        at = rng.randrange(4, len(sentence) - 4)
        sentence = sentence[:at] + _word(rng) + sentence[at + 2 :]
    return sentence


def score(planted: dict[tuple[str, str], float], told: set[tuple[str, str]]) -> tuple[float, float, float]:
    """Recall at 80 % overlap and more, recall over all, precision."""
    high = {pair for pair, share in planted.items() if share >= 0.8}
    return (
        len(high & told) / max(1, len(high)),
        len(planted.keys() & told) / max(1, len(planted)),
        len(planted.keys() & told) / max(1, len(told)),
    )


def run_one(documents: int, clones: int, jobs: int) -> dict[str, float]:
    """Generate, compare in a process of its own, score."""
    with tempfile.TemporaryDirectory() as name:
        planted = generate(Path(name), documents, clones)
        out = Path(name) / "out.json"
        started = time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "gouji",
            "compare",
            name,
            "--format",
            "json",
            "--output",
            str(out),
            "--jobs",
            str(jobs),
        ]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
        result = json.loads(out.read_text("utf-8"))
    paths = [Path(s["path"]).name for s in result["submissions"]]
    told = {tuple(sorted((paths[p["first"]], paths[p["second"]]))) for p in result["pairs"]}
    high, all_, precision = score(planted, told)  # type: ignore[arg-type]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "documents": documents,
        "seconds": seconds,
        "recall_80": high,
        "recall": all_,
        "precision": precision,
        "peak_mib": peak,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--clones", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    rows = [run_one(n, min(options.clones, n // 4), options.jobs) for n in options.documents]
    for row in rows:
        print(
            f"{row['documents']:>6} documents: {row['seconds']:7.1f} s, largest process {row['peak_mib']:6.0f} MiB, recall at >= 80 % "
            f"{row['recall_80']:.4f}, over all {row['recall']:.4f}, precision {row['precision']:.4f}"
        )
    if len(rows) > 1:
        exponent = math.log(rows[-1]["seconds"] / rows[0]["seconds"]) / math.log(rows[-1]["documents"] / rows[0]["documents"])
        print(f"growth exponent {exponent:.3f}")


if __name__ == "__main__":
    main()
