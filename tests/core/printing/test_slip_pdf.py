"""Slips: half an A5 where it is enough, nothing lost where it is not."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from ojr_desk.printing.fonts import NoGlyph
from ojr_desk.printing.paper import A5_LANDSCAPE, A6_LANDSCAPE, MM
from ojr_desk.printing.slip_pdf import Slip, write_slip
from tests.core.printing.reading import bare, glyphs, texts

RECEIPT = Slip(
    title="信访事项收件回执",
    number="HZ-202611-0007",
    pairs=(
        ("来访人", "林𠮷华"),
        ("电话", "138****5678"),
        ("事项", "反映三垟街道路口路灯不亮，请求尽快修复，以免夜间有人摔倒"),
    ),
    body="您反映的事项已收到，将于2026年11月27日（周五）前答复。\n查询请凭本回执编号。",
    signatures=("经办人（签字）：", "来访人（签字）："),
    foot="瓯江红霞垟村党群服务中心　校验码 1A2B3C4D",
)


def size(path: Path) -> tuple[float, float]:
    with pypdfium2.PdfDocument(path) as document:
        width, height = document[0].get_size()
        return width, height


def everything(slip: Slip) -> list[str]:
    pairs = [text for pair in slip.pairs for text in pair]
    return [slip.title, slip.number, *pairs, *slip.body.splitlines(), *slip.signatures, slip.foot]


def test_a_receipt_is_half_an_a5_and_holds_everything(tmp_path: Path) -> None:
    path = tmp_path / "回执.pdf"
    write_slip(RECEIPT, path)
    (text,) = texts(path)
    assert size(path) == pytest.approx(A6_LANDSCAPE, abs=0.1)
    assert all(bare(part) in text for part in everything(RECEIPT))
    assert "页" not in text


def test_a_longer_slip_is_an_a5(tmp_path: Path) -> None:
    path = tmp_path / "指引单.pdf"
    write_slip(replace(RECEIPT, body=RECEIPT.body + "请到派出所户籍窗口办理。" * 20), path)
    assert size(path) == pytest.approx(A5_LANDSCAPE, abs=0.1)
    assert len(texts(path)) == 1


def test_a_very_long_slip_goes_on_overleaf_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "移送单.pdf"
    value, body = "".join(f"第{at}件，" for at in range(500)), "".join(f"说明{at}。" for at in range(500))
    write_slip(replace(RECEIPT, pairs=(("事项", value),), body=body), path)
    pages = texts(path)
    assert len(pages) > 2
    foot = bare(RECEIPT.foot)
    shown = "".join(page[: page.index(foot)] for page in pages)
    for at in range(500):
        assert f"第{at}件" in shown
        assert f"说明{at}。" in shown
    assert [f"第{at}页共{len(pages)}页" in page for at, page in enumerate(pages, start=1)] == [True] * len(
        pages
    )


def test_nothing_stands_outside_the_margins(tmp_path: Path) -> None:
    path = tmp_path / "回执.pdf"
    write_slip(
        replace(RECEIPT, title="很长的标题" * 12, number="N" * 90, signatures=("签字：" * 30, "日期：")), path
    )
    width, height = size(path)
    for page in glyphs(path):
        for glyph in page:
            assert 9 * MM < glyph.left < glyph.right < width - 9 * MM
            assert 9 * MM < glyph.bottom < glyph.top < height - 9 * MM


def test_a_bare_slip_is_printed_too(tmp_path: Path) -> None:
    path = tmp_path / "空.pdf"
    write_slip(Slip("移送单", "", (), "", (), ""), path)
    assert texts(path) == ["移送单"]


def test_a_character_without_a_glyph_is_told_by_its_label(tmp_path: Path) -> None:
    with pytest.raises(NoGlyph, match="「来访人」里的「😀」"):
        write_slip(replace(RECEIPT, pairs=(("来访人", "林😀"),)), tmp_path / "回执.pdf")
    assert list(tmp_path.iterdir()) == []
