"""The results of `make bench-building` as the document shows them."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias, TypedDict

from bench.builders import ARTICLE, CASES, COLD, ENTRY, NOTHING, Figures, Measured
from bench.results import Table, measured_on

OURS: Final = "publish build"
HUGO: Final = "Hugo"
FLOOR: Final = "the floor"
_TITLES: Final = (
    "first",
    "nothing changed",
    "an article",
    "a translation",
    "a template",
    "an article removed",
)


class Size(TypedDict):
    """What was measured at one size, and what of it: each builder by its name."""

    machine: dict[str, str]
    articles: int
    locales: int
    python: Figures
    builders: dict[str, Measured]


class Growth(TypedDict):
    """Two first builds of one run."""

    machine: dict[str, str]
    what: str
    clock: float
    cpu: float


class Mails(TypedDict):
    made: int
    cpu: float


class Results(TypedDict):
    """All that is kept; sizes by the number of articles, growth by what grew, mails by length."""

    sizes: dict[str, Size]
    growth: dict[str, Growth]
    mails: dict[str, Mails]


def report(found: Results) -> str:
    """Every table, and what was measured when."""
    sizes = [found["sizes"][name] for name in sorted(found["sizes"], key=int)]
    return "\n".join([*(part for size in sizes for part in _size(size)), _goals(found)])


def _size(size: Size) -> Iterator[str]:
    pages = size["builders"][OURS][COLD]["written"]
    yield (
        f"**{size['articles']:,} articles, English and {size['locales']} languages: "
        f"{pages:,.0f} pages of ours.** {measured_on(size['machine'])} Seconds on the "
        f"clock, and those of the processor; `python -c pass` takes "
        f"{_seconds(size['python'])}.\n"
    )
    yield _times(size).markdown()
    yield "Pages that were written and, of them, those that became others; wrong ones.\n"
    yield _pages(size).markdown()


def _times(size: Size) -> Table:
    return Table(
        ("", *_TITLES, "MB"),
        tuple(
            (
                name,
                *(_seconds(found.get(case)) for case in CASES),
                f"{max(each['megabytes'] for each in found.values()):,.0f}"
                if found
                else "",
            )
            for name, found in size["builders"].items()
        ),
    )


def _seconds(found: Figures | None) -> str:
    return f"{found['clock']:.2f} ({found['cpu']:.2f})" if found else "-"


def _pages(size: Size) -> Table:
    return Table(
        ("", *_TITLES),
        tuple(
            (name, *(_written(found.get(case)) for case in CASES))
            for name, found in size["builders"].items()
        ),
    )


def _written(found: Figures | None) -> str:
    if not found:
        return "-"
    wrong = found.get("wrong", 0)
    shown = f"{found['written']:,.0f} / {found['needed']:,.0f}"
    return f"{shown}, **{wrong:,.0f} wrong**" if wrong else shown


def _goals(found: Results) -> str:
    rows = [
        *_ratios(found["sizes"]),
        *_growths(found["growth"]),
        *(_mails(what, each) for what, each in found["mails"].items()),
    ]
    return Table(
        ("", "required", "measured", "by the processor"), tuple(rows)
    ).markdown()


Row: TypeAlias = tuple[str, str, str, str]


def _ratios(sizes: Mapping[str, Size]) -> Iterator[Row]:
    for name in sorted(sizes, key=int):
        size = sizes[name]
        ours = size["builders"][OURS]
        hugo = size["builders"].get(HUGO, {})
        at = f"{size['articles']:,} articles"
        if COLD in hugo:
            yield _row(f"{at}: first, of Hugo's time", "0.5", ours, hugo, COLD)
        if FLOOR in size["builders"]:
            floor = size["builders"][FLOOR]
            yield _row(f"{at}: first, times the floor", "-", ours, floor, COLD)
        python = {NOTHING: size["python"]}
        if NOTHING in ours:
            yield _row(
                f"{at}: nothing changed, times Python", "8", ours, python, NOTHING
            )
        if NOTHING in hugo:
            label = f"{at}: nothing changed, times faster than Hugo"
            yield _row(label, "30", hugo, ours, NOTHING)
        for case, label in ((ARTICLE, "an article"), (ENTRY, "a translation")):
            if case in ours:
                cost = ours[case]
                clock, cpu = f"{cost['clock']:.2f} s", f"{cost['cpu']:.2f} s"
                yield f"{at}: {label} changed", "0.35 s", clock, cpu
        most = max(each["megabytes"] for each in ours.values())
        limit = {1_000: "100 MB", 10_000: "300 MB"}.get(size["articles"], "-")
        yield f"{at}: largest process", limit, f"{most:,.0f} MB", ""


def _row(label: str, required: str, one: Measured, other: Measured, case: str) -> Row:
    clock = one[case]["clock"] / other[case]["clock"]
    cpu = one[case]["cpu"] / other[case]["cpu"]
    return label, required, f"{clock:.1f}", f"{cpu:.1f}"


def _growths(growth: Mapping[str, Growth]) -> Iterator[Row]:
    for each in growth.values():
        required = "3.4" if "languages" in each["what"] else "11"
        yield each["what"], required, f"{each['clock']:.1f}", f"{each['cpu']:.1f}"


def _mails(what: str, mails: Mails) -> Row:
    rate = f"{mails['made'] / mails['cpu']:.0f}"
    label = f"mails a second and core, {what}, checks and disk included"
    return label, "300", rate, rate
