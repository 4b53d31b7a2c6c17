"""Profiles: read, inherited, and refused with a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.engine import catalogue, profiles
from gouji.engine.catalogue import merge
from gouji.engine.packs import Pack
from gouji.engine.profiles import ProfileError


@pytest.fixture
def known(make_check, tmp_path):
    """A catalogue with one check and one profile, `base`."""
    base = tmp_path / "base.toml"
    base.write_text(
        'name = "base"\ntitle = "基本"\n'
        'scale = [{ low = 90, words = ["优", "优秀"] }, { low = 0, words = ["差"] }]\n'
        '[options]\na = "1"\nb = true\n[severities]\nAR901 = "warning"\n',
        "utf-8",
    )
    return merge([Pack("test", (make_check(),), {"base": base})])


def test_national_profile_is_the_ministry_s_scale():
    """优 from 90, 良 from 80, 中 from 60, 差 below, with the words that reports use."""
    national = profiles.load("national", catalogue.load())
    assert [(band.low, band.words[0]) for band in national.scale] == [
        (Decimal(90), "优"),
        (Decimal(80), "良"),
        (Decimal(60), "中"),
        (Decimal(0), "差"),
    ]
    words = {word: band.words[0] for band in national.scale for word in band.words}
    assert words["优秀"] == "优"
    assert words["良好"] == "良"
    assert words["合格"] == words["一般"] == "中"
    assert words["不合格"] == "差"
    assert [band.low for band in national.other_scales[0]] == [85, 75, 60, 0]


def test_profile_of_a_file_takes_the_rest_from_the_one_it_extends(known, tmp_path):
    """A province writes only what differs."""
    own = tmp_path / "own.toml"
    own.write_text('name = "own"\nextends = "base"\n[options]\na = 2.50\n[severities]\nAR901 = "off"\n', "utf-8")
    profile = profiles.load(str(own), known)
    assert profile.name == "own"
    assert profile.scale[0].words == ("优", "优秀")
    assert profile.options == {"a": "2.50", "b": "true"}
    assert profile.severities == {"AR901": "off"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = 'x'", "scale: missing"),
        ("scale = []\nname = 'x'", "scale: must be a list"),
        ("nmae = 'x'", "unknown key nmae"),
        ("extends = 'nowhere'", "no profile 'nowhere'"),
        ("extends = 'base'\nscale = [{ low = 90 }]", "scale: band 1: must have exactly low and words"),
        ("extends = 'base'\nscale = [{ low = 0, words = ['差'] }, { low = 90, words = ['优'] }]", "best down"),
        ("extends = 'base'\nscale = [{ low = 90, words = ['优'] }, { low = 0, words = ['优'] }]", "优 stands in two bands"),
        ("extends = 'base'\n[severities]\nZZ999 = 'error'", "severities.ZZ999: no check has this code"),
        ("extends = 'base'\n[severities]\nAR901 = 'fatal'", "'fatal' is none of error, warning, notice, off"),
        ("extends = 'base'\n[options]\na = []", "options.a: must be a text"),
        ("name = ", "Invalid value"),
    ],
)
def test_wrong_profile_is_refused_with_file_key_and_reason(known, tmp_path, text, said):
    """An auditor who mistypes a profile is told the file, the key and what is wrong with it."""
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ProfileError) as caught:
        profiles.load(str(file), known)
    assert "mine.toml" in str(caught.value)
    assert said in str(caught.value)


def test_unknown_profile_names_the_known_ones(known):
    """A wrong name is answered with the right ones."""
    with pytest.raises(ProfileError, match="known profiles: base"):
        profiles.load("bsae", known)
