import json

import pytest

from pipeline.engines.firefox import Firefox
from pipeline.errors import (
    ConfigError,
    EngineError,
    EngineUnavailable,
    UnsupportedLocale,
)
from tests.engines.firefox import marian


def fetch(mozilla, top, source="en", target="tr", told=None, **settings):
    engine = Firefox({"models": str(top)} | mozilla.settings | settings)
    told = [] if told is None else told
    return engine.install(
        source, target, folder=None, tell=lambda *step: told.append(step)
    )


def names(top):
    return sorted(p.relative_to(top).as_posix() for p in top.rglob("*") if p.is_file())


def test_a_model_is_fetched_once_and_is_whole(mozilla, top):
    (model,) = fetch(mozilla, top)
    assert (model.pair, model.version) == ("en-tr", "3.0")
    assert names(top) == [
        "en-tr/installed.json",
        "en-tr/model.entr.intgemm.alphas.bin",
        "en-tr/vocab.entr.spm",
    ]
    noted = json.loads((top / "en-tr/installed.json").read_text())
    assert noted["files"] == {
        name: marian.digest(data) for name, data in marian.files("en-tr").items()
    }
    asked = len(mozilla.asked)
    assert fetch(mozilla, top) == [model]
    assert len(mozilla.asked) == asked + 1


def test_how_far_it_is_is_told_in_bytes(mozilla, top):
    told: list[tuple[str, int, int]] = []
    fetch(mozilla, top, told=told)
    total = sum(record["attachment"]["size"] for record in mozilla.records)
    assert {(what, of) for what, _, of in told} == {("firefox en-tr", total)}
    done = [step for _, step, _ in told]
    assert done == sorted(done)
    assert done[-1] == total


def test_the_newest_version_that_the_library_can_use_is_taken(mozilla, top):
    mozilla.add("en-tr", version="3.10", seed=8)
    mozilla.add("en-tr", version="3.9", seed=9)
    mozilla.add("en-tr", version="9.0", seed=10)
    assert [model.version for model in fetch(mozilla, top)] == ["3.10"]


def test_a_newer_model_takes_the_place_of_an_older_one(mozilla, top):
    fetch(mozilla, top)
    mozilla.add("en-tr", version="3.1", seed=8)
    assert [model.version for model in fetch(mozilla, top)] == ["3.1"]
    assert [path.name for path in top.iterdir()] == ["en-tr"]


def test_two_models_with_english_between_are_fetched_where_there_is_no_other(
    mozilla, top
):
    mozilla.add("de-en")
    found = fetch(mozilla, top, "de", "tr")
    assert [model.pair for model in found] == ["de-en", "en-tr"]


def test_a_locale_is_fetched_as_mozilla_spells_it(mozilla, top):
    mozilla.add("en-nb")
    assert [model.pair for model in fetch(mozilla, top, "en", "no")] == ["en-nb"]
    assert [model.pair for model in fetch(mozilla, top, "en-GB", "tr-TR")] == ["en-tr"]


def test_a_language_that_nobody_has_is_said(mozilla, top):
    with pytest.raises(UnsupportedLocale, match="no model from en into xh"):
        fetch(mozilla, top, "en", "xh")
    assert names(top) == []


@pytest.mark.parametrize("which", ["model.", "vocab."])
def test_a_file_with_another_digest_is_not_installed(mozilla, top, which):
    for path, data in mozilla.files.items():
        if which in path:
            mozilla.files[path] = data[:-1] + bytes([data[-1] ^ 1])
    with pytest.raises(EngineUnavailable, match="its digest is another one"):
        fetch(mozilla, top)
    assert not (top / "en-tr").exists()


def test_what_is_in_the_package_must_have_its_digest_too(mozilla, top):
    for record in mozilla.records:
        record["decompressedHash"] = "0" * 64
    with pytest.raises(EngineUnavailable, match="hash mismatch"):
        fetch(mozilla, top)
    assert not (top / "en-tr").exists()


def test_a_download_that_breaks_off_leaves_no_half_model_and_goes_on(mozilla, top):
    mozilla.cut = "vocab."
    with pytest.raises(EngineError):
        fetch(mozilla, top, retries=0)
    assert not (top / "en-tr").exists()
    mozilla.cut = ""
    mozilla.asked.clear()
    assert [model.pair for model in fetch(mozilla, top)] == ["en-tr"]
    # The file that had come whole is not fetched again.
    assert sum("model." in path for path in mozilla.asked) == 0
    assert [path.name for path in top.iterdir()] == ["en-tr"]


def test_a_broken_download_is_tried_again(mozilla, top):
    mozilla.cut = "vocab."
    with pytest.raises(EngineError):
        fetch(mozilla, top, retries=2)
    assert sum("vocab." in path for path in mozilla.asked) == 3


def test_a_redirect_is_not_followed(mozilla, top):
    mozilla.redirects = True
    with pytest.raises(EngineUnavailable, match="redirects, which is not followed"):
        fetch(mozilla, top)
    assert "/elsewhere" not in mozilla.asked


@pytest.mark.parametrize("key", ["records_url", "files_url"])
def test_plain_http_to_elsewhere_is_refused(mozilla, top, key):
    with pytest.raises(ConfigError, match="in the open"):
        fetch(mozilla, top, **{key: "http://models.example/records"})


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../evil.bin"},
        {"name": "/etc/evil.bin"},
        {"name": ".hidden"},
        {"attachment": {"location": "../../x", "hash": "0", "size": 1}},
        {"attachment": {"location": "", "hash": "0", "size": 1}},
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(mozilla, top, change):
    mozilla.records[0] |= change
    with pytest.raises(EngineUnavailable):
        fetch(mozilla, top)
    assert {path.name for path in top.parent.iterdir()} == {"models"}


def test_a_language_between_that_leads_elsewhere_is_refused(mozilla, top):
    mozilla.records.clear()
    mozilla.add("de-en")
    mozilla.add("en-tr")
    for record in mozilla.records:
        for key in ("sourceLanguage", "targetLanguage"):
            record[key] = "../en" if record[key] == "en" else record[key]
    with pytest.raises(EngineError):
        fetch(mozilla, top, "de", "tr")
    assert {path.name for path in top.parent.iterdir()} == {"models"}


def test_a_file_without_any_digest_is_refused(mozilla, top):
    for record in mozilla.records:
        record["decompressedHash"] = None
        del record["attachment"]["hash"]
    with pytest.raises(EngineUnavailable, match="gives no digest"):
        fetch(mozilla, top)


def test_a_file_that_is_longer_than_announced_is_cut_off(mozilla, top):
    mozilla.records[0]["attachment"]["size"] = 10
    with pytest.raises(EngineUnavailable, match="longer than was announced"):
        fetch(mozilla, top)


@pytest.mark.parametrize("records", [[], [{}], "x", [{"name": 1}]])
def test_a_list_that_is_none_is_one_line(mozilla, top, records):
    mozilla.records = records
    with pytest.raises(EngineError) as caught:
        fetch(mozilla, top)
    assert "\n" not in str(caught.value)


def test_a_model_that_the_library_cannot_use_is_not_installed(mozilla, top):
    mozilla.records.clear()
    broken = marian.model()[:-9_000]
    for name, data in {**marian.files("en-tr"), "model.entr.bin": broken}.items():
        if name != "model.entr.intgemm.alphas.bin":
            whole = marian.packed(data)
            mozilla.files[f"/{name}"] = whole
            mozilla.records.append(
                {
                    "name": name,
                    "fileType": name.partition(".")[0],
                    "sourceLanguage": "en",
                    "targetLanguage": "tr",
                    "version": "3.0",
                    "decompressedHash": marian.digest(data),
                    "attachment": {
                        "hash": marian.digest(whole),
                        "size": len(whole),
                        "location": name,
                    },
                }
            )
    with pytest.raises(EngineUnavailable, match="was not installed"):
        fetch(mozilla, top)
    assert not list(top.iterdir())
