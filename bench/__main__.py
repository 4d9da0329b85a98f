"""
`make bench`: CPU seconds of whole processes, the best of several runs.

The example site is copied, so that its `dist/` stays as it is. `python -c pass` beside
each figure tells how much of it is Python's own start.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 9
SITE = ("source", "locales", "templates", "pyproject.toml")


def cpu_seconds(command: list[str], folder: Path) -> float:
    """User and system time of one run, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, 3}:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr.decode()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(command: list[str], folder: Path, runs: int = RUNS) -> float:
    return min(cpu_seconds(command, folder) for _ in range(runs))


def main() -> None:
    publish = str(Path(sys.executable).with_name("publish"))
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary)
        for name in SITE:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, site / name)
        rows = [
            ("python -c pass", best([sys.executable, "-c", "pass"], site)),
            ("publish --help", best([publish, "--help"], site)),
            ("publish extract, nothing new", 0.0),
            ("publish build, first", 0.0),
            ("publish build, nothing changed", 0.0),
            ("publish build, one entry changed", 0.0),
        ]
        cpu_seconds([publish, "extract"], site)
        rows[2] = (rows[2][0], best([publish, "extract"], site))
        rows[3] = (rows[3][0], cpu_seconds([publish, "build"], site))
        cpu_seconds([publish, "build"], site)
        rows[4] = (rows[4][0], best([publish, "build"], site))
        rows[5] = (rows[5][0], min(after_an_edit(publish, site) for _ in range(3)))
    floor = rows[0][1]
    print(f"{'CPU seconds, best of several runs':36} {'seconds':>8} {'x python':>9}")
    for name, seconds in rows:
        print(f"{name:36} {seconds:8.3f} {seconds / floor:9.1f}")


def after_an_edit(publish: str, site: Path) -> float:
    catalog = next((site / "locales/tr/LC_MESSAGES/articles").glob("*.po"))
    text = catalog.read_text(encoding="utf-8")
    marker = "# edited by the benchmark\n"
    catalog.write_text(
        text.removeprefix(marker) if text.startswith(marker) else marker + text,
        encoding="utf-8",
    )
    return cpu_seconds([publish, "build"], site)


if __name__ == "__main__":
    main()
