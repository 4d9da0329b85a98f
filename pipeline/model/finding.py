"""A finding: what a check has to say of one message."""

from enum import StrEnum

from pipeline.late import dataclass


class Severity(StrEnum):
    """How much a finding weighs; only an error holds an article back."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def reaches(self, least: "Severity") -> bool:
        """Whether it weighs `least` or more."""
        return _FROM_GRAVEST.index(self) <= _FROM_GRAVEST.index(least)


_FROM_GRAVEST = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of one check on one entry, or on a whole catalog."""

    check: str
    severity: Severity
    message: str
    """What is wrong and what to do, in one sentence for a translator."""

    file: str = ""
    line: int = 0
    locale: str = ""
    msgctxt: str | None = None
    msgid: str | None = None
    """Null where the finding is about the catalog as a whole."""

    msgstr: str = ""

    def as_json(self) -> dict[str, object]:
        """The finding as every `--json` shows it."""
        return {
            "file": self.file,
            "line": self.line,
            "locale": self.locale,
            "msgctxt": self.msgctxt,
            "msgid": self.msgid,
            "check": self.check,
            "severity": str(self.severity),
            "message": self.message,
        }
