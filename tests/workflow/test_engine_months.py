"""What people made of drafts, from the first command that met it."""

import pytest

from pipeline.store.catalogs import read_catalog
from pipeline.store.drafted import Drafted
from pipeline.store.journal import FILE
from pipeline.workflow import desk
from pipeline.workflow.engine_months import engine_months
from pipeline.workflow.pretranslate import pretranslate
from pipeline.workflow.status import status
from tests.builders import make_site, publish, translate
from tests.cli.terminal import in_terminal
from tests.engines.loopback import running_service
from tests.workflow.test_pretranslate import entry, read, site, write


def test_months_are_counted_by_engine():
    drafts = [
        Drafted("tr", "a", "2026-10-30", ("Saç",), ("Saç",)),
        Drafted("tr", "a", "2026-11-01", ("Saç",), ("Saçlar",)),
        Drafted("tr", "a", "2026-11-30", ("Saç",), ("Saç",)),
        Drafted("tr", "b", "2026-11-30", ("Saç",), None),
        Drafted("ar", "b", "2026-11-30", ("x",), None),
    ]
    assert [each.as_json() for each in engine_months(drafts, {"tr"})] == [
        {
            "engine": "a",
            "month": "2026-11",
            "drafts": 2,
            "accepted": 1,
            "edited": 1,
            "waiting": 0,
            "distance": 0.25,
        },
        {
            "engine": "b",
            "month": "2026-11",
            "drafts": 1,
            "accepted": 0,
            "edited": 0,
            "waiting": 1,
            "distance": None,
        },
        {
            "engine": "a",
            "month": "2026-10",
            "drafts": 1,
            "accepted": 1,
            "edited": 0,
            "waiting": 0,
            "distance": 0.0,
        },
    ]


@pytest.fixture
def drafted(tmp_path):
    """A site in which a machine drafted three texts."""
    make_site(tmp_path)
    write(tmp_path, "a", *map(entry, ("Hair", "Care", "Rest")))
    with running_service() as service:
        configured = site(tmp_path, "deep", base_url=service.google)
        pretranslate(configured, locales=("tr",), today="2026-10-31")
    return configured


def months(configured):
    report = status(configured, locales=("tr",), engines=True)
    assert report.errors == ()
    return [each.as_json() for each in report.engines or ()]


def test_what_people_keep_and_change_is_met_by_the_next_command(drafted, tmp_path):
    (month,) = months(drafted)
    assert (month["drafts"], month["waiting"], month["distance"]) == (3, 3, None)
    hair = read(tmp_path, "a").messages[0].msgstr
    translate(tmp_path, {"Hair": hair, "Care": "Bakım"}, domain="a")
    (month,) = months(drafted)
    assert month["engine"] == "deep:google"
    assert (month["month"], month["accepted"]) == ("2026-10", 1)
    assert (month["edited"], month["waiting"]) == (1, 1)
    # "Cârê" and "Bakım" have nothing in common: (0 + 1) / 2.
    assert month["distance"] == 0.5


def test_the_last_translation_counts(drafted, tmp_path):
    translate(tmp_path, {"Hair": "Kıl"}, domain="a")
    months(drafted)
    translate(tmp_path, {"Hair": "Hâîrs"}, domain="a")
    assert months(drafted)[0]["distance"] == 0.2


def test_it_survives_where_all_but_the_journal_is_deleted(drafted, tmp_path):
    translate(tmp_path, {"Hair": "Saç"}, domain="a")
    before = months(drafted)
    for path in (tmp_path / ".publish").iterdir():
        if not path.name.startswith("journal"):
            path.unlink()
    assert months(drafted) == before


def test_without_a_journal_there_is_nothing_to_show(tmp_path):
    make_site(tmp_path)
    publish(tmp_path, "extract")
    assert not (tmp_path / FILE).exists()
    done = publish(tmp_path, "status", "--engines")
    assert "no engine has made a draft yet" in done.out
    assert publish(tmp_path, "status", "--engines", "--json").json["engines"] == []
    assert "engines" not in publish(tmp_path, "status", "--json").json


@pytest.mark.usefixtures("drafted")
def test_the_months_are_a_table(tmp_path):
    done = publish(tmp_path, "status", "--engines")
    assert "2026-10   deep:google        3          0        0         3" in done.out


def test_the_table_fits_a_terminal_of_80_columns(tmp_path):
    make_site(tmp_path)
    publish(tmp_path, "extract")
    _, shown = in_terminal(tmp_path, "status", COLUMNS="80", TERM="xterm")
    (row,) = (line for line in shown.splitlines() if "articles/scalp" in line)
    assert "held" in row
    _, shown = in_terminal(tmp_path, "status", COLUMNS="120", TERM="xterm")
    assert "untranslated" in shown


def test_a_catalog_is_read_once(tmp_path, monkeypatch):
    make_site(tmp_path)
    publish(tmp_path, "extract")
    met = []

    def noted(path, **how):
        met.append(path.name)
        return read_catalog(path, **how)

    monkeypatch.setattr(desk, "read_catalog", noted)
    publish(tmp_path, "status")
    assert sorted(met) == ["messages.po", "scalp.po"]
