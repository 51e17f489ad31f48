"""Loading an old book: the plan stores nothing, the act is whole, twice is once, what is refused comes back."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ojr_desk.desk import Desk
from ojr_desk.desk.loading import Hints, Loading, Wishes, beside
from ojr_desk.exchange.gate import admit
from ojr_desk.exchange.old_book import key_of
from ojr_desk.exchange.old_book_headings import Vocabulary
from ojr_desk.exchange.old_book_table import find as find_table
from ojr_desk.exchange.password import encrypt
from ojr_desk.exchange.reading import read_workbook
from ojr_desk.moments import Month
from ojr_desk.problems import Cancelled, Locked, NoRoom, NotOurs, Refused
from ojr_desk.register import Choice
from ojr_desk.store.query import Query
from tests.office import add, run_sql, visit

HEADS = ("日期", "姓名", "电话", "事由", "类别", "办理情况", "经办人")
GOOD = (
    ("2026.3.8", "张三", "13805770001", "询问低保怎么申请", "低保", "已办结", "王芳"),
    ("2026.3.9", "李四", "13805770002", "门口路灯不亮了", "路灯", "已报供电所", "王芳"),
)
BAD = ("2026.3.10", "王五", "13805770003", "想借会议室", "场地", "同意", "不认识")
Book = Callable[..., Path]


@pytest.fixture
def village(desk: Desk) -> Desk:
    """An office with a clerk."""
    add(desk, "staff", {"full_name": "王芳"})
    return desk


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Make an old book of one sheet by XlsxWriter."""

    def made(
        *rows: Sequence[object], heads: Sequence[str] = HEADS, name: str = "来访.xlsx", tab: str = "来访"
    ) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet(tab)
            for number, row in enumerate((heads, *rows)):
                for place, value in enumerate(row):
                    sheet.write(number, place, value)
        return path

    return made


def found(desk: Desk, code: str = "intake") -> list[Any]:
    return sorted(desk.registers.find(code, Query(), 1000).records, key=lambda each: each.record_no)


def cells(path: Path) -> list[tuple[Any, ...]]:
    (sheet,) = read_workbook(admit(path)).sheets
    return [row for _number, row in sheet.rows]


def codes(done: Loading) -> list[tuple[int | None, str | None, str]]:
    return [(each.row, each.column, each.code) for each in done.problems]


def state(desk: Desk) -> Any:
    """Everything that a plan might have left behind."""
    tables = ("intake", "person", "old_row", "old_headings", "number_counter", "history")
    return [run_sql(desk, f"SELECT * FROM {table}") for table in tables]


def test_a_plan_tells_all_and_stores_nothing(village: Desk, book: Book, tmp_path: Path) -> None:
    before, files = state(village), sorted(tmp_path.rglob("*.xlsx"))
    path = book(*GOOD, BAD, ("合计",))
    plan = village.old_books.plan("intake", path)
    assert (plan.rows, plan.accepted, plan.refused, plan.there) == (3, 2, 1, 0)
    assert plan.matched["日期"] == "occurred_at"
    assert plan.sheets[0].letters["日期"] == "A"
    assert plan.sheets[0].heading_rows == (1,)
    assert [(each.number, each.why) for each in plan.sheets[0].skipped] == [(5, "合计")]
    assert (4, "received_by", "no_such_record") in codes(plan)
    assert (plan.stored, plan.rejects) == ((), None)
    assert state(village) == before
    assert sorted(tmp_path.rglob("*.xlsx")) == [*files, path]


def test_what_is_accepted_is_stored_in_one_act_of_its_name(village: Desk, book: Book) -> None:
    done = village.old_books.load("intake", book(*GOOD))
    records = found(village)
    assert done.stored == tuple(each.uid for each in records)
    assert [each.record_no for each in records] == ["LF-202603-0001", "LF-202603-0002"]
    assert {each.is_backfilled for each in records} == {True}
    assert {each.backfill_reason for each in records} == {"earlier"}
    acts = run_sql(village, "SELECT DISTINCT act, deed FROM history WHERE register IN ('intake', 'person')")
    assert [act for act, _deed in acts] == ["load intake"]
    assert len(acts) == 1
    assert [each.full_name for each in found(village, "person")] == ["张三", "李四"]


def test_the_whole_of_it_can_be_undone_and_loaded_again(village: Desk, book: Book) -> None:
    path = book(*GOOD)
    village.old_books.load("intake", path)
    offer = village.undo.last()
    assert offer is not None
    village.undo.take_back(offer.deed)
    assert {each.record_status for each in found(village)} == {"void"}
    assert village.old_books.load("intake", path).accepted == 2


def test_the_book_loaded_last_is_offered_to_be_undone_after_other_deeds_too(
    village: Desk, book: Book
) -> None:
    assert village.old_books.last("intake") is None
    village.old_books.load("intake", book(GOOD[0]))
    village.old_books.load("intake", book(GOOD[1]))
    add(village, "intake", visit())
    offer = village.old_books.last("intake")
    assert offer is not None
    assert offer.words.endswith("补录的 1 条")
    assert len(village.undo.take_back(offer.deed).back) == 2, "the visit and who came"
    # Then the one before it, as long as anything is left of it.
    earlier = village.old_books.last("intake")
    assert earlier is not None
    assert earlier.deed < offer.deed
    village.undo.take_back(earlier.deed)
    assert village.old_books.last("intake") is None
    assert village.old_books.last("venue") is None


def test_the_same_book_twice_is_once(village: Desk, book: Book) -> None:
    path = book(*GOOD, BAD)
    village.old_books.load("intake", path)
    again = village.old_books.plan("intake", path)
    assert (again.rows, again.accepted, again.there, again.refused) == (3, 0, 2, 1)
    assert village.old_books.load("intake", path).there == 2
    assert len(found(village)) == 2


def test_rows_are_known_again_in_another_book_and_one_more_of_the_same_is_one_more(
    village: Desk, book: Book
) -> None:
    village.old_books.load("intake", book(*GOOD))
    shuffled = book(*(row[::-1] for row in (*GOOD[::-1], GOOD[0])), heads=HEADS[::-1], name="另存.xlsx")
    done = village.old_books.load("intake", shuffled)
    assert (done.rows, done.there, done.accepted) == (3, 2, 1)


def test_who_insists_gets_them_again(village: Desk, book: Book) -> None:
    path = book(*GOOD)
    village.old_books.load("intake", path)
    assert village.old_books.load("intake", path, Wishes(again=True)).accepted == 2
    assert len(found(village)) == 4


def test_another_office_does_not_know_the_rows(village: Desk, book: Book, superior: Desk) -> None:
    village.old_books.load("intake", book(*GOOD))
    digests = set(run_sql(village, "SELECT digest FROM old_row"))
    assert len(digests) == 2
    add(superior, "staff", {"full_name": "王芳"})
    superior.old_books.load("intake", book(*GOOD))
    assert digests.isdisjoint(run_sql(superior, "SELECT digest FROM old_row"))


def test_what_is_refused_comes_back_with_the_reason_and_can_be_put_right(village: Desk, book: Book) -> None:
    path = book(*GOOD, BAD)
    done = village.old_books.load("intake", path)
    assert done.rejects == path.with_name("来访（退回）.xlsx")
    title, heads, row = cells(done.rejects)
    assert title == ("来访",)
    assert heads == (*HEADS, "原因")
    assert row[:-1] == ("2026-03-10", *BAD[1:])
    assert row[-1] == "G列“经办人”：没有登记过“不认识”，请先登记，或检查写法"
    add(village, "staff", {"full_name": "不认识"})
    right = village.old_books.load("intake", done.rejects)
    assert (right.accepted, right.refused, right.rejects) == (1, 0, None)
    assert village.old_books.plan("intake", path).there == 3
    assert len(found(village)) == 3


def test_a_row_that_is_refused_leaves_nobody_behind(village: Desk, book: Book) -> None:
    path = book(BAD, ("2026.3.11", "赵六", "", "写", "低保", "好", "王芳"), GOOD[0])
    done = village.old_books.load("intake", path)
    assert done.accepted == 1
    assert [each.full_name for each in found(village, "person")] == ["张三"]
    assert [each.record_no for each in found(village)] == ["LF-202603-0001"]
    assert village.months.state(Month(2026, 3)).gaps == ()


def test_rows_of_a_closed_month_are_refused_with_the_way_out(village: Desk, book: Book) -> None:
    village.months.close(Month(2026, 3))
    path = book(*GOOD, ("2026.4.1", "王五", "", "想借会议室", "场地", "同意", "王芳"))
    done = village.old_books.load("intake", path)
    assert codes(done) == [(2, "occurred_at", "closed_month"), (3, "occurred_at", "closed_month")]
    assert "3月已经结账" in done.problems[0].message
    assert [each.record_no for each in found(village)] == ["LF-202604-0001"]


def test_what_no_column_tells_may_be_given_and_never_replaces_what_stands_there(
    village: Desk, book: Book
) -> None:
    heads = ("日期", "姓名", "事由", "类别", "答复")
    path = book(
        ("2026.3.8", "张三", "问低保怎么办", "", "讲了"),
        ("2026.3.9", "李四", "路灯不亮了", "路灯", ""),
        heads=heads,
    )
    assert village.old_books.plan(
        "intake", book(*[row[:3] for row in [("2026.3.8", "张三", "x")]], heads=heads[:3], name="b.xlsx")
    ).missing == ("matter_category",)
    wishes = Wishes(defaults={"matter_category": "其他", "reply_content": "（没有写）"})
    assert village.old_books.load("intake", path, wishes).problems == ()
    assert [(each.matter_category, each.reply_content) for each in found(village)] == [
        ("other", "讲了"), ("facilities.road", "（没有写）"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        (Wishes(defaults={"weather": "晴"}), "没有“weather”这一栏"),
        (Wishes(defaults={"record_no": "1"}), "没有“record_no”这一栏"),
        (Wishes(defaults={"matter_category": "天气"}), "事项类别：没有“天气”这一项"),
        (Wishes(reason="long ago"), "补录原因：没有“long ago”这一项"),
        (Wishes(Hints(columns={"日期": "record_no"})), "没有“record_no”这一栏"),
    ],
)
def test_a_wish_that_cannot_be_granted_is_told_before_anything_is_done(
    village: Desk, book: Book, wishes: Wishes, message: str
) -> None:
    before = state(village)
    for act in (village.old_books.plan, village.old_books.load):
        with pytest.raises(Refused, match=message):
            act("intake", book(*GOOD), wishes)
    assert state(village) == before


def test_what_is_not_told_is_not_taken_from_today(village: Desk, book: Book) -> None:
    village.sit_down("王芳")
    row = ("", "张三", "13805770001", "询问低保怎么申请", "低保", "已办结", "")
    done = village.old_books.load("intake", book(row, (GOOD[0][0], *row[1:])))
    assert codes(done) == [(2, "occurred_at", "required")]
    assert [each.received_by for each in found(village)] == [None]


def test_a_row_of_today_is_no_late_one(village: Desk, book: Book) -> None:
    village.old_books.load("intake", book(("2026.11.22", *GOOD[0][1:]), ("2026.11.21", *GOOD[1][1:])))
    assert [(each.is_backfilled, each.backfill_reason) for each in found(village)] == [
        (False, None),
        (True, "earlier"),
    ]


def test_another_reason_for_lateness_is_kept(village: Desk, book: Book) -> None:
    village.old_books.load("intake", book(*GOOD), Wishes(reason="paper"))
    assert {each.backfill_reason for each in found(village)} == {"paper"}


HEADINGS = ("什么时候", "谁", "要什么", "属于", "怎么办的")
STRANGE = (("2026.3.8", "张三", "问低保怎么办", "五保", "讲了条件"),)
SAID = {
    "什么时候": "occurred_at",
    "谁": "person",
    "要什么": "content",
    "属于": "matter_category",
    "怎么办的": "reply_content",
}


def test_a_book_without_known_headings_is_told_with_what_they_might_be(village: Desk, book: Book) -> None:
    path = book(*STRANGE, heads=HEADINGS)
    for done in (village.old_books.plan("intake", path), village.old_books.load("intake", path)):
        assert codes(done) == [(None, None, "no_table")]
        assert done.unknown == HEADINGS
        assert (done.rows, done.stored, done.rejects) == (0, (), None)


def test_what_a_person_said_of_headings_and_words_is_remembered_for_these_headings(
    village: Desk, book: Book
) -> None:
    path = book(*STRANGE, heads=HEADINGS)
    wishes = Wishes(Hints(SAID, {"matter_category": {"五保": "民政·低保救助"}}))
    village.old_books.plan("intake", path, wishes)
    assert village.old_books.plan("intake", path).sheets == (), "a plan is no promise"
    assert village.old_books.load("intake", path, wishes).problems == ()
    later = book(
        ("2026.3.9", "李四", "问五保待遇", "五保", "讲了"), heads=(*HEADINGS[::-1],)[::-1], name="四月.xlsx"
    )
    done = village.old_books.load("intake", later)
    assert (done.accepted, done.problems) == (1, ())
    assert [each.matter_category for each in found(village)] == ["civil.relief"] * 2
    other = book(("2026.3.9", "李四", "问五保待遇", "五保"), heads=HEADINGS[:4], name="别的.xlsx")
    assert "谁" not in village.old_books.plan("intake", other).matched


def test_what_is_said_now_goes_before_what_was_said_then(village: Desk, book: Book) -> None:
    heads = ("日期", "姓名", "事由", "网格员", "类别", "答复")
    row = ("2026.3.8", "张三", "问低保怎么办", "李四", "低保", "讲了")
    village.old_books.load("intake", book(row, heads=heads), Wishes(Hints({"网格员": "remark"})))
    assert found(village)[0].remark == "网格员：李四"
    plan = village.old_books.plan("intake", book(row, heads=heads), Wishes(Hints({"网格员": ""})))
    assert "网格员" not in plan.matched
    assert "网格员" not in plan.unknown


def test_the_offices_own_words_for_matters_are_understood(village: Desk, book: Book) -> None:
    village.registers.add("category", [{"matter": "民政·养老服务", "aliases": "敬老、长者食堂"}])
    done = village.old_books.load("intake", book((*GOOD[0][:4], "长者食堂", *GOOD[0][5:])))
    assert (done.problems, found(village)[0].matter_category) == ((), "civil.elder")


def told_words(done: Loading) -> list[tuple[tuple[str, ...], str, int, str | None]]:
    return [(each.columns, each.text, each.rows, each.meant) for sheet in done.sheets for each in sheet.words]


def test_a_word_for_a_choice_that_nobody_knows_is_named_explained_once_and_known_from_then_on(
    village: Desk, book: Book
) -> None:
    heads = (*HEADS[:-1], "方式")
    rows = [(*row[:-1], "自己上门") for row in GOOD] + [
        (*GOOD[0][:3], "另外再问一件事", *GOOD[0][4:6], "来电")
    ]
    path = book(*rows, heads=heads)
    plan = village.old_books.plan("intake", path)
    assert told_words(plan) == [(("channel",), "自己上门", 2, None)]
    assert (plan.accepted, {each.code for each in plan.problems}) == (1, {"unknown_choice"})
    wishes = Wishes(Hints(words={"channel": {"自己上门": "visit"}}))
    plan = village.old_books.plan("intake", path, wishes)
    assert told_words(plan) == [(("channel",), "自己上门", 2, "visit")]
    assert village.old_books.load("intake", path, wishes).accepted == 3
    # Another table, other headings: the word means the same in this office.
    later = book(
        ("2026.4.1", "赵六", "问医保报销的事", "医保", "已办结", "自己上门"),
        heads=("日期", "姓名", "事由", "类别", "办理情况", "方式"),
    )
    plan = village.old_books.plan("intake", later)
    assert (plan.accepted, told_words(plan)) == (1, [(("channel",), "自己上门", 1, "visit")])
    # And whoever was mistaken says it anew.
    wishes = Wishes(Hints(words={"channel": {"自己上门": "letter"}}))
    assert village.old_books.load("intake", later, wishes).accepted == 1
    assert [each.channel for each in found(village) if each.occurred_at.month == 4] == ["letter"]


def test_a_word_that_is_to_be_left_out_fills_nothing(village: Desk, book: Book) -> None:
    path = book((*GOOD[0][:-1], "顺路"), heads=(*HEADS[:-1], "方式"))
    wishes = Wishes(Hints(words={"channel": {"顺路": ""}}), {"channel": "visit"})
    plan = village.old_books.plan("intake", path, wishes)
    assert (plan.accepted, told_words(plan)) == (1, [(("channel",), "顺路", 1, "")])
    assert village.old_books.load("intake", path, wishes).accepted == 1
    assert told_words(village.old_books.plan("intake", path, Wishes(again=True))) == [
        (("channel",), "顺路", 1, "")
    ]


def test_a_word_under_a_heading_for_several_columns_may_belong_to_any_of_them(
    village: Desk, book: Book
) -> None:
    path = book((*GOOD[0][:4], "一般般", *GOOD[0][5:]), heads=(*HEADS[:4], "类型", *HEADS[5:]))
    (word,) = village.old_books.plan("intake", path).sheets[0].words
    assert (word.text, word.meant, len(word.columns) > 1) == ("一般般", None, True)
    said = Hints(words={word.columns[1]: {"一般般": next(iter(choices(village, word.columns[1])))}})
    (word,) = village.old_books.plan("intake", path, Wishes(said)).sheets[0].words
    assert word.meant is not None


def choices(desk: Desk, name: str) -> Any:
    kind = desk.registers.named("intake").by_name[name].kind
    assert isinstance(kind, Choice)
    return kind.offered


def test_what_was_said_of_a_pasted_table_is_remembered_for_a_book_as_well(village: Desk, book: Book) -> None:
    path = book(*STRANGE, heads=HEADINGS)
    (sheet,) = read_workbook(admit(path)).sheets
    table = find_table(sheet, Vocabulary(village.registers.named("intake"), SAID))
    assert table is not None
    before = village.undo.last()
    village.old_books.remember("intake", key_of(table.heads), Hints(SAID))
    words = Hints(words={"matter_category": {"五保": "civil.relief"}})
    village.old_books.remember("intake", key_of(table.heads), words)
    assert village.old_books.memory("intake").tables[key_of(table.heads)] == Hints(SAID, words.words)
    assert village.old_books.plan("intake", path).accepted == 1
    assert village.undo.last() == before, "nothing of a record was changed"


def test_who_would_be_a_new_person_is_known_before(village: Desk, book: Book) -> None:
    rows = [
        ("2026.3.8", "张三", "13805770001", "询问低保怎么申请", "低保", "好", ""),
        ("2026.3.9", "张三", "", "又来问低保", "低保", "好", ""),
        ("2026.3.10", "张 三", "13805770002", "问的是另一件", "低保", "好", ""),
        ("2026.3.11", "张三", "", "不知道是哪个", "低保", "好", ""),
        ("2026.3.12", "张三", "12", "电话不对的人", "低保", "好", ""),
    ]
    path = book(*rows)
    plan, done = village.old_books.plan("intake", path), village.old_books.load("intake", path)
    assert codes(plan) == codes(done) == [(5, "person", "ambiguous_link"), (6, "person.phone", "phone")]
    assert plan.accepted == done.accepted == 3
    assert [each.phone for each in found(village, "person")] == ["13805770001", "13805770002"]
    assert any("同名" in note for note in done.notes)


def test_who_stands_in_a_refused_row_is_nobody_for_the_rows_below(village: Desk, book: Book) -> None:
    rows = [
        ("2026.3.8", "张三", "13805770001", "询问低保怎么申请", "低保", "好", "不认识"),
        ("三月里", "张三", "13805770002", "询问低保怎么申请", "低保", "好", ""),
        ("2026.3.9", "张三", "13805770003", "问的是另一件", "低保", "好", ""),
        ("2026.3.10", "张三", "", "又来问那一件", "低保", "好", ""),
    ]
    path = book(*rows)
    plan, done = village.old_books.plan("intake", path), village.old_books.load("intake", path)
    assert {each.row for each in plan.problems} == {each.row for each in done.problems} == {2, 3}
    assert [each.phone for each in found(village, "person")] == ["13805770003"]


def test_of_an_accusation_number_and_day_are_stored_and_nothing_else_anywhere(
    village: Desk, book: Book
) -> None:
    heads = (*HEADS[:4], "性质", *HEADS[5:])
    path = book(("2026.3.8", "张三", "138x", "某某某贪污公款", "举报", "上交了", "谁也不是"), heads=heads)
    done = village.old_books.load("intake", path)
    assert (done.accepted, done.problems) == (1, ())
    record = found(village)[0]
    assert (record.confidentiality, record.content, record.person) == ("sealed", None, None)
    village.office.database.sweep()
    assert "贪污" not in (village.office.folder / "office.db").read_bytes().decode("utf-8", "ignore")
    assert found(village, "person") == []


def test_a_book_of_another_register_is_loaded_alike(desk: Desk, book: Book) -> None:
    heads = ("序号", "场所名称", "使用面积", "可容纳人数", "地点")
    path = book(
        (1, "红色讲堂", "120平方米", "80人", "二楼"),
        (2, "书房", "大约40", 20, "一楼"),
        heads=heads,
        tab="场地",
    )
    done = desk.old_books.load("venue", path)
    assert codes(done) == [(3, "area", "bad_number")]
    (venue,) = found(desk, "venue")
    assert (venue.venue_name, str(venue.area), venue.capacity, venue.valid_from) == (
        "红色讲堂",
        "120.00",
        80,
        date(2026, 1, 1),
    )


@pytest.mark.parametrize(
    ("code", "message"), [("step", "选下一步"), ("nowhere", "没有“nowhere”"), ("intake", "没有启用")]
)
def test_where_nobody_may_enter_records_nobody_loads_any(
    village: Desk, book: Book, code: str, message: str
) -> None:
    village.registers.switch("intake", False)
    for act in (village.old_books.plan, village.old_books.load):
        with pytest.raises(Refused, match=message):
            act(code, book(*GOOD))


def test_a_book_under_a_password_is_opened_with_it(village: Desk, book: Book) -> None:
    path = book(*GOOD)
    path.write_bytes(encrypt(path.read_bytes(), "secret"))
    with pytest.raises(Locked):
        village.old_books.plan("intake", path)
    assert village.old_books.load("intake", path, password="secret").accepted == 2


def test_what_is_no_workbook_is_refused(village: Desk, tmp_path: Path) -> None:
    path = tmp_path / "旧.csv"
    path.write_text("日期,姓名\n", encoding="gb18030")
    with pytest.raises(NotOurs, match="另存为"):
        village.old_books.plan("intake", path)


def test_a_person_who_stops_it_has_stored_nothing(village: Desk, book: Book) -> None:
    before = state(village)

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    rows = [
        ("2026.3.8", f"张{n}", "", "询问低保怎么申请", "低保", "好", "") for n in "一二三四五六七八九十" * 6
    ]
    with pytest.raises(Cancelled):
        village.old_books.load("intake", book(*rows), progress=stop)
    assert state(village) == before


def test_where_the_refused_rows_cannot_be_written_nothing_is_stored(
    village: Desk, book: Book, tmp_path: Path
) -> None:
    before = state(village)
    with pytest.raises(NoRoom):
        village.old_books.load("intake", book(*GOOD, BAD), rejects=tmp_path / "没有这个文件夹" / "退回.xlsx")
    assert state(village) == before


def test_the_refused_rows_are_never_written_over_the_book(village: Desk, book: Book) -> None:
    path = book(*GOOD, BAD)
    content = path.read_bytes()
    with pytest.raises(Refused, match="另起一个名字"):
        village.old_books.load("intake", path, rejects=path)
    assert path.read_bytes() == content
    chosen = path.with_name("给小王看.xlsx")
    assert village.old_books.load("intake", path, rejects=chosen).rejects == chosen


def test_every_file_of_refused_rows_has_a_name_of_its_own(tmp_path: Path) -> None:
    names = []
    for path in ("三月.xlsx", "三月.xlsx", "三月（退回）.xlsx", "三月（退回2）.xlsx"):
        found_name = beside(tmp_path / path)
        found_name.touch()
        names.append(found_name.name)
    assert names == [f"三月（退回{n}）.xlsx" for n in ("", 2, 3, 4)]


def test_a_table_without_rows_is_no_trouble(village: Desk, book: Book) -> None:
    done = village.old_books.load("intake", book())
    assert (done.rows, done.accepted, done.problems, done.rejects) == (0, 0, (), None)


def test_what_was_typed_by_hand_meanwhile_keeps_its_number(village: Desk, book: Book) -> None:
    add(village, "intake", visit(occurred_at="2026-03-20"))
    village.old_books.load("intake", book(*GOOD))
    assert [each.record_no for each in found(village)] == [f"LF-202603-{n:04}" for n in (1, 2, 3)]


def test_of_two_rows_that_call_a_room_the_same_the_second_is_refused(desk: Desk, book: Book) -> None:
    add(desk, "venue", {"venue_name": "礼堂", "area": 100, "capacity": 80})
    rows = [("红色讲堂", 40, 30), ("礼堂", 100, 80), ("红色讲堂", 50, 40)]
    path = book(*rows, heads=("场所名称", "面积", "座位数"), tab="场地")
    plan, done = desk.old_books.plan("venue", path), desk.old_books.load("venue", path)
    assert codes(plan) == codes(done) == [(3, "venue_name", "double"), (4, "venue_name", "double")]
    assert "A列“场所名称”：名称“红色讲堂”前面的行已经有了" in plan.problems[1].message
    assert [each.venue_name for each in found(desk, "venue")] == ["礼堂", "红色讲堂"]


def test_rows_of_what_is_sealed_are_counted_for_the_clerk(village: Desk, book: Book) -> None:
    rows = [("2026.3.8", "张三", "", "某某某吃拿卡要", "举报", "", ""), GOOD[0]]
    plan = village.old_books.plan("intake", book(*rows))
    assert plan.accepted == 2
    assert [note for note in plan.notes if "密封" in note] == [
        "1 行是检举控告或涉及干部的，只登记编号和日期，姓名和内容没有读，请另册密封保管"
    ]
