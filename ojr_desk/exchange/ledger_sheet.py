"""A printed book as a worksheet: the same rows, sums and signatures, to be sorted, filtered and passed on."""

from collections.abc import Iterator

from ojr_desk.exchange.sheet import Sheet, SheetColumn
from ojr_desk.ledger import Ledger
from ojr_desk.text import N_, _, labelled, listed

#: A character is about two millimetres wide in a sheet's letters.
_MM = 2.0
_GAP = N_("　")


def sheet_of_ledger(ledger: Ledger) -> Sheet:
    """Lay out *ledger*; its cells are text, as they are on paper."""
    return Sheet(
        name=ledger.title[:31],
        title=ledger.title,
        columns=tuple(
            SheetColumn(f"c{place}", heading.label, max(8, heading.width_mm / _MM))
            for place, heading in enumerate(ledger.headings)
        ),
        rows=ledger.rows,
        above=(listed((ledger.period, *ledger.facts), _GAP),),
        below=tuple(_below(ledger)),
        upright=not ledger.landscape,
    )


def _below(ledger: Ledger) -> Iterator[str]:
    if ledger.add_up:
        yield labelled(_("合计"), ledger.tally() or _("{n} 条").format(n=len(ledger.rows)))
    yield from ledger.closing
    yield from ledger.amendments
    yield listed(ledger.signatures, _GAP)
    yield labelled(_("校验码"), ledger.code)
    if ledger.watermark:
        yield ledger.watermark
