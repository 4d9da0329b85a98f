from bench.alike import differences, said

PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><title>Hair</title>
<link rel="canonical" href="https://clinic.example/en/hair/">
<script type="application/ld+json">{"a": 1, "b": 2}</script></head>
<body><p>Wash <strong>gently</strong>, <bdi dir="ltr">5 mg</bdi>.</p>
<a href="../care/index.html">Care</a></body></html>
"""
SAME = (
    PAGE.replace('{"a": 1, "b": 2}', '{"b":2,"a":1}')
    .replace('<bdi dir="ltr">5 mg</bdi>', "5 mg")
    .replace("../care/index.html", "/en/care/")
    .replace("/en/hair/", "/en/part-00/hair/")
)


def compared(tmp_path, other):
    for name, text in (("ours", PAGE), ("theirs", other)):
        (tmp_path / name).write_text(text, "utf-8")
    return list(differences(tmp_path / "ours", tmp_path / "theirs"))


def test_pages_that_say_the_same_in_other_ways_are_alike(tmp_path):
    assert compared(tmp_path, SAME) == []
    assert ("strong", "gently") in said(PAGE)


def test_what_only_one_page_says_is_told(tmp_path):
    (less,) = compared(tmp_path, PAGE.replace("<strong>gently</strong>", ""))[1:2]
    added = compared(tmp_path, PAGE.replace("Care</a>", 'Care</a><a href="#x">X</a>'))

    assert "gently" in less
    assert [each.startswith(f"only {tmp_path / 'theirs'}") for each in added] == [
        True,
        True,
    ]


def test_other_data_for_search_engines_is_told(tmp_path):
    assert len(compared(tmp_path, PAGE.replace('"a": 1', '"a": 3'))) == 2
