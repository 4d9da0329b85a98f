import sqlite3
import threading

import pytest

from pipeline.errors import StoreError
from pipeline.model.purchase import Kept, Label
from pipeline.store.bought import FILE, Bought

HAIR = Label("deep:google", "en", "tr", "Hair")


def test_a_good_answer_is_there_at_the_next_run(tmp_path):
    with Bought.open(tmp_path) as bought:
        assert bought.find(HAIR) is None
        bought.keep(HAIR, "Saç")
    with Bought.open(tmp_path) as bought:
        assert bought.find(HAIR) == Kept("Saç")
        for other in (
            Label("deep:libre", "en", "tr", "Hair"),
            Label("deep:google", "en", "ar", "Hair"),
            Label("deep:google", "de", "tr", "Hair"),
            Label("deep:google", "en", "tr", "hair"),
        ):
            assert bought.find(other) is None


def test_what_came_is_there_as_it_came_until_it_is_kept_or_dropped(tmp_path):
    with Bought.open(tmp_path) as bought:
        bought.arrived(HAIR, "<g>Saç", "tags")
        assert bought.find(HAIR) == Kept("<g>Saç", "tags")
        bought.keep(HAIR, "Saç")
        assert bought.find(HAIR) == Kept("Saç")
        bought.drop(HAIR)
        assert bought.find(HAIR) is None


def test_threads_take_turns(tmp_path):
    with Bought.open(tmp_path) as bought:

        def work(number):
            for each in range(50):
                label = Label("a", "en", "tr", f"{number} {each}")
                bought.arrived(label, "x", "tokens")

        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = [
            bought.find(Label("a", "en", "tr", f"{n} {each}"))
            for n in range(8)
            for each in range(50)
        ]
    assert set(found) == {Kept("x", "tokens")}


def test_an_answer_is_seen_by_another_process_at_once(tmp_path):
    with Bought.open(tmp_path) as bought:
        bought.arrived(HAIR, "Saç", "tokens")
        other = sqlite3.connect(tmp_path / FILE)
        assert other.execute("select answer from bought").fetchall() == [("Saç",)]
        other.close()


def test_one_that_is_closed_is_a_store_error(tmp_path):
    with Bought.open(tmp_path) as bought:
        pass
    with pytest.raises(StoreError):
        bought.arrived(HAIR, "Saç", "tokens")


def test_a_damaged_file_is_moved_aside_and_said(tmp_path):
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text("not a database " * 100, encoding="utf-8")
    with Bought.open(tmp_path) as bought:
        assert "damaged" in bought.warning
        bought.keep(HAIR, "Saç")
        assert bought.find(HAIR) == Kept("Saç")
