"""Ten ugly workbooks, made by other programs than ours: each is loaded as a person would, or told row by row."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ojr_desk.desk import Desk
from ojr_desk.desk.loading import Hints, Loading, Wishes
from ojr_desk.register import REGISTERS
from ojr_desk.store.query import Query
from tests.office import add

from . import fods
from .conftest import Resave
from .fods import Cell, Tab

Write = Callable[[Any, Any], None]


@pytest.fixture
def village(desk: Desk) -> Desk:
    """An office with two clerks."""
    add(desk, "staff", {"full_name": "王芳"}, {"full_name": "李建国"})
    return desk


def book(path: Path, *sheets: tuple[str, Write]) -> Path:
    """Make a workbook by XlsxWriter; each sheet is written by its function."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as made:
        bold = made.add_format({"bold": True, "align": "center"})
        for name, write in sheets:
            write(made.add_worksheet(name), bold)
    return path


def rows(sheet: Any, first: int, values: Sequence[Sequence[object]]) -> None:
    """Write rows from row *first* on, counted from 1; None leaves a cell alone."""
    for down, row in enumerate(values):
        for across, value in enumerate(row):
            if value is not None:
                sheet.write(first - 1 + down, across, value)


def told(desk: Desk, code: str = "intake") -> list[dict[str, Any]]:
    """Read the records as a clerk sees them, by number, with the names of what they link to."""
    register = REGISTERS[code]
    found = desk.registers.find(code, Query(), 1000)
    return [
        {"no": record.record_no}
        | {
            column.name: found.labels.get(value, value)
            for column in register.typed
            if (value := getattr(record, column.name)) not in (None, "", (), False)
        }
        for record in sorted(found.records, key=lambda each: each.id)
    ]


def picked(desk: Desk, *names: str, code: str = "intake") -> list[tuple[Any, ...]]:
    return [tuple(each.get(name) for name in names) for each in told(desk, code)]


def problems(done: Loading) -> list[tuple[int | None, str | None, str]]:
    return [(each.row, each.column, each.code) for each in done.problems]


def skipped(done: Loading) -> list[tuple[int, str]]:
    return [(each.number, each.why) for sheet in done.sheets for each in sheet.skipped]


def test_1_two_rows_of_headings_a_day_over_several_rows_and_a_line_of_signatures(
    village: Desk, tmp_path: Path
) -> None:
    def write(sheet: Any, bold: Any) -> None:
        sheet.merge_range("A1:I1", "龙川村群众来访登记表", bold)
        sheet.write("A2", "填报单位：龙川村党群服务中心")
        sheet.write("G2", "2025年3月")
        for place, text in {
            "A": "序号",
            "B": "日期",
            "E": "来访\n事由",
            "F": "类别",
            "G": "办理情况",
            "H": "经办人",
            "I": "备注",
        }.items():
            sheet.merge_range(f"{place}3:{place}4", text, bold)
        sheet.merge_range("C3:D3", "来访人", bold)
        rows(sheet, 4, [(None, None, "姓名", "联系\n电话")])
        rows(
            sheet,
            5,
            [
                (1, "3月8日", "张 三", 13805770001.0, "询问低保怎么申请", "低保", "已办结", "王 芳", "无"),
                (
                    2,
                    None,
                    "李四",
                    "１３８０５７７０００２",
                    "门口的路灯坏了三天",
                    "路灯",
                    "已联系供电所修复",
                    "〃",
                    "/",
                ),
                (3, None, "欧阳 修", "0577-66661234", "咨询医保怎么缴费", "医保", "当场答复", "王芳", "—"),
                (4, "3/9", "匿名", "——", "反映隔壁夜里施工太吵", "邻里纠纷", "答复", "同上", None),
                (5, 3.12, "王五", 57766661235, "借会议室开会", "场地", "已办结", "李建国", "带钥匙"),
                (6, None, None, None, None, None, None, None, None),
                ("合 计", None, "5人", None, None, None, None, None, None),
            ],
        )
        sheet.merge_range("B5:B7", "3月8日")
        sheet.merge_range("A13:I13", "制表人：王芳        审核人：李建国        2025年3月31日")

    done = village.old_books.load("intake", book(tmp_path / "来访.xlsx", ("Sheet1", write)))
    assert problems(done) == []
    assert (done.rows, done.accepted, done.rejects) == (5, 5, None)
    assert skipped(done) == [(10, "只有序号"), (11, "合计"), (13, "签字或说明")]
    assert picked(village, "occurred_at", "person", "matter_category", "disposition", "received_by") == [
        (datetime(2025, 3, 8), "张三", "civil.relief", "settled", "王芳"),
        (datetime(2025, 3, 8), "李四", "facilities.road", "answered", "王芳"),
        (datetime(2025, 3, 8), "欧阳修", "insurance.medical", "answered", "王芳"),
        (datetime(2025, 3, 9), None, "neighbours", "answered", "王芳"),
        (datetime(2025, 3, 12), "王五", "venue", "settled", "李建国"),
    ]
    assert picked(village, "anonymous", "remark", "backfill_reason")[3:] == [
        (True, None, "earlier"),
        (None, "带钥匙", "earlier"),
    ]
    assert picked(village, "full_name", "phone", code="person") == [
        ("张三", "13805770001"),
        ("李四", "13805770002"),
        ("欧阳修", "0577-66661234"),
        ("王五", "0577-66661235"),
    ]
    assert all(record.is_backfilled for record in village.registers.find("intake", Query()).records)


def test_2_a_sheet_for_each_month_headings_on_every_page_and_a_sheet_of_all_of_them(
    village: Desk, tmp_path: Path
) -> None:
    heads = ("序号", "来访日期", "姓名", "事由", "事项类别", "处理结果")
    january = [
        (1, "1.5", "张三", "咨询养老保险缴费", "养老保险", "已答复"),
        (2, "1/18", "李四", "反映污水横流", "污水", "已解决"),
    ]
    march = [
        (1, "3、2", "王五", "询问宅基地审批", "宅基地", "已告知"),
        (2, "３月９日", "赵六", "道路开裂要修补", "道路", "已报镇里"),
    ]

    def page(*parts: Sequence[Sequence[object]]) -> Write:
        def write(sheet: Any, bold: Any) -> None:
            sheet.merge_range("A1:F1", "来访登记簿", bold)
            at = 2
            for part in parts:
                rows(sheet, at, [heads, *part])
                at += len(part) + 1
            rows(sheet, at, [("小计", None, None, len(parts))])

        return write

    path = book(
        tmp_path / "2025年度来访.xlsx",
        ("封面", lambda sheet, bold: sheet.write("A1", "二〇二五年度")),
        ("1月", page(january[:1], january[1:])),
        ("3月", page(march)),
        ("全年", page([*january, *march])),
        ("填写说明", lambda sheet, bold: rows(sheet, 1, [("请如实填写", "不要空行")])),
    )
    done = village.old_books.load("intake", path)
    assert problems(done) == []
    assert (done.rows, done.accepted) == (4, 4)
    assert [str(day.date()) for (day,) in picked(village, "occurred_at")] == [
        "2025-01-05", "2025-01-18", "2025-03-02", "2025-03-09",
    ]  # fmt: skip
    assert [each.sheet for each in done.passed_over] == ["封面", "填写说明"]
    assert [(sheet.name, sheet.rows) for sheet in done.sheets] == [("1月", 2), ("3月", 2), ("全年", 0)]
    again = [why for _number, why in skipped(done) if "相同" in why]
    assert again == ["和工作表“1月”里的一行相同"] * 2 + ["和工作表“3月”里的一行相同"] * 2
    assert (5, "重复的表头") not in skipped(done)
    assert (4, "重复的表头") in skipped(done)


def test_3_a_csv_that_a_spreadsheet_opened_as_it_does(village: Desk, tmp_path: Path, resave: Resave) -> None:
    path = tmp_path / "2025来访.csv"
    path.write_text(
        "登记日期,来访人姓名,联系方式,身份证号,反映问题,类型,办理结果\n"
        "2025/3/8,张三,13805770001,33030219810329004X,路灯不亮要修,路灯,已解决\n"
        "2025/3/9,李四,057766661234,330302198103290015,医保卡丢了怎么补,医保,已答复\n"
        "3/10,王五,13805770003,,想咨询低保政策,低保,已答复\n",
        encoding="utf-8",
    )
    done = village.old_books.load("intake", resave(path, "xlsx", "CSV:44,34,76,1,,2052"))
    # LibreOffice kept the noughts of neither telephone nor identity card; the third day got this year's year.
    assert [(each.row, each.column, each.code) for each in done.problems] == [
        (3, "person.citizen_id", "excel_rounded")
    ]
    assert "末尾几位已经变成 0" in done.problems[0].message
    assert "D列“身份证号”" in done.problems[0].message
    assert picked(village, "full_name", "phone", "citizen_id", code="person") == [
        ("张三", "13805770001", "33030219810329004X"),
        ("王五", "13805770003", None),
    ]


def test_4_a_table_of_libreoffice_with_hidden_rows_and_columns_and_formulas(
    village: Desk, tmp_path: Path, resave: Resave
) -> None:
    head = [
        Cell("序号", down=2),
        Cell("接待时间", down=2),
        Cell("来访人", across=2),
        "",
        Cell("主要内容", down=2),
        Cell("处理情况", down=2),
        Cell("接待人", down=2),
    ]
    table: list[list[object]] = [
        [Cell("来访接待台账（2025年4月）", across=7)],
        head,
        [None, None, "姓名", "电话", None, None, None],
        [1.0, Cell("4月1日", down=5), "张三", 13805770001.0, "低保金没有发下来", "已办结", "王芳"],
        [Cell(2.0, formula="=[.A4]+1"), None, "李四", "无", "邻居种树挡光", "调解好了", "王芳"],
        [Cell(3.0, formula="=[.A5]+1"), None, "王五", 13805770003.0, "自来水发黄", "已处理", "李建国"],
        [
            Cell(4.0, formula="=[.A6]+1"),
            None,
            "赵六",
            13805770004.0,
            "想办理流动党员登记",
            "已告知",
            "李建国",
        ],
        [Cell(5.0, formula="=[.A7]+1"), None, "孙七", 13805770005.0, "咨询法律援助", "已答复", "李建国"],
        [
            6.0,
            Cell(day="2025-04-02"),
            "周八",
            Cell("13805770006", formula='="1380577"&"0006"'),
            "台风天屋顶漏水",
            "已办结",
            "王芳",
        ],
        ["合计", Cell(6.0, formula="=COUNTA([.C4:.C9])"), None, None, None, None, None],
    ]
    path = fods.write(
        tmp_path / "台账.fods",
        Tab("四月", table, hidden_rows=(6,), hidden_columns=(4,)),
        Tab("字典", [["来访", "来电"]], hidden=True),
    )
    wishes = Wishes(defaults={"matter_category": "其他"})
    done = village.old_books.load("intake", resave(resave(path, "ods"), "xlsx"), wishes)
    assert problems(done) == []
    assert picked(village, "occurred_at", "person", "matter_category", "reply_content") == [
        (datetime(2025, 4, 1), "张三", "other", "已办结"),
        (datetime(2025, 4, 1), "李四", "other", "调解好了"),
        (datetime(2025, 4, 1), "王五", "other", "已处理"),
        (datetime(2025, 4, 1), "赵六", "other", "已告知"),
        (datetime(2025, 4, 1), "孙七", "other", "已答复"),
        (datetime(2025, 4, 2), "周八", "other", "已办结"),
    ]
    assert dict(picked(village, "full_name", "phone", code="person"))["周八"] == "13805770006"
    assert done.notes[:2] == (
        "工作表“四月”有隐藏的行，也读了：第 6 行",
        "工作表“四月”有隐藏的列，也读了：D 列",
    )
    assert [(each.sheet, each.why) for each in done.passed_over] == [("字典", "隐藏的工作表，没有读")]


def test_5_days_in_pieces_and_hours_in_columns_of_their_own(village: Desk, tmp_path: Path) -> None:
    def write(sheet: Any, bold: Any) -> None:
        sheet.write("A1", "接待记录")
        sheet.merge_range("A2:C2", "来访时间", bold)
        rows(sheet, 3, [("年", "月", "日")])
        for place, text in {
            "D": "时间",
            "E": "来访者",
            "F": "诉求",
            "G": "诉求性质",
            "H": "答复情况",
            "I": "人次",
        }.items():
            sheet.merge_range(f"{place}2:{place}3", text, bold)
        rows(
            sheet,
            4,
            [
                (2025, 3, 8, "9:30", "张三", "咨询入党要什么材料", "咨询", "给了一份清单", "1人"),
                ("２０２５", "３", "９", "下午3点半", "李四", "投诉垃圾没人收", "投诉", "已叫保洁清走", "３"),
                (None, 3, 10, 0.375, "王五", "感谢帮忙修路灯", "表扬感谢", "记下了", "两人"),
                (2025, 13, 1, "9:00", "赵六", "反映河道发臭", "意见", "转告镇里", 1),
            ],
        )

    wishes = Wishes(hints=Hints(year=2025), defaults={"matter_category": "其他"})
    done = village.old_books.load("intake", book(tmp_path / "接待.xlsx", ("记录", write)), wishes)
    assert picked(village, "occurred_at", "person", "matter_nature", "headcount") == [
        (datetime(2025, 3, 8, 9, 30), "张三", "consult", 1),
        (datetime(2025, 3, 9, 15, 30), "李四", "complaint", 3),
    ]
    assert problems(done) == [(6, "headcount", "bad_number"), (7, "occurred_at", "day")]
    assert [each.message[:3] for each in done.problems] == ["I列“", "A列“"]


def test_6_a_book_of_calls_that_never_says_so_but_in_its_title(village: Desk, tmp_path: Path) -> None:
    def write(sheet: Any, bold: Any) -> None:
        sheet.merge_range("A1:H1", "龙川村来电接听登记表", bold)
        rows(
            sheet,
            3,
            [
                ("No.", "来电时间", "来电人", "来电号码", "单  位", "来电内容", "分类", "是否办结"),
                (1, datetime(2025, 5, 6, 8, 5), "张三", 13805770001, "/", "问几点上班", "咨询", "是"),
                (2, "2025-05-06 14:20", "/", "666123", "瓯江食品公司", "要租用会议室", "预约", "否"),
                (3, "2025.5.7", None, 13805770003, None, "反映路面积水", "道路", "是"),
                (4, "2025年5月8日", "不愿透露", None, None, "说有人乱倒垃圾", "环境", "是"),
            ],
        )

    path = book(tmp_path / "登记.xlsx", ("Sheet1", write))
    plan = village.old_books.plan("intake", path)
    assert plan.missing == ()
    assert plan.sheets[0].assumed == {"channel": "call"}
    wishes = Wishes(defaults={"reply_content": "（原登记簿未写）", "matter_category": "其他"})
    done = village.old_books.load("intake", path, wishes)
    assert problems(done) == [(6, "person", "required")]
    assert "请填姓名或单位" in done.problems[0].message
    assert picked(village, "no", "channel", "person", "org_name", "caller_number", "disposition") == [
        ("LD-202505-0001", "call", "张三", None, "13805770001", "settled"),
        ("LD-202505-0002", "call", None, "瓯江食品公司", "666123", "noted"),
        ("LD-202505-0003", "call", None, None, None, "settled"),
    ]
    assert any("都是“来电”" in note for note in done.notes)


def test_7_a_page_of_the_web_that_calls_itself_a_table(village: Desk, tmp_path: Path, resave: Resave) -> None:
    """County systems hand out HTML; people open it, and save it."""
    path = tmp_path / "导出.html"
    body = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (
            ("受理时间", "信访人", "当事人姓名", "联系电话", "诉求内容", "办理状态", "满意度"),
            ("2025-06-01 09:12:33", "x", "张三", "13805770001", "村口桥栏杆松了", "已办结", "满意"),
            ("2025-06-02 10:00:00", "x", "李四", "13805770002", "暑假托管怎么报名", "办理中", "满意"),
        )
    )
    path.write_text(
        f'<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="7">信访件导出</td></tr>'
        f"{body}</table></body></html>",
        encoding="utf-8",
    )
    wishes = Wishes(defaults={"matter_category": "其他", "reply_content": "（原系统未导出）"})
    done = village.old_books.load(
        "intake", resave(path, "xlsx:Calc MS Excel 2007 XML", "HTML (StarCalc)"), wishes
    )
    assert problems(done) == []
    assert done.unknown == ("信访人", "满意度")
    assert picked(village, "occurred_at", "person", "disposition") == [
        (datetime(2025, 6, 1, 9, 12), "张三", "settled"),
        (datetime(2025, 6, 2, 10), "李四", "noted"),
    ]


def test_8_blank_rows_notes_and_words_that_go_on_in_the_next_row(village: Desk, tmp_path: Path) -> None:
    def write(sheet: Any, bold: Any) -> None:
        rows(
            sheet,
            2,
            [
                (None, "日  期", "来 访 人", "来访事由", "办理情况"),
                (
                    None,
                    "注：日期请写到日",
                ),
                (None, "2025年7月"),
                (None, "1日", "张三", "自家房子要翻建，", "让他先写申请，"),
                (None, None, None, "不知道找谁办", "再到窗口交材料"),
                (),
                (),
                (None, "15日", "李四", "想领残疾补贴", "已帮忙申报"),
                (None, "2025年8月"),
                (None, "3日", "王五", "同上", "同上"),
                (None, None, "赵六", "孩子上学的事", "已告知"),
                (None, "（以下空白）"),
            ],
        )
        sheet.write("B45", "第 1 页  共 1 页")

    wishes = Wishes(defaults={"matter_category": "其他"})
    done = village.old_books.load("intake", book(tmp_path / "簿.xlsx", ("Sheet1", write)), wishes)
    assert picked(village, "occurred_at", "person", "content", "reply_content") == [
        (datetime(2025, 7, 1), "张三", "自家房子要翻建，\n不知道找谁办", "让他先写申请，\n再到窗口交材料"),
        (datetime(2025, 7, 15), "李四", "想领残疾补贴", "已帮忙申报"),
        (datetime(2025, 8, 3), "王五", "想领残疾补贴", "已帮忙申报"),
    ]
    assert problems(done) == [(12, "occurred_at", "required")]
    assert [number for number, _why in skipped(done)] == [3, 4, 10, 13, 45]


def test_9_names_and_telephones_of_two_sorts_of_people(village: Desk, tmp_path: Path) -> None:
    def write(sheet: Any, bold: Any) -> None:
        sheet.merge_range("B1:C1", "来访人", bold)
        sheet.merge_range("E1:F1", "接待人", bold)
        sheet.merge_range("H1:H2", "登记情况", bold)
        rows(sheet, 1, [("日期", None, None, "反映情况", None, None, "处理意见")])
        rows(sheet, 2, [(None, "姓名及电话", "家庭住址", None, "姓名", "电话", None)])
        rows(
            sheet,
            3,
            [
                (
                    date(2025, 8, 1).isoformat(),
                    "张三 13805770001",
                    "龙川村前路3号",
                    "土地流转租金没到账",
                    "王芳",
                    "13900000000",
                    "已联系合作社",
                    "好",
                ),
                (
                    "2025-08-02",
                    "李四（13805770002）",
                    "无",
                    "申请用礼堂办酒",
                    "李建国",
                    "13900000001",
                    "同意",
                    "好",
                ),
                (
                    "2025-08-03",
                    "张三",
                    "后路5号",
                    "又来问租金的事",
                    "王芳",
                    "13900000000",
                    "合作社答应月底付",
                    "好",
                ),
                ("2025-08-04", "13805770003", None, "打听征兵的事", "王芳", None, "给了宣传单", "好"),
            ],
        )

    wishes = Wishes(defaults={"matter_category": "其他"})
    done = village.old_books.load("intake", book(tmp_path / "两种人.xlsx", ("8月", write)), wishes)
    assert done.unknown == ("接待人电话", "登记情况")
    assert picked(village, "person", "received_by") == [
        ("张三", "王芳"),
        ("李四", "李建国"),
        ("张三", "王芳"),
    ]
    assert picked(village, "full_name", "phone", "address", code="person") == [
        ("张三", "13805770001", "龙川村前路3号"),
        ("李四", "13805770002", None),
    ]
    assert problems(done) == [(6, "person", "nobody")]


def test_10_a_list_of_staff_as_the_township_wants_it(desk: Desk, tmp_path: Path, resave: Resave) -> None:
    table: list[list[object]] = [
        [Cell("龙川村工作人员花名册", across=7)],
        ["序号", "姓  名", "性别", "政治面貌", "职务", "手机号码", "身份证号码"],
        [1.0, "王 芳", "女", "党员", "文书", 13805770001.0, "330302198103290015"],
        [2.0, "李建国", "男", "群众", "网格员", "138 0577 0002", "/"],
        [3.0, "李建国", "男", "中共预备党员", "报账员", 13805770003.0, 330302198103290010.0],
        [4.0, "", "", "", "", "", ""],
        [Cell("负责人（签字）：", across=3), "", "", "盖章", None, None, None],
    ]
    path = fods.write(tmp_path / "花名册.fods", Tab("花名册", table))
    done = desk.old_books.load("staff", resave(path, "xlsx"))
    assert picked(
        desk, "full_name", "gender", "political_status", "position_title", "mobile", code="staff"
    ) == [
        ("王芳", "female", "party", "文书", "13805770001"),
        ("李建国", "male", "masses", "网格员", "13805770002"),
    ]
    assert problems(done) == [(5, "citizen_id", "excel_rounded")]
    assert skipped(done) == [(6, "只有序号"), (7, "签字或说明")]
