"""The house rules that no tool checks for us."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(path for folder in ("ojr_desk", "ui") for path in (ROOT / folder).rglob("*.py"))
EVERYTHING = [
    *CODE,
    *sorted(path for folder in ("tests", "tools", "benchmarks") for path in (ROOT / folder).rglob("*.py")),
]
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
MARKS = {"_", "N_", "NP_", "ngettext"}
#: The widest character: columns on the screen are measured by it.
RULER = "一"

#: What makes a sentence for a reader out of a word that may be data.
SENTENCE = re.compile("[，。：；？！“”]|(?<![（申])请")

#: Files with Chinese that is data, not words for a reader, and why; a sentence is an error there too.
DATA = {
    "ojr_desk/exchange/handmade_words.py": "how villages call our indicators in tables of their own",
    "ojr_desk/exchange/old_book_days.py": "how people write days in tables of their own",
    "ojr_desk/exchange/old_book_words.py": "how people fill, part and close tables of their own",
    "ojr_desk/moments.py": "how people write days and hours",
    "ojr_desk/register/choices.py": "how people write yes and no, and samples for tests",
    "ojr_desk/register/kind.py": "samples for tests",
    "ojr_desk/register/numbers.py": "samples for tests",
    "ojr_desk/register/times.py": "samples for tests",
    "ojr_desk/registers/old_words.py": "how offices head columns and name choices in books of their own",
    "ojr_desk/rules/handover.py": "how people write that nothing is left to do",
    "ojr_desk/rules/identity.py": "surnames of two characters, and what a name may hold",
    "ojr_desk/rules/masking.py": "what addresses and groups end in",
    "ojr_desk/rules/notice.py": "how the State Council's notices are written",
    "ojr_desk/rules/money.py": "the signs of amounts in words",
    "ojr_desk/rules/pinyin.py": "readings of surnames and given names",
    "ui/general_page.py": "how languages call themselves",
    "ojr_desk/rules/workdays.py": "names of holidays, as the State Council's notices write them",
}

#: What joins or encloses Chinese words, and looks odd between those of another language.
JOINTS = re.compile("[、。，：；？！（）「」《》“”　]")

#: Where such signs are data, by file or folder, and why.
SIGNS = {
    "ojr_desk/exchange/": "packs are Chinese and are read again by these signs",
    "ojr_desk/moments.py": "how people write days and hours",
    "ojr_desk/printing/breaking.py": "where a line may break",
    "ojr_desk/printing/slip_pdf.py": "how a paragraph begins on Chinese paper",
    "ojr_desk/register/choices.py": "what people put between words, and samples for tests",
    "ojr_desk/register/kind.py": "blanks that people type",
    "ojr_desk/registers/fund_entry.py": "what stands between the names of several witnesses",
    "ojr_desk/rules/handover.py": "what people write behind a line",
    "ojr_desk/rules/identity.py": "what people type in names and numbers",
    "ojr_desk/rules/masking.py": "what stands around names and addresses",
    "ojr_desk/rules/notice.py": "how the State Council's notices are written, and how people part days",
    "ui/reception/phrase_text.py": "what a Chinese input method makes of a slash",
    "ojr_desk/store/grams.py": "what parts words that are searched",
    "ojr_desk/store/records.py": "the number behind a name in a workbook's cell",
}

#: Where a bug may be caught, and why; ruff's BLE sees a waiver, this list sees who gave it.
CATCH_ALL = {
    "ojr_desk/cli/__init__.py": "a bug ends with status 70 and the path of its report, never with a traceback",
    "ojr_desk/desk/inbox.py": "a bug over one village's file gets a report and must not keep out the others'",
    "ui/task.py": "a bug in a worker thread is raised again on the window's thread",
    "ui/errors.py": "a bug's report must be shown even if making it fails",
}


#: What the program needs without importing it, and why.
INDIRECT = {
    "defusedxml": "openpyxl parses by it, so that a hostile workbook does no harm",
    "lxml": "openpyxl writes by it, a fifth faster",
}


def told(path: Path) -> str:
    """Name *path* as a reader of the report would look for it."""
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=told(path))


def test_words_for_people_are_marked_for_the_catalogues() -> None:
    bare = [
        f"{told(path)}:{line}: {text}"
        for path in CODE
        for line, text in bare_han(parsed(path))
        if told(path) not in DATA or SENTENCE.search(text)
    ]
    assert not bare, "write these inside _() or N_():\n" + "\n".join(bare)


def test_what_joins_words_is_translated_with_them() -> None:
    bare = [
        f"{told(path)}:{line}: {text}"
        for path in CODE
        for line, text in unmarked(parsed(path), JOINTS)
        if not told(path).startswith(tuple(SIGNS))
    ]
    assert not bare, "write a whole sentence, or listed() or labelled():\n" + "\n".join(bare)


def test_no_exception_outlives_its_reason() -> None:
    assert [
        start
        for start in SIGNS
        if not any(told(path).startswith(start) and any(unmarked(parsed(path), JOINTS)) for path in CODE)
    ] == []
    assert [name for name in CATCH_ALL if not (ROOT / name).is_file()] == []
    assert [
        name for name in DATA if not (ROOT / name).is_file() or not list(bare_han(parsed(ROOT / name)))
    ] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('x = _("姓名")', 0),
        ('x = N_("姓" "名")', 0),
        ('x = ngettext("{n} 件", "{n} 件", n)', 0),
        ('def f():\n    """姓名"""', 0),
        ('x = NP_("step", "受理")', 0),
        ('x = "姓名"', 1),
        ('x = f"第{n}页"', 2),
        ('x = show("姓名", _("姓名"))', 1),
        ('x = _("姓" + "名")', 2),
        ('x = {"𠮷": 1}', 1),
    ],
)
def test_the_rule_for_words_finds_what_it_should(code: str, found: int) -> None:
    assert len(list(bare_han(ast.parse(code)))) == found


def bare_han(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Find strings with Han characters that are neither docstrings nor directly inside a mark."""
    return ((line, text) for line, text in unmarked(tree, HAN) if text != RULER)


def unmarked(tree: ast.Module, signs: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Find strings with one of *signs* that are neither docstrings nor directly inside a mark."""
    exempt = {id(text) for text in docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            exempt |= {id(argument) for argument in node.args}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in exempt
            and signs.search(node.value)
        ):
            yield node.lineno, node.value


def docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Iterate over every docstring, as a node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                yield first.value


def test_every_public_name_has_a_docstring_that_is_a_sentence() -> None:
    wanting = [
        f"{told(path)}: {getattr(node, 'name', 'the module')}"
        for path in CODE
        for node in public(parsed(path))
        if not (ast.get_docstring(node) or "").split("\n\n")[0].rstrip().endswith((".", ":", "?"))
    ]
    assert wanting == []


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.Module | ast.ClassDef | ast.FunctionDef]:
    """Iterate over *node* and what is public in it; a method that replaces Qt's is public too."""
    yield node
    for child in node.body:
        if isinstance(child, ast.ClassDef) and not child.name.startswith("_"):
            yield from public(child)
        elif isinstance(child, ast.FunctionDef) and not child.name.startswith("_"):
            yield child


def test_bugs_are_caught_only_where_the_house_allows() -> None:
    caught = [
        f"{told(path)}:{node.lineno}"
        for path in EVERYTHING
        if told(path) not in CATCH_ALL
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and catches_all(node)
    ]
    assert caught == []


def catches_all(handler: ast.ExceptHandler) -> bool:
    """Tell whether *handler* takes bugs too, and is not only passing them on."""
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
    last = handler.body[-1]
    return bool(names & {"Exception", "BaseException"}) and not (
        isinstance(last, ast.Raise) and last.exc is None
    )


def test_every_waiver_names_its_rule_and_its_reason() -> None:
    waiver = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(.*)")
    reasoned = re.compile(r"(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[a-z-]+(?:,\s*[a-z-]+)*\])\s+[-#]\s*\S+")
    bare = [
        f"{told(path)}:{number}"
        for path in EVERYTHING
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := waiver.search(line)) and not reasoned.match(found[1])
    ]
    assert not bare, "say `# noqa: RULE - the reason`:\n" + "\n".join(bare)


def test_the_core_can_be_imported_where_there_is_no_qt() -> None:
    program = (
        "import pkgutil, sys\n"
        "sys.modules['PySide6'] = None\n"
        "import ojr_desk\n"
        "for module in pkgutil.walk_packages(ojr_desk.__path__, 'ojr_desk.'):\n"
        "    if '.migrations.' not in module.name:\n"  # revisions run under Alembic only
        "        __import__(module.name)\n"
        "assert not [name for name in sys.modules if name == 'ui' or name.startswith('ui.')]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


def test_every_part_of_the_core_has_its_place_in_the_contract() -> None:
    (contract,) = [
        each for each in project()["tool"]["importlinter"]["contracts"] if each["type"] == "layers"
    ]
    placed = set(re.findall(r"[\w.]+", " ".join(contract["layers"])))
    parts = {f"ojr_desk.{path.stem}" for path in (ROOT / "ojr_desk").glob("*.py")}
    parts |= {f"ojr_desk.{path.parent.name}" for path in (ROOT / "ojr_desk").glob("*/__init__.py")}
    missing = {part for part in parts if not part.endswith(".__init__")} - placed
    assert not missing, "write these into the layers of pyproject.toml"


def test_what_the_program_imports_is_declared_and_nothing_else() -> None:
    providers = importlib.metadata.packages_distributions()
    own = {"ojr_desk", "ui", *sys.stdlib_module_names}
    imported = {
        canonicalize_name(package)
        for path in CODE
        for name in imports(parsed(path))
        if name not in own
        for package in providers.get(name, [f"no package gives {name}"])
    }
    declared = {canonicalize_name(Requirement(line).name) for line in project()["project"]["dependencies"]}
    # PySide6-Essentials brings its modules together with its own lower half.
    imported -= {"shiboken6"}
    assert imported - declared == set(), "imported, but not declared in pyproject.toml"
    assert declared - imported == set(INDIRECT), "declared in pyproject.toml, but not imported"


def imports(tree: ast.Module) -> Iterator[str]:
    """Iterate over the top-level names that *tree* imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def project() -> dict[str, Any]:
    """Read pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def test_the_lock_holds_what_the_project_declares() -> None:
    declared = project()
    wanted = [
        *declared["project"]["dependencies"],
        *declared["dependency-groups"]["dev"],
        *declared["build-system"]["requires"],
    ]
    locked = dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", lock(), re.MULTILINE))
    for requirement in map(Requirement, wanted):
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in requirements.lock: run tools/dev.py lock"
        assert requirement.specifier.contains(Version(version)), f"{requirement} is locked at {version}"


def test_the_lock_has_a_hash_for_all_and_no_address() -> None:
    entries = re.split(r"^(?=\S)", lock(), flags=re.MULTILINE)[1:]
    assert len(entries) > 40
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in lock()


def lock() -> str:
    """Read requirements.lock."""
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_continuous_integration_runs_the_command_of_the_readme_and_nothing_else() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in script if line and not line.startswith("#")]
    assert commands == ['cd "$(dirname "$0")/.." && exec python3 tools/dev.py test']
    assert "python3 tools/dev.py test" in (ROOT / "README.md").read_text(encoding="utf-8")
