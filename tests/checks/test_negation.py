import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.negation import _STRICT


@pytest.mark.parametrize("language", _STRICT)
def test_what_denies_for_sure_is_one_word(language):
    """Words are asked one by one, and nothing of several would be found."""
    pattern = _STRICT[language]

    @given(st.from_regex(pattern, fullmatch=True))
    def is_one_word(text):
        assert re.fullmatch(r"\w+", text)

    is_one_word()
