import pytest

from pipeline.engines import Request
from pipeline.engines.apertium import Apertium
from pipeline.engines.apertium.program import _listed
from pipeline.errors import ConfigError, EngineUnavailable, UnsupportedLocale
from tests.engines.loopback import Said

WORKS = """\
#!/bin/sh
[ "$1" = -l ] && { echo '  eng-spa'; exit; }
sed 's/[aeiou]/X/g; s/<p Xd=/<p id=/g'
"""
LOSES = WORKS.replace("sed '", "sed '/red/d; ")
FAILS = (
    '#!/bin/sh\n[ "$1" = -l ] && { echo eng-spa; exit; }\necho no data >&2; exit 3\n'
)
HANGS = '#!/bin/sh\n[ "$1" = -l ] && { echo eng-spa; exit; }\nexec sleep 60\n'


@pytest.fixture
def program(tmp_path):
    """A program in the place of Apertium, which says what the script does."""

    def written(script):
        _listed.cache_clear()
        path = tmp_path / "apertium"
        path.write_text(script)
        path.chmod(0o755)
        return str(path)

    return written


def translate(apertium, *texts, target="es"):
    requests = [Request(str(number), text) for number, text in enumerate(texts)]
    return list(apertium.translate(requests, source="en", target=target))


def test_texts_go_together_and_come_back_to_their_places(program):
    engine = Apertium({"program": program(WORKS)})
    first, second = translate(engine, "one", 'the <x id="1"/> red')
    assert (first.id, first.text) == ("0", "XnX")
    assert second.text == 'thX <x Xd="1"/> rXd'


def test_a_paragraph_that_is_lost_harms_no_other_text(program):
    engine = Apertium({"program": program(LOSES)})
    lost, fine = translate(engine, "red", "two")
    assert lost.text is None
    assert lost.why == "apertium did not translate it"
    assert fine.text == "twX"


def test_a_program_that_fails_is_unavailable(program):
    with pytest.raises(EngineUnavailable, match=r"failed \(3\): no data"):
        translate(Apertium({"program": program(FAILS)}), "one")


def test_a_program_that_hangs_is_left_at_the_deadline(program):
    engine = Apertium({"program": program(HANGS), "deadline": 0.3})
    with pytest.raises(EngineUnavailable, match="in time") as caught:
        translate(engine, "one")
    assert caught.value.may_pass


def test_a_pair_that_is_not_installed_names_those_that_are(program):
    engine = Apertium({"program": program(WORKS)})
    with pytest.raises(UnsupportedLocale) as caught:
        translate(engine, "one", target="tr")
    assert "eng-spa" in caught.value.hint


def test_a_program_that_is_not_there_says_what_to_install():
    engine = Apertium({"program": "/nowhere/apertium"})
    assert "apt-get install" in engine.missing()
    with pytest.raises(EngineUnavailable, match="is not installed"):
        engine.probe()


def test_a_program_that_cannot_be_run_is_unavailable(tmp_path):
    path = tmp_path / "apertium"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o644)
    with pytest.raises(EngineUnavailable, match="permission denied"):
        Apertium({"program": str(path)}).probe()


def test_the_program_needs_no_network_and_a_server_does(program):
    engine = Apertium({"program": program(WORKS)})
    assert (engine.needs_network, engine.missing()) == (False, "")
    assert Apertium({"base_url": "https://apy.example"}).needs_network


def test_a_server_is_asked_text_by_text(service):
    engine = Apertium({"base_url": service.address, "pause": 0.001})
    assert engine.missing() == ""
    (answer,) = translate(engine, '<x id="1"/> one')
    assert answer.text == '<x id="1"/> ônê'
    assert service.paths == ["/listPairs", "/translate"]
    assert service.queries[1] == {
        "q": '<x id="1"/> one',
        "langpair": "eng|spa",
        "markUnknown": "no",
        "format": "html",
    }


@pytest.mark.parametrize(
    "said", [Said("{}"), Said("<html>"), Said('{"responseStatus": 400}')]
)
def test_a_text_that_a_server_refuses_has_no_answer(service, said):
    service.answer = lambda _: said
    engine = Apertium({"base_url": service.address, "pause": 0.001})
    (answer,) = translate(engine, "one")
    assert answer.text is None
    assert answer.why


def test_a_server_without_a_list_is_unavailable(service, monkeypatch):
    monkeypatch.setattr(service, "reply", lambda *_: Said('{"responseData": 1}'))
    with pytest.raises(EngineUnavailable, match="no list of its pairs"):
        Apertium({"base_url": service.address}).probe()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"base_url": "https://a.example", "program": "x"}, "keep one of them"),
        ({"pair": "eng-spa"}, "unknown key 'pair'"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(settings, said):
    with pytest.raises(ConfigError, match=said):
        Apertium(settings)
