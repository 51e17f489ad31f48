"""A large invented office for the benchmarks: persons and intakes by the hundred thousand."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ojr_desk.desk import Desk, NewOffice
from ojr_desk.register import REGISTERS, Register
from ojr_desk.store import triggers
from ojr_desk.store.uid import uid

SURNAMES = "陈林黄张李王吴叶郑周徐胡金杨朱蔡潘赵余项章谢薛翁温曾单解仇夏董孙方何"
GIVEN = "志明建国伟芳秀英丽静敏强磊军洋勇艳杰娟涛超平刚桂兰玉梅海霞华春红文斌晓雪飞鹏浩宇欣怡子涵梓轩若曦"
PLACES = (
    "瑶溪街道",
    "永强路",
    "河滨社区",
    "新城大道",
    "站前东路",
    "三垟村",
    "江口新村",
    "白沙路",
    "百丈漈镇",
    "峃口镇",
)
THINGS = (
    "城乡居民医疗保险参保缴费", "社会保障卡遗失", "宅基地审批进度", "路灯不亮", "下水道堵塞", "邻里噪声", "老年优待证",
    "残疾人两项补贴", "高龄津贴发放", "法律援助", "土地承包合同", "户口迁移", "垃圾清运不及时", "就业培训报名", "危房鉴定",
)  # fmt: skip
ANSWERS = ("已答复", "材料齐全当场办结", "三日内回访", "已联系施工队", "告知所需材料", "已登记待处理")
#: Of twenty who turn to a centre: the channel and the class of the number.
CHANNELS = (*(("visit", "LF"),) * 12, *(("call", "LD"),) * 5, *(("letter", "LX"),) * 3)
_BATCH = 20_000


def fill(
    folder: Path,
    intakes: int,
    persons: int = 20_000,
    seed: int = 1,
    facts: NewOffice = NewOffice("测试村", "village"),  # noqa: B008 - a value that nothing changes
) -> Desk:
    """Make an office with so many intakes. Search and numbers are on; history is not written."""
    rng = random.Random(seed)
    desk = Desk.create(folder, facts)
    center = desk.office.center
    people = [_person(rng, center, number) for number in range(persons)]
    insert(desk, REGISTERS["person"], iter(people))
    insert(desk, REGISTERS["intake"], _intakes(rng, center, [each["uid"] for each in people], intakes))
    return desk


def _person(rng: random.Random, center: str, number: int) -> dict[str, Any]:
    given = "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))
    return {
        "uid": uid(),
        "center": center,
        "record_no": f"FW-202001-{number:05d}",
        "full_name": rng.choice(SURNAMES) + given,
        "phone": f"1{rng.choice('3578')}{rng.randrange(10**9):09d}",
        "grid": f"第{rng.randrange(1, 9)}网格",
        "valid_from": "2020-01-01",
        "record_status": "normal",
    }


def _intakes(rng: random.Random, center: str, people: list[str], count: int) -> Iterator[dict[str, Any]]:
    start = datetime(2016, 1, 4, 8, 30)
    for number in range(count):
        at = start + timedelta(minutes=number * 5)
        channel, sort = CHANNELS[number % len(CHANNELS)]
        yield {
            "uid": uid(),
            "center": center,
            "record_no": f"{sort}-{at:%Y%m}-{number:07d}",
            "channel": channel,
            "occurred_at": at.isoformat(" ") + ".000000",
            "person": rng.choice(people),
            "content": f"{rng.choice(PLACES)}{rng.randrange(1, 400)}号{rng.choice(THINGS)}，{rng.randrange(1000)}",
            "reply_content": rng.choice(ANSWERS),
            "matter_nature": "consult",
            "matter_category": "other",
            "disposition": "answered",
            "record_status": "normal",
            "confidentiality": "ordinary",
            "headcount": 1,
            "recorded_at": at.isoformat(" ") + ".000000",
        }


def insert(desk: Desk, register: Register, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows by the driver, with every trigger on but the history's."""
    name = triggers.table(register)
    with desk.office.database.writing("", "benchmark", datetime.now()) as session:
        raw: Any = session.connection().connection.dbapi_connection
        history = raw.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (f"{name}_history_insert",)
        ).fetchone()
        raw.set_authorizer(None)  # a benchmark may take the history off for a while
        raw.execute(f"DROP TRIGGER {name}_history_insert")
        batch: list[tuple[Any, ...]] = []
        statement = ""
        for row in rows:
            statement = (
                statement or f"INSERT INTO {name} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
            )
            batch.append(tuple(row.values()))
            if len(batch) == _BATCH:
                raw.executemany(statement, batch)
                batch.clear()
        if batch:
            raw.executemany(statement, batch)
        raw.execute(history[0])
