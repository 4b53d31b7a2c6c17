"""The generator of the accuracy measurement keeps its word: what it calls clean holds, what it plants is wrong."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from generate import generate
from inject import inject
from instances import Tag
from keys import document, squeeze, write
from phrasings import load
from relations import active, fails, holds
from scoring import judge, same

SPLITS = ("seen", "unseen")
SEEDS = range(150)


def test_there_are_three_hundred_phrasings_and_every_kind_has_unseen_ones():
    """At least 300 phrasings, 150 of them unseen and of every kind five, and no text in both halves."""
    halves = {split: load(split) for split in SPLITS}
    assert sum(map(len, halves.values())) >= 300
    assert not {p.text for p in halves["seen"]} & {p.text for p in halves["unseen"]}
    counts = {split: Counter(p.kind for p in found) for split, found in halves.items()}
    assert counts["seen"].keys() == counts["unseen"].keys()
    assert len(halves["unseen"]) >= 150
    assert min(counts["unseen"].values()) >= 5
    assert len({p.id for found in halves.values() for p in found}) == sum(map(len, halves.values()))


@pytest.mark.parametrize("split", SPLITS)
def test_every_claim_of_a_clean_document_holds(split):
    """Every relation of every phrasing, recomputed from the printed figures, agrees."""
    for seed in SEEDS:
        for instance in generate(seed, split).instances:
            assert all(holds(instance, r) for r in active(instance)), instance.phrasing.id


@pytest.mark.parametrize("split", SPLITS)
def test_a_planted_error_is_proved_and_stands_alone(split):
    """Where an error is planted a relation fails or a mention differs; everywhere else all relations agree."""
    for seed in SEEDS:
        report = generate(seed, split)
        faults = inject(report, seed)
        struck = {id(f.instance) for f in faults}
        for instance in report.instances:
            broken = [r for r in active(instance) if not holds(instance, r)]
            assert all(fails(instance, r) for r in broken), instance.phrasing.id
            assert id(instance) in struck or not broken, instance.phrasing.id
        for fault in faults:
            broken = [r for r in active(fault.instance) if not holds(fault.instance, r)]
            assert broken or fault.also or fault.slip == "words", fault.instance.phrasing.id


@pytest.mark.parametrize("split", SPLITS)
def test_quotes_stand_once_and_hold_the_faulty_place(split):
    """A key's quote occurs once in its document, at the offsets that the key gives."""
    for seed in SEEDS:
        written = document(seed, split)
        for key in written.keys:
            assert squeeze(written.text).count(squeeze(key["quote"])) == 1
            start, end = key["at"]
            assert squeeze(written.text[start:end]) in squeeze(key["quote"])


@pytest.mark.parametrize("split", SPLITS)
def test_a_seed_always_gives_the_same_document(split):
    """Two runs with one seed give the same text and the same key; two seeds do not."""
    first, second = document(7, split), document(7, split)
    assert (first.text, first.keys) == (second.text, second.keys)
    assert document(9, split).text != first.text


def test_half_of_the_documents_are_clean():
    """Every second document has no error, nearly every other one has."""
    keys = [document(seed, "seen").keys for seed in SEEDS]
    assert not any(keys[::2])
    assert sum(map(bool, keys[1::2])) >= len(keys[1::2]) * 0.95


def test_every_kind_is_planted():
    """Errors of every kind that has phrasings to strike are planted in a few hundred documents."""
    planted = {key["type"] for seed in range(400) for key in document(seed, "seen").keys}
    assert planted == {p.kind for p in load("seen") if p.faults}


def test_lists_differ_from_their_members_only_by_the_fault():
    """A list that lost a member is printed without it."""
    for seed in range(400):
        report = generate(seed, "seen")
        for fault in inject(report, seed):
            if fault.slip == "member left out":
                name = next(iter(fault.instance.listed))
                lost = {n for n, _ in fault.instance.lists[name]} - {n for n, _ in fault.instance.listed[name]}
                assert len(lost) == 1
                assert fault.instance.shown(Tag(name, 1, len(fault.instance.listed[name]))) is None
                return
    pytest.fail("no list lost a member")


def test_a_finding_on_the_quote_is_a_hit_and_one_elsewhere_is_false():
    """The scorer counts by overlap: a warning on the faulty figure is right, one on another sentence false, a notice neither."""
    raw = "甲项目预算10万元，支出8万元，执行率90%。\n乙项目预算5万元。\n"
    key = {"quote": "90%", "type": "rate", "severity": "error", "computed": "80%"}
    context, other = raw.split("\n")[:2]

    def finding(severity, quote, context):
        evidence = [{"quote": quote, "context": context, "start": context.index(quote)}]
        return {"code": "X", "name": "x", "message": "", "severity": severity, "computed": "80.00%", "evidence": evidence}

    result = {
        "findings": [finding("error", "90%", context), finding("warning", "5万元", other), finding("notice", "10万元", context)]
    }
    marked = judge("d", raw, [key], result)
    assert marked.keys[0].hit
    assert marked.keys[0].right_value
    assert (marked.flagged, marked.false_by_code.total(), marked.false_errors) == (2, 1, 0)


def test_values_are_compared_as_numbers():
    """1,240.49万元 and 12404900元 are one value; 1240.49万元 and 1240.49元 are not; a key may leave the unit out."""
    assert same("12404900元", "1,240.49万元")
    assert same("87.394%", "87.39%")
    assert same("3450万元", "3450.00")
    assert not same("1240.49元", "1240.49万元")
    assert not same(None, "1")


def test_a_clean_report_has_no_key():
    """A report written without faults has an empty key and the whole text."""
    report = generate(3, "seen")
    written = write(report, [])
    assert not written.keys
    assert written.text == report.text()
