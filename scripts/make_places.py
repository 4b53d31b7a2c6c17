"""Writes src/gouji/facts/data/places.txt from a table of the national codes of administrative divisions.

    python scripts/make_places.py adcodes.csv

The table has a column of codes, of which the first six digits count (GB/T 2260, kept by the Ministry of Civil Affairs), and one of
names. The one in use came with the package cpca 0.5.5 (MIT licence), resources/adcodes.csv.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "gouji" / "facts" / "data" / "places.txt"
_NO_PLACES = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}  # names of groups in the table of codes
_HEAD = "# Provinces, cities, counties: 省<tab>市<tab>县 县 县. National codes of administrative divisions (GB/T 2260).\n"


def main(source: str) -> None:
    with Path(source).open(encoding="utf-8-sig", newline="") as stream:
        names = {row[0][:6]: row[1] for row in csv.reader(stream) if row[0][:6].isdigit() and row[0][6:].strip("0") == ""}
    lines = []
    for code in sorted(c for c in names if c.endswith("00") and not c.endswith("0000")):
        below = [names[c] for c in sorted(names) if c[:4] == code[:4] and c != code and names[c] not in _NO_PLACES]
        city = "" if names[code] in _NO_PLACES else names[code]
        lines.append(f"{names[code[:2] + '0000']}\t{city}\t{' '.join(below)}\n")
    for code in sorted(c for c in names if c.endswith("0000")):
        direct = [names[c] for c in sorted(names) if c[:2] == code[:2] and c[:4] + "00" not in names]
        if direct or not any(line.startswith(names[code]) for line in lines):
            lines.append(f"{names[code]}\t\t{' '.join(direct)}\n")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(_HEAD + "".join(sorted(lines)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
