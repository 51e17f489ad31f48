"""Chinese through a real input method: ibus or fcitx composes what real keys on a real screen spell.

While it composes, digits and Enter belong to it; at the counter a digit else chooses what a visit is
about, and Enter stores it.
"""

import re
from pathlib import Path

import pytest

from ojr_desk.desk import Clock, Desk
from ojr_desk.store.query import Query
from tests.office import TODAY
from tests.ui import real_keys
from tests.ui.real_keys import Hands, missing, screen, window

METHODS = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(bool(missing(name)), reason=f"needs the Debian packages {missing(name)}"),
    )
    for name in real_keys.METHODS
]
HAN = re.compile("[一-鿿]+")


def compose(hands: Hands, field: str, spelt: str, choice: str) -> str:
    """Spell something, see it composed, choose; answer with what has come into the field."""
    before = hands.seen["form"][field]
    hands.press(*spelt)
    hands.see(lambda seen: seen["composed"] != "")
    hands.press(choice)
    seen = hands.see(lambda seen: seen["composed"] == "" and seen["form"][field] != before)
    return str(seen["form"][field]).removeprefix(before)


@pytest.mark.parametrize("method", METHODS)
def test_chinese_that_is_composed_reaches_the_stored_record(village: Path, clock: Clock, method: str) -> None:
    started = getattr(real_keys, method)
    with (
        screen() as bare,
        started(bare) as around,
        window(village, TODAY.isoformat(), around) as hands,
    ):
        hands.see(lambda seen: seen["active"])
        hands.press("F2")
        hands.see(lambda seen: seen.get("field") == "person")
        # Enter in the middle of a word takes the letters as they are, and stores nothing.
        assert compose(hands, "person", "zhangwei", "Return") == "zhangwei"
        assert hands.seen["notice"] == ""
        # Who is known is offered while the next word is being composed, which is not lost by that.
        hands.press("ctrl+a", "BackSpace", *"zhangwei")
        hands.see(lambda seen: seen["form"]["person"] == "" and seen["composed"] != "" and seen["rests"])
        hands.press("1")
        name = hands.see(lambda seen: seen["form"]["person"] != "" and seen["composed"] == "")["form"][
            "person"
        ]
        # Where nothing is composed a digit is a digit, though the input method hears it first.
        hands.press("Tab", *"13957779999")
        hands.see(lambda seen: seen["form"]["phone"] == "13957779999")
        hands.press("Tab", "3")
        hands.see(lambda seen: seen["field"] == "content")
        first = hands.seen["form"]["matter_category"]
        hands.press("5")
        seen = hands.see(lambda seen: seen["form"]["matter_category"] != first)
        about = seen["form"]["matter_category"]
        assert seen["form"]["content"] == ""
        content = compose(hands, "content", "ludeng", "1")
        assert content == "路灯"
        assert hands.seen["form"]["matter_category"] == about
        content += compose(hands, "content", "buliang", "2") + compose(hands, "content", "led", "Return")
        assert content.endswith("led")
        # Once something stands there a digit is part of it.
        hands.press("3")
        seen = hands.see(lambda seen: seen["form"]["content"] == f"{content}3")
        assert (seen["notice"], seen["form"]["matter_category"]) == ("", about)
        hands.press("Tab", "1")
        hands.see(lambda seen: seen["field"] == "reply_content")
        reply = compose(hands, "reply_content", "yigaosu", "space")
        hands.press("Return")
        hands.see(lambda seen: "已保存" in seen["notice"])
    desk = Desk.open(village, clock)
    (stored,) = [
        each for each in desk.registers.find("intake", Query()).records if each.content == f"{content}3"
    ]
    assert (stored.reply_content, stored.matter_category) == (reply, about)
    person = desk.registers.get("person", stored.person)
    assert (person.full_name, person.phone) == (name, "13957779999")
    assert [each for each in (name, reply, content.removesuffix("led")) if not HAN.fullmatch(each)] == []
    assert len(desk.registers.ids("intake", Query())) == 4
    desk.close()


@pytest.mark.skipif(bool(missing()), reason=f"needs the Debian packages {missing()}")
def test_a_window_that_hears_no_input_method_says_so_and_what_to_do(village: Path) -> None:
    with screen() as bare:
        around = {**bare, "QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
        with window(village, TODAY.isoformat(), around) as hands:
            seen = hands.see(lambda seen: seen["told"] != "")
            assert "fcitx5：请先启动它" in seen["told"]
            # It is a line in the window: the keys still reach the page.
            hands.press("F2")
            hands.see(lambda seen: seen.get("field") == "person")
