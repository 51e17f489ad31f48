"""The whole menu: which pages there are, in which group, and for whom."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from ojr_desk.register import GROUPS, REGISTERS, Register
from ojr_desk.text import N_, _
from ui.backup_page import BackupPage
from ui.beginning import entries as first_entries
from ui.board_page import BoardPage
from ui.book_page import BookPage
from ui.case_page import CasePage
from ui.categories_page import CategoriesPage
from ui.dues_page import DuesPage
from ui.duty.page import RosterPage
from ui.figures_page import FiguresPage
from ui.general_page import GeneralPage
from ui.holidays_page import HolidaysPage
from ui.limits_page import LimitsPage
from ui.month_page import MonthPage
from ui.office import Office
from ui.page import Page
from ui.person_page import PersonPage
from ui.property_leaves import SHOWN, AssetMoves, LoanReturns, RequestSteps
from ui.receive_page import ReceivePage
from ui.register_page import RegisterPage
from ui.rooms.page import BookingPage
from ui.settings_page import SettingsPage
from ui.sheaf_page import SheafPage
from ui.side_menu import Entry
from ui.summary_page import SummaryPage
from ui.view import View, whole

Build = Callable[[QWidget, Office], Page]
#: How the pages begin on which a superior sees the records of all its villages.
OF_ALL = "all_"
#: Registers whose records are read, or entered, on pages of their own.
_ELSEWHERE = frozenset({"intake", "step", "case", "person", "limit", "category", "unit"})
#: What stands beside the form of some registers.
_BESIDE = {"item_loan": LoanReturns, "asset": AssetMoves, "asset_request": RequestSteps}

#: Registers with a page of their own in their group, and what it is called.
_OWN: Mapping[str, tuple[str, Build]] = {"booking": (N_("订场地"), BookingPage)}


def entries(office: Office) -> list[Entry]:
    """List every line of the menu; those *under* another are lines of its page."""
    superior = office.facts.is_superior
    own = _("本中心") if superior else ""
    lines = [each._replace(side=own) for each in _of_a_center(office)]
    return [*lines, *_of_the_villages(office, _("村社汇总"))] if superior else lines


def place_of(register: str) -> str:
    """Name the page on which the records of a register are opened."""
    return "visit" if register == "intake" else register


def _of_a_center(office: Office) -> Iterator[Entry]:
    """List what every centre has of its own."""
    today, *counter = first_entries(office)
    yield today
    if "intake" in office.facts.enabled:
        yield from counter
    if "case" in office.facts.enabled:
        yield _entry(office, "case", _("办理中"), _(GROUPS["reception"]), CasePage)
    yield _entry(office, "person", _("人员查询"), _(GROUPS["reception"]), PersonPage)
    for group in ("reception", "duty", "rooms", "assets", "books", "month"):
        if group == "duty" and "duty" in office.facts.enabled:
            yield _entry(office, "rostering", _("排班"), _(GROUPS[group]), RosterPage)
        yield from _registers(office, group)
        if group == "assets":
            yield _entry(office, "dues", _("到期一览"), _(GROUPS[group]), DuesPage)
        if group == "month":
            yield from _month(office)
    lines = (*_registers(office, "settings"), *_settings(office))
    under = [each._replace(group="", under="settings") for each in lines]
    yield Entry("settings", _("设置"), "", lambda parent: SheafPage(parent, under))
    yield from under


def _of_the_villages(office: Office, side: str) -> Iterator[Entry]:
    """List what a superior has of all its villages."""
    yield _entry(office, "receive", _("接收"), "", ReceivePage, side)
    if "unit" in office.facts.enabled:
        yield _entry(office, "board", _("报送进度"), "", BoardPage, side)
        yield _entry(office, "summary", _("汇总表"), "", SummaryPage, side)
        yield _entry(
            office, "unit", _("下级单位"), "", partial(_register_page, whole(REGISTERS["unit"])), side
        )
    for register in REGISTERS.values():
        if register.sent and not register.standing and register.code in office.facts.enabled - {"step"}:
            view = whole(register)._replace(key=f"{OF_ALL}{register.code}", everywhere=True)
            yield _entry(office, view.key, view.title, "", partial(_register_page, view), side)


def _registers(office: Office, group: str) -> Iterator[Entry]:
    for register in REGISTERS.values():
        elsewhere = register.code in _ELSEWHERE or register.steps_of
        if register.group == group and register.code in office.facts.enabled and not elsewhere:
            title, build = _OWN.get(register.code, (register.title, None))
            build = build or partial(_register_page, _view(register))
            yield _entry(office, register.code, _(title), _(GROUPS[group]), build)


def _view(register: Register) -> View:
    """See a register with what stands beside its form, and first what it is known by."""
    view = whole(register, _BESIDE.get(register.code))
    names = SHOWN.get(register.code, ())
    return view._replace(shown=tuple(register.by_name[name] for name in names)) if names else view


def _month(office: Office) -> Iterator[Entry]:
    group = _(GROUPS["month"])
    yield _entry(office, "books", _("本子"), group, BookPage)
    yield _entry(office, "figures", _("月报表"), group, FiguresPage)
    yield _entry(office, "months", _("月末结账"), group, MonthPage)
    if not office.facts.is_superior:
        yield _entry(office, "receive", _("接收"), group, ReceivePage)


def _settings(office: Office) -> Iterator[Entry]:
    if "category" in office.facts.enabled:
        yield _entry(office, "category", _("事项类别"), "", CategoriesPage)
    if "limit" in office.facts.enabled:
        yield _entry(office, "limit", _("办理时限"), "", LimitsPage)
    yield _entry(office, "holidays", _("放假安排"), "", HolidaysPage)
    yield _entry(office, "switches", _("启用台账"), "", SettingsPage)
    yield _entry(office, "backups", _("备份"), "", BackupPage)
    yield _entry(office, "general", _("字号、语言"), "", GeneralPage)


def _register_page(view: View, parent: QWidget, office: Office) -> RegisterPage:
    return RegisterPage(parent, office, view)


def _entry(office: Office, key: str, title: str, group: str, build: Build, side: str = "") -> Entry:
    return Entry(key, title, group, lambda parent: build(parent, office), side)
