"""Numbers and names that identify: each function returns the normal form or raises `Wrong`.

No message repeats a number: messages may end up in logs and on papers.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from ojr_desk.moments import FIRST_YEAR, LAST_YEAR, plain
from ojr_desk.problems import Wrong
from ojr_desk.text import _, listed

#: GB 11643-1999: the weights of the first seventeen digits and the check digit for each remainder.
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
#: GB 32100-2015: the signs of a credit code with their values 0 to 30, and the weights.
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
_NO_CREDIT_SIGNS = frozenset("IOSVZ")

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(
    r"(?:(0(?:10|2[0-9]|[3-9][0-9]{2}))-?)?([2-9][0-9]{2,3})-?([0-9]{4})(?:(?:-|转|#|x|ext\.?)([0-9]{1,6}))?",
    re.IGNORECASE,
)
#: 短号 of a village network, 110 and 12345, 400-numbers.
_SERVICE = re.compile(r"[1-9][0-9]{2,5}|[48]00[0-9]{7}")
_ABROAD = re.compile(r"\+[1-9][0-9]{7,14}")
_AREA_CODE = "0577"

_HAN = "\u2e80-\u2fdf\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
_DOTS = re.compile(rf"(?<=[{_HAN}])\s*[・•.･‧∙⋅·﹒．]\s*(?=[{_HAN}])")
#: Radicals, wide letters and wide spaces are slips of copying; other compatibility signs may be the true name.
_SLIPS = re.compile("[\u00a0\u2000-\u200a\u202f\u2f00-\u2fd5\u3000\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_COMPOSED = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_NAME_LENGTH = 50

_COMPOUND_SURNAMES = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠
公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋
夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五 单于 淳于 屈突 纳兰 叶赫 完颜 富察
歐陽 東方 獨孤 萬俟 聞人 諸葛 尉遲 澹臺 濮陽 鍾離 長孫 鮮于 東郭
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES.split())

_GROUPS = re.compile(r"[0-9]+[Xx]?(?:[ .\-]{1,2}[0-9]+[Xx]?)*")


def citizen_id(text: str, today: date = date.max) -> str:
    """Return a citizen's number of eighteen signs (GB 11643-1999); the birth may not be after *today*.

    The region is not checked: older people hold codes of counties that are no more.
    """
    number = re.sub(r"[\s\-]", "", plain(text)).upper()
    if re.fullmatch(r"[0-9](?:\.[0-9]+)?E\+?1[0-9]", number):
        raise Wrong(_rounded(), "rounded")
    if re.fullmatch(r"[0-9]{15}", number):
        raise Wrong(_("这是15位的第一代身份证号，请照现在的证件填写18位号码"), "first_generation")
    if len(number) != 18:
        raise Wrong(_("身份证号应是18位，现在是{count}位，请照证件核对").format(count=len(number)), "length")
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        raise Wrong(_("身份证号只有数字，末位可以是 X，请照证件核对"), "sign")
    if number[17] != _id_check(number):
        if number.endswith("000"):
            raise Wrong(_rounded(), "rounded")
        raise Wrong(_("身份证号校验位不对，请照证件再看一遍末位和其他数字"), "check_digit")
    born = _birth(number[6:14])
    if born is None or born > today:
        raise Wrong(_("身份证号里的出生日期不对（第7至14位），请照证件核对"), "birth")
    return number


def from_first_generation(text: str) -> str:
    """Turn a number of fifteen digits into one of eighteen: insert 19 and add the check digit."""
    number = re.sub(r"[\s\-]", "", plain(text))
    if not re.fullmatch(r"[1-9][0-9]{14}", number):
        raise Wrong(_("第一代身份证号应是15位数字，请照旧证件核对"), "length")
    longer = f"{number[:6]}19{number[6:]}"
    if _birth(longer[6:14]) is None:
        raise Wrong(_("身份证号里的出生日期不对（第7至12位），请照旧证件核对"), "birth")
    return longer + _id_check(longer)


def birth_and_gender(number: str) -> tuple[date, str]:
    """Read the birthday and `male` or `female` from a citizen's number; raise `Wrong` if it is none."""
    number = citizen_id(number)
    return date.fromisoformat(number[6:14]), "male" if int(number[16]) % 2 else "female"


def credit_code(text: str) -> str:
    """Return a unified social credit code (GB 32100-2015); unknown categories are welcome."""
    code = re.sub(r"[\s\-]", "", plain(text)).upper()
    if len(code) != 18:
        raise Wrong(
            _("统一社会信用代码应是18位，现在是{count}位，请照证书核对").format(count=len(code)), "length"
        )
    if strange := sorted(_NO_CREDIT_SIGNS & set(code)):
        raise Wrong(
            _("统一社会信用代码里没有字母 {letters}，请看是否把数字 1、0、5、2 认成了字母 I、O、S、Z").format(
                letters=listed(strange)
            ),
            "letter",
        )
    if not set(code) <= set(_CREDIT_SIGNS):
        raise Wrong(_("统一社会信用代码只有数字和大写字母，请照证书核对"), "sign")
    values = [_CREDIT_SIGNS.index(sign) for sign in code]
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=False))
    if values[17] != -total % 31:
        raise Wrong(_("统一社会信用代码校验位不对，请照证书再看一遍"), "check_digit")
    return code


def phone(text: str) -> str:
    """Return one telephone number: `13805771234`, `0577-66661234-8001`, `12345`, a 短号 or `+39…`.

    A landline without its area code is one of Wenzhou.
    """
    typed = re.sub(r"[\s()]", "", re.sub("[—–]", "-", plain(text)))
    home, from_abroad = re.subn(r"^(?:\+|00)86-?", "", typed)
    number = re.sub(r"^00(?=[1-9])", "+", home).replace("-", "")
    number = re.sub(r"^(?:86|0)(?=1[3-9][0-9]{9}$)", "", number)
    if _MOBILE.fullmatch(number) or _SERVICE.fullmatch(number) or _ABROAD.fullmatch(number):
        return number
    landline = _LANDLINE.fullmatch(f"0{home}" if from_abroad and not home.startswith("0") else home)
    if landline and _is_long_enough(landline[1], landline[2]):
        extension = f"-{landline[4]}" if landline[4] else ""
        return f"{landline[1] or _AREA_CODE}-{landline[2]}{landline[3]}{extension}"
    if len(re.findall("[0-9]{7,}", plain(text).replace("-", ""))) > 1:
        raise Wrong(_("一格只写一个电话，其余的请写到备注里"), "several")
    raise Wrong(_("电话号码不对：手机是11位，固话是区号加8位，如 13805771234、0577-66661234"), "phone")


def division_code(text: str) -> str:
    """Return a village's statistical division code of twelve digits, as 330381116205."""
    code = re.sub(r"\s", "", plain(text))
    if not re.fullmatch(r"[1-9][0-9]{11}", code):
        raise Wrong(_("统计用区划代码应是12位数字，请向上级核对"), "length")
    if code.endswith("000"):
        raise Wrong(_("区划代码的末三位是村（社区）代码，不能是000，请向上级核对"), "no_village")
    return code


def centre_name(text: str) -> str:
    """Return the full name of a centre, as 7.1.5 a) of the standard words it."""
    name = re.sub(r"\s+", "", unicodedata.normalize("NFC", _visible(text)))
    if not re.fullmatch(r"瓯江红.+党群服务中心", name):
        raise Wrong(_("中心名称应是“瓯江红×××党群服务中心”的样子，请照标牌填写"), "centre_name")
    return name


def bare_name(name: str) -> str:
    """Return what people call a centre: its official name without what all centres share."""
    return name.strip().removeprefix("瓯江红").removesuffix("党群服务中心")


def official_name(name: str) -> str:
    """Return the official name of a centre, from that or from what people call it (clause 7.1.5 a)."""
    return f"瓯江红{bare_name(name)}党群服务中心"


def person_name(text: str) -> str:
    """Return a person's name: `·` between the parts, no spaces within a Han name, rare signs kept."""
    name = _SLIPS.sub(lambda slip: unicodedata.normalize("NFKC", slip[0]), _visible(text))
    name = _COMPOSED.sub(lambda run: unicodedata.normalize("NFC", run[0]), name)
    name = _without_gaps(_DOTS.sub("·", re.sub(r" +", " ", name).strip()))
    if not name:
        raise Wrong(_("请填写姓名；不愿透露的请勾选匿名"), "empty")
    if len(name) > _NAME_LENGTH:
        raise Wrong(_("姓名最多{count}个字，请只写姓名").format(count=_NAME_LENGTH), "length")
    if re.search("[?？\ufffd]", name):
        raise Wrong(_("姓名里有“?”，多半是生僻字在别处丢了，请照证件补上"), "lost_sign")
    kinds = {unicodedata.category(sign) for sign in name}
    if kinds & {"Cc", "Cs", "Zl", "Zp", "Nd"} or not any(kind[0] in "LC" for kind in kinds):
        raise Wrong(_("姓名里不能有数字、换行，也不能只有符号，请照证件填写"), "not_a_name")
    return name


def has_citizen_id(text: str) -> bool:
    """Tell whether free text gives away a citizen's number, of eighteen or fifteen digits."""
    return any(_is_citizen_id("".join(groups)) for groups in _numbers(text))


def has_mobile(text: str) -> bool:
    """Tell whether free text gives away a mobile number, also one written in groups."""
    return any(
        _MOBILE.fullmatch(re.sub(r"^86(?=[0-9]{11}$)", "", "".join(groups))) and _is_even(groups)
        for groups in _numbers(text)
    )


def has_card_number(text: str) -> bool:
    """Tell whether free text gives away a bank card: 16 to 19 digits whose Luhn check holds."""
    return any(_is_card("".join(groups)) for groups in _numbers(text))


def _rounded() -> str:
    return _("身份证号末三位被 Excel 改成了 000，已经找不回来：请把单元格设为文本，再照证件重新填写")


def _id_check(number: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11]


def _birth(digits: str) -> date | None:
    try:
        born = date.fromisoformat(digits)
    except ValueError:
        return None
    return born if FIRST_YEAR <= born.year <= LAST_YEAR else None


def _is_long_enough(area: str | None, first: str) -> bool:
    """Tell whether a landline has eight digits, as in Wenzhou and in every city with a code of three."""
    return len(first) == 4 or (area is not None and len(area) == 4 and area != _AREA_CODE)


def _visible(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()


def _without_gaps(name: str) -> str:
    """Close the gaps by which lists align Han names (林　华); two people in one field are refused."""
    first, *rest = name.split(" ")
    if not rest or not re.fullmatch(rf"[{_HAN}·\s]+", name):
        return name
    if (len(first) == 1 or first in COMPOUND_SURNAMES) and len("".join(rest)) <= 3:
        return first + "".join(rest)
    raise Wrong(_("姓名中间有空格：如果是两个人请分开登记，如果是一个人请去掉空格"), "space")


def _numbers(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of neighbouring digit groups that is short enough to be one number."""
    for found in _GROUPS.finditer(plain(text)):
        groups = re.split(r"[ .\-]+", found[0])
        for start in range(len(groups)):
            length = 0
            for stop in range(start, len(groups)):
                length += len(groups[stop])
                if length > 19:
                    break
                yield tuple(groups[start : stop + 1])


def _is_even(groups: tuple[str, ...]) -> bool:
    """Tell a number in groups from neighbouring numbers: 138 0577 1234, or digit by digit."""
    sizes = {len(group) for group in groups if group != "86"}
    return min(sizes) >= 3 or sizes == {1}


def _is_citizen_id(number: str) -> bool:
    try:
        return bool(from_first_generation(number) if len(number) == 15 else citizen_id(number))
    except Wrong:
        return False


def _is_card(number: str) -> bool:
    if not re.fullmatch(r"[3-9][0-9]{15,18}", number):
        return False
    doubled = (int(digit) * 2 for digit in number[-2::-2])
    return (sum(int(digit) for digit in number[::-2]) + sum(n - 9 * (n > 9) for n in doubled)) % 10 == 0
