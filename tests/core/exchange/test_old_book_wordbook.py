"""Words for choices: what is not known is named, what a person says of a word holds."""

from ojr_desk.exchange.old_book_headings import Target
from ojr_desk.exchange.old_book_wordbook import Word, Wordbook
from ojr_desk.register import Choice, Choices, Column

COLOURS = {"red": "红", "green": "绿"}
ONE = Target("colour", Column("颜色", Choice(choices=COLOURS), name="colour"))
MANY = Target("colours", Column("几种颜色", Choices(choices=COLOURS), name="colours"))
OTHER = Target("tone", Column("色调", Choice(choices={"warm": "暖"}), name="tone"))


def test_a_known_word_is_not_worth_a_question() -> None:
    words = Wordbook({})
    words.meet([ONE], "红")
    assert (words.code(ONE, "红"), words.words()) == ("red", ())


def test_an_unknown_word_is_counted_and_a_second_reading_counts_from_the_beginning() -> None:
    words = Wordbook({})
    for _row in range(3):
        words.meet([ONE], "紫")
    assert words.words() == (Word(("colour",), "紫", 3, None),)
    words.forget()
    words.meet([ONE], "紫")
    assert words.words()[0].rows == 1


def test_of_a_list_of_words_each_is_asked_for_by_itself() -> None:
    words = Wordbook({"colours": {"大红": "red"}})
    words.meet([MANY], "大红、绿、紫")
    assert words.code(MANY, "大红、绿") == "red,green"
    assert words.code(MANY, "大红、紫") is None
    assert words.words() == (Word(("colours",), "大红", 1, "red"), Word(("colours",), "紫", 1, None))


def test_a_word_of_a_list_that_is_left_out_leaves_the_others() -> None:
    words = Wordbook({"colours": {"紫": ""}})
    assert words.code(MANY, "绿；紫") == "green"
    assert words.code(MANY, "紫") == ""


def test_a_word_for_several_columns_is_known_once_one_of_them_knows_it() -> None:
    words = Wordbook({"tone": {"火热": "warm"}})
    words.meet([ONE, OTHER], "火热")
    words.meet([ONE, OTHER], "怪")
    assert words.words() == (
        Word(("colour", "tone"), "火热", 1, "warm"),
        Word(("colour", "tone"), "怪", 1, None),
    )


def test_what_was_said_to_mean_nothing_known_is_still_unknown() -> None:
    words = Wordbook({"colour": {"紫": "没有的"}})
    words.meet([ONE], "紫")
    assert (words.code(ONE, "紫"), words.words()) == (None, (Word(("colour",), "紫", 1, None),))
