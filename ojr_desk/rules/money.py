"""Amounts in words, as they stand on receipts and requests: 人民币壹仟陆佰捌拾元叁角贰分.

The rules are those of payment practice (支付结算办法, annex 1): several noughts in the middle are one 零,
a sum that ends with 元 gets 整, one that ends with 角 or 分 does not.
"""

from decimal import Decimal

from ojr_desk.problems import Wrong
from ojr_desk.text import _

#: Sums of a million million and more are slips of the finger.
MOST = Decimal(10) ** 12
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿")
_CENTS = Decimal("0.01")


def in_words(amount: Decimal) -> str:
    """Write an amount of yuan in words; raise `Wrong` for one with parts of a cent, or beyond reason."""
    if not amount.is_finite() or abs(amount) >= MOST or amount != amount.quantize(_CENTS):
        raise Wrong(_("金额最多两位小数，请检查"), "amount")
    yuan, cents = divmod(int(abs(amount) * 100), 100)
    jiao, fen = divmod(cents, 10)
    sign = "负" if amount < 0 else ""
    whole = _whole(yuan) + "元" if yuan or not cents else ""
    if not cents:
        return f"人民币{sign}{whole}整"
    gap = "零" if yuan and not jiao else ""
    parts = (f"{_DIGITS[jiao]}角" if jiao else gap) + (f"{_DIGITS[fen]}分" if fen else "")
    return f"人民币{sign}{whole}{parts}"


def _whole(number: int) -> str:
    """Write a whole number, four digits at a time."""
    told, gap = "", False
    for place in reversed(range(len(_SECTIONS))):
        section = number // 10 ** (4 * place) % 10_000
        if section:
            told += ("零" if told and (gap or section < 1000) else "") + _section(section) + _SECTIONS[place]
        gap = not section
    return told or _DIGITS[0]


def _section(number: int) -> str:
    """Write a number below ten thousand."""
    told, gap = "", False
    for place in reversed(range(len(_PLACES))):
        digit = number // 10**place % 10
        if digit:
            told += ("零" if told and gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return told
