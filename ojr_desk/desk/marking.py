"""What a mark speaks of, on both sides: whether something else stands there since."""

import json
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from ojr_desk.problems import Refused
from ojr_desk.register import REGISTERS, Column, Register
from ojr_desk.rules.identity import has_card_number, has_citizen_id, has_mobile
from ojr_desk.store import records
from ojr_desk.text import _


def stood(session: Session, key: str, code: str, uid: str, field: str) -> str:
    """Digest what stands in a column of a record, or in all that is reported of it, with its 更正 and its steps.

    The *key* of the mark goes into it, so that digests give nothing away. A record that is void has no content;
    of a month as a whole nothing is digested.
    """
    register = REGISTERS.get(code)
    record: Any = records.get(session, register, uid) if register is not None and uid else None
    if register is None or record is None or record.record_status == "void":
        return ""
    told = [_told(each, record) for each in _columns(register, field)]
    told += [
        each.becomes
        for each in records.by_links(session, REGISTERS["correction"], "of_uid", [uid])
        if each.record_status != "void" and field in ("", each.of_column)
    ]
    steps = [
        each.uid
        for other in REGISTERS.values()
        if (link := other.steps_of.get(code)) and not field
        for each in records.by_links(session, other, link, [uid])
    ]
    written = json.dumps([key, told, sorted(steps)], ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


def markable(register: Register) -> tuple[Column, ...]:
    """List the columns that can be marked: what a village reports and a person typed."""
    return tuple(each for each in register.sent if not (each.computed or each.hidden or each.common))


def checked_words(text: str, most: int) -> str:
    """Tidy what is written to somebody else's record; raises `Refused` for what must not travel, or is too long."""
    words = "\n".join(line.strip() for line in text.strip().splitlines())
    if len(words) > most:
        raise Refused(_("太长了：最多 {most} 个字，请写短一点。").format(most=most))
    if has_citizen_id(words) or has_mobile(words) or has_card_number(words):
        raise Refused(_("这里写了身份证号、手机号或者银行卡号：文件要在外面走，请删去。"))
    return words


def _columns(register: Register, field: str) -> tuple[Column, ...]:
    if field:
        return tuple(each for each in register.columns if each.name == field)
    return markable(register)


def _told(column: Column, record: Any) -> Any:
    value = getattr(record, column.name)
    return None if value is None or value == "" else column.kind.plain_json(value)
