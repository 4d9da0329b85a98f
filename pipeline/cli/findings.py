"""
Findings as other programs read them: SARIF 2.1.0 (OASIS) and JUnit's XML.

Every message is the one that `check` shows.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pipeline.checks import Check
from pipeline.errors import PublishError
from pipeline.model.finding import Finding, Severity

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def sarif(
    findings: Sequence[Finding],
    errors: Sequence[PublishError],
    checks: Mapping[str, Check],
) -> dict[str, object]:
    """One run of SARIF 2.1.0; a failure of the run itself is a notification."""
    names = sorted({*checks, *(finding.check for finding in findings)})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "publish",
                        "rules": [_rule(name, checks.get(name)) for name in names],
                    },
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, names) for each in findings],
                "invocations": [
                    {
                        "executionSuccessful": not errors,
                        "toolExecutionNotifications": [
                            {
                                "level": "error",
                                "message": {"text": str(error) or "failed"},
                            }
                            for error in errors
                        ],
                    },
                ],
            },
        ],
    }


def _rule(name: str, check: Check | None) -> dict[str, object]:
    rule: dict[str, object] = {"id": name}
    if check:
        rule["fullDescription"] = {"text": check.explanation}
        rule["defaultConfiguration"] = {"level": _LEVELS[check.severity]}
    return rule


def _result(finding: Finding, names: Sequence[str]) -> dict[str, object]:
    location: dict[str, object] = {
        "artifactLocation": {"uri": _uri(finding.file)},
    }
    if finding.line:
        location["region"] = {"startLine": finding.line}
    return {
        "ruleId": finding.check,
        "ruleIndex": names.index(finding.check),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location}],
        "properties": {
            "locale": finding.locale,
            "msgctxt": finding.msgctxt,
            "msgid": finding.msgid,
        },
    }


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path.encode("utf-8", "surrogateescape"))


def junit(findings: Sequence[Finding], errors: Sequence[PublishError]) -> str:
    """
    A test suite a catalog, a test case a finding; only errors are failures.

    Warnings and notes are cases that pass, with their words in `system-out`.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for file, some in by_file.items():
        failures = sum(each.severity is Severity.ERROR for each in some)
        lines.append(
            f"<testsuite name={_attribute(file)} "
            f'tests="{len(some)}" failures="{failures}" errors="0">'
        )
        lines += [_case(each) for each in some]
        lines.append("</testsuite>")
    if errors:
        count = len(errors)
        lines.append(
            f'<testsuite name="publish" tests="{count}" failures="0" errors="{count}">'
        )
        lines += [
            f'<testcase name="publish check" classname="publish">'
            f"<error message={_attribute(str(error))} /></testcase>"
            for error in errors
        ]
        lines.append("</testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _case(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    name = f"{place} {finding.check}"
    head = f"<testcase name={_attribute(name)} classname={_attribute(finding.locale)}>"
    text = f"{finding.msgid or ''}\n{finding.msgstr}"
    if finding.severity is Severity.ERROR:
        body = (
            f"<failure message={_attribute(finding.message)} "
            f"type={_attribute(finding.check)}>{escape(_xml(text))}</failure>"
        )
    else:
        said = f"{finding.severity}: {finding.message}"
        body = f"<system-out>{escape(_xml(said))}</system-out>"
    return f"{head}{body}</testcase>"


def _attribute(text: str) -> str:
    return quoteattr(_xml(text).replace("\n", " "))


def _xml(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return "".join(
        character
        if character in "\t\n"
        or "\x20" <= character < "\ud800"
        or (character >= "\ue000" and character not in "\ufffe\uffff")
        else "\ufffd"
        for character in text
    )


def write_text(text: str) -> None:
    """Write it to standard output in UTF-8, whatever the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()
