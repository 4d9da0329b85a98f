"""The further ways in which `check` speaks: SARIF, JUnit, and about itself."""

import json
import xml.etree.ElementTree as ET

import pytest

from tests.builders import publish, translate


@pytest.fixture
def wrong(turkish):
    translate(turkish, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})
    return turkish


def test_sarif_takes_standard_output_and_the_exit_code_stays(wrong):
    ran = publish(wrong, "check", "--format", "sarif")
    levels = [each["level"] for each in json.loads(ran.out)["runs"][0]["results"]]
    assert (ran.code, "error" in levels) == (1, True)


def test_junit_takes_standard_output(wrong):
    ran = publish(wrong, "check", "--format", "junit")
    assert [each.get("type") for each in ET.fromstring(ran.out).iter("failure")] == [
        "numbers",
    ]


def test_a_check_is_explained_with_examples(tmp_path):
    ran = publish(tmp_path, "check", "--explain", "negation")
    assert ran.code == 0
    assert "Bölgeyi kaşıyın." in ran.out


def test_a_check_is_explained_as_json(tmp_path):
    told = json.loads(publish(tmp_path, "check", "--explain", "numbers", "--json").out)
    assert (told["check"], told["severity"], told["errors"]) == ("numbers", "error", [])


def test_an_unknown_check_is_an_error_that_names_the_known(tmp_path):
    ran = publish(tmp_path, "check", "--explain", "number")
    assert ran.code == 2
    assert "numbers" in ran.err
