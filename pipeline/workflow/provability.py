"""Whether the records of a release say what the sources and catalogs beside it say."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Final, cast

from pipeline import registry
from pipeline.errors import PublishError, StoreError
from pipeline.extract import extract
from pipeline.late import dataclass
from pipeline.model.article import Article
from pipeline.model.catalog import Catalog, Message
from pipeline.record import COLUMNS, Writing, source_digest
from pipeline.store.catalogs import read_catalog
from pipeline.store.files import read_bytes, read_text
from pipeline.store.reviews import read_approvals
from pipeline.workflow.recording import kept_messages
from pipeline.workflow.release import digest

_OUT: Final = frozenset({"published", "fallback", "partial"})
_HINT: Final = "run `publish build` again; if it stays, see who changed dist/"


@dataclass(slots=True)
class Provability:
    """The records of one `dist/` folder, held against the site around it."""

    root: Path
    """The folder that `dist/` lies in."""

    name: str
    _later: int = 0
    _digests: dict[str, str] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """How much could not be held against its texts, because they changed."""
        if not self._later:
            return ()
        what = "record" if self._later == 1 else "records"
        return (
            (
                f"{self._later} {what} could not be compared: source/ or locales/ have"
                " changed since the build"
            ),
        )

    def unnamed(
        self, entries: Sequence[Mapping[str, str]], named: Mapping[str, str]
    ) -> Iterator[PublishError]:
        """Records of the set that belong to no page and no mail."""
        known = {entry.get("record") for entry in entries}
        for path in named:
            if path.startswith("release/") and path not in known:
                message = "is the record of nothing that is out"
                yield self._error(message, path)

    def of(
        self, entry: Mapping[str, str], named: Mapping[str, str]
    ) -> Iterator[PublishError]:
        """What is wrong with the record of a page or a mail."""
        is_out = entry.get("state") in _OUT
        path = entry.get("record", "")
        if not is_out and not path:
            return
        if not is_out or path not in named or entry.get("path") not in named:
            said = f"{entry.get('article')} in {entry.get('locale')}"
            message = f"what the release says of {said} does not fit its files"
            yield self._error(message, "release.json")
            return
        try:
            record = json.loads(read_bytes(self.root / self.name / path))
            same = all(
                record[key] == entry[key]
                for key in ("article", "locale", "path", "state")
            )
            is_known = same and tuple(record["columns"]) == COLUMNS
            wrong = "" if is_known else "is of another page than the release says"
            wrong = wrong or self._compared(record)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            wrong = "is no record"
        except PublishError as error:
            wrong = f"cannot be compared: {error}"
        if wrong:
            yield self._error(wrong, path)

    def _error(self, message: str, path: str) -> StoreError:
        return StoreError(message, path=f"{self.name}/{path}", hint=_HINT)

    def _compared(self, record: Mapping[str, object]) -> str:
        """How a record differs from the texts, in a clause; nothing: not at all."""
        inputs = cast("Mapping[str, str]", record["inputs"])
        if any(".." in Path(path).parts or Path(path).is_absolute() for path in inputs):
            return "names a file outside of the site"
        if not any((self.root / path).is_file() for path in inputs):
            return ""  # the folder stands alone, as where pages are served
        if any(self._digest(path) != found for path, found in inputs.items()):
            self._later += 1
            return ""
        lines = [*_expanded(record)]
        again = [*_expanded(self._again(record, lines))]
        if [line["source"] for line in lines] != [line["source"] for line in again]:
            return "has other sentences than its source"
        for number, (line, other) in enumerate(zip(lines, again, strict=True), 1):
            if line != other:
                return f"sentence {number} is not what its catalog and reviews say"
        return ""

    def _again(
        self, record: Mapping[str, object], lines: Sequence[Mapping[str, object]]
    ) -> Mapping[str, object]:
        """The record as the texts have it, of as much as it says is translated."""
        paths = [*cast("Mapping[str, str]", record["inputs"])]
        domain, locale = str(record["article"]), str(record["locale"])
        shown = {
            (line["msgctxt"], line["source"]) for line in lines if line["translation"]
        }
        if record["kept"]:
            text, original = (self._article(path, domain) for path in paths)
            messages = tuple(kept_messages(original, text))
            catalog = Catalog(Message(""), messages)
        else:
            messages = extract(self._article(paths[0], domain))
            catalog = Catalog(Message(""))
            if len(paths) > 1:
                catalog = read_catalog(self.root / paths[1], root=self.root)
        approvals = read_approvals(self.root, locale, domain)
        made = Writing(approvals).record(
            messages,
            catalog,
            lambda entry: (entry.msgctxt, source_digest(entry)) in shown,
        )
        return {"segments": [*map(json.loads, made.lines)], "reviews": made.reviews}

    def _article(self, path: str, domain: str) -> Article:
        kind = registry.format_suffixes()[Path(path).suffix]
        text = read_text(self.root / path, root=self.root)
        return registry.format_named(kind).parse(text, path=path, domain=domain)

    def _digest(self, path: str) -> str:
        if path not in self._digests:
            file = self.root / path
            self._digests[path] = digest(read_bytes(file)) if file.is_file() else ""
        return self._digests[path]


def _expanded(record: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The lines of a record by column, each with its review; no translators."""
    reviews = cast("Sequence[Mapping[str, object]]", record["reviews"])
    for each in cast("Sequence[Sequence[object]]", record["segments"]):
        line = dict.fromkeys(COLUMNS) | dict(zip(COLUMNS, each, strict=False))
        number = line["review"]
        review = reviews[number] if isinstance(number, int) else {}
        ignored = cast("Sequence[str] | None", line["ignored"])
        yield line | {
            "translator": None,
            "ignored": tuple(ignored or ()),
            "review": {key: str(_listed(value)) for key, value in review.items()},
        }


def _listed(value: object) -> object:
    return [*value] if isinstance(value, tuple) else value
