"""The form of the counter: who, what, what was done about it — and the sentence to read out when it is stored."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from ojr_desk.register import is_blank
from ojr_desk.text import _, listed
from ui.buttons import button
from ui.editor import Offer
from ui.front import present
from ui.office import Office
from ui.opened import Opened
from ui.reception.digits import Digits
from ui.reception.phrase_text import Phrase, PhraseText
from ui.reception.visitor import ANONYMOUS, Visitor
from ui.reception.visits import MOST, Visit, Visits
from ui.record_panel import RecordPanel
from ui.style import heading
from ui.view import View

#: The person's column that is filled at the counter.
PHONE = "phone"


class ReceptionPanel(RecordPanel):
    """The panel of intakes at the counter."""

    def __init__(self, parent: QWidget, office: Office, view: View) -> None:
        self._last: dict[str, tuple[Any, str]] = {}
        self._replies: dict[str, str] = {}
        self._known_phone = ""
        self._visits: list[Visit] = []
        self._record: Any = None
        super().__init__(parent, office, view)
        self.promise = heading(QLabel(self), 1.3)
        self.promise.setObjectName("promise")
        self.promise.setWordWrap(True)
        self.promise.hide()
        self.visits = Visits(self)
        self.slip = button(_("打印回执（F9）"), self.show_slip, self)
        self.slip.hide()
        self.close_button.hide()
        self.above.addWidget(self.promise)
        self.above.addWidget(self.visits)
        self.buttons.addWidget(self.slip)
        self.form.touched.connect(self.promise.hide)
        self.visits.opened.connect(office.wanted)
        self.stored.connect(self._promise)
        self.begun.connect(self._begin)
        self.visitor.met.connect(self._meet)
        self.category.chosen.connect(lambda: self.content.setFocus())
        self.category.typed.connect(self._look_for_repeats)
        self.disposition.chosen.connect(self._go_on)
        self.content.digit = self.category.choose
        self.content.took.connect(self._fill_in)
        self.form.field(PHONE).editor.left.connect(self._ring)

    @property
    def visitor(self) -> Visitor:
        """The editor for who comes."""
        made = self.form.field("person").editor
        assert isinstance(made, Visitor)
        return made

    @property
    def category(self) -> Digits:
        """The editor for what it is about."""
        return self._digits("matter_category")

    @property
    def disposition(self) -> Digits:
        """The editor for what was done about it."""
        return self._digits("disposition")

    @property
    def content(self) -> PhraseText:
        """The editor for what was said."""
        made = self.form.field("content").editor
        assert isinstance(made, PhraseText)
        return made

    def entered(self, values: dict[str, Any]) -> dict[str, Any]:
        """Write who came as the register has it: a person by name and telephone, or nobody."""
        row = dict(values)
        who, phone = row.pop("person", ""), str(row.pop(PHONE, "")).strip()
        if who == ANONYMOUS:
            return {**row, "anonymous": True}
        if is_blank(who):
            return row
        if who == self.visitor.words():
            return {**row, "person": {"full_name": who, "phone": phone} if phone else who}
        return {**row, "person": {"uid": who, "phone": phone} if phone != self._known_phone else who}

    def show_opened(self, opened: Opened) -> None:
        """Show a record that was read; the telephone stands on the person's card."""
        super().show_opened(opened)
        self.form.field(PHONE).hide()
        self.visits.clear()
        self.promise.hide()
        self.slip.hide()

    @property
    def reply(self) -> PhraseText:
        """The editor for what was answered."""
        made = self.form.field("reply_content").editor
        assert isinstance(made, PhraseText)
        return made

    def know_phrases(self, contents: Sequence[Phrase], replies: Sequence[Phrase]) -> None:
        """Know the phrases that may be called; a reply of the same letters goes with what was said."""
        self.content.know(contents)
        self.reply.know(replies)
        self._replies = {each.keyword: each.text for each in replies}

    def repeat_above(self) -> None:
        """Write what stood in this field in the record before: 同上."""
        for name in self.form.names:
            field = self.form.field(name)
            if field.isAncestorOf(self.focusWidget() or self) and name in self._last:
                value, words = self._last[name]
                field.editor.put(value, words)
                field.editor.typed.emit()
                if name == "person" and value:
                    self._meet(str(value))

    def show_slip(self) -> None:
        """Show the half page that the person takes home: of the record that is seen, else of the last one stored."""
        from ui.paper_dialog import PaperDialog  # noqa: PLC0415 - the first form must not wait for it

        record = self._record if self._opened is None else self._opened.record
        if record is None:
            self.notice.warn(_("还没有刚保存的登记：先保存这一条，或者从旁边点开一条，再打印回执。"))
            return
        uid = str(record.uid)
        path = self._office.scratch / f"{uid}.pdf"
        self._office.aside(
            _("正在排版"),
            lambda desk, _progress: desk.slips.write(uid, path),
            lambda slip: present(PaperDialog(self._office, slip.title, path)),
        )

    def submit(self) -> None:
        """Store what is in the form; remember it for 同上."""
        if self._opened is None:
            self._last = {
                name: (field.editor.value(), field.editor.words())
                for name in self.form.names
                if not is_blank((field := self.form.field(name)).editor.value())
            }
        super().submit()

    def _begin(self) -> None:
        """Know nobody yet."""
        self._known_phone, self._visits = "", []
        self.visits.clear()
        phone = self.form.field(PHONE)
        phone.show()
        phone.bare()

    def _fill_in(self, phrase: Phrase) -> None:
        """Write the reply that goes with a phrase, where none stands yet."""
        words = self._replies.get(phrase.keyword, "")
        if words and is_blank(self.reply.value()):
            self.reply.put(words, words)

    def _digits(self, name: str) -> Digits:
        made = self.form.field(name).editor
        assert isinstance(made, Digits)
        return made

    def _go_on(self) -> None:
        """Put the cursor into what the choice asks for."""
        chosen = self.disposition.value()
        for name in self.form.names:
            field = self.form.field(name)
            if chosen in field.column.when.get("disposition", ()):
                field.editor.setFocus()
                return

    def _meet(self, uid: str) -> None:
        """Show what is known of the person who was chosen."""
        self._known_phone, self._visits = "", []
        if not uid:
            self.visits.clear()
            return
        self._office.ask(lambda desk: _known(desk, uid), lambda known: self._show_known(uid, *known))
        self.content.setFocus()

    def _ring(self) -> None:
        """Look who has the number that was typed, where no name stands yet."""
        number = str(self.form.field(PHONE).editor.value()).strip()
        if number and self._opened is None and is_blank(self.visitor.value()):
            self._office.ask(lambda desk: _with_phone(desk, number), self._offer_persons)

    def _offer_persons(self, found: list[Offer]) -> None:
        if not is_blank(self.visitor.value()):
            return
        if len(found) == 1:
            self.visitor.put(found[0].uid, found[0].name)
            self._meet(found[0].uid)
        elif found:
            names = listed(each.name for each in found)
            told = _("这个号码登记在 {count} 人名下：{names}，请填是哪一位").format(
                count=len(found), names=names
            )
            self.visits.show_visits([], told)

    def _show_known(self, uid: str, phone: str, visits: list[Visit]) -> None:
        if self.visitor.value() != uid:
            return
        self._known_phone = phone
        self.form.field(PHONE).editor.put(phone, phone)
        self._visits = visits
        self.visits.show_visits(visits)
        self._look_for_repeats()

    def _look_for_repeats(self) -> None:
        """Say that the same person may have come with the same matter not long ago."""
        uid, matter = self.visitor.value(), self.category.value()
        if self._opened is not None or is_blank(matter) or not self._visits or uid == ANONYMOUS:
            return
        asked = {"person": uid, "matter_category": matter}

        def told(repeats: list[Any]) -> None:
            same = [each.event for each in repeats if each.same_matter]
            if same and self.visitor.value() == uid and self.category.value() == matter:
                words = _("90天内来过同样的事：{events}；是同一件就点开它接着办")
                named = listed(f"{_words(each)} {each.record_no}" for each in same[:2])
                self.visits.show_visits(self._visits, words.format(events=named))

        self._office.ask(lambda desk: desk.intakes.repeats(asked), told)

    def _promise(self, added: Any) -> None:
        """Say what is to be read out, and offer the slip of a record that was taken up."""
        record = added.record
        self._record = record
        self.promise.hide()
        self.slip.show()
        if record.case:
            case = str(record.case)
            self._office.ask(
                lambda desk: desk.slips.promise(desk.registers.get("case", case)), self._read_out
            )

    def _read_out(self, sentence: str) -> None:
        self.promise.setText(_("请转告：{sentence}").format(sentence=sentence))
        self.promise.show()


def _known(desk: Any, uid: str) -> tuple[str, list[Visit]]:
    """Read at the desk what may be shown of a person."""
    phone = desk.registers.get("person", uid).phone or ""
    return phone, [Visit(each.register, each.uid, _words(each)) for each in desk.persons.history(uid, MOST)]


def _words(event: Any) -> str:
    day = f"{event.day:%m-%d}" if event.day else ""
    return " ".join(part for part in (day, event.kind, event.state) if part)


def _with_phone(desk: Any, number: str) -> list[Offer]:
    return [Offer(each.uid, each.full_name) for each in desk.persons.with_phone(number)]
