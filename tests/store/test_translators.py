from pipeline.model.catalog import Message
from pipeline.store.translators import (
    append_translators,
    read_translators,
    recorded_domains,
)
from pipeline.translators import translated

LINE = translated(Message("One", ("Bir",)), translator="Translator", date="2026-03-01")


def test_what_was_appended_is_read(tmp_path):
    append_translators(tmp_path, "pt-BR", "articles/x", [LINE, LINE])

    assert read_translators(tmp_path, "pt-BR", "articles/x").lines == (LINE, LINE)
    assert recorded_domains(tmp_path, "pt-BR") == ("articles/x",)


def test_without_lines_there_is_no_file(tmp_path):
    append_translators(tmp_path, "tr", "articles/x", [])

    assert read_translators(tmp_path, "tr", "articles/x").lines == ()
    assert recorded_domains(tmp_path, "tr") == ()
