"""The words by which people fill, part and close the tables that they made themselves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ojr_desk.exchange.cells import Value, text_of
from ojr_desk.exchange.table import forms
from ojr_desk.moments import plain

#: What stands in a cell that has nothing to say.
_NOTHING = re.compile(
    r"[/\\|\-‐‑–—―−_~.\u3002、×*\s]+|无|暂无|没有|不详|未知|未填|未登记|未留|空|略|无此项|nil|none|n/a",
    re.IGNORECASE,
)
_DITTO = re.compile(r"同上|同前|上同|[〃″\u201c\u201d々↑]+|\"+|''+")
#: Headings of columns that only count rows, and of the one that we write beside what we hand back.
_ORDINAL = frozenset(("序号", "序", "顺序号", "行号", "次序", "no"))
REASONS = ("原因", "退回原因")
#: What heads the name where a heading above says of whom.
NAME_OF = frozenset(("姓名", "名字"))
_TWO = re.compile(r"[/、,]|及其?|[和与]")
#: What follows a word in the name of a book about it.
BOOK = "(?:登记|接待|接听|接|记录|受理|咨询|台账|情况|汇总|表)"
#: What heads the pieces of a day that was written in several columns.
TIME_PARTS = ("年", "月", "日", "时", "分")

_TOTAL = re.compile(
    r"([0-9]{2,4}年度?)?(本?[页月日周年季]|本?季度|上半年|下半年|全年|年度|[0-9]{1,2}月份?)?"
    r"(合计|小计|总计|共计|累计|总数|月计|年计|页计|汇总)(数|人次|件数)?[:0-9件人次]*"
)
_SIGNER = "制表|填表|填报|审核|审批|复核|核对|校对"
_CLOSING = re.compile(
    rf"({_SIGNER}|统计|登记|记录|经办|主管|分管|主要|单位|部门|村|社区|中心|站|负责|日期|时间|书记|主任|领导|签字|签名|盖章|电话"
    r"|人|员)+(\([^)]*\))?:.*"
    rf"|({_SIGNER})(人|员|单位|部门|日期|时间|负责人)?(签字|签名)?"
    r"|(注|备注|说明|附注|填表说明|注意事项|备查)[0-9一二三]?[:.、].*"
    r"|.{0,12}\((签字|签名|盖章|公章|签章)\).*|.{0,8}(签字|签名|盖章|签章)_*"
    r"|\(?以[上下](空白|无正文|为空|无内容).*|第[0-9一二三四五六七八九十]+页(.{0,2}共[0-9一二三四五六七八九十]+页)?"
)

_COUNTED = re.compile(
    r"共?([0-9][0-9,]*(?:\.[0-9]+)?)(?:人次|人|名|位|个|件|页|张|份|次|户|元|间|平方米|平方|平米|㎡|m2)",
    re.IGNORECASE,
)
#: A telephone number among other words: seven digits at least, perhaps in groups.
_TELEPHONE = re.compile(r"\(?(\+?[0-9](?:[0-9]|-(?=[0-9])){6,19})\)?")
_DIGITS = {sign: str(number % 10) for number, sign in enumerate("〇一二三四五六七八九零")} | {"○": "0"}
_NUMERAL = re.compile(r"[〇○零一二三四五六七八九十廿]+(?=[年月日号时点分])")
_YEAR = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])|(?<![0-9])((?:19|20)[0-9]{2})(?=(?:0[1-9]|1[0-2])(?![0-9]))"
    r"|(?<![0-9])([1-4][0-9])(?=年)"
)
_YEAR_MONTH = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}(?:年|[-./]|(?=[01][0-9](?![0-9])))(1[0-2]|0?[1-9])(?![0-9])"
)
_MONTH = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}(?:年|[-./]|(?=[01][0-9](?![0-9])))(1[0-2]|0?[1-9])(?![0-9])"
)
_MONTH = re.compile(r"(?<![0-9])(1[0-2]|0?[1-9])月")


def is_nothing(text: str) -> bool:
    """Tell whether a person wrote that there is nothing to write."""
    return not text or _NOTHING.fullmatch(text) is not None


def is_no(text: str) -> bool:
    """Tell whether *text*, which may say that there is nothing, says no where a yes or no is asked for."""
    return text in ("无", "没有", "×")


def is_ditto(text: str) -> bool:
    """Tell whether *text* says: as above."""
    return _DITTO.fullmatch(text) is not None


def is_ordinal(heading: str) -> bool:
    """Tell whether a column of this *heading* only counts the rows."""
    return forms(heading)[1] in _ORDINAL


def parts_of(heading: str) -> list[str]:
    """Part a heading for two things, as 姓名及电话."""
    return _TWO.split(heading)


def is_total(texts: Sequence[str]) -> bool:
    """Tell whether a row with these *texts* adds up other rows."""
    return any(_TOTAL.fullmatch(_compact(text)) for text in texts[:2])


def is_closing(texts: Sequence[str]) -> bool:
    """Tell whether a row with these *texts* is a line of signatures, of notes or of page numbers."""
    return _CLOSING.fullmatch(_compact(texts[0])) is not None


def number_of(text: str) -> str:
    """Write 3人 and 120平方米 as a number; anything else stays."""
    found = _COUNTED.fullmatch(_compact(text))
    return found[1] if found else text


def name_and_telephone(text: str) -> tuple[str, str]:
    """Part a cell that holds a name and a telephone number."""
    said = plain(text)
    found = _TELEPHONE.search(said)
    if not found:
        return text, ""
    name = (said[: found.start()] + " " + said[found.end() :]).strip(" ,;:/、()\n-")
    return name, found[1]


def arabic(text: str) -> str:
    """Write the numbers of a date in words, as 二〇二五年三月十二日, in digits."""
    return _NUMERAL.sub(lambda found: _number(found[0]), text)


def _number(numeral: str) -> str:
    tens, ten, ones = numeral.replace("廿", "二十").rpartition("十")
    digits = "".join(_DIGITS[sign] for sign in ones)
    if not ten:
        return digits
    return f"{_DIGITS[tens] if len(tens) == 1 else '1'}{digits or '0'}"


@dataclass(frozen=True)
class Period:
    """What is said around a table of the time that it is about; None where nothing certain is said."""

    year: int | None = None
    month: int | None = None

    def __or__(self, other: "Period") -> "Period":
        """Complete this with what only *other* says; a month goes with its own year."""
        if self.year is None:
            return Period(other.year, self.month or other.month)
        return Period(self.year, self.month or (other.month if other.year in (None, self.year) else None))


def period_of(text: str) -> Period:
    """Read the year and the month that a title or the name of a sheet speaks of."""
    said = arabic(plain(text).replace(" ", ""))
    years = {int(one or other or f"20{short}") for one, other, short in _YEAR.findall(said)}
    months = {int(month) for month in (*_YEAR_MONTH.findall(said), *_MONTH.findall(said))}
    return Period(
        years.pop() if len(years) == 1 else None,
        months.pop() if len(months) == 1 else None,
    )


def is_period(text: str) -> bool:
    """Tell whether *text* is nothing but a month or a year, as the lines that part a long table."""
    said = arabic(_compact(text))
    return bool(
        re.fullmatch(r"((19|20)[0-9]{2}年?[-./]?)?((1[0-2]|0?[1-9])月份?)?(\(续\))?(登记|台账|记录)?", said)
    ) and (period_of(text) != Period())


def texts_of(cells: Sequence[Value]) -> list[str]:
    """List what is written in a row."""
    return [text for cell in cells if (text := text_of(cell))]


def _compact(text: str) -> str:
    return "".join(plain(text).split())
