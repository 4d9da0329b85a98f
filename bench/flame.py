"""
A flame graph of a build, small enough for the documentation.

    py-spy record --function --format raw -o stacks.txt -- publish build --executor serial
    python -m bench.flame stacks.txt docs/pictures/build-flame.svg

The width of a bar is its share of the samples; what is less than a two-hundredth is left
out, and so are the frames of the command line that all samples share.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Final

WIDTH: Final = 1200
_ROW: Final = 17
_LEAST: Final = 0.005
_LETTER: Final = 6.2
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


def shares(top: Bar) -> dict[str, float]:
    """How much of the time each function and what it calls takes."""
    found: defaultdict[str, int] = defaultdict(int)

    def walk(bar: Bar, above: frozenset[str]) -> None:
        if bar.name not in above:
            found[bar.name] += bar.samples
        for each in bar.below.values():
            walk(each, above | {bar.name})

    walk(top, frozenset())
    return {name: count / top.samples for name, count in found.items()}


def main() -> None:
    source, target = map(Path, sys.argv[1:])
    top = read_stacks(source.read_text("utf-8"))
    target.write_text(compose_svg(top), encoding="utf-8")
    for name, share in sorted(shares(top).items(), key=lambda item: -item[1])[:40]:
        print(f"{share:6.1%}  {name}")


if __name__ == "__main__":
    main()
