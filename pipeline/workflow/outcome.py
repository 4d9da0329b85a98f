"""What a build is asked for, and what it says when it is done."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, cast

from pipeline.errors import PublishError, error_from, remembered_as
from pipeline.late import dataclass
from pipeline.model.page import Output, State
from pipeline.workflow.again import Count, Row, Said
from pipeline.workflow.report import HELD, Report, worst

_LITTLE: Final = 200
"""How much that is held is said again without asking; to be read with each build."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport(Report):
    """What went out, what did not and why, and which files changed."""

    pages: tuple[Output, ...] = ()
    mails: tuple[Output, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unreviewed: bool = False
    """Whether something is held because nobody reviewed it."""

    def body(self) -> dict[str, object]:
        return {
            "pages": [output.as_json() for output in self.pages],
            "mails": [output.as_json() for output in self.mails],
            "written": list(self.written),
            "removed": list(self.removed),
        }

    @property
    def exit_code(self) -> int:
        codes = [error.exit_code for error in self.errors]
        return worst([*codes, HELD] if self.unreviewed else codes)

    def further(self) -> tuple[str, ...]:
        """What else people should be told, a line each."""
        return ()

    def as_state(self) -> dict[str, object]:
        """What of the report still holds if the next build changes nothing."""
        return {
            "pages": [_unchanged(each) for each in self.pages],
            "mails": [_unchanged(each) for each in self.mails],
            "errors": [remembered_as(error) for error in self.errors],
            "unreviewed": self.unreviewed,
            "notes": list(self.notes),
        }

    def counts(self) -> tuple[Count, ...]:
        """How many pages and mails are out in each locale."""
        outputs = (*self.pages, *self.mails)
        pages, mails = _out(self.pages), _out(self.mails)
        tags = dict.fromkeys(each.locale for each in outputs)
        return tuple((tag, pages[tag], mails[tag]) for tag in tags)

    def held(self) -> tuple[Row, ...]:
        """What is not out, or not all of it, and why, as people are told."""
        return tuple(
            (each.locale, each.article, str(each.state), each.why)
            for outputs in (self.pages, self.mails)
            for each in outputs
            if each.why or each.state is not State.PUBLISHED
        )

    def in_short(self) -> Said | None:
        """What there is to say of it, where that is little and no error."""
        held = self.held()
        if self.errors or len(held) > _LITTLE:
            return None
        return self.counts(), self.notes, held, self.exit_code

    @property
    def holds(self) -> bool:
        """Whether it would be the same, errors included, if nothing had changed."""
        return None not in map(remembered_as, self.errors)


def _unchanged(output: Output) -> tuple[object, ...]:
    """An output that the next build does not change."""
    article, locale, path, state, _, why = output
    return article, locale, path, state, False, why


def _out(outputs: Iterable[Output]) -> Counter[str]:
    """How many of them are out, by locale."""
    return Counter(o.locale for o in outputs if o.state is State.PUBLISHED)


def report_from(state: Mapping[str, object]) -> BuildReport:
    """The report of a build that changed nothing."""
    states = {str(each): each for each in State}

    make = Output._make

    def outputs(name: str) -> tuple[Output, ...]:
        rows = cast("list[tuple[str, str, str, str, bool, str]]", state[name])
        return tuple(
            [
                make((article, locale, path, states[now], False, why))
                for article, locale, path, now, _, why in rows
            ]
        )

    errors = cast("list[list[object]]", state["errors"])
    return BuildReport(
        errors=tuple(map(error_from, errors)),
        pages=outputs("pages"),
        mails=outputs("mails"),
        unreviewed=bool(state["unreviewed"]),
        notes=tuple(cast("list[str]", state["notes"])),
    )


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line says of a build."""

    asked: tuple[str, ...] = ()
    """The locales of `--lang`; none: all."""

    draft: bool = False
    preview: bool = False
    """For `serve`: every block is marked with its catalog entry."""

    jobs: int = 0
    executor: str = ""
    scheduler: str = ""
    """The address of a Dask scheduler."""

    share: str = ""
    """By which its workers get the site's files."""


def output_path(locale: str, slug: str, *, kind: str, draft: bool) -> str:
    """Where a page or a mail goes, below the site's root."""
    top = "dist/draft" if draft else "dist"
    if kind == "mail":
        return f"{top}/mail/{locale}/{slug}.eml"
    return f"{top}/site/{locale}/{slug}/index.html"


def once(errors: Iterable[PublishError]) -> tuple[PublishError, ...]:
    """Each cause once: a broken template fails every page in the same words."""
    return tuple({(type(each), str(each)): each for each in errors}.values())
