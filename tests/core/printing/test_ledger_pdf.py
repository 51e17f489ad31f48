"""A printed book, read back as a person would read it."""

import re
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ojr_desk.ledger import Heading, Ledger, Measure
from ojr_desk.printing.fonts import NoGlyph, missing
from ojr_desk.printing.ledger_pdf import Printed, write
from ojr_desk.printing.page import LEFT, RIGHT
from ojr_desk.printing.paper import A4, A4_LANDSCAPE
from ojr_desk.problems import Cancelled, NoRoom, Refused
from tests.core.printing.reading import bare, glyphs, has, heights, ledger, numbered, records, texts

LONG = "反映三垟街道路口路灯不亮，夜间出行不安全，请求尽快修复；联系电话 0577-66668888。"
CELL = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
        st.characters(min_codepoint=0x20000, max_codepoint=0x2A6D6),
        st.sampled_from("，。；：（）“”《》、！？0123456789ABCabc%/: \n"),
    ),
    max_size=60,
).filter(lambda text: not missing(text))


def subtotals(pages: Sequence[str]) -> list[tuple[int, int]]:
    """Return what each page adds up: pieces and characters."""
    found = (re.findall(r"本页小计：来访(\d+)件(\d+)字", page) for page in pages)
    return [(int(pieces), int(characters)) for page in found for pieces, characters in page]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL), max_size=40))
def test_every_cell_is_copied_out_of_its_own_place(tmp_path: Path, cells: list[tuple[str, str]]) -> None:
    rows = [(str(at), name, content, "11-22 09:30") for at, (name, content) in enumerate(cells, start=1)]
    book = ledger(rows)
    write([book], tmp_path / "book.pdf")
    assert records(tmp_path / "book.pdf", book) == [[bare(text) for text in row] for row in rows]


def test_three_thousand_records_are_all_there_once_and_add_up(tmp_path: Path) -> None:
    book = ledger(numbered([LONG[at % 7 :] * (1 + at % 4) for at in range(3000)]))
    path = tmp_path / "book.pdf"
    done: list[tuple[int, int]] = []
    printed = write([book], path, lambda count, total: done.append((count, total)))
    pages = texts(path)
    assert records(path, book) == [[bare(text) for text in row] for row in book.rows]
    assert len(pages) == printed.pages
    added = subtotals(pages)
    assert len(added) == printed.pages
    assert sum(pieces for pieces, _ in added) == 3000
    assert sum(characters for _, characters in added) == sum(book.measures[1].values)
    assert done[0] == (0, 6001)
    assert done[-1] == (6001, 6001)
    assert done == sorted(done)


def test_every_page_has_its_head_its_number_and_its_signatures(tmp_path: Path) -> None:
    book = ledger(numbered([LONG] * 60))
    path = tmp_path / "book.pdf"
    write([book], path)
    pages = texts(path)
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "序号姓名主要内容时间" in page
        assert f"第{number}页共{len(pages)}页" in page
        assert book.title in page
        assert "（2026年11月）" in page
        assert all(bare(text) in page for text in book.signatures)
        assert "校验码3F9A12C4" in page
        assert bare(book.foot) in page
        assert ("（续）" in page) == (number > 1)
        assert ("填报单位（盖章）：霞垟村" in page) == (number == 1)


def test_what_closes_a_month_stands_on_its_last_page_only(tmp_path: Path) -> None:
    book = ledger(
        numbered([LONG] * 60),
        closing=("办结率 94.6%", "本年累计：来访 412 件"),
        amendments=("LF-202610-0012 「满意度」由「未评价」更正为「满意」",),
    )
    path = tmp_path / "book.pdf"
    write([book], path)
    *others, last = texts(path)
    for told in (*book.closing, *book.amendments, "本月合计：来访 60 件", "上期更正：", "以下空白"):
        assert bare(told) in last
        assert not any(bare(told) in page for page in others)


def test_a_full_month_ends_without_an_empty_row(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    seen = set()
    for count in range(12, 26):
        write([ledger(numbered(["短"] * count))], path)
        pages = texts(path)
        seen.add((len(pages), "以下空白" in pages[-1]))
        assert sum("以下空白" in page for page in pages) <= 1
        assert subtotals(pages)[-1][0] > 0
    assert {(1, True), (2, True)} <= seen


def test_an_empty_book_says_so(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    assert write([ledger()], path) == Printed(1, (1,))
    (page,) = texts(path)
    assert "本月无以下空白" in page
    assert "本页小计：来访0件0字" in page
    assert "本月合计：来访0件0字" in page
    assert "第1页共1页" in page


def test_a_book_without_measures_counts_its_records(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    write([ledger(numbered(["甲", "乙"]), measures=())], path)
    assert "本页小计：2条本月合计：2条" in texts(path)[0]


def test_a_record_taller_than_a_page_goes_on_overleaf_and_loses_nothing(tmp_path: Path) -> None:
    tall = "".join(f"第{at}句，" for at in range(1500))
    book = ledger(numbered(["短", tall, "短", "短"]))
    path = tmp_path / "book.pdf"
    printed = write([book], path)
    assert printed.pages > 3
    pages = texts(path)
    shown = records(path, book)
    assert "".join(row[2] for row in shown) == bare("短" + tall + "短短")
    assert [row[0] for row in shown if row[0] != "续"] == ["1", "2", "3", "4"]
    assert sum(row[0] == "续" for row in shown) >= 2
    assert sum(pieces for pieces, _ in subtotals(pages)) == 4


def test_nothing_stands_in_the_margins(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    unbroken = "https://www.example.gov.cn/" + "a" * 300
    book = ledger(
        numbered([unbroken, LONG * 9]),
        title="特别长的中心名称" * 9,
        facts=("说明" * 90, "第二", "第三"),
        signatures=("签字（盖章）：" * 20, "甲：", "乙：", "丙：", "丁："),
        foot="很长的脚注" * 40,
        closing=("合计说明" * 50,),
    )
    for landscape, (width, height) in ((True, A4_LANDSCAPE), (False, A4)):
        shaped = replace(book, landscape=landscape)
        write([shaped], path)
        assert "".join(row[2] for row in records(path, shaped)) == bare(unbroken + LONG * 9)
        for page in glyphs(path):
            for glyph in page:
                assert LEFT - 1 < glyph.left < glyph.right < width - RIGHT + 1
                assert 20 < glyph.bottom < glyph.top < height - 30


def test_records_do_not_run_into_each_other(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    book = ledger(numbered([LONG * (1 + at % 3) for at in range(40)]))
    write([book], path)
    for page in heights(path, book):
        for (above, _), (_, below) in pairwise(page):
            assert above > below + 2


def test_a_stack_is_one_file_with_page_numbers_of_each_book(tmp_path: Path) -> None:
    path = tmp_path / "stack.pdf"
    books = [
        ledger(numbered([LONG] * 30), title="来访台账"),
        ledger(title="来电台账"),
        ledger(numbered(["𠮷"] * 3), title="来信台账", landscape=False),
    ]
    printed = write(books, path)
    pages = texts(path)
    assert len(pages) == printed.pages
    first, second, third = printed.page_of_each
    assert (first, second, third) == (1, printed.pages - 1, printed.pages)
    assert f"第1页共{second - 1}页" in pages[0]
    assert "第1页共1页" in pages[second - 1]
    assert "来信台账" in pages[third - 1]


def test_a_complaint_about_a_stack_names_the_book(tmp_path: Path) -> None:
    with pytest.raises(NoGlyph, match="第 2 本，第 1 行「主要内容」里的「😀」"):
        write([ledger(), ledger(numbered(["😀"]))], tmp_path / "stack.pdf")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_stack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有选中"):
        write([], tmp_path / "stack.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    book = ledger(numbered([LONG, "𠮷"]), watermark="公示样张")
    write([book], tmp_path / "one.pdf")
    write([book], tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_two_books_may_be_printed_at_once(tmp_path: Path) -> None:
    books = [ledger(numbered([LONG + "𠮷" * at] * 50), title=f"第{at}本") for at in range(4)]
    for at, book in enumerate(books):
        write([book], tmp_path / f"alone{at}.pdf")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda at: write([books[at]], tmp_path / f"beside{at}.pdf"), range(4)))
    for at in range(4):
        assert (tmp_path / f"alone{at}.pdf").read_bytes() == (tmp_path / f"beside{at}.pdf").read_bytes()


def test_a_watermark_lies_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    write([ledger(numbered([LONG] * 30), watermark="公示样张")], path)
    assert all(page.startswith("公示样张") for page in texts(path))


def test_a_character_without_a_glyph_is_told_by_row_and_heading(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(b"last month's")
    with pytest.raises(NoGlyph) as caught:
        write([ledger(numbered(["甲", "路灯😀不亮", "乙\ud83d"]))], path)
    first, second = caught.value.problems
    assert first.message.startswith("第 2 行「主要内容」里的「😀」（U+1F600）没有字形")
    assert (first.row, second.row) == (2, 3)
    assert path.read_bytes() == b"last month's"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "book",
    [
        ledger(title="台账😀"),
        ledger(period="😀"),
        ledger(facts=("😀",)),
        ledger(headings=(Heading("😀", 20),)),
        ledger(measures=(Measure("😀", "件", ()),)),
        ledger(closing=("😀",)),
        ledger(amendments=("😀",)),
        ledger(signatures=("😀",)),
        ledger(foot="😀"),
        ledger(code="😀"),
        ledger(watermark="😀"),
    ],
)
def test_a_missing_glyph_around_the_table_is_told_too(tmp_path: Path, book: Ledger) -> None:
    with pytest.raises(NoGlyph, match="没有字形"):
        write([book], tmp_path / "book.pdf")


def test_controls_and_odd_spaces_do_not_reach_the_paper(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    book = ledger(
        numbered(["\u202e一\x00二\u200b\r\n三\x0b四\t五"]), title="台\u200b账", facts=("单位：\n件",)
    )
    write([book], path)
    shown = records(path, replace(book, title="台账"))
    assert shown == [["1", "林𠮷华", "一二三四五", "11-2209:30"]]
    assert texts(path)[0].startswith("台账")


def test_new_lines_in_a_cell_are_new_lines_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    write([ledger(numbered(["甲\n\n乙"]))], path)
    (page,) = glyphs(path)
    first, second = (next(glyph for glyph in page if glyph.character == each) for each in "甲乙")
    assert first.left == pytest.approx(second.left, abs=2)
    assert first.bottom - second.bottom == pytest.approx(2 * 10.5 * 1.3, abs=1.5)


def test_numbers_end_at_the_right(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    headings = (Heading("项目", 100), Heading("金额", 40, right=True))
    book = ledger([("甲", "1,200.00"), ("乙", "5.00")], headings=headings, measures=())
    write([book], path)
    ends = [glyph.right for page in glyphs(path) for glyph in page if glyph.character == "0"]
    assert len({round(end) for end in ends}) > 1
    assert max(ends) == pytest.approx(A4_LANDSCAPE[0] - RIGHT - 2.8, abs=1)


def test_many_measures_wrap_and_stay_in_the_table(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    kinds = tuple(Measure(f"第{at}类", "件", (at, at), aside=True) for at in range(1, 80))
    write([ledger(numbered(["甲", "乙"]), measures=(Measure("来访", "件", (1, 1)), *kinds))], path)
    (page,) = texts(path)
    assert "第79类158件" in page
    assert page.count("第79类158件") == 2


def test_amendments_that_fill_pages_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    amendments = tuple(f"LF-202610-{at:04d} 更正为第{at}种" for at in range(300))
    write([ledger(numbered(["甲"]), amendments=amendments)], path)
    pages = texts(path)
    assert len(pages) > 3
    for at in range(300):
        assert sum(f"更正为第{at}种" in page for page in pages) == 1
    assert all("序号姓名主要内容时间" in page for page in pages)


def test_words_around_the_table_that_leave_no_room_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="太长"):
        write([ledger(numbered(["甲"]), facts=("说明" * 3000,))], tmp_path / "book.pdf")
    assert list(tmp_path.iterdir()) == []


def test_stopping_leaves_no_file(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write([ledger(numbered([LONG] * 500))], tmp_path / "book.pdf", stop)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match="没有存成"):
        write([ledger()], tmp_path / "没有" / "book.pdf")


@pytest.mark.skipif(not has("qpdf"), reason="qpdf is a second opinion")
def test_a_stack_is_well_formed(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    write([ledger(numbered([LONG] * 50), watermark="样张𠮷"), ledger(), ledger(landscape=False)], path)
    checked = subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
