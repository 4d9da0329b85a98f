import json
import xml.etree.ElementTree as ET

from pipeline import registry
from pipeline.cli.findings import junit, sarif
from pipeline.errors import CatalogError
from pipeline.model.finding import Finding, Severity

FINDINGS = (
    Finding(
        "numbers", Severity.ERROR, "5 < 50 & “6”", "a b.po", 7, "tr", None, "5", "50"
    ),
    Finding("length", Severity.WARNING, "short", "a b.po", 9, "tr", None, "x", "\x01y"),
    Finding("header", Severity.INFO, "no team", "ç.po", 0, "tr"),
)
ERRORS = (CatalogError("it is cut off", path="c.po", line=3),)


def document(*, errors=()):
    return json.loads(json.dumps(sarif(FINDINGS, errors, registry.checks())))


def test_sarif_has_a_rule_for_every_result():
    (run,) = document()["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_says_what_check_says_and_where():
    (run,) = document()["runs"]
    first, second, third = run["results"]
    assert [each["level"] for each in run["results"]] == ["error", "warning", "note"]
    assert first["message"]["text"] == "5 < 50 & “6”"
    place = first["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "a%20b.po"},
        "region": {"startLine": 7},
    }
    assert "region" not in third["locations"][0]["physicalLocation"]
    assert second["properties"]["msgid"] == "x"


def test_sarif_names_its_schema_and_can_be_written():
    written = document(errors=ERRORS)
    assert written["version"] == "2.1.0"
    assert "sarif" in written["$schema"]


def test_sarif_tells_of_a_run_that_failed():
    (run,) = document(errors=ERRORS)["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert "it is cut off" in told["message"]["text"]


def test_junit_counts_errors_only_as_failures():
    root = ET.fromstring(junit(FINDINGS, ()).encode())
    first, second = root.findall("testsuite")
    assert (first.get("name"), first.get("tests"), first.get("failures")) == (
        "a b.po",
        "2",
        "1",
    )
    assert second.get("failures") == "0"
    (failure,) = first.iter("failure")
    assert failure.get("message") == "5 < 50 & “6”"


def test_junit_tells_warnings_as_words_of_a_case():
    root = ET.fromstring(junit(FINDINGS, ()).encode())
    assert [each.text for each in root.iter("system-out")] == [
        "warning: short",
        "info: no team",
    ]


def test_junit_tells_of_a_run_that_failed():
    root = ET.fromstring(junit((), ERRORS).encode())
    (error,) = root.iter("error")
    assert "it is cut off" in error.get("message", "")


def test_junit_of_nothing_is_a_document():
    assert ET.fromstring(junit((), ()).encode()).tag == "testsuites"
