"""Number words: which words are numbers, and that their table cannot mistake one for another."""

from __future__ import annotations

import pytest

from leakcheck.text.number_words import NUMBER_WORDS, SLOT_MASK, number_word_table
from leakcheck.text.tokens import tokenise, word_hash


@pytest.mark.parametrize(
    "word", ["thousand", "million", "dozen", "half", "first", "once", "twin", "zeroth", "an"]
)
def test_is_no_number_word(word):
    assert word not in NUMBER_WORDS
    assert tokenise(word).hashes[0] == word_hash(word)


def test_a_table_in_which_two_words_collide_is_refused():
    with pytest.raises(ValueError, match="'one' collides with another; widen the table"):
        number_word_table(lambda word: 7)


@pytest.mark.parametrize(
    ("word", "digits"),
    [("zero", "0"), ("nine", "9"), ("nineteen", "19"), ("twenty", "20"), ("hundred", "100")],
)
def test_names_the_number(word, digits):
    assert NUMBER_WORDS[word] == digits


@pytest.mark.parametrize("word", NUMBER_WORDS)
def test_every_number_word_is_read_as_its_digits(word):
    assert tokenise(word).hashes.tolist() == tokenise(NUMBER_WORDS[word]).hashes.tolist()


def test_the_table_holds_each_word_at_its_lower_bits():
    table = number_word_table(word_hash)
    assert {
        int(table.words[slot]): int(table.numbers[slot])
        for slot in range(SLOT_MASK + 1)
        if table.words[slot]
    } == {word_hash(word): word_hash(digits) for word, digits in NUMBER_WORDS.items()}
