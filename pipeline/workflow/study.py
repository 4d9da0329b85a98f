"""
Articles into decisions: what the last build decided, where all that it followed from is
the same, and the rest anew.

What comes back is small, because it goes from process to process and there are many: of
the front matter what lists show, and of the body the place where it is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from sys import intern
from typing import Final

from pipeline.cldr import PSEUDO_LOCALES, gettext_locale
from pipeline.errors import PublishError, remembered_as
from pipeline.extract import extract
from pipeline.late import dataclass
from pipeline.model.article import Article
from pipeline.model.catalog import Message
from pipeline.model.site import Site
from pipeline.record import compose_record
from pipeline.store.bodies import Bodies, check_of
from pipeline.store.kept import Kept, kept_paths
from pipeline.store.ledger import Row
from pipeline.store.sources import SourceFile
from pipeline.store.table import Table
from pipeline.workflow.articles import format_of, read_article
from pipeline.workflow.decide import Decision, Rules, decide, kept_back
from pipeline.workflow.executors import Workers, spread
from pipeline.workflow.inputs import Inputs, key_of
from pipeline.workflow.keeping import released
from pipeline.workflow.outcome import output_path
from pipeline.workflow.packing import packed
from pipeline.workflow.report import Progress
from pipeline.workflow.rows import decision_of
from pipeline.workflow.translators import needs_two

_SMALL: Final = (str, bool, int, float, type(None))


@dataclass(frozen=True, slots=True)
class Studied:
    """One article in some locales."""

    decisions: tuple[Decision, ...] = ()
    error: PublishError | None = None
    """Why it could not be read."""

    found: Mapping[str, str] = field(default_factory=dict)
    """The digests of the inputs that a worker read."""


@dataclass(frozen=True, slots=True)
class Study:
    """What articles are judged by."""

    site: Site
    rules: Mapping[str, Rules]
    """By locale."""

    base: str
    """The key of configuration, options and code."""

    inputs: Inputs
    rows: Table[tuple[str, str], Row]
    bodies: Bodies
    concerned: Mapping[str, Sequence[str]] | None = None
    """The locales by domain in which an article may be another than at the last build,
    whose rows hold elsewhere; None: not known."""

    decided: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    """What was decided in this run already, by domain and locale."""

    _glossaries: dict[str, tuple[str, str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """By the folder of a locale."""

    def all(
        self,
        files: Sequence[SourceFile],
        locales: Sequence[str],
        *,
        workers: Workers,
        progress: Progress,
    ) -> Iterator[Studied]:
        """Every article in every locale, in the order of the files."""
        known = {file.domain: self._known(file, locales) for file in files}
        rest = [
            (file, [tag for tag in locales if tag not in known[file.domain]])
            for file in files
        ]
        rest = [(file, stale) for file, stale in rest if stale]
        self.bodies.close()

        def work(index: int) -> Studied:
            return self.anew(*rest[index])

        anew = spread(work, len(rest), workers=workers, size=len(locales))
        for number, file in enumerate(files):
            found = known[file.domain]
            if len(found) == len(set(locales)):
                yield Studied(tuple(found[tag] for tag in locales))
            else:
                studied = next(anew)
                self.inputs.learn(studied.found)
                found |= {each.locale: each for each in studied.decisions}
                decisions = tuple(found[tag] for tag in locales if tag in found)
                # What cannot be read goes out nowhere.
                yield (
                    studied if studied.error else replace(studied, decisions=decisions)
                )
            progress("translating", number, len(files))

    def stale(self, file: SourceFile, locales: Sequence[str]) -> list[str]:
        """The locales in which what was decided of an article does not hold."""
        known = self._known(file, locales)
        return [locale for locale in locales if locale not in known]

    def again(self, decision: Decision) -> Decision:
        """The decision with its whole article. Raises PublishError."""
        article = decision.article
        file = SourceFile(article.path, article.domain, article.format)
        whole = read_article(self.site, file)
        template = self._template(whole, (decision.locale,))
        return decide(whole, template, self.rules[decision.locale])

    def released(self, decision: Decision) -> Kept | None:
        """The text of a page that goes out, as it is kept; None if it changed since."""
        article = decision.article
        file = SourceFile(article.path, article.domain, article.format)
        try:
            whole = read_article(self.site, file)
            kept = released(whole, self.again(decision).article)
        except PublishError:
            return None
        return kept if kept.digest == decision.release else None

    def record(self, decision: Decision) -> str:
        """The text of the record of a page or a mail that goes out."""
        if decision.record is None:
            return ""
        article, locale = decision.article, decision.locale
        inputs = decision.record.inputs
        path = output_path(locale, decision.slug, kind=article.kind, draft=False)
        head: dict[str, object] = {
            "article": article.domain,
            "locale": locale,
            "path": path.removeprefix("dist/"),
            "state": str(decision.state),
            "why": decision.why,
            "kept": decision.kept,
            "inputs": {each: self.inputs.digest(each) for each in inputs},
        }
        return compose_record(head, decision.record)

    def _known(self, file: SourceFile, locales: Sequence[str]) -> dict[str, Decision]:
        """Of the locales for which nothing has changed since the last build."""
        found: dict[str, Decision] = {}
        for locale in locales:
            key = (file.domain, locale)
            row, decided = self.rows.read(key), self.decided.get(key)
            if row is None and decided is None:
                continue
            if row is not None and row.version and self.is_at_rest(*key):
                found[locale] = self._today(decision_of(row))
                continue
            version = self._version(file, locale)
            if decided is not None and decided.version == version:
                found[locale] = decided
            elif row is not None and row.version == version:
                found[locale] = self._today(decision_of(row))
        return found

    def is_at_rest(self, domain: str, locale: str) -> bool:
        """Whether nothing that it follows from was saved since the last build."""
        return self.concerned is not None and locale not in self.concerned.get(
            domain, ()
        )

    def _today(self, decision: Decision) -> Decision:
        """What was held may have been out since, in another build."""
        if decision.goes_out:
            return decision
        back = kept_back(decision, self.rules[decision.locale].history)
        return replace(back, was_out=None)

    def anew(self, file: SourceFile, locales: Sequence[str]) -> Studied:
        """One article, read and judged."""
        # Keys first: what is saved in between must not stand under the older key.
        versions = {locale: self._version(file, locale) for locale in locales}
        try:
            article = read_article(self.site, file)
        except PublishError as error:
            return Studied(error=error, found=self.inputs.news())
        template = self._template(article, locales)
        decisions = tuple(
            self._small(decide(article, template, self.rules[locale]), version)
            for locale, version in versions.items()
        )
        return Studied(decisions, found=self.inputs.news())

    def _template(
        self, article: Article, locales: Sequence[str]
    ) -> tuple[Message, ...]:
        """What is asked of its catalogs; nothing for a draft that stays at home."""
        drafts = any(self.rules[locale].draft for locale in locales)
        return extract(article) if drafts or not article.is_draft else ()

    def _version(self, file: SourceFile, locale: str) -> str:
        """The key of all that a decision follows from."""
        parts = [
            self.base,
            locale,
            file.path,
            file.format,
            self.inputs.digest(file.path),
        ]
        if locale != self.site.source_locale and locale not in PSEUDO_LOCALES:
            top = f"locales/{gettext_locale(locale)}"
            parts += (
                self.inputs.digest(f"{top}/LC_MESSAGES/{file.domain}.po"),
                self.inputs.digest(f"{top}/reviews/{file.domain}.jsonl"),
                *self._glossary(top),
            )
            if needs_two(self.site, file.domain):
                path = f"{top}/translators/{file.domain}.jsonl"
                parts.append(self.inputs.digest(path))
            if any(each.stale == "keep" for each in self.site.classes):
                parts += self._kept(file, locale)
        return key_of(parts)

    def _glossary(self, top: str) -> tuple[str, str]:
        """What the terms of a locale follow from: asked once, for all its articles."""
        if top not in self._glossaries:
            self._glossaries[top] = (
                self.inputs.digest(f"{top}/glossary.csv"),
                self.inputs.digest("locales/glossary.tbx"),
            )
        return self._glossaries[top]

    def _kept(self, file: SourceFile, locale: str) -> Iterator[str]:
        """What a stale text may be kept by: itself, and that it is out."""
        for path in kept_paths(locale, file.domain, file.path):
            yield self.inputs.digest(path)
        yield repr(self.rules[locale].history.last().get(file.domain))

    def _small(self, decision: Decision, version: str) -> Decision:
        article = decision.article
        small = replace(article, spans=(), meta=_card(article.meta))
        body, content, whole = None, "", True
        if decision.goes_out or self.rules[decision.locale].draft:
            html = format_of(article).to_html(article)
            data = packed(html, article.meta, self.record(decision))
            body = self.bodies.keep(data) if data is not None else None
            whole = body is not None
            content = body.check if body else check_of(f"{html}{article.meta}".encode())
        return replace(
            decision,
            article=small,
            slug=intern(decision.slug),
            record=None,
            version=version
            if whole and None not in map(remembered_as, decision.errors)
            else "",
            content=content,
            body=body,
        )


def _card(meta: Mapping[str, object]) -> dict[str, object]:
    """
    What lists may show of it, in values that JSON knows.

    Days and tags are those of other articles too: what is the same text comes back from
    a worker, and lies in memory, once.
    """
    return {intern(key): _plain(value) for key, value in meta.items()}


def _plain(value: object) -> object:
    if isinstance(value, _SMALL):
        return value
    if isinstance(value, list | tuple):
        return [intern(str(each)) for each in value]
    return intern(str(value))
