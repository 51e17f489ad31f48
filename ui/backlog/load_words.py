"""What a plan or a loading comes to, in sentences."""

from ojr_desk.desk.loading import Loading, SheetPlan
from ojr_desk.problems import Problem
from ojr_desk.register import Register
from ojr_desk.text import _, labelled, listed
from ui.backlog.pasted import Heading

_FEW = 5


def planned(register: Register, plan: Loading) -> list[str]:
    """Write what is to be done next, and what a plan comes to."""
    if plan.accepted:
        told = _("还没有载入，请看过以后按“载入”。")
    elif plan.there and not plan.refused:
        told = _("这张表以前已经载入过：没有新的行，不会重复。")
    else:
        told = _("没有可以载入的行。")
    unknown = [each.text for sheet in plan.sheets for each in sheet.words if each.meant is None]
    words = _("不认识的词：{words}，请在下面选它是哪一项，下次会记得。")
    return [
        told,
        words.format(words=listed(dict.fromkeys(unknown), most=_FEW)) if unknown else "",
        *counted(register, plan),
    ]


def where(sheet: SheetPlan | None) -> str:
    """Write where the headings stand, and that they may be put right."""
    if sheet is None:
        return _("没有认出表头：请在右边告诉程序，这些栏各记到哪里。")
    return _("表头在第 {rows} 行，下面有 {count} 行记录。对错了的请在右边改，下次会记得。").format(
        rows=listed(map(str, sheet.heading_rows)), count=sheet.rows
    )


def counted(register: Register, plan: Loading) -> list[str]:
    """Write what came of a plan or of a loading in sentences."""
    counts = _("共 {rows} 行：可以载入 {accepted} 行，以前已经载入 {there} 行，有问题 {refused} 行。").format(
        rows=plan.rows, accepted=plan.accepted, there=plan.there, refused=plan.refused
    )
    skipped = [
        labelled(_("第 {row} 行").format(row=each.number), each.why)
        for sheet in plan.sheets
        for each in sheet.skipped
        if each.why != _("空行")
    ]
    passed = [labelled(each.sheet, each.why) for each in plan.passed_over]
    missing = [_(register.by_name[name].label) for name in plan.missing]
    return [
        counts if plan.sheets else "",
        _("表里没有“{names}”，请在下面填，空着的都用它。").format(names=listed(missing)) if missing else "",
        _("不当作记录的行：{rows}。").format(rows=listed(skipped, most=_FEW)) if skipped else "",
        _("没有读的工作表：{sheets}。").format(sheets=listed(passed, most=_FEW)) if passed else "",
        *plan.notes[:_FEW],
    ]


def loaded(done: Loading) -> list[str]:
    """Write what was loaded, where the rest lies, and how to take it back."""
    told = [_("已载入 {count} 条。").format(count=done.accepted)]
    if done.there:
        told.append(_("{count} 行以前已经载入过，没有重复。").format(count=done.there))
    if done.rejects is not None:
        told.append(
            _(
                "{count} 行没有载入，连同原因写在：{path}。请用 WPS 或 Excel 打开它，改好、存好、关上，再按“再次载入”。"
            ).format(count=done.refused, path=done.rejects)
        )
    if done.stored:
        told.append(_("要是不对，按 Ctrl+Z 可以把这一批全部撤销。"))
    return [*told, *done.notes[:_FEW]]


def of_sheet(sheet: SheetPlan) -> list[Heading]:
    """List the headings of a sheet from the left."""
    return [
        Heading(
            heading,
            _("{letter}列").format(letter=letter),
            tuple(sheet.matched[heading].split(",")) if heading in sheet.matched else (),
        )
        for heading, letter in sheet.letters.items()
    ]


def placed(problem: Problem, several: bool) -> str:
    """Say where a problem stands."""
    if problem.row is None:
        return problem.message
    if several:
        told = _("工作表“{sheet}”第 {row} 行：{what}")
        return told.format(sheet=problem.sheet, row=problem.row, what=problem.message)
    return _("第 {row} 行：{what}").format(row=problem.row, what=problem.message)
