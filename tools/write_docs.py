"""Write docs/registers/: one page for each register, from its declaration, so that it cannot lie.

python3 tools/dev.py exec tools/write_docs.py            # writes every page
python3 tools/dev.py exec tools/write_docs.py --check    # writes nothing, fails if a page is stale
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ojr_desk.register import (  # noqa: E402 - the path comes first
    GROUPS,
    REGISTERS,
    Book,
    Choice,
    Column,
    Drawn,
    Link,
    Privacy,
    Register,
    Running,
    Shown,
    Text,
    Whole,
)
from ojr_desk.registers import menu as _registers  # noqa: E402, F401 - the path comes first; this fills the catalogue

FOLDER = ROOT / "docs" / "registers"
KINDS = {
    "text": "文字",
    "integer": "整数",
    "decimal": "两位小数",
    "date": "日期",
    "datetime": "日期和时间",
    "time": "时间",
    "bool": "是/否",
    "choice": "单选",
    "choices": "多选",
    "link": "关联",
}
PRIVACY = {
    Privacy.OPEN: "",
    Privacy.PERSONAL: "个人",
    Privacy.PETITIONER: "反映人",
    Privacy.PRIVATE: "隐私",
    Privacy.SEALED: "密封",
}
HEADINGS = ("栏目", "字段", "种类", "必填", "隐私", "上报", "可查", "说明")


def main() -> int:
    """Write the pages, or with `--check` tell which are stale; return the exit status."""
    parser = argparse.ArgumentParser(prog="write_docs.py", description="Write docs/registers/.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is stale")
    check = parser.parse_args().check
    wanted = dict(pages())
    there = set(FOLDER.glob("*.md"))
    stale = [path for path, text in wanted.items() if path not in there or _read(path) != text]
    strays = sorted(there - set(wanted))
    if check:
        for path in (*stale, *strays):
            print(f"{path.relative_to(ROOT).as_posix()}: stale; tools/write_docs.py writes it anew")
        return 1 if stale or strays else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    for path in strays:
        path.unlink()
    return 0


def pages() -> Iterator[tuple[Path, str]]:
    """Give every page with its place: the index first."""
    yield FOLDER / "README.md", index()
    for register in REGISTERS.values():
        yield FOLDER / f"{register.code}.md", page(register)


def index() -> str:
    """Write the list of registers in the order of the menu."""
    lines = ["# 台账", "", "由程序里的声明生成，不要手改：`tools/write_docs.py`。", ""]
    lines += ["| 台账 | 代码 | 分组 | 编号 | 本子 |", "|---|---|---|---|---|"]
    for register in REGISTERS.values():
        books = "、".join(book.title for book in register.books)
        numbers = "、".join(dict.fromkeys(register.number.values()))
        name = f"[{register.title}]({register.code}.md)"
        lines.append(_row(name, f"`{register.code}`", GROUPS[register.group], numbers, books))
    return "\n".join(lines) + "\n"


def page(register: Register) -> str:
    """Write the page of one register."""
    told = [f"# {register.title} `{register.code}`", "", (register.model.__doc__ or "").strip(), ""]
    told += [f"- {fact}" for fact in _facts(register)]
    told += ["", _row(*HEADINGS), "|" + "---|" * len(HEADINGS)]
    told += [_column(column) for column in register.columns]
    told += list(_choices(register))
    for book in register.books:
        told += list(_book(register, book))
    return "\n".join(told) + "\n"


def _facts(register: Register) -> Iterator[str]:
    yield f"分组：{GROUPS[register.group]}"
    classes: dict[str, list[str]] = {}
    for code, number in register.number.items():
        classes.setdefault(number, []).append(_chosen(register, code))
    yield "编号：" + "；".join(number + _bracketed(codes) for number, codes in classes.items())
    if register.dated_by:
        yield f"按“{register.by_name[register.dated_by].label}”归月，月结后不能再改"
    else:
        yield "长期有效，改动从生效日期起算，旧月份的本子不变"
    if register.through:
        yield f"不直接登记，由 `{register.through}` 产生"
    if not register.sent:
        yield "不上报"
    if not register.default_on:
        yield "默认不启用"


def _chosen(register: Register, code: str) -> str:
    if not register.numbered_by:
        return ""
    kind = register.by_name[register.numbered_by].kind
    return kind.choices[code] if isinstance(kind, Choice) else code


def _bracketed(words: list[str]) -> str:
    told = "、".join(filter(None, words))
    return f"（{told}）" if told else ""


def _column(column: Column) -> str:
    return _row(
        column.label,
        f"`{column.name}`",
        _kind(column),
        "自动" if column.computed else "是" if column.required else "",
        PRIVACY[column.privacy],
        "是" if column.sent else "",
        "是" if column.search else "",
        column.help,
    )


def _kind(column: Column) -> str:
    kind, told = column.kind, KINDS[column.kind.name]
    if isinstance(kind, Link):
        return f"{told}：[{REGISTERS[kind.to].title}]({kind.to}.md)"
    if isinstance(kind, Text) and kind.max is not None:
        return f"{told}，最多{kind.max}字"
    if isinstance(kind, Whole):
        return f"{told}，{kind.least}–{kind.most}"
    return told


def _choices(register: Register) -> Iterator[str]:
    chosen = [column for column in register.columns if isinstance(column.kind, Choice)]
    if chosen:
        yield from ("", "## 选项", "")
    for column in chosen:
        assert isinstance(column.kind, Choice)
        offered = "、".join(f"{label} `{code}`" for code, label in column.kind.offered.items())
        yield f"- **{column.label}**：{offered}"


def _book(register: Register, book: Book) -> Iterator[str]:
    yield from ("", f"## {book.title} `{book.code}`", "")
    yield from (_row("栏目", "宽（毫米）"), "|---|---|")
    for each in book.columns:
        if isinstance(each, Drawn | Running):
            yield _row(each.label, f"{each.width_mm:g}")
            continue
        shown = Shown(each) if isinstance(each, str) else each
        column = _owner(register, shown).by_name[shown.name]
        yield _row(shown.label or column.label, f"{shown.width_mm or column.width_mm:g}")


def _owner(register: Register, shown: Shown) -> Register:
    kind = register.by_name[shown.of].kind if shown.of else None
    return REGISTERS[kind.to] if isinstance(kind, Link) else register


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
