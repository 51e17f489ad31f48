"""What headings stand for: labels, synonyms, groups, what a person said; nothing is guessed from places."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ojr_desk.exchange.cells import Value
from ojr_desk.exchange.old_book_headings import Head, Headings, Vocabulary, targets
from ojr_desk.exchange.old_book_table import find, guess
from ojr_desk.exchange.reading import Range, ReadSheet
from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS

INTAKE = REGISTERS["intake"]


def meant(
    *headings: str | tuple[str, ...], said: dict[str, str] | None = None, clocks: Sequence[int] = ()
) -> dict[str, set[str]]:
    """Give what each heading of an old book of intakes fills."""
    heads = [Head(at, (each,) if isinstance(each, str) else each) for at, each in enumerate(headings)]
    found = Vocabulary(INTAKE, said or {}).assign(heads, clocks)
    return filled(found)


def filled(found: Headings) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for use in found.uses:
        named.setdefault(use.head.text, set()).add(use.target.name + use.part)
    return named


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("接待时间", "occurred_at"),
        ("来访日期", "occurred_at"),
        ("*来 访 时 间：", "occurred_at"),
        ("时间（年月日）", "occurred_at"),
        ("姓名", "person"),
        ("来访人姓名", "person"),
        ("服务对象", "person"),
        ("姓名及电话", "person"),
        ("姓名/单位", "person"),
        ("电话", "person.phone"),
        ("联系方式", "person.phone"),
        ("来电号码", "caller_number"),
        ("家庭住址", "person.address"),
        ("单位", "org_name"),
        ("反映问题", "content"),
        ("主要内容", "content"),
        ("接访人", "received_by"),
        ("备注", "remark"),
    ],
)
def test_a_heading_is_known_by_its_label_or_a_synonym(heading: str, name: str) -> None:
    assert list(meant(heading).values()) == [{name}]


def test_a_label_goes_before_a_synonym_wherever_it_stands() -> None:
    assert meant("登记时间", "接待时间", "登记人", "接待人") == {
        "接待时间": {"occurred_at"},
        "接待人": {"received_by"},
    }


def test_a_heading_for_two_columns_gives_up_what_another_one_tells_better() -> None:
    assert meant("办理情况") == {"办理情况": {"disposition", "reply_content"}}
    assert meant("办理情况", "是否办结") == {"办理情况": {"reply_content"}, "是否办结": {"disposition"}}
    assert meant("类型", "事项类别") == {
        "类型": {"channel", "matter_nature"},
        "事项类别": {"matter_category"},
    }


def test_what_is_needed_is_taken_from_a_heading_that_names_it_less_well() -> None:
    assert meant("收件日期", "内容") == {"收件日期": {"received_on", "occurred_at"}, "内容": {"content"}}
    assert meant("收件日期", "时间") == {"收件日期": {"received_on"}, "时间": {"occurred_at"}}


def test_what_stands_below_a_heading_is_read_by_it() -> None:
    assert meant(("来访人", "姓名"), ("来访人", "电话"), ("接待人", "姓名"), ("接待人", "电话")) == {
        "来访人姓名": {"person"}, "来访人电话": {"person.phone"}, "接待人姓名": {"received_by"},
    }  # fmt: skip
    assert meant(("首问负责人", "姓名"), ("首问负责人", "职务")) == {"首问负责人姓名": {"first_responder"}}
    assert meant(("来访登记表", "日期"), ("来访登记表", "事由")) == {
        "来访登记表日期": {"occurred_at"}, "来访登记表事由": {"content"},
    }  # fmt: skip


def test_the_day_of_the_handling_is_not_that_of_the_visit() -> None:
    assert meant("来访时间", ("处理情况", "日期"), ("处理情况", "结果")) == {
        "来访时间": {"occurred_at"}, "处理情况结果": {"disposition", "reply_content"},
    }  # fmt: skip


def test_a_day_may_stand_in_pieces_and_beside_its_hour() -> None:
    pieces = [("日期", "年"), ("日期", "月"), ("日期", "日")]
    assert set().union(*meant(*pieces).values()) == {"occurred_at年", "occurred_at月", "occurred_at日"}
    assert meant("日期", "时间") == {"时间": {"occurred_at"}}
    assert meant("日期", "时间", clocks=[1]) == {"日期": {"occurred_at"}, "时间": {"occurred_at"}}
    assert len(meant(*pieces, "时间", clocks=[3])) == 4


def test_what_a_person_said_goes_before_all() -> None:
    assert meant("事由", "名目", said={"名目": "content", "事由": ""}) == {"名目": {"content"}}
    assert meant("网格员", said={"网格员": "remark"}) == {"网格员": {"remark"}}


def test_a_person_is_told_where_a_heading_leads_nowhere() -> None:
    with pytest.raises(Refused, match="没有“weather”这一栏"):
        Vocabulary(INTAKE, {"天气": "weather"})


def test_unknown_headings_and_those_told_twice_are_named_and_ordinals_are_not() -> None:
    heads = [Head(at, (text,)) for at, text in enumerate(("序号", "接待时间", "来访时间", "天气", "原因"))]
    found = Vocabulary(INTAKE, {}).assign(heads)
    assert [head.text for head in found.unknown] == ["天气"]
    assert [head.text for head in found.doubled] == ["来访时间"]


def test_a_heading_may_stand_for_what_a_person_fills_and_for_nothing_else() -> None:
    names = targets(INTAKE)
    assert {"occurred_at", "person", "person.phone", "remark"} <= set(names)
    assert not {"record_no", "recorded_at", "case", "person.full_name", "person.remark"} & set(names)
    assert not [name for name in targets(REGISTERS["venue"]) if "." in name]


def test_every_heading_of_a_printed_book_is_known_or_passed_over() -> None:
    """An office may type its paper book as it stands into a spreadsheet."""
    found = meant("编号", "时间", "姓名/单位", "电话", "主要内容", "首问负责人", "处理方式", "办结", "满意度")
    assert {name for names in found.values() for name in names} == {
        "occurred_at", "person", "person.phone", "content", "first_responder", "disposition",
    }  # fmt: skip


HEADINGS = {
    "occurred_at": ("接待时间", "来访时间", "登记日期", "受理时间"),
    "person": ("姓名", "来访人", "当事人", "来访群众"),
    "person.phone": ("电话", "联系电话", "手机号码"),
    "content": ("主要内容", "来访事由", "反映问题", "诉求"),
    "reply_content": ("答复内容", "答复", "处理意见"),
    "received_by": ("接待人", "接访人员", "记录人"),
    "person.address": ("住址", "家庭住址"),
}


@given(st.data())
@settings(max_examples=60)
def test_neither_order_nor_choice_of_words_matters(data: st.DataObject) -> None:
    names = data.draw(st.permutations(list(HEADINGS)))
    words = [data.draw(st.sampled_from(HEADINGS[name])) for name in names]
    assert meant(*words) == {word: {name} for word, name in zip(words, names, strict=True)}


def sheet(*rows: tuple[Value, ...], merges: Sequence[Range] = ()) -> ReadSheet:
    return ReadSheet("表", False, tuple(enumerate(rows, 1)), merges=tuple(merges))


def test_the_headings_stand_in_the_row_with_the_most_of_them() -> None:
    found = find(
        sheet(("时间：2025年", "单位：龙川村"), ("序号", "日期", "姓名", "事由"), (1, "3.8", "张三", "低保")),
        Vocabulary(INTAKE, {}),
    )
    assert found is not None
    assert found.heading_rows == (2,)
    assert found.above == ("时间：2025年 单位：龙川村",)


def test_a_title_across_the_table_is_no_heading_and_two_rows_of_headings_are_two() -> None:
    rows = (
        ("来访登记表", None, None, None),
        ("日期", "来访人", None, "事由"),
        (None, "姓名", "电话", None),
        ("3.8", "张三", "13805770001", "低保"),
    )
    merges = [Range(1, 1, 1, 4), Range(2, 2, 2, 3), Range(2, 1, 3, 1), Range(2, 4, 3, 4)]
    found = find(sheet(*rows, merges=merges), Vocabulary(INTAKE, {}))
    assert found is not None
    assert found.heading_rows == (2, 3)
    assert filled(found.headings) == {
        "日期": {"occurred_at"}, "来访人姓名": {"person"}, "来访人电话": {"person.phone"}, "事由": {"content"},
    }  # fmt: skip


def test_a_row_of_details_that_nobody_knows_belongs_to_the_headings_too() -> None:
    rows = (("日期", "来访人", None, "事由"), (None, "姓名", "特征", None), ("3.8", "张三", "高", "低保"))
    found = find(sheet(*rows, merges=[Range(1, 2, 1, 3)]), Vocabulary(INTAKE, {}))
    assert found is not None
    assert found.heading_rows == (1, 2)
    assert [head.text for head in found.headings.unknown] == ["来访人特征"]


def test_where_every_column_has_its_group_the_row_below_is_enough() -> None:
    rows = (
        ("来访情况", None, "处理", None),
        ("日期", "姓名", "处理结果", "接待人"),
        ("3.8", "张三", "好", "王芳"),
    )
    found = find(sheet(*rows, merges=[Range(1, 1, 1, 2), Range(1, 3, 1, 4)]), Vocabulary(INTAKE, {}))
    assert found is not None
    assert found.heading_rows == (2,)


def test_a_column_without_a_heading_is_called_by_its_letter() -> None:
    found = find(sheet(("日期", "姓名", None, "事由"), ("3.8", "张三", "x", "低保")), Vocabulary(INTAKE, {}))
    assert found is not None
    assert [head.text for head in found.headings.unknown] == ["C列"]


def test_a_sheet_without_known_headings_has_no_table_but_a_guess() -> None:
    strange = sheet(("名目簿",), ("天气", "风向", "谁说的"), ("晴", "东南", "张三"), (1, 2, 3))
    assert find(strange, Vocabulary(INTAKE, {})) is None
    assert guess(strange) == ("天气", "风向", "谁说的")
    said = {"天气": "content", "谁说的": "person"}
    found = find(strange, Vocabulary(INTAKE, said))
    assert found is not None
    assert found.heading_rows == (2,)
    assert guess(sheet()) == ()
