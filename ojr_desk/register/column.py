"""Columns: one line of a register says everything about one field, and everybody reads that line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, get_args

from pydantic import NaiveDatetime
from sqlmodel import Field

from ojr_desk.register.choices import Choice, Choices, Flag, Link
from ojr_desk.register.given import Given
from ojr_desk.register.kind import Kind, Text
from ojr_desk.register.numbers import Amount, Whole
from ojr_desk.register.privacy import Audience, Privacy, Sight, sight
from ojr_desk.register.times import Clock, Day, Moment

#: What stands for a value that its audience may not read.
MASKED = "＊＊＊"
Default = Any | Callable[[Given], Any]
#: For the names of other fields, the codes that they must hold.
When = Mapping[str, Sequence[str]]
_INFO = "ojr_desk.column"
_BY_TYPE: dict[Any, Kind] = {
    bool: Flag(),
    int: Whole(),
    str: Text(),
    Decimal: Amount(),
    datetime: Moment(),
    NaiveDatetime: Moment(),
    date: Day(),
    time: Clock(),
}


@dataclass(frozen=True)
class Column:
    """One field of a register: what it is called, what it holds, who sees it. Widths are millimetres.

    *synonyms* are what offices call it in books of their own, the likeliest first; *words* gives for what
    such books write the code of the choice that is meant. *called* finds for a code of the program's own
    what people call it, and *hidden* fields hold what says nothing to people.
    """

    label: str
    kind: Kind
    name: str = ""
    required: bool = False
    default: Default = None
    help: str = ""
    width_mm: float = 20
    privacy: Privacy = Privacy.OPEN
    sent: bool = False
    search: bool = False
    pinyin: bool = False
    computed: bool = False
    common: bool = False
    mask: Callable[[str], str] | None = None
    synonyms: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    when: When = field(default_factory=dict)
    called: Callable[[str], str] | None = None
    hidden: bool = False

    def is_asked(self, values: Mapping[str, Any]) -> bool:
        """Tell whether the field makes sense beside *values*; a form hides it where it does not."""
        return all(values.get(name) in codes for name, codes in self.when.items())

    def cell(self, value: Any, audience: Audience) -> str:
        """Write *value* for *audience*: shown, masked or left out, as its privacy says."""
        if value is None or value == "":
            return ""
        seen = sight(self.privacy, audience)
        if seen is Sight.OMIT:
            return ""
        text = self.called(value) if self.called else self.kind.show(value)
        if seen is Sight.SHOW:
            return text
        return self.mask(text) if self.mask else MASKED

    def first_value(self, given: Given) -> Any:
        """Answer with the value that stands in an empty form."""
        value = self.default(given) if callable(self.default) else self.default
        # People see minutes: what they did not touch must not look changed.
        return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value


def column(
    label: str,
    kind: Kind | None = None,
    *,
    choices: Mapping[str, str] | None = None,
    many: bool = False,
    link: str = "",
    long: bool = False,
    max: int | None = None,
    check: Callable[[str], str] | None = None,
    default: Default = ...,
    help: str = "",
    width: float = 20,
    privacy: Privacy = Privacy.OPEN,
    sent: bool = False,
    search: bool = False,
    pinyin: bool = False,
    computed: bool = False,
    index: bool = False,
    mask: Callable[[str], str] | None = None,
    synonyms: str = "",
    words: Mapping[str, str] | None = None,
    when: When | None = None,
    called: Callable[[str], str] | None = None,
    hidden: bool = False,
) -> Any:
    """Declare a field: its label, then only what is unusual; type and order say the rest.

    *default* is a value or a function of `Given`; without one the field is required. *max* counts
    code points. *sent* fields travel to the superior; *search* fields are indexed, *pinyin* ones by
    initials too; *computed* ones are the program's to fill. *synonyms* and, by code, *words* are how
    old books call the field and its choices, parted by blanks. *when* names other fields and the codes
    beside which alone the field makes sense. *called* finds what people call a code that the field holds;
    *hidden* fields are on no list.
    """
    if choices is not None:
        kind = Choices(choices=choices) if many else Choice(choices=choices)
    elif link:
        kind = Link(to=link)
    elif long or max is not None or check is not None:
        kind = Text(max=max, long=long, check=check)
    declared = Column(
        label=label,
        kind=kind or Kind(),
        required=default is ... and not computed,
        default=None if default is ... else default,
        help=help,
        width_mm=width,
        privacy=privacy,
        sent=sent,
        search=search,
        pinyin=pinyin,
        computed=computed,
        mask=mask,
        synonyms=tuple(synonyms.split()),
        words={word: code for code, said in (words or {}).items() for word in said.split()},
        when=when or {},
        called=called,
        hidden=hidden,
    )
    more: dict[str, Any] = {} if kind is None else {"sa_type": type(kind.stored())}
    return Field(
        default=None,
        nullable=True,
        index=index,
        sa_column_kwargs={"info": {_INFO: declared}},
        **more,
    )


def resolved(name: str, annotation: Any, info: Mapping[Any, Any], common: bool) -> Column | None:
    """Complete a declared column with its name and, where it named no kind, the kind of its type."""
    declared: Column | None = info.get(_INFO)
    if declared is None:
        return None
    kind = _BY_TYPE[_bare(annotation)] if type(declared.kind) is Kind else declared.kind
    return replace(declared, name=name, kind=kind, common=common)


def _bare(annotation: Any) -> type:
    """Strip `| None`, `Annotated` and parameters: `tuple[str, ...] | None` is `tuple`."""
    if isinstance(annotation, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    origin = getattr(annotation, "__origin__", annotation)
    bare: type = origin if isinstance(origin, type) else annotation
    return bare
