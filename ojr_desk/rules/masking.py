"""What a notice board may show of a person: the shortest form that still tells who is meant.

The rules for names, telephones, numbers and addresses on posted lists; 个人信息保护法 第六条、第二十五条.
Whatever is not understood is hidden whole.
"""

import re

from ojr_desk.moments import plain
from ojr_desk.problems import Wrong
from ojr_desk.rules.identity import COMPOUND_SURNAMES, birth_and_gender
from ojr_desk.text import _

_STAR = "*"
#: A sign with the variation selector behind it, which picks its rare shape.
_SIGN = re.compile("[^\ufe00-\ufe0f\U000e0100-\U000e01ef][\ufe00-\ufe0f\U000e0100-\U000e01ef]*")
_NICKNAME = re.compile(r"\s*[（(].*")
_LANDLINE = re.compile(r"(0[0-9]{2,3})-[0-9]{3,4}([0-9]{4})(?:-[0-9]+)?")
_ORDINAL = "0-9一二三四五六七八九十百零〇甲乙丙丁东南西北中"
_GROUP = re.compile(rf".*?(?:网格|小组|[{_ORDINAL}]组)")
_VILLAGE = re.compile("(.+(?:村|社区|居委会))(?![路街巷弄道])")


def mask_name(name: str) -> str:
    """Mask a person's name: 林*, 林*华, 陈**华, 欧阳*远, 买买提·***.

    Never for minors, victims and complainants, who are not named at all.
    """
    shown = _NICKNAME.sub("", name.strip())
    for gap in ("·", " "):
        if gap in shown:
            return f"{shown.partition(gap)[0]}{gap}{_STAR * 3}"
    signs = _SIGN.findall(shown)
    if shown.isascii():
        return shown[:1] + _STAR * 3 if shown else ""
    surname = 2 if len(signs) > 2 and "".join(signs[:2]) in COMPOUND_SURNAMES else 1
    last = signs[-1] if len(signs) > surname + 1 else ""
    hidden = max(len(signs) - surname - len(last[:1]), 1)
    return ("".join(signs[:surname]) if len(signs) > 1 else "") + _STAR * hidden + last


def mask_phone(number: str, office: bool = False) -> str:
    """Mask a telephone number: 138****5678; the landline of an *office* is shown in full."""
    typed = plain(number)
    if re.fullmatch(r"1[3-9][0-9]{9}", typed):
        return f"{typed[:3]}{_STAR * 4}{typed[7:]}"
    if office:
        return typed
    if landline := _LANDLINE.fullmatch(typed):
        return f"{landline[1]}-{_STAR * 4}{landline[2]}"
    return _STAR * 4 if typed else ""


def mask_id(number: str, namesakes: bool = False) -> str:
    """Leave a citizen's number out; with *namesakes* on one list, tell the year of birth: （1956年生）."""
    try:
        born = birth_and_gender(number)[0]
    except Wrong:
        return ""
    return _("（{year}年生）").format(year=born.year) if namesakes else ""


def screen_id(number: str) -> str:
    """Shorten a citizen's number for a list on the screen, never for a board: 330302********0015."""
    typed = plain(number)
    if len(typed) < 12:
        return _STAR * len(typed)
    return typed[:6] + _STAR * (len(typed) - 10) + typed[-4:]


def mask_address(address: str) -> str:
    """Cut an address off behind 村民小组 or 网格, else behind the village; else leave it out."""
    typed = plain(address)
    found = _GROUP.match(typed) or _VILLAGE.match(typed)
    return found[0] if found else ""
