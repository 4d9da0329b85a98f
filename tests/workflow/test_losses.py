"""A catalog that was cut where nothing in it tells so."""

import pytest

from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import compose_entry
from pipeline.workflow.losses import losses
from tests.builders import TURKISH, catalog, make_site, po_path, publish, translate

LONG = "Yara yerini kurutmak için temiz bir havlu kullanın. " * 4
HEADER = Message("", ("Content-Type: text/plain; charset=UTF-8\n",))
ONE = Message("one", ("bir",))
TWO = Message("two", ("iki",))


def texts(*messages):
    return {message.key: [message.msgstrs] for message in messages}


def untranslated(message):
    return Message(message.msgid)


def test_an_entry_that_is_gone_with_its_words_is_lost():
    read = Catalog(HEADER, (ONE,))

    assert losses(read, (ONE, untranslated(TWO)), texts(ONE, TWO)) == 1


def test_an_entry_that_is_new_or_has_its_words_from_elsewhere_is_not():
    read = Catalog(HEADER, (ONE,))

    assert losses(read, (ONE, untranslated(TWO)), texts(ONE)) == 0
    assert losses(read, (ONE, TWO), texts(ONE, TWO)) == 0


def test_the_first_lines_of_the_last_text_are_a_loss():
    whole = Message("one", (LONG,))
    first = compose_entry(whole).split("\n")[2].strip('"')
    at_a_line, within = Message("one", (first,)), Message("one", (LONG[:30],))
    lines = {whole.key: [whole.msgstrs, at_a_line.msgstrs]}

    assert losses(Catalog(HEADER, (at_a_line,)), (at_a_line,), lines) == 1
    assert losses(Catalog(HEADER, (within,)), (within,), lines) == 0
    assert losses(Catalog(HEADER, (whole,)), (whole,), lines) == 0


def test_a_catalog_without_entries_has_lost_them_all():
    read = Catalog(HEADER, ())

    merged = (untranslated(ONE), untranslated(TWO))
    assert losses(read, merged, texts(ONE, TWO)) == 2


@pytest.mark.parametrize("kept", [1, 3])
def test_extract_tells_of_entries_that_were_cut_off(tmp_path, kept):
    root = make_site(tmp_path)
    publish(root, "extract")
    translate(root, TURKISH)
    publish(root, "extract")
    path = po_path(root)
    blocks = path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    path.write_text("\n\n".join(blocks[: 1 + kept]) + "\n", encoding="utf-8")
    lost = sum(not block.endswith('msgstr ""') for block in blocks[1 + kept :])

    told = publish(root, "extract")

    assert f"{lost} entries had words" in told.out
    assert "`publish recover articles/scalp` lists them" in told.out
    assert "had words" not in publish(root, "extract").out


def test_extract_tells_of_a_last_text_that_ends_after_a_line(tmp_path):
    root = make_site(tmp_path)
    publish(root, "extract")
    last = [m for m in catalog(root).messages if m.msgid in TURKISH][-1]
    translate(root, {last.msgid: LONG})
    publish(root, "extract")
    path = po_path(root)
    text = path.read_text(encoding="utf-8")
    start = text.index('"Yara yerini')
    path.write_text(text[: text.index("\n", start) + 1], encoding="utf-8")

    assert "1 entry had words" in publish(root, "extract").out
