"""Compare our workbooks with raw openpyxl: the same styled cells, written and read.

    python benchmarks/pack.py [--rounds 5]

Every measurement is a fresh process, the two sides take turns, and what counts is the median of the CPU
seconds of the work alone, without imports. Ends with status 1 where a ratio is beyond its limit.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ojr_desk.exchange.gate import admit  # noqa: E402 - the checkout itself is measured
from ojr_desk.exchange.reading import read_workbook  # noqa: E402 - likewise
from ojr_desk.exchange.sheet import Sheet, SheetColumn  # noqa: E402 - likewise
from ojr_desk.exchange.workbook import write_workbook  # noqa: E402 - likewise

#: Sheets and rows of each: a month of one village, and the largest sheet that the gate lets in.
SHAPES = {"pack": (30, 60), "ledger": (1, 19_990)}
#: What our seconds may be of openpyxl's: write-only with shared styles, and read-only.
LIMITS = {"write": 1.3, "read": 1.0}

COLUMNS = (
    SheetColumn("no", "编号", 18),
    SheetColumn("came_at", "来访时间", 18, "moment"),
    SheetColumn("name", "姓名/单位", 14),
    SheetColumn("id_no", "身份证号", 22),
    SheetColumn("phone", "电话", 14),
    SheetColumn("address", "住址", 30),
    SheetColumn("content", "主要内容", 40),
    SheetColumn("nature", "性质", 10),
    SheetColumn("heads", "人数", 8, "integer"),
    SheetColumn("fee", "金额（元）", 12, "decimal"),
    SheetColumn("due_on", "限办日期", 12, "date"),
    SheetColumn("closed_on", "办结日期", 12, "date"),
    SheetColumn("result", "处理结果", 30),
    SheetColumn("mark", "满意度", 10),
    SheetColumn("remark", "备注", 20),
)
FORMATS = {"integer": "0", "decimal": "0.00##", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
TITLE = "瓯江红××村党群服务中心群众来访登记台账"


def rows(sheet: int, count: int) -> list[tuple[Any, ...]]:
    """Invent the rows of one sheet, always the same."""
    surnames, contents = (
        "王陈林黄叶徐潘郑",
        ("路灯不亮", "咨询医保报销", "反映邻里纠纷，请调解", "办理流动党员转接"),
    )
    return [
        (
            f"LF-202611-{sheet:02}{n:05}",
            datetime(2026, 11, n % 28 + 1, 8, n % 60),
            surnames[n % 8] + "某" * (n % 2 + 1),
            f"{330302199001010000 + n * 7919 % 10000}",
            f"{13800000000 + n * 104729 % 10**8}",
            f"马屿镇××村{n % 97}号",
            contents[n % 4] * (n % 3 + 1),
            "咨询",
            n % 5,
            n % 1000 / 4,
            date(2026, 12, n % 28 + 1),
            None if n % 4 else date(2026, 12, 31),
            "已当场答复，群众表示满意",
            "满意",
            None if n % 3 else "补录",
        )
        for n in range(count)
    ]


def write_ours(shape: str, path: Path) -> None:
    """Write as the program does."""
    sheets, count = SHAPES[shape]
    write_workbook(path, [Sheet(f"表{n}", TITLE, COLUMNS, rows(n, count)) for n in range(sheets)])


def write_peer(shape: str, path: Path) -> None:
    """Write the same cells as openpyxl's manual says: write-only, every style made once and shared."""
    sheets, count = SHAPES[shape]
    book = openpyxl.Workbook(write_only=True)
    for n in range(sheets):
        sheet = book.create_sheet(f"表{n}")
        for at, column in enumerate(COLUMNS, 1):
            sheet.column_dimensions[get_column_letter(at)].width = column.width
        sheet.freeze_panes = "A3"
        sheet.print_title_rows = "2:2"
        styles = [shared(sheet, column.format) for column in COLUMNS]
        sheet.append([TITLE])
        sheet.append([column.label for column in COLUMNS])
        for row in rows(n, count):
            cells = []
            for style, value in zip(styles, row, strict=True):
                cell: Any = WriteOnlyCell(sheet, value)
                cell._style = style
                cells.append(cell)
            sheet.append(cells)
    book.save(path)


def shared(sheet: Any, format: str) -> Any:
    """Make the style of a column once."""
    cell: Any = WriteOnlyCell(sheet)
    line = Side("thin", "FF7F7F7F")
    cell.font, cell.border = Font("FangSong", 11), Border(line, line, line, line)
    cell.alignment = Alignment("left", "center", wrap_text=True)
    cell.number_format = FORMATS.get(format, "@")
    return cell._style


def read_ours(_shape: str, path: Path) -> None:
    """Read as the program does: through the gate, then every cell."""
    assert sum(len(sheet.rows) for sheet in read_workbook(admit(path)).sheets)


def read_peer(_shape: str, path: Path) -> None:
    """Read every cell as openpyxl's manual says, with no gate before it."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    count = 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        count += sum(1 for _row in sheet.iter_rows(values_only=True))
    book.close()
    assert count


WORK: dict[str, Callable[[str, Path], None]] = {
    "write ours": write_ours,
    "write peer": write_peer,
    "read ours": read_ours,
    "read peer": read_peer,
}


def measured(work: str, shape: str, path: Path) -> float:
    """Do one piece of work in a fresh process and give its CPU seconds."""
    command = [sys.executable, __file__, "--one", work, shape, str(path)]
    run = subprocess.run(command, capture_output=True, check=True, timeout=600)
    return float(json.loads(run.stdout))


def ratios(rounds: int, folder: Path) -> Iterator[tuple[str, str, float, float]]:
    """Measure each act on each shape: our median and the peer's."""
    for act in LIMITS:
        for shape in SHAPES:
            seconds: dict[str, list[float]] = {"ours": [], "peer": []}
            for _ in range(rounds):
                for side, taken in seconds.items():
                    # Both sides read the same file: the one that we wrote.
                    path = folder / f"{shape}.{side if act == 'write' else 'ours'}.xlsx"
                    taken.append(measured(f"{act} {side}", shape, path))
            yield act, shape, median(seconds["ours"]), median(seconds["peer"])


def main() -> int:
    """Print a line for each comparison and tell whether all are within their limits."""
    parser = argparse.ArgumentParser(description="Compare our workbooks with raw openpyxl.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", nargs=3, metavar=("WORK", "SHAPE", "PATH"), help="what each process is told")
    asked = parser.parse_args()
    if asked.one:
        work, shape, path = asked.one
        started = time.process_time()
        WORK[work](shape, Path(path))
        print(time.process_time() - started)
        return 0
    within = True
    with tempfile.TemporaryDirectory() as folder:
        for act, shape, ours, peer in ratios(asked.rounds, Path(folder)):
            within &= ours <= LIMITS[act] * peer
            print(
                f"{act:5} {shape:6}  ours {ours:7.3f} s  openpyxl {peer:7.3f} s  "
                f"ratio {ours / peer:5.2f}  limit {LIMITS[act]:.2f}",
                flush=True,
            )
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
