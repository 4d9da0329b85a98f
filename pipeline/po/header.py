"""The header of a new template and of a new catalog, in gettext's order of fields."""

from typing import Final

from pipeline.model.catalog import Message

EXTRACTION: Final = 2
"""Which rules made the msgids; a template says so in `X-Publish-Extraction`."""


def new_template_header(
    *,
    project: str,
    bugs: str,
    creation_date: str,
    plurals: bool = False,
    generator: str = "publish",
) -> Message:
    """
    The header of a `.pot`: fuzzy, with the fields that a translator's tool fills in.

    `creation_date` is written as gettext does: `2026-11-22 10:00+0000`. `plurals` says
    whether a message of the template has plural forms.
    """
    fields = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": bugs,
        "POT-Creation-Date": creation_date,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        **_MIME,
        **({"Plural-Forms": "nplurals=INTEGER; plural=EXPRESSION;"} if plurals else {}),
        "X-Generator": generator,
        "X-Publish-Extraction": str(EXTRACTION),
    }
    return Message("", (_composed(fields),), flags=("fuzzy",))


def new_catalog_header(
    *,
    project: str,
    bugs: str,
    team: str,
    language: str,
    plural_forms: str,
    creation_date: str,
    generator: str = "publish",
) -> Message:
    """
    The header of a `.po` that no person has touched yet.

    `language` is gettext's form (`pt_BR`). Until a person saves, the revision is the
    creation, and the team stands in as the last translator (or, where it names no mail
    address, whoever takes reports), because tools want an address there.
    """
    address = next((each for each in (team, bugs) if "@" in each), "")
    fields = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": bugs,
        "POT-Creation-Date": creation_date,
        "PO-Revision-Date": creation_date,
        "Last-Translator": address or "Automatically generated",
        "Language-Team": team or "none",
        "Language": language,
        **_MIME,
        "Plural-Forms": plural_forms,
        "X-Generator": generator,
    }
    return Message("", (_composed(fields),))


_MIME: Final = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def _composed(fields: dict[str, str]) -> str:
    """One field a line, whatever a value from the configuration holds."""
    return "".join(
        f"{name}: {' '.join(value.split())}\n" for name, value in fields.items()
    )
