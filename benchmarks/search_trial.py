"""Measure the search index: a million invented records, each sort of query, beside LIKE on the same file.

    python -m benchmarks.search_trial [--records 1000000] [--file FILE] [--queries 40]

A file named with --file is kept and used again, since building it takes a few minutes. Times are
milliseconds of CPU, so that a busy machine tells the same, for the newest 50 hits with their rows; the
two ways take turns, query by query. Saves, which wait for the disk, are told in wall time.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from ojr_desk.store.grams import BORDER, fold, grams, match, name_tokens

SURNAMES = "陈林黄张李王吴叶郑周徐胡金杨朱蔡潘赵余项章谢薛翁温曾单解仇夏董孙方何"
GIVEN = (
    "志明建国伟芳秀英丽静敏强磊军洋勇艳杰娟涛超平刚桂兰玉梅海霞华春红文斌晓雪飞鹏浩宇欣怡子涵梓轩若曦"
    "思远家豪俊峰佳琪雨桐诗瑶永康福生阿宝小满金花银凤松柏云龙少卿其昌万里长青向东卫星"
)
PLACES = [
    "瑶溪街道",
    "永强路",
    "龙港市",
    "河滨社区",
    "新城大道",
    "站前东路",
    "鳌江镇",
    "三垟村",
    "江口新村",
    "白沙路",
]
MATTERS = ["咨询", "办理", "反映", "投诉", "申请", "补办", "查询", "变更"]
THINGS = [
    "城乡居民医疗保险参保缴费",
    "社会保障卡遗失",
    "宅基地审批进度",
    "路灯不亮",
    "下水道堵塞",
    "邻里噪声",
    "老年优待证",
    "残疾人两项补贴",
    "高龄津贴发放",
    "法律援助",
    "土地承包合同",
    "婚姻登记地点",
    "户口迁移",
    "垃圾清运不及时",
    "农村公益金",
    "就业培训报名",
    "危房鉴定",
    "退役军人优抚",
    "助学金",
    "公租房轮候",
]
ANSWERS = [
    "已答复",
    "材料齐全当场办结",
    "转民政办",
    "三日内回访",
    "已联系施工队",
    "告知所需材料",
    "已登记待处理",
]
COLUMNS = ("name", "address", "matter", "remark", "id_no", "phone")

VISIT, PERSON = 3, 5
TEXT = f" || char({ord(BORDER)}) || ".join(COLUMNS)
VERIFY = f" AND (instr({TEXT}, ?) > 0 OR instr(ojr_fold({TEXT}), ?) > 0)"
NEW = f" || char({ord(BORDER)}) || ".join(f"new.{column}" for column in COLUMNS)
TABLE = f"CREATE TABLE {{}} (id INTEGER PRIMARY KEY, {', '.join(f'{c} TEXT NOT NULL' for c in COLUMNS)})"
INDEX = """CREATE VIRTUAL TABLE search USING fts5
    (grams, content='', contentless_delete=1, tokenize='ascii', detail=none)"""
INSERTED = f"""CREATE TRIGGER {{0}}_searched AFTER INSERT ON {{0}} BEGIN
    INSERT INTO search(rowid, grams) VALUES (({{1}} << 40) + new.id, ojr_grams({NEW}, new.name)); END"""
FIRST, LAST = VISIT << 40, (VISIT + 1 << 40) - 1
FOUND_ALONE = f"FROM search WHERE search MATCH ? AND search.rowid BETWEEN {FIRST} AND {LAST}"
FOUND = FOUND_ALONE.replace(
    "search WHERE", f"search CROSS JOIN visit ON visit.id = search.rowid - {FIRST} WHERE"
)
NEWEST, NEWEST_FOUND = "ORDER BY id DESC LIMIT 50", "ORDER BY search.rowid DESC LIMIT 50"
LIKE = "(" + " OR ".join(f"{column} LIKE ?" for column in COLUMNS) + ")"


def main() -> None:
    """Build or open the file, then print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--queries", type=int, default=40, help="of each sort")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.file or Path(folder, "search.db")
        if not path.exists():
            build(path, asked.records)
        connection = connect(path)
        sizes(connection)
        queries(connection, asked.queries)
        counts(connection, asked.queries)
        saves(connection)
        connection.close()


def connect(path: Path) -> Any:
    """Open the file as the program does: WAL, synchronous=FULL, the functions for triggers."""
    connection = sqlite.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA cache_size=-65536")
    connection.create_function("ojr_grams", 2, tokens, deterministic=True)
    connection.create_function("ojr_fold", 1, fold, deterministic=True)
    return connection


def tokens(text: str, name: str) -> str:
    """Cut a record for the index: all its text, and its person's name in pinyin."""
    return f"{grams([text])} {name_tokens(name)}"


def record(chance: random.Random) -> tuple[str, ...]:
    """Invent one record; names, places and matters come as often as they do in a village."""
    given = "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))
    place = "".join(chance.sample(PLACES, 2))
    born = f"{chance.randrange(1935, 2015)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
    return (
        chance.choice(SURNAMES[: chance.randrange(1, len(SURNAMES) + 1)]) + given,
        f"{place}{chance.randrange(1, 400)}号{chance.randrange(1, 30)}幢{chance.randrange(101, 2604)}室",
        f"{chance.choice(MATTERS)}{chance.choice(THINGS)}事宜",
        "，".join(chance.sample(ANSWERS, 2)),
        f"3303{chance.randrange(1, 30):02}{born}{chance.randrange(1000):03}{chance.choice('0123456789X')}",
        f"1{chance.choice('3578')}{chance.randrange(10**9):09}",
    )


def build(path: Path, number: int) -> None:
    """Fill a new file through the triggers, and time that beside the same without them."""
    chance = random.Random(20261122)
    records = [record(chance) for _ in range(number)]
    connection = connect(path)
    for table in ("bare", "visit", "person"):
        connection.execute(TABLE.format(table))
    connection.execute(INDEX)
    connection.execute(INSERTED.format("visit", VISIT))
    connection.execute(INSERTED.format("person", PERSON))
    spent = {}
    for table, some in (("bare", records), ("visit", records), ("person", records[: number // 10])):
        began = time.process_time()
        for start in range(0, len(some), 10_000):
            connection.execute("BEGIN IMMEDIATE")
            marks = ", ".join("?" * len(COLUMNS))
            connection.executemany(
                f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({marks})", some[start : start + 10_000]
            )
            connection.execute("COMMIT")
        spent[table] = (time.process_time() - began) / len(some) * 1e6
    connection.execute("DROP TABLE bare")
    connection.close()
    print(f"bulk insert, CPU µs a row: {spent['bare']:.1f} without the index, {spent['visit']:.1f} with it")


def sizes(connection: Any) -> None:
    """Print the size of the table and of the index, in bytes a record."""
    rows = connection.execute("SELECT count(*) FROM visit").fetchone()[0]
    page = connection.execute("PRAGMA page_size").fetchone()[0]
    index = connection.execute("SELECT sum(length(block)) FROM search_data").fetchone()[0]
    index += connection.execute("SELECT sum(length(sz) + 8) FROM search_docsize").fetchone()[0]
    whole = connection.execute("PRAGMA page_count").fetchone()[0] * page
    print(f"{rows} records, file {whole / 1e6:.0f} MB, index {index / (rows * 1.1):.0f} bytes a record")


def find(connection: Any, words: list[str]) -> list[Any]:
    """Ask as the program does: the index, then the text of what it found."""
    asked = match(words)
    verify, values = VERIFY * len(asked.verify), [word for word in asked.verify for _ in "ab"]
    if not asked.expression:
        return list(connection.execute(f"SELECT * FROM visit WHERE 1 {verify} {NEWEST}", values).fetchall())
    sql = f"SELECT visit.* {FOUND} {verify} {NEWEST_FOUND}"
    return list(connection.execute(sql, (asked.expression, *values)).fetchall())


def like(connection: Any, words: list[str]) -> list[Any]:
    """Ask as most programs do."""
    where = " AND ".join(LIKE for _ in words)
    values = [f"%{word}%" for word in words for _ in COLUMNS]
    return list(connection.execute(f"SELECT * FROM visit WHERE {where} {NEWEST}", values).fetchall())


def total(connection: Any, words: list[str]) -> int:
    """Count all hits; the records are looked at only where the index cannot prove them."""
    asked = match(words)
    verify, values = VERIFY * len(asked.verify), [word for word in asked.verify for _ in "ab"]
    sql = f"SELECT count(*) {FOUND} {verify}" if values else f"SELECT count(*) {FOUND_ALONE}"
    return int(connection.execute(sql, (asked.expression, *values)).fetchone()[0])


def sorts(connection: Any) -> Iterator[tuple[str, Callable[[random.Random], list[str]]]]:
    """Name each sort of query with a maker of words that are somewhere in the file."""
    last = connection.execute("SELECT max(id) FROM visit").fetchone()[0]

    def field(column: str, chance: random.Random, length: int = 99) -> str:
        while True:
            row = connection.execute(
                f"SELECT {column} FROM visit WHERE id = ?", (chance.randrange(1, last + 1),)
            ).fetchone()
            if len(row[0]) >= min(length, 3) and (length == 99 or column != "name" or len(row[0]) == length):
                return str(row[0])

    def part(column: str, length: int, chance: random.Random) -> str:
        text = field(column, chance)
        start = chance.randrange(max(1, len(text) - length + 1))
        return text[start : start + length]

    yield "name, two characters", lambda c: [field("name", c)[:2]]
    yield "name, three characters", lambda c: [field("name", c, 3)]
    yield "surname alone", lambda c: [c.choice(SURNAMES)]
    yield "pinyin initials", lambda c: [name_tokens(field("name", c)).split()[0]]
    yield "pinyin, two initials", lambda c: [name_tokens(field("name", c)).split()[0][:2]]
    yield "pinyin, one initial", lambda c: [name_tokens(field("name", c)).split()[0][:1]]
    yield "whole pinyin", lambda c: [name_tokens(field("name", c)).split()[-1]]
    yield "phone, last four", lambda c: [field("phone", c)[-4:]]
    yield "(a whole phone number)", lambda c: [field("phone", c)]
    yield "id card, last four", lambda c: [field("id_no", c)[-4:]]
    yield "(six digits of an id card)", lambda c: [part("id_no", 6, c)]
    yield "content, two characters", lambda c: [part("matter", 2, c)]
    yield "content, four characters", lambda c: [part("matter", 4, c)]
    yield "address, five characters", lambda c: [part("address", 5, c)]
    yield "name and content", lambda c: [field("name", c, 3), part("matter", 2, c)]
    yield "surname and content", lambda c: [c.choice(SURNAMES), part("matter", 3, c)]
    yield "(two frequent, never together)", lambda c: ["咨询", "投诉"]
    yield "nothing found", lambda c: ["".join(c.choices("鑫淼焱垚犇骉", k=3))]


def timed(ask: Callable[..., Any], *given: Any) -> tuple[float, Any]:
    """Call *ask* and return milliseconds of CPU and its answer."""
    began = time.process_time()
    answer = ask(*given)
    return (time.process_time() - began) * 1000, answer


def spread(times: list[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    ordered = sorted(times)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]


def queries(connection: Any, number: int) -> None:
    """Time every sort of query in both ways; where LIKE can find it, compare the answers."""
    print(f"{'newest 50':32}{'index p50':>10}{'p95':>8}{'LIKE p50':>10}{'p95':>8}")
    chance, ours, theirs, common = random.Random(7), [], [], []
    for title, make in sorts(connection):
        one, other = [], []
        for turn in range(number):
            words = make(chance)
            took, found = timed(find, connection, words)
            one.append(took)
            if turn < max(5, number // 8):
                took, expected = timed(like, connection, words)
                other.append(took)
                if "pinyin" not in title and found != expected:
                    sys.exit(f"{title}: the answers differ for {words}")
        ours += one
        common += [] if title.startswith("(") else one
        theirs += other
        fast, slow = spread(one), spread(other)
        print(f"{title:32}{fast[0]:10.2f}{fast[1]:8.2f}{slow[0]:10.1f}{slow[1]:8.1f}")
    slow = spread(theirs)
    for title, times in (("all", ours), ("all but the hard ones", common)):
        fast = spread(times)
        ratio = f"1/{slow[1] / fast[1]:.0f} at p95"
        print(f"{title:32}{fast[0]:10.2f}{fast[1]:8.2f}{slow[0]:10.1f}{slow[1]:8.1f}  {ratio}")


def counts(connection: Any, number: int) -> None:
    """Time the count of all hits."""
    chance = random.Random(8)
    print(f"{'count of all':32}{'p50':>10}{'p95':>8}{'hits':>10}")
    for title, make in sorts(connection):
        times, hits = [], 0
        for _ in range(max(5, number // 4)):
            words = make(chance)
            took, hits = timed(total, connection, words)
            times.append(took)
        print(f"{title:32}{spread(times)[0]:10.2f}{spread(times)[1]:8.2f}{hits:10}")


def saves(connection: Any) -> None:
    """Time single inserts, each committed, with the index and without it."""
    chance = random.Random(9)
    connection.execute(TABLE.format("bare"))
    marks = ", ".join("?" * len(COLUMNS))
    times: dict[str, list[float]] = {"bare": [], "visit": []}
    for _ in range(300):
        values = record(chance)
        for table, into in times.items():
            sql = f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES ({marks})"
            began = time.perf_counter()
            connection.execute(sql, values)
            into.append((time.perf_counter() - began) * 1000)
    connection.execute("DROP TABLE bare")
    for table, label in (("bare", "without"), ("visit", "with")):
        middle, high = spread(times[table])
        print(f"one save {label} it: p50 {middle:.2f}, p95 {high:.2f}, most {max(times[table]):.1f} ms")


if __name__ == "__main__":
    main()
