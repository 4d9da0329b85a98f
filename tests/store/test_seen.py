"""What was seen is read as it was written, and nothing else is."""

import pytest

from pipeline.store.seen import Seen

HEAD = (
    b'{"key": "k", "started": 5, "around": [1], "said": null, "ledger": "m",'
    b' "inputs": [["a", "b"], [1, 2], [3, 4]], "outputs": [["c"], [5], [6]]}'
)
LATER = (
    b'{"started": 7, "said": [[], ["n"]], "ledger": "o", "gone": ["b"], "lost": ["c"],'
    b' "inputs": [["a"], [8], [9]], "outputs": [["d"], [0], [0]]}'
)


def test_a_line_for_each_build_since_holds_instead():
    text = HEAD + b'\n{"x": 1}\n' + LATER + b"\n"

    seen = Seen(text)

    assert (seen.key, seen.started, seen.ledger) == ("k", 7, "o")
    assert repr(seen.said) == "[[], ['n']]"
    assert seen.inputs == {"a": (8, 9)}
    assert seen.outputs == {"d": (0, 0)}
    assert (seen.report, seen.later, seen.size) == (b'{"x": 1}', 1, len(text))


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD + b"\n{}",
        HEAD + b"\n{}\n" + LATER,
        HEAD + b"\n{}\n" + LATER[:40] + b"\n",
        HEAD + b"\n{}\n" + b"[]\n",
        HEAD + b"\n{}\n" + LATER + b"\n" + LATER + b"\n",
        HEAD.replace(b"[5]", b"[]") + b"\n{}\n",
    ],
)
def test_what_is_not_whole_or_does_not_fit_is_refused(text):
    with pytest.raises((ValueError, KeyError, TypeError)):
        Seen(text)
