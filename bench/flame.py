"""
`make bench-flame`: a flame graph of a first build, small enough for the documentation.

100 articles of the corpus in four languages, built in one process and sampled by py-spy.
The width of a bar is its share of the samples; what is less than a two-hundredth is left
out, and so are the frames of the command line that all samples share.
"""

import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Final

from bench.measured import cost
from bench.our_build import PUBLISH, make_our_site
from bench.results import ROOT, Table, keep_tables, shown

WIDTH: Final = 1200
_ROW: Final = 17
_LEAST: Final = 0.005
_LETTER: Final = 6.2
PARTS: Final = {
    "the checks": ("check: ", "checks/"),
    "the gate that text passes on its way into a page": ("render/gate: ",),
    "catalogs, read": ("po/",),
    "articles, cut, and translations, put in": ("localize: ", "formats/", "markdown/"),
    "templates": ("jinja2/", "render/theme: "),
    "pages besides: data, links, lists, feeds": ("render/",),
    "files, the journal, records": ("store/",),
    "imports": ("import",),
    "all else": ("",),
}
"""The parts of the work, and how the names of their functions begin."""

ARTICLES: Final = 100
PICTURE: Final = ROOT / "docs" / "pictures" / "build-flame.svg"
PY_SPY: Final = ROOT / ".venv" / "bench" / "bin" / "py-spy"
_OUTER: Final = frozenset({"cli", "click"})
_SHOWN: Final = 3
"""Letters from which on a name is written into its bar."""


@dataclass
class Bar:
    """A function below another, with all that it called."""

    name: str
    samples: int = 0
    below: dict[str, "Bar"] = field(default_factory=dict)


def read_stacks(text: str) -> Bar:
    """The tree of py-spy's lines: `outer (file.py);inner (file.py) 12`."""
    top = Bar("publish build")
    for line in text.splitlines():
        stack, _, count = line.rpartition(" ")
        bar = top
        bar.samples += int(count)
        for frame in _frames(stack):
            bar = bar.below.setdefault(frame, Bar(frame))
            bar.samples += int(count)
    return top


def _frames(stack: str) -> Iterator[str]:
    """The frames from `build` on; imports as one, and without their repetitions."""
    last = ""
    for frame in stack.split(";"):
        name, _, place = frame.partition(" (")
        if name.startswith(("_find_and_load", "_handle_fromlist", "import_module")):
            yield "import"
            return
        place = place.rstrip(")").rpartition(":")[0]
        if _OUTER.intersection(place.split("/")) or name in {"<module>", "_load"}:
            continue
        short = place.removesuffix(".py").rpartition("pipeline/")[2]
        shown = f"{'/'.join(short.split('/')[-2:])}: {name}"
        if shown != last and not name.startswith("<"):
            yield shown
        last = shown


def compose_svg(top: Bar) -> str:
    """The picture, the caller above what it calls."""
    bars = list(_placed(top, top.samples, 0.0, 0))
    height = _ROW * (1 + max(depth for _, depth in bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'font-family="monospace" font-size="10">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        + "".join(text for text, _ in bars)
        + "</svg>\n"
    )


def _placed(bar: Bar, whole: int, left: float, depth: int) -> Iterator[tuple[str, int]]:
    share = bar.samples / whole
    if share < _LEAST:
        return
    width = WIDTH * share
    hue = sum(map(ord, bar.name.partition(":")[0])) % 60
    room = int(width / _LETTER) - 1
    label = f"{bar.name} {share:.1%}"
    shown = label[:room] if room >= _SHOWN else ""
    y = depth * _ROW
    yield (
        f'<g><title>{escape(label)}</title><rect x="{left:.1f}" y="{y}" '
        f'width="{width - 0.5:.1f}" height="{_ROW - 1}" fill="hsl({hue},75%,72%)"/>'
        f'<text x="{left + 3:.1f}" y="{y + 12}">{escape(shown)}</text></g>\n',
        depth,
    )
    for each in sorted(bar.below.values(), key=lambda below: -below.samples):
        yield from _placed(each, whole, left, depth + 1)
        left += WIDTH * each.samples / whole


def parts(top: Bar) -> dict[str, float]:
    """The share of each part of the work: the first of PARTS that a stack goes through."""
    found: defaultdict[str, int] = defaultdict(int)

    def walk(bar: Bar, above: int) -> None:
        part = min(above, _part(bar.name))
        below = bar.below.values()
        found[[*PARTS][part]] += bar.samples - sum(each.samples for each in below)
        for each in below:
            walk(each, part)

    walk(top, len(PARTS) - 1)
    return {part: found[part] / top.samples for part in PARTS}


def _part(name: str) -> int:
    return next(n for n, starts in enumerate(PARTS.values()) if name.startswith(starts))


def stacks(folder: Path, count: int = ARTICLES) -> str:
    """What py-spy saw of a first build."""
    site = make_our_site(folder / "site", count)
    shutil.rmtree(site / ".publish")
    found = folder / "stacks.txt"
    record = (str(PY_SPY), "record", "--function", "--format", "raw", "--rate", "200")
    command = (PUBLISH, "build", "--executor", "serial")
    cost((*record, "--output", str(found), "--", sys.executable, *command), site)
    return found.read_text("utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        top = read_stacks(stacks(Path(temporary)))
    PICTURE.write_text(compose_svg(top), encoding="utf-8")
    rows = [(part, f"{100 * share:.0f} %") for part, share in parts(top).items()]
    keep_tables("flame", Table(("", "share"), tuple(rows)))
    print(shown("flame"))


if __name__ == "__main__":
    main()
