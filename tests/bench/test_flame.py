from bench.flame import compose_svg, parts, read_stacks

STACKS = """\
<module> (publish:8);build (pipeline/workflow/build.py:1);check (pipeline/check.py:1) 50
build (pipeline/workflow/build.py:1);check (pipeline/check.py:1);parse (pipeline/po/parse.py:1) 10
build (pipeline/workflow/build.py:1);parse (pipeline/po/parse.py:1) 20
build (pipeline/workflow/build.py:1);_find_and_load (<frozen importlib>);x (y.py:1) 15
build (pipeline/workflow/build.py:1) 5
"""


def test_each_sample_is_of_one_part_of_the_work():
    found = parts(read_stacks(STACKS))

    assert {part: share for part, share in found.items() if share} == {
        "the checks": 0.6,
        "catalogs, read": 0.2,
        "imports": 0.15,
        "all else": 0.05,
    }


def test_a_bar_is_as_wide_as_its_share():
    picture = compose_svg(read_stacks(STACKS))

    assert "<title>check: check 60.0%</title>" in picture
    assert 'width="719.5"' in picture
