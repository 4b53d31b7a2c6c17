"""Which files a run reads."""

from __future__ import annotations

from gouji.engine.sources import gather


def test_directories_are_walked_in_order_and_nothing_is_passed_over_silently(tmp_path):
    """Reports at any depth are found in sorted order; hidden files, lock files and other kinds are named with a reason."""
    for name in ("b.txt", "a.DOCX", "sub/c.pdf", ".hidden.txt", "~$a.docx", "old.doc", ".git/d.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
    sources = gather([tmp_path])
    assert [f.relative_to(tmp_path).as_posix() for f in sources.files] == ["a.DOCX", "b.txt", "sub/c.pdf"]
    skipped = {n.what.en.removeprefix(f"{tmp_path}/"): n.why.en for n in sources.skipped}
    assert skipped == {
        ".hidden.txt": "hidden file",
        "~$a.docx": "lock file of Word",
        "old.doc": "not a Word, PDF, spreadsheet, web or text file",
        ".git": "hidden directory",
    }


def test_file_named_twice_is_read_once(tmp_path):
    """The same file by name, by directory and by link is one file, under the first name given."""
    file, link = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_bytes(b"x")
    link.symlink_to(file)
    assert gather([file, tmp_path, link]).files == (file,)


def test_named_file_is_taken_whatever_its_suffix(tmp_path):
    """A file that the user names is read by its content, hidden or oddly named."""
    file = tmp_path / ".report.bak"
    file.write_bytes(b"x")
    assert gather([file]).files == (file,)


def test_missing_path_is_told_and_the_rest_goes_on(tmp_path):
    """A path that does not exist hides no other."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"x")
    sources = gather([tmp_path / "gone.txt", file])
    assert (sources.missing, sources.files) == ((tmp_path / "gone.txt",), (file,))
