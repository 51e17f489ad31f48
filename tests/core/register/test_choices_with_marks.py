"""Labels that hold the very mark that parts labels."""

from datetime import datetime

from ojr_desk.register import REGISTERS, Given


def test_what_a_list_shows_is_what_it_reads_even_where_a_label_holds_its_own_mark() -> None:
    kind = REGISTERS["venue"].by_name["zone_items"].kind
    codes = ("A06", "A07", "A08")
    assert "优秀服务团队、特色品牌" in kind.show(codes)
    assert kind.parse(kind.show(codes), Given(now=datetime(2026, 11, 22))) == codes
