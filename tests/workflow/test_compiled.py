import pytest

from pipeline.render import theme as door
from pipeline.render.theme import Theme
from pipeline.workflow.compiled import compiled_templates


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text("{% include 'part.html' %}")
    (tmp_path / "templates/part.html").write_text("<p>{{ 6 * 7 }}</p>")
    return tmp_path


def filled(site, monkeypatch, key="key"):
    """The page, and how many templates were compiled for it in a process of its own."""
    monkeypatch.setattr(door, "_compiled", {})
    theme = Theme((str(site / "templates"),))
    with compiled_templates(theme, site, "build", key):
        known = set(door._compiled)
        text = theme.render("page.html", "en", {})
        compiled = set(door._compiled) - known
    return text, len(compiled)


def test_templates_are_compiled_once(site, monkeypatch):
    assert filled(site, monkeypatch) == ("<p>42</p>", 2)
    assert filled(site, monkeypatch) == ("<p>42</p>", 0)


def test_with_another_key_all_are_compiled(site, monkeypatch):
    filled(site, monkeypatch)

    assert filled(site, monkeypatch, "other") == ("<p>42</p>", 2)


def test_a_template_that_changed_is_what_it_is_now(site, monkeypatch):
    filled(site, monkeypatch)
    (site / "templates/part.html").write_text("<b>{{ 6 * 8 }}</b>")

    assert filled(site, monkeypatch)[0] == "<b>48</b>"


def test_what_somebody_put_there_is_not_run(site, monkeypatch):
    filled(site, monkeypatch)
    path = site / ".publish/build-templates"
    path.write_bytes(b"\0" * 32 + path.read_bytes()[32:])

    assert filled(site, monkeypatch) == ("<p>42</p>", 2)


def test_what_is_filled_by_one_build_stays_for_the_next(site, monkeypatch):
    filled(site, monkeypatch)
    monkeypatch.setattr(door, "_compiled", {})
    theme = Theme((str(site / "templates"),))
    with compiled_templates(theme, site, "build", "key"):
        theme.render("part.html", "en", {})

    assert filled(site, monkeypatch) == ("<p>42</p>", 0)
