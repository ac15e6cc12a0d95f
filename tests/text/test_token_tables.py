"""The tables of the tokeniser are shared, so nothing may write to them."""

from __future__ import annotations

import pytest

from leakcheck.text.token_tables import TokenTables, load_token_tables


@pytest.mark.parametrize("name", TokenTables._fields)
def test_no_table_can_be_written_to(name):
    table = getattr(load_token_tables(), name)
    with pytest.raises(ValueError, match="read-only"):
        table[0] = 1


def test_the_tables_are_loaded_once():
    assert load_token_tables() is load_token_tables()
