"""The rules of the house as checks over source text. Each yields one line a breach."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

# Higher may import lower, never the other way round; parts of one rank never import each other.
RANKS: dict[str, int] = {
    "model": 0, "errors": 0,
    "sentence": 1, "across": 1,
    "lexicons": 2,
    "stage": 3,
    "read": 4, "find": 4, "attribute": 4, "resolve": 4, "claim": 4, "join": 4,
    "pipeline": 5, "kit": 5, "store": 5,
    "record": 6, "explain": 6, "exports": 6,
    "dateline": 7,  # dateline/__init__.py: the public names
    "cli": 8, "web": 8, "bulk": 8, "feeds": 8,
}  # fmt: skip
VERBS = frozenset({"read", "find", "attribute", "resolve", "claim", "join"})
VAGUE = frozenset({"utils", "util", "helpers", "helper", "core", "base", "common", "misc", "shared", "tools"})
# Libraries so slow to import that a command which does without them should not wait for them.
HEAVY = frozenset({"spacy", "thinc", "trafilatura", "shapely", "dateparser", "py3langid", "lxml", "numpy"})
OUTWARD = (
    "socket", "socketserver", "ssl", "http.client", "http.server", "urllib.request", "urllib3", "requests",
    "httpx", "aiohttp", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc", "websockets",
    "trafilatura.downloads", "trafilatura.fetch_url", "spacy.cli",
)  # fmt: skip
# What would let a stage see more than the report and the kit.
WORLD = (
    "random",
    "secrets",
    "uuid",
    "time",
    "os",
    "subprocess",
    "tempfile",
    "threading",
    "locale",
    "getpass",
)
CLOCK = ("date.today", "datetime.now", "datetime.today", "datetime.utcnow")
LOADER = "dateline.find.parser"  # makes a member of the kit, so it may ask the machine; no stage lives there
FILE_LINES, FUNCTION_LINES, ARGUMENTS = 400, 50, 7


@dataclass(frozen=True, slots=True)
class Module:
    """One file as source; ``name`` is dotted, as in an import."""

    name: str
    source: str = field(repr=False)
    tree: ast.Module = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", ast.parse(self.source))

    @property
    def part(self) -> str:
        """The part of the package that it belongs to: ``dateline.read.html`` → ``read``."""
        return part_of(self.name)


type Modules = Mapping[str, Module]
type Rule = Callable[[Modules], Iterator[str]]
type Function = ast.FunctionDef | ast.AsyncFunctionDef


def part_of(name: str) -> str:
    words = name.split(".")
    return words[1] if len(words) > 1 else words[0]


def load(root: Path, *folders: str) -> dict[str, Module]:
    """Every Python file below these folders of ``root``, by its dotted name."""
    found = {}
    for path in sorted(p for folder in folders for p in (root / folder).rglob("*.py")):
        words = path.relative_to(root).with_suffix("").parts
        name = ".".join(words[:-1] if words[-1] == "__init__" else words)
        found[name] = Module(name, path.read_text(encoding="utf-8"))
    return found


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything imported; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)


def functions(module: Module) -> Iterator[Function]:
    return (n for n in ast.walk(module.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def _ours(modules: Modules) -> Iterator[tuple[Module, int, str]]:
    """Imports of one part of dateline by a module of dateline."""
    for module in modules.values():
        for line, name in imports(module.tree):
            if name.split(".")[0] == "dateline":
                yield module, line, name


def _target(name: str, modules: Modules) -> str:
    """The part that ``dateline.x.y`` names; other names are the root's, whose version stands before its imports."""
    part = "model" if name == "dateline.__version__" else part_of(name)
    return part if part in RANKS else "dateline"


def imports_point_down(modules: Modules) -> Iterator[str]:
    """A part imports only parts below it."""
    for module, line, name in _ours(modules):
        mine, theirs = module.part, _target(name, modules)
        if mine != theirs and RANKS[theirs] > RANKS.get(mine, -1):
            yield f"{module.name}:{line} imports {name}, which stands above it"


def siblings_stay_apart(modules: Modules) -> Iterator[str]:
    """Parts of one rank do not import each other."""
    for module, line, name in _ours(modules):
        mine, theirs = module.part, _target(name, modules)
        if mine != theirs and RANKS[theirs] == RANKS.get(mine, -1):
            yield f"{module.name}:{line} imports its sibling {name}"


def every_part_has_a_rank(modules: Modules) -> Iterator[str]:
    """A new part says where it stands before it is used."""
    yield from (f"{m.name} has no rank" for m in modules.values() if m.part not in RANKS)


def imports_stand_at_the_top(modules: Modules) -> Iterator[str]:
    """No import inside a function, save of heavy libraries and in the commands."""
    for module in modules.values():
        for function in functions(module):
            for line, name in imports(function):
                if module.part != "cli" and name.split(".")[0] not in HEAVY:
                    yield f"{module.name}:{line} imports {name} inside {function.name}"


def no_cycles(modules: Modules) -> Iterator[str]:
    """Following imports from a module never leads back to it."""
    edges: dict[str, set[str]] = {name: set() for name in modules}
    for module, _, name in _ours(modules):
        owner = name if name in modules else name.rpartition(".")[0]
        if owner in modules and owner != module.name:
            edges[module.name].add(owner)
    yield from (f"{name} imports itself by a detour" for name in modules if _reaches(name, edges))


def _reaches(name: str, edges: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    todo = [*edges[name]]
    while todo:
        here = todo.pop()
        if here == name:
            return True
        if here not in seen:
            seen.add(here)
            todo += edges[here]
    return False


def no_vague_names(modules: Modules) -> Iterator[str]:
    """No module is named for being of use."""
    yield from (f"{m.name} is a vague name" for m in modules.values() if VAGUE & set(m.name.split(".")[1:]))


def files_are_short(modules: Modules) -> Iterator[str]:
    """A file has 400 lines at most."""
    for module in modules.values():
        lines = len(module.source.splitlines())
        if lines > FILE_LINES:
            yield f"{module.name} has {lines} lines"


def functions_are_short(modules: Modules) -> Iterator[str]:
    """A function has 50 lines at most, its docstring among them."""
    for module in modules.values():
        for function in functions(module):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{module.name}:{function.lineno} {function.name} has {lines} lines"


def arguments_are_few(modules: Modules) -> Iterator[str]:
    """A function takes seven arguments at most, ``self`` apart."""
    for module in modules.values():
        for function in functions(module):
            a = function.args
            count = len([x for x in (*a.posonlyargs, *a.args, *a.kwonlyargs) if x.arg not in ("self", "cls")])
            if count > ARGUMENTS:
                yield f"{module.name}:{function.lineno} {function.name} takes {count} arguments"


def errors_are_named(modules: Modules) -> Iterator[str]:
    """No ``except:`` and no ``except Exception``."""
    for module in modules.values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler):
                caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                if any(
                    c is None or (isinstance(c, ast.Name) and c.id in ("Exception", "BaseException")) for c in caught
                ):
                    yield f"{module.name}:{node.lineno} catches everything"


def nothing_goes_out(modules: Modules) -> Iterator[str]:
    """No module imports what opens a connection."""
    for module in modules.values():
        for line, name in imports(module.tree):
            if any(name == out or name.startswith(f"{out}.") for out in OUTWARD):
                yield f"{module.name}:{line} imports {name}, which can open a connection"


def verbs_see_report_and_kit_only(modules: Modules) -> Iterator[str]:
    """The six verbs have no clock, chance, environment, processes or state of their own."""
    for module in modules.values():
        if module.part not in VERBS or module.name == LOADER:
            continue
        for line, name in imports(module.tree):
            if name.split(".")[0] in WORLD:
                yield f"{module.name}:{line} imports {name}"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(CLOCK):
                yield f"{module.name}:{node.lineno} asks the clock"
            if isinstance(node, ast.Global):
                yield f"{module.name}:{node.lineno} changes module state"


def spacy_lives_in_one_file(modules: Modules) -> Iterator[str]:
    """Rules see our own sentences; only the parser knows spaCy."""
    for module in modules.values():
        for line, name in imports(module.tree):
            if name.split(".")[0] in ("spacy", "thinc") and module.name != LOADER:
                yield f"{module.name}:{line} imports {name}"


def nouns_need_nothing(modules: Modules) -> Iterator[str]:
    """``model.py`` uses the standard library only: a noun can be used anywhere."""
    if "dateline.model" in modules:
        for line, name in imports(modules["dateline.model"].tree):
            if name.split(".")[0] not in ("dataclasses", "datetime", "typing", "collections"):
                yield f"dateline.model:{line} imports {name}"
