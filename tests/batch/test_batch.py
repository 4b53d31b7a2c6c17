"""A batch: the same rows as single checks, whoever does the work, and no work twice."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from gouji.batch import crew, inputs, layout, tables
from gouji.batch.run import exit_code, run
from gouji.batch.store import PART, Store, StoreError
from gouji.engine import catalogue, profiles
from gouji.engine.runner import audit_file, unreadable
from gouji.model.text import Text
from gouji_reports.html import WRITER as HTML


def rows(store: Store, table: str) -> list[dict]:
    return pq.read_table(store.tables / table).to_pylist()


def test_tables_hold_what_single_checks_find(batch, texts, tmp_path):
    """Findings, claims and figures of every document stand in the tables as `gouji check` gives them, in its order."""
    store, note = batch(texts, tmp_path)
    assert note["documents"] == len(list(texts.iterdir()))
    findings, claims, figures = rows(store, "findings"), rows(store, "claims"), rows(store, "quantities")
    for path in sorted(texts.iterdir())[::4]:
        result = audit_file(path)
        own = [r for r in findings if r["document"] == str(path)]
        assert [(r["code"], r["fingerprint"], r["message_zh"]) for r in own] == [
            (f.code, f.fingerprint, f.message.zh) for f in result.findings
        ]
        assert [(r["kind"], r["verdict"], r["stated"]) for r in claims if r["document"] == str(path)] == [
            (e.claim.kind.value, e.claim.verdict.value, e.claim.stated) for e in result.ledger
        ]
        mine = [r for r in figures if r["document"] == str(path)]
        assert (len(mine), sum(r["tied"] for r in mine)) == (result.coverage.quantities, result.coverage.tied)


def test_number_of_workers_changes_nothing(batch, texts, tmp_path, identical):
    """One process or two, the tables, the reports and run.json are the same bytes."""
    batch(texts, tmp_path / "two", writer=HTML)
    with crew.processes(1) as alone:
        batch(texts, tmp_path / "one", by=alone, writer=HTML)
    identical(tmp_path / "one", tmp_path / "two")


def test_second_run_does_only_what_changed(batch, texts, tmp_path, identical):
    """Nothing is judged again but the file that changed; another profile judges all; the tables are those of a fresh run."""
    source = tmp_path / "source"
    shutil.copytree(texts, source)
    seen: list[tuple[int, int]] = []
    watch = {"writer": HTML, "progress": lambda done, cached: seen.append((done, cached))}
    batch(source, tmp_path / "out", **watch)
    total = len(list(source.iterdir()))
    batch(source, tmp_path / "out", **watch)
    assert seen[-1] == (total, total)
    with (source / "a01.txt").open("a", encoding="utf-8") as stream:
        stream.write("\n支出合计10万元，其中：甲项目4万元，乙项目7万元。\n")
    batch(source, tmp_path / "out", **watch)
    assert seen[-1] == (total, total - 1)
    batch(source, tmp_path / "fresh", writer=HTML)
    identical(tmp_path / "out", tmp_path / "fresh")
    (tmp_path / "mild.toml").write_text('name = "mild"\nextends = "national"\n[severities]\nAR101 = "notice"\n', "utf-8")
    batch(source, tmp_path / "out", profile=str(tmp_path / "mild.toml"), **watch)
    assert seen[-1] == (total, 0)


def test_files_that_went_away_leave_no_rows(batch, texts, tmp_path):
    """A smaller batch in the same folder leaves no part, row or report of the bigger one."""
    source = tmp_path / "source"
    shutil.copytree(texts, source)
    batch(source, tmp_path / "out", writer=HTML)
    for path in sorted(source.iterdir())[3:]:
        path.unlink()
    store, note = batch(source, tmp_path / "out", writer=HTML)
    assert note["documents"] == len(rows(store, "documents")) == len(list(store.reports.iterdir())) == 3


def test_cache_that_was_damaged_is_made_good(batch, texts, tmp_path, identical):
    """Entries cut short or overwritten are judged again when their part has to be written anew."""
    store, _ = batch(texts, tmp_path / "out")
    batch(texts, tmp_path / "fresh")
    entries = sorted(store.cache.rglob("*.arrow"))
    entries[0].write_bytes(entries[0].read_bytes()[:100])
    entries[1].write_bytes(b"")
    shutil.rmtree(store.tables)
    batch(texts, tmp_path / "out")
    identical(tmp_path / "out", tmp_path / "fresh")


def test_table_that_was_damaged_is_made_good(batch, texts, tmp_path, identical):
    """A part cut short, one changed in place and one without its note are written again from the cache; nothing is judged."""
    store, note = batch(texts, tmp_path / "out")
    batch(texts, tmp_path / "fresh")
    first, second = (store.tables / name / "part-00000.parquet" for name in ("findings", "documents"))
    seen: list[tuple[int, int]] = []
    for harm in (
        lambda: first.write_bytes(first.read_bytes()[:-1]),
        lambda: second.write_bytes(first.read_bytes()),
        lambda: (store.parts / "00000.json").write_text("{", "utf-8"),
        (store.tables / "skipped" / "part-00000.parquet").unlink,
    ):
        harm()
        _, again = batch(texts, tmp_path / "out", progress=lambda done, cached: seen.append((done, cached)))
        assert again == note
        assert seen[-1] == (note["documents"], note["documents"])
        identical(tmp_path / "out", tmp_path / "fresh")


def test_run_that_finds_all_done_loads_no_arrow(batch, texts, tmp_path):
    """A second run looks its documents up without Arrow and without processes: that is most of what makes it fast."""
    batch(texts, tmp_path / "out")
    command = [
        "batch",
        str(texts),
        "--out",
        str(tmp_path / "out"),
        "--report",
        "none",
        "--fail-on",
        "never",
        "--profile",
        "national",
    ]
    program = (
        "import sys; from gouji.cli import main\n"
        f"try: main({command!r})\n"
        "except SystemExit: pass\n"
        "assert not {'pyarrow', 'numpy', 'multiprocessing', 'gouji.claims'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_layout_names_the_tables():
    """Every table has its columns and no column lacks its table."""
    assert tuple(tables.COLUMNS) == layout.NAMES


def test_text_that_utf8_cannot_hold_is_escaped():
    """A lone surrogate, which a name of unknown encoding brings, stands in a row as Python prints it."""
    result = unreadable(Path("a.txt"), Text("\ud800坏", "broken"), profiles.load(profiles.DEFAULT, catalogue.load()))
    (item,) = tables.open_entry(tables.entry(result)).to_pylist()[0]["not_checked"]
    assert (item["why_zh"], item["why_en"]) == ("\\ud800坏", "broken")


def test_pandas_is_not_loaded_for_rows():
    """A process of a batch does without pandas, which pyarrow would load where it is installed; other programs may still have it."""
    program = (
        "import sys, pyarrow; from gouji.batch import tables; tables.without_pandas(); pyarrow.array([1]);"
        "assert 'pandas' not in sys.modules; import pandas"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_bad_files_cost_a_row_each(batch, tmp_path):
    """An empty file, a broken .docx, a picture and a broken zip each have a row with the reason; the good one is judged."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_bytes(b"")
    (source / "b.docx").write_bytes(b"PK\x03\x04 torn")
    (source / "c.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (source / "d.zip").write_bytes(b"PK\x03\x04 torn")
    (source / "e.txt").write_text("支出合计10万元，其中：甲项目4万元，乙项目6万元。", "utf-8")
    store, note = batch(source, tmp_path / "out", writer=HTML)
    assert [r["verdict"] for r in rows(store, "documents")] == ["unreadable"] * 4 + ["pass"]
    reasons = {Path(r["document"]).name: r["why_zh"] for r in rows(store, "not_checked")}
    assert reasons["a.txt"] == "空文件（0 字节）"
    assert sorted(reasons) == ["a.txt", "b.docx", "c.pdf", "d.zip"]
    assert note["verdicts"] == {"pass": 1, "review": 0, "block": 0, "unreadable": 4}
    assert exit_code(store, note["parts"], "never") == 3
    assert len(list(store.reports.iterdir())) == 5


def test_zip_members_are_documents(batch, tmp_path):
    """Members named in GBK have their names; folders, lock files and archives inside are passed over by name, others judged."""
    archive, name = tmp_path / "报送.zip", "局机关/自评报告.txt"
    gbk = name.encode("gb18030")
    stand_in = "n" * len(gbk)  # zipfile writes no GBK; the bytes are exchanged afterwards
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(stand_in, "支出合计10万元，其中：甲项目4万元，乙项目7万元。")
        target.writestr("inner.zip", b"PK")
        target.writestr("~$lock.docx", b"")
        target.writestr("empty/", b"")
    archive.write_bytes(archive.read_bytes().replace(stand_in.encode(), gbk))
    store, _ = batch(archive, tmp_path / "out")
    assert [r["document"] for r in rows(store, "documents")] == [f"{archive}!/{name}"]
    assert [r["code"] for r in rows(store, "findings")] == ["AR101"]
    assert len(pq.read_table(store.tables / "skipped")) == 2


def test_zip_bomb_is_refused_by_name(batch, tmp_path):
    """A member that inflates beyond all reason is not inflated; its row says why."""
    archive = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        target.writestr("bomb.txt", b"0" * 30_000_000)
    store, _ = batch(archive, tmp_path / "out")
    assert [r["verdict"] for r in rows(store, "documents")] == ["unreadable"]
    assert "压缩炸弹" in rows(store, "not_checked")[0]["why_zh"]


def test_document_that_kills_its_process_costs_one_row(texts, tmp_path, monkeypatch):
    """A process that dies takes no other document along, and its own document says so."""
    (tmp_path / "deadly.py").write_text(
        "import os\n"
        "class Writer:\n"
        "    name = 'deadly'; suffix = '.txt'\n"
        "    def write(self, result, stream, *, lang='zh'):\n"
        "        if 'a05' in result.documents[0].path and result.documents[0].document: os._exit(9)\n"
        "        stream.write('x')\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    import deadly

    monkeypatch.setattr("gouji.batch.keys.reports", lambda *_: "0")
    store = Store(tmp_path / "out")
    with crew.processes(2) as own:
        note = run(inputs.find([texts]), store, own, profiles.load("national", catalogue.load()), writer=deadly.Writer())
    lost = [r for r in rows(store, "documents") if r["crashed"]]
    assert [Path(r["document"]).name for r in lost] == ["a05.txt"]
    assert note["verdicts"]["unreadable"] == 1
    assert exit_code(store, note["parts"], "never") == 4


def test_more_documents_than_a_part_holds(batch, tmp_path):
    """Parts follow one another without loss, and DuckDB reads a table of several parts as one."""
    source = tmp_path / "source"
    source.mkdir()
    for number in range(PART + 7):
        (source / f"{number:04}.txt").write_text(f"支出合计{number + 9}万元，其中：甲4万元，乙{number + 5}万元。", "utf-8")
    store, note = batch(source, tmp_path / "out")
    assert note["parts"] == 2
    names = [r["document"] for r in rows(store, "documents")]
    assert names == sorted(names)
    assert len(names) == PART + 7
    parts = str(store.tables / "claims" / "*.parquet")
    assert duckdb.sql(f"select count(distinct document) from '{parts}' where verdict = 'agrees'").fetchall() == [(PART + 7,)]


def test_batch_under_way_is_no_result(batch, texts, tmp_path):
    """Until the last part is written there is no run.json, and whoever wants to judge the tables is told so."""
    store, _ = batch(texts, tmp_path / "out")
    assert store.note()["documents"]
    store.begin()
    with pytest.raises(StoreError, match="has not ended"):
        store.note()


def test_every_column_is_documented(root):
    """docs/batch.md has a line for each column of each table."""
    text = (root / "docs" / "batch.md").read_text("utf-8")
    for name in layout.NAMES:
        section = text.split(f"## {name}\n", 1)[1].split("\n## ", 1)[0]
        missing = [c for c in tables.schema(name).names if f"`{c}`" not in section]
        assert missing == [], name
