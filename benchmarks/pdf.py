"""Measure what printing a ledger costs, against platypus and LibreOffice, on the same records.

    python benchmarks/pdf.py [--rows 10000] [--rounds 3] [--growth 50000]

Every engine runs in a fresh process, the engines take turns, and the figures are medians of CPU
seconds (user and system, children included): other work on the machine disturbs those least.
Importing libraries and reading fonts counts, making up the records and the workbook does not.
LibreOffice is left out where there is none. Linux only: `resource` knows no other system.
"""

# ruff: noqa: PLC0415 - importing its libraries is part of what an engine costs

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ojr_desk.paths import FONTS  # noqa: E402 - the line above makes it known

HEADINGS = (
    ("序号", 11), ("编号", 30), ("时间", 25), ("姓名/单位", 20), ("电话（脱敏）", 24), ("主要内容", 50),
    ("首问负责人", 18), ("处理方式/结果", 34), ("办结", 15), ("满意度", 14), ("备注", 16),
)  # fmt: skip
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂垟峃建国志华文辉晓玲玉梅雪松海燕春生泽宇欣怡梓涵浩然"
PLACES = (
    "霞垟", "前岸", "后垟", "包垟", "西旸", "东山", "上埠", "大峃", "百丈漈", "凤垟", "岭头", "溪口", "桥下", "塘下",
)  # fmt: skip
MATTERS = (
    "咨询城乡居民养老保险待遇领取条件和所需材料", "反映{place}路口路灯不亮，夜间出行不安全，请求尽快修复",
    "办理老年人优待证，材料齐全", "申请临时救助：家庭主要劳动力住院，自付医药费{number}元", "与{place}{name}家因滴水檐发生纠纷，请求调解",
    "咨询医保报销比例及异地就医备案手续", "租用{place}文化礼堂举办婚宴，{number}人", "反映{place}{number}号楼前垃圾桶满溢，电话 0577-6{number}",
    "开具关系证明，已告知不属于村级开具范围", "咨询", "为{name}代办残疾人两项补贴申请，缺收入证明一份",
)  # fmt: skip
RESULTS = (
    "当场答复",
    "转镇社保所办理，已电话回访",
    "已协调供电所，{number}号前修复",
    "材料退回补正",
    "由网格员{name}陪同办理",
    "—",
)


def records(count: int) -> tuple[tuple[str, ...], ...]:
    """Make up *count* records, the same in every process."""
    chance = random.Random(20261122)

    def filled(pattern: str) -> str:
        return pattern.format(place=chance.choice(PLACES), number=chance.randint(100, 9999), name=name())

    def name() -> str:
        return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))

    return tuple(
        (
            str(number),
            f"LF-202611-{number:05d}",
            f"11-{1 + number * 29 // count:02d} {chance.randint(8, 17):02d}:{chance.randint(0, 59):02d}",
            name(),
            f"13{chance.randint(0, 9)}****{chance.randint(0, 9999):04d}",
            "；".join(filled(chance.choice(MATTERS)) for _ in range(chance.choice((1, 1, 1, 2)))),
            name(),
            filled(chance.choice(RESULTS)),
            chance.choice(("已办结", "已办结", "在办")),
            chance.choice(("满意", "非常满意", "未评价")),
            chance.choice(("", "", "", "—", "网格员陪同")),
        )
        for number in range(1, count + 1)
    )


def ours(rows: tuple[tuple[str, ...], ...], folder: Path) -> None:
    """Print with ojr_desk."""
    from ojr_desk.ledger import Heading, Ledger, Measure
    from ojr_desk.printing.ledger_pdf import write

    ledger = Ledger(
        title="瓯江红霞垟村党群服务中心群众来访登记台账",
        period="2026年11月",
        facts=("填报单位（盖章）：霞垟村", "填报时间：2026年12月2日", "编号：LF-202611", "单位：件"),
        headings=tuple(Heading(*heading) for heading in HEADINGS),
        rows=rows,
        code="3F9A12C4",
        measures=(Measure("来访", "件", (1,) * len(rows)),),
        signatures=("主要负责人（签字）：", "审核人（签字）：", "填报人：叶建国", "联系电话：0577-66668888"),
    )
    write([ledger], folder / "ours.pdf")


def platypus(rows: tuple[tuple[str, ...], ...], folder: Path) -> None:
    """Print as reportlab's guide shows: a LongTable with a Paragraph in every cell."""
    from reportlab import rl_config
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

    rl_config.useA85 = 0
    pdfmetrics.registerFont(TTFont("Song", str(FONTS / "NotoSerifSC-Regular.ttf")))
    style = ParagraphStyle("cell", fontName="Song", fontSize=9, leading=11.7, wordWrap="CJK")
    heads = [label for label, _ in HEADINGS]
    table = LongTable(
        [[Paragraph(text, style) for text in row] for row in (heads, *rows)],
        colWidths=[width * mm for _, width in HEADINGS],
        repeatRows=1,
    )
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    )

    def foot(canvas, document) -> None:  # type: ignore[no-untyped-def]  # reportlab has no types
        canvas.setFont("Song", 9)
        canvas.drawCentredString(148 * mm, 9 * mm, f"第 {document.page} 页")

    margins = {"leftMargin": 25 * mm, "rightMargin": 15 * mm, "topMargin": 15 * mm, "bottomMargin": 20 * mm}
    document = SimpleDocTemplate(str(folder / "platypus.pdf"), pagesize=landscape(A4), **margins)
    document.build([table], onFirstPage=foot, onLaterPages=foot)


def libreoffice(rows: tuple[tuple[str, ...], ...], folder: Path) -> None:
    """Convert the workbook that `workbook` has made, in a profile that is warm and knows the same face."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    known = {**os.environ, "XDG_DATA_HOME": str(folder)}  # fontconfig looks there for a folder `fonts`
    subprocess.run([*command, str(folder / f"{len(rows)}.xlsx")], check=True, capture_output=True, env=known)


ENGINES = {"ours": ours, "platypus": platypus, "libreoffice": libreoffice}


def workbook(rows: tuple[tuple[str, ...], ...], path: Path) -> None:
    """Write *rows* as a clerk would have them: borders, wrapped text, repeated headings, fit to width."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, Side

    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for at, (_, width) in enumerate(HEADINGS):
        sheet.column_dimensions["ABCDEFGHIJK"[at]].width = width / 2
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    line = Side(style="thin")
    border, font = Border(left=line, right=line, top=line, bottom=line), Font(name="Noto Serif SC", size=9)
    wrap = Alignment(wrap_text=True, vertical="center")
    for row in ([label for label, _ in HEADINGS], *rows):
        cells = [WriteOnlyCell(sheet, value=text) for text in row]
        for cell in cells:
            cell.border, cell.font, cell.alignment = border, font, wrap
        sheet.append(cells)
    book.save(path)


def measure(engine: str, count: int, folder: Path) -> None:
    """Run *engine* here and print its CPU seconds and its memory in MB, before and at most."""
    rows = records(count)
    before = _memory()
    start = _cpu()
    ENGINES[engine](rows, folder)
    seconds = _cpu() - start
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    peak = children if engine == "libreoffice" else _memory()
    print(json.dumps({"seconds": seconds, "before": before, "peak": peak}))


def _memory() -> int:
    """Return the most memory this process ever held, in MB; getrusage would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


def _cpu() -> float:
    usages = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def fresh(engine: str, count: int, folder: Path) -> dict[str, float]:
    """Run *engine* in a process of its own."""
    command = [sys.executable, __file__, "--engine", engine, "--rows", str(count), "--folder", str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, float] = json.loads(told)
    return figures


def compare(count: int, rounds: int, growth: int, folder: Path) -> None:
    """Let the engines take turns and print what they cost."""
    runs = [("ours", count), ("platypus", count), ("ours", 1_000), ("ours", growth)]
    if shutil.which("soffice"):
        runs.append(("libreoffice", count))
        workbook(records(count), folder / f"{count}.xlsx")
        workbook(records(1), folder / "1.xlsx")
        (folder / "fonts").symlink_to(FONTS)
        libreoffice(records(1), folder)  # makes the profile
    figures: dict[tuple[str, int], list[dict[str, float]]] = {run: [] for run in runs}
    for turn in range(rounds):
        for (engine, rows), measured in figures.items():
            measured.append(fresh(engine, rows, folder))
            print(f"round {turn + 1}: {engine} {rows} rows {measured[-1]}", file=sys.stderr)
    median = {run: statistics.median(each["seconds"] for each in told) for run, told in figures.items()}
    print("engine        rows   CPU s   ms/row   MB before -> peak   times ours")
    for (engine, rows), told in figures.items():
        seconds, peak = median[engine, rows], max(each["peak"] for each in told)
        per_row, base = seconds / rows, min(each["before"] for each in told)
        times = per_row / (median["ours", count] / count)
        print(
            f"{engine:<11}{rows:>7}{seconds:>8.2f}{1000 * per_row:>9.4f}{base:>9.0f} -> {peak:<6.0f}{times:>11.2f}"
        )
    ratio = (median["ours", growth] / growth) / (median["ours", 1_000] / 1_000)
    print(f"a row of {growth} costs {ratio:.2f} times a row of 1000, all costs counted")


def main() -> None:
    """Compare, or run one engine when called by oneself."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, default=50_000)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.engine:
        measure(told.engine, told.rows, told.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(told.rows, told.rounds, told.growth, Path(folder))


if __name__ == "__main__":
    main()
