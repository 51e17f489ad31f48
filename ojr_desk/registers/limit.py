"""办理时限: how long the office gives itself for each nature of request and some steps, where it is not the default."""

from datetime import date

from ojr_desk.register import Choice, Standing, Whole, column, register
from ojr_desk.rules.cases import LIMITED
from ojr_desk.text import N_

#: 日 are natural days, 工作日 are not; whoever shows a limit says which.
UNITS = {"working": N_("工作日"), "natural": N_("自然日")}
#: Of an accusation there is no case; it is handed on within the day that the rules give.
_ITS_OWN = ("accusation",)


@register(code="limit", title=N_("办理时限"), group="settings", number="SX")
class TimeLimit(Standing, table=True):
    """One nature's limit from a day on. Of two that hold on a day the one that began later counts."""

    __tablename__ = "time_limit"

    matter_nature: str = column(N_("时限事项"), Choice(choices=LIMITED, reserved=_ITS_OWN), width=24)
    days: int = column(
        N_("天数"), Whole(least=0, most=365), width=14, help=N_("受理当天不算；填 0 就是当天答复。")
    )
    unit: str = column(N_("单位"), choices=UNITS, default="working", width=18)
    valid_from: date = column(
        N_("从哪天起"),
        width=22,
        default=lambda given: given.now.date(),
        help=N_("这一天起受理的按新的时限，已经受理的不变。"),
    )
