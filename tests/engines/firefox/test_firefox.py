import os
import signal
import struct
from importlib import util
from pathlib import Path

import pytest

from pipeline.engines import Request
from pipeline.engines.firefox import Firefox
from pipeline.engines.firefox.models import HOME, home, installed
from pipeline.errors import ConfigError, EngineUnavailable, UnsupportedLocale
from pipeline.masking import mask, read, restore, written
from tests.engines.firefox import marian

SENTENCES = [
    "take one tablet.",
    "do not smoke.",
    "wash your hair gently with [X1X] and rest for 3 days.",
    "yes",
    "call us",
]


@pytest.fixture
def model(top):
    return marian.make(top / "en-tr")


def engine(top, **settings):
    return Firefox({"models": str(top)} | settings)


def translate(firefox, *texts, source="en", target="tr"):
    requests = [Request(f"r{number}", text) for number, text in enumerate(texts)]
    return list(firefox.translate(requests, source=source, target=target))


@pytest.mark.usefixtures("model")
def test_the_library_translates_each_text_for_itself_and_in_order(top):
    together = translate(engine(top), *SENTENCES)
    assert [answer.id for answer in together] == [f"r{n}" for n in range(5)]
    texts = [answer.text for answer in together]
    assert all(texts)
    assert len(set(texts)) > 1
    alone = [translate(engine(top), text)[0].text for text in SENTENCES]
    assert texts == alone


@pytest.mark.usefixtures("model")
def test_a_text_with_line_breaks_and_signs_comes_through(top):
    (answer,) = translate(engine(top), 'two\nlines "\\ \u2028 ğ 😀 \x00')
    assert answer.text is not None


@pytest.mark.usefixtures("model")
def test_models_that_were_read_serve_the_next_call_too(top):
    firefox = engine(top)
    first = translate(firefox, "yes")
    (process,) = firefox._idle
    assert [a.text for a in translate(firefox, "yes")] == [a.text for a in first]
    assert firefox._idle == [process]


@pytest.mark.usefixtures("model")
def test_several_threads_have_a_process_each(top):
    firefox = engine(top)
    requests = [Request("a", "yes"), Request("b", "no")]
    calls = [firefox.translate(requests, source="en", target="tr") for _ in range(3)]
    heads = [next(call) for call in calls]
    tails = [list(call) for call in calls]
    assert [head.id for head in heads] == ["a"] * 3
    assert [[each.id for each in tail] for tail in tails] == [["b"]] * 3
    assert len(firefox._idle) == 3


@pytest.mark.usefixtures("model")
def test_a_way_through_english_uses_both_models(top):
    marian.make(top / "de-en", "de-en", seed=8)
    (answer,) = translate(engine(top), "ja", source="de", target="tr")
    (middle,) = translate(engine(top), "ja", source="de", target="en")
    (last,) = translate(engine(top), middle.text)
    assert answer.text == last.text


@pytest.mark.usefixtures("model")
def test_a_pair_without_a_model_says_how_to_get_one(top):
    with pytest.raises(UnsupportedLocale) as caught:
        translate(engine(top), "yes", target="de")
    assert "there: en-tr" in caught.value.message
    assert caught.value.hint == "publish engines install firefox de"


def test_another_script_is_another_language(top):
    marian.make(top / "en-sr", "en-sr")
    marian.make(top / "en-zh", "en-zh")
    assert translate(engine(top), "yes", target="sr-RS")[0].text
    assert translate(engine(top), "yes", target="zh-CN")[0].text
    for target in ("sr-Latn", "zh-TW"):
        with pytest.raises(UnsupportedLocale):
            translate(engine(top), "yes", target=target)


def outcome(top):
    """What comes of a text: the translation, or why there is none."""
    try:
        (answer,) = translate(engine(top), "yes")
    except EngineUnavailable as error:
        return str(error)
    return answer.text or answer.why


def damaged(how):
    whole = marian.model()
    return {
        "empty": b"",
        "text": b"<html>not found</html>" * 100,
        "cut": whole[: len(whole) // 2],
        "short by a little": whole[:-9_000],
        "many": struct.pack("<QQ", 1, 2**40) + whole[16:],
        "far too many": struct.pack("<QQ", 1, 2**60) + whole[16:],
        "another version": struct.pack("<Q", 2) + whole[8:],
        "without layers": whole.replace(
            b"encoder_l1_self_Wq\0", b"encoder_l9_self_Wq\0"
        ),
    }[how]


@pytest.mark.parametrize(
    "how",
    [
        *("empty", "text", "cut", "short by a little", "many", "far too many"),
        *("another version", "without layers"),
    ],
)
def test_a_damaged_model_is_one_line_for_each_text_or_for_all(model, top, how):
    (model / "model.entr.intgemm.alphas.bin").write_bytes(damaged(how))
    said = outcome(top)
    assert said.startswith("firefox: ")
    assert "\n" not in said


@pytest.mark.parametrize("data", [b"", b"\xff" * 500, b"\x0a\xff\xff\xff\xff\x0f"])
def test_a_damaged_vocabulary_is_one_line(model, top, data):
    (model / "vocab.entr.spm").write_bytes(data)
    said = outcome(top)
    assert "\n" not in said


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("model.entr.intgemm.alphas.bin", r"there is no file model\.\*"),
        ("vocab.entr.spm", r"there is no file vocab\.\*"),
    ],
)
def test_a_model_that_is_half_there_says_what_is_missing(model, top, missing, said):
    (model / missing).rename(model / f"{missing}.partial")
    with pytest.raises(EngineUnavailable, match=said) as caught:
        translate(engine(top), "yes")
    assert "publish engines install firefox tr" in caught.value.hint


def test_a_model_of_another_pair_is_refused(top):
    marian.make(top / "en-tr", "en-de")
    with pytest.raises(EngineUnavailable, match="it is a model of en-de"):
        translate(engine(top), "yes")


def test_a_file_that_was_changed_after_its_installation_is_refused(model, tmp_path):
    top = tmp_path / "mine"
    install(top, model)
    file = top / "en-tr" / "vocab.entr.spm"
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(EngineUnavailable, match="has been changed"):
        translate(engine(top), "yes")


def install(top, folder, target="tr"):
    return engine(top).install("en", target, folder=folder, tell=lambda *_: None)


def test_a_model_is_installed_from_a_folder_without_a_connection(model, tmp_path):
    (found,) = install(tmp_path / "mine", model)
    assert (found.pair, found.folder) == ("en-tr", str(tmp_path / "mine" / "en-tr"))
    (there,) = installed(tmp_path / "mine")
    assert set(there.digests) == set(marian.files("en-tr"))
    assert translate(engine(tmp_path / "mine"), "yes")[0].text


@pytest.mark.usefixtures("model")
def test_a_folder_of_models_will_do_too(top, tmp_path):
    assert [m.pair for m in install(tmp_path / "mine", top)] == ["en-tr"]
    assert [m.pair for m in install(tmp_path / "again", tmp_path / "mine")] == ["en-tr"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("nothing", "there is no folder"),
        ("empty", "neither a file"),
        ("half", "there is no file vocab"),
        ("foreign", "it is a model of en-de"),
        ("damaged", "was not installed"),
        ("crashing", "was not installed"),
        ("changed", "has been changed"),
    ],
)
def test_a_folder_that_will_not_do_is_one_line_and_installs_nothing(
    tmp_path, how, said
):
    given, mine = tmp_path / "given", tmp_path / "mine"
    if how == "empty":
        given.mkdir()
    elif how == "changed":
        install(given, marian.make(tmp_path / "en-tr"))
        (given / "en-tr" / "vocab.entr.spm").write_bytes(b"")
    elif how != "nothing":
        marian.make(given, "en-de" if how == "foreign" else "en-tr")
    if how == "half":
        (given / "vocab.entr.spm").unlink()
    if how in {"damaged", "crashing"}:
        data = damaged("cut" if how == "damaged" else "many")
        (given / "model.entr.intgemm.alphas.bin").write_bytes(data)
    with pytest.raises(EngineUnavailable, match=said) as caught:
        install(mine, given)
    assert "\n" not in str(caught.value)
    assert not mine.exists() or not list(mine.iterdir())


@pytest.mark.usefixtures("model")
def test_a_text_that_is_late_ends_the_process_and_not_the_engine(top):
    firefox = engine(top, deadline=0.001)
    with pytest.raises(EngineUnavailable, match="in time") as caught:
        translate(firefox, "yes")
    assert caught.value.may_pass
    assert not firefox._idle
    firefox.limits = engine(top).limits
    assert translate(firefox, "yes")[0].text


@pytest.mark.usefixtures("model")
def test_a_process_that_was_ended_is_replaced(top):
    firefox = engine(top)
    translate(firefox, "yes")
    (process,) = firefox._idle
    os.kill(process._running.pid, signal.SIGKILL)
    process._running.wait()
    assert translate(firefox, "yes")[0].text


@pytest.mark.usefixtures("model")
def test_a_module_of_the_folder_that_one_is_in_is_not_run(top, tmp_path):
    trap = tmp_path / "here"
    trap.mkdir()
    (trap / "fxtranslate.py").write_text("raise SystemExit('trapped')")
    before = Path.cwd()
    os.chdir(trap)
    try:
        assert translate(engine(top), "yes")[0].text
    finally:
        os.chdir(before)


def test_without_the_package_it_says_what_to_install(model, top, monkeypatch):
    find = util.find_spec
    monkeypatch.setattr(
        "pipeline.engines.firefox.find_spec",
        lambda name: None if name == "fxtranslate" else find(name),
    )
    firefox = engine(top)
    assert "pip install 'publish[firefox]'" in firefox.missing()
    for call in (lambda: translate(firefox, "yes"), lambda: install(top, model)):
        with pytest.raises(EngineUnavailable, match="not installed: fxtranslate"):
            call()


def test_where_models_are_is_said_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.delenv(HOME, raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home() == tmp_path / ".local/share/publish/firefox"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert home() == tmp_path / "data/publish/firefox"
    marian.make(tmp_path / "models" / "en-tr")
    monkeypatch.setenv(HOME, str(tmp_path / "models"))
    firefox = Firefox({})
    assert firefox.missing() == ""
    assert [model.pair for model in firefox.models()] == ["en-tr"]


def test_without_a_model_it_says_how_to_get_one(top):
    assert "publish engines install firefox" in engine(top).missing()


@pytest.mark.usefixtures("model")
def test_another_model_is_another_variant(top):
    before = engine(top).limits.variant
    install(top, marian.make(top.parent / "new", seed=8))
    assert before != engine(top).limits.variant


def test_a_setting_that_nobody_knows_is_refused():
    with pytest.raises(ConfigError, match="known are models, records_url"):
        Firefox({"colour": "red"})


def test_a_true_model_translates_and_keeps_tokens():
    """It runs wherever FIREFOX_MODELS names a folder with a model from English."""
    named = os.environ.get(HOME, "")
    pairs = [model.pair for model in installed(Path(named))] if named else []
    targets = [pair.removeprefix("en-") for pair in pairs if pair.startswith("en-")]
    if not targets:
        pytest.skip(f"{HOME} names no folder with a model from English")
    text = "Take **12 mg** of {{ medicine }} every morning, and do not smoke."
    for target in targets:
        masked = mask(text)
        limits = Firefox({}).limits
        asked = written(masked, limits.dialect)
        (answer,) = translate(Firefox({}), asked, target=target)
        assert answer.text
        said = restore(
            read(answer.text, masked, limits.dialect),
            masked,
            source="en",
            target=target,
        )
        assert "{{ medicine }}" in said
        assert "12 mg" in said
        assert "morning" not in said
