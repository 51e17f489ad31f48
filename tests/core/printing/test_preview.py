"""Pages as pictures."""

import threading
from pathlib import Path

import pytest

from ojr_desk.printing.fonts import SERIF
from ojr_desk.printing.paper import A4, A4_LANDSCAPE, MM, paper
from ojr_desk.printing.preview import Picture, bands, count, render
from ojr_desk.problems import BadFile, Damaged


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    path = tmp_path / "样张.pdf"
    with paper(path, "样张") as sheets:
        for size in (A4, A4_LANDSCAPE):
            sheets.setPageSize(size)
            sheets.text(30 * MM, 100 * MM, "瓯江红𠮷", SERIF, 60)
            sheets.showPage()
    return path


def pixel(picture: Picture, x: int, y: int) -> tuple[int, ...]:
    at = 4 * (y * picture.width + x)
    return tuple(picture.rgba[at : at + 4])


def test_a_page_becomes_a_picture_of_the_width_asked_for(printed: Path) -> None:
    assert count(printed) == 2
    for width in range(100, 1000, 37):
        portrait, landscape = render(printed, 0, width), render(printed, 1, width)
        assert portrait.width == landscape.width == width
        assert portrait.height == pytest.approx(width * 297 / 210, abs=1.5)
        assert landscape.height == pytest.approx(width * 210 / 297, abs=1.5)
        assert len(portrait.rgba) == 4 * portrait.width * portrait.height


@pytest.mark.parametrize("rows", [7, 64, 10_000])
def test_a_page_in_bands_is_the_same_picture(printed: Path, rows: int) -> None:
    for page, width in ((0, 105), (1, 318)):
        whole, parts = render(printed, page, width), list(bands(printed, page, width, rows))
        assert {each.width for each in parts} == {width}
        assert sum(each.height for each in parts) == whole.height
        assert all(each.height == rows for each in parts[:-1])
        assert len(whole.rgba) == sum(len(each.rgba) for each in parts)
        told = b"".join(each.rgba for each in parts)
        # What lies on the edge of a band may be a shade lighter or darker.
        assert max(abs(one - other) for one, other in zip(told, whole.rgba, strict=True)) <= 2


def test_paper_is_white_and_ink_is_black(printed: Path) -> None:
    picture = render(printed, 0, 420)
    assert pixel(picture, 0, 0) == (255, 255, 255, 255)
    colours = {pixel(picture, x, y) for x in range(60, 180) for y in range(340, 400)}
    assert (0, 0, 0, 255) in colours
    assert all(red == green == blue and opaque == 255 for red, green, blue, opaque in colours)


def test_the_file_may_be_replaced_after_a_preview(printed: Path) -> None:
    render(printed, 0, 100)
    printed.unlink()
    assert not printed.exists()


def test_two_threads_may_look_at_once(printed: Path) -> None:
    pictures: list[Picture] = []
    threads = [threading.Thread(target=lambda: pictures.append(render(printed, 1, 200))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pictures == [pictures[0]] * 4


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="找不到"):
        count(tmp_path / "无.pdf")


def test_a_file_that_is_cut_off_is_told(printed: Path) -> None:
    printed.write_bytes(b"%PDF-1.4\n" + printed.read_bytes()[2000:2500])
    with pytest.raises(Damaged, match="打不开"):
        render(printed, 0, 100)


def test_a_page_that_is_not_there_is_a_bug(printed: Path) -> None:
    with pytest.raises(IndexError):
        render(printed, 2, 100)
