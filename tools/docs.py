"""Writes the generated parts of docs/: commands, nouns, stages, word lists, exit codes.

``python -m tools.docs`` writes them; ``python -m tools.docs --check`` only says which are behind, and exits
1. A generated part stands between ``<!-- begin NAME -->`` and ``<!-- end NAME -->``; all other text is a
person's.
"""

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import click

from dateline import across, errors, model, pipeline
from dateline.cli import dateline
from dateline.lexicons.gazetteer import about
from dateline.lexicons.load import OURS

ROOT = Path(__file__).parents[1]
PART = re.compile(r"(<!-- begin (?P<name>\w+) -->\n).*?(<!-- end (?P=name) -->)", re.S)
SECTION = re.compile(r"# --- (.+?) -+$")


def commands() -> Iterator[str]:
    """Every command with its usage, its words of help and its options."""
    context = click.Context(dateline, info_name="dateline")
    yield from _command(dateline, context)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## `{context.command_path}`\n"
    yield f"```text\n{context.command_path} {' '.join(command.collect_usage_pieces(context))}\n```\n"
    yield f"{inspect.cleandoc(command.help or '')}\n"
    yield from _options(command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, name
            yield from _command(inner, click.Context(inner, info_name=name, parent=context))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    asked = [p for p in command.get_params(context) if isinstance(p, click.Option)]
    rows = [r for p in asked if (r := p.get_help_record(context))]
    rows = [r for r in rows if not r[0].endswith("--help")]
    if rows:
        yield "| option | what it does |\n|---|---|"
        yield from (f"| `{_cell(names)}` | {_cell(what)} |" for names, what in rows)
        yield ""


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|").replace("``", "`")


def nouns() -> Iterator[str]:
    """Every class of model.py by the verb that makes it: its fields, and what it is."""
    yield from _nouns(model)


def nouns_together() -> Iterator[str]:
    """Every class of across.py by what it is for: its own fields, and what it is."""
    yield from _nouns(across)


def _nouns(module: ModuleType) -> Iterator[str]:
    source = inspect.getsource(module)
    classes = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    for line in source.splitlines():
        section, noun = SECTION.match(line), re.match(r"class (\w+)", line)
        if section:
            yield f"\n### {section[1]}\n\n| noun | fields | what it is |\n|---|---|---|"
        if noun:
            node = classes[noun[1]]
            yield f"| **{noun[1]}** | {', '.join(_fields(node))} | {_cell(ast.get_docstring(node) or '')} |"


def _fields(node: ast.ClassDef) -> Iterator[str]:
    """The fields of a class, after those that it takes over from another."""
    yield from (f"those of {base.id}" for base in node.bases if isinstance(base, ast.Name))
    own = (each.target for each in node.body if isinstance(each, ast.AnnAssign))
    yield from (f"`{target.id}`" for target in own if isinstance(target, ast.Name))


def stages() -> Iterator[str]:
    """The stages in their order, with what each needs and gives."""
    yield "| | stage | of | needs | gives |\n|---|---|---|---|---|"
    for number, stage in enumerate(pipeline.STAGES, 1):
        verb = inspect.getmodule(stage).__name__.split(".")[1]  # type: ignore[union-attr]
        needs, gives = (
            ", ".join(kind.__name__ for kind in kinds) or "the report" for kinds in (stage.needs, stage.gives)
        )
        yield f"| {number} | `{stage.__name__}` | {verb} | {needs} | {gives} |"


def lexicons() -> Iterator[str]:
    """Every list, and where it comes from."""
    yield "| list | origin | licence |\n|---|---|---|"
    for path in [*sorted(OURS.glob("en/*.toml")), *sorted(OURS.glob("*.tsv"))]:
        found = _about(path)
        name = path.relative_to(OURS).as_posix()
        yield f"| `{name}` | {_cell(found['origin'])} | {_cell(found['licence'])} |"


def _about(path: Path) -> dict[str, str]:
    """Origin and licence, from the ``[about]`` table or from the comment at the top."""
    text = path.read_text(encoding="utf-8")
    found = dict(re.findall(r'^(origin|licence) = "(.*)"$', text, re.M))
    if not found:
        top = "\n".join(line[1:].strip() for line in text.splitlines() if line.startswith("#"))
        for name, words in re.findall(r"(?im)^(origin|licence): (.*)$", top):
            found[name.lower()] = words
    return found


def gazetteer() -> Iterator[str]:
    """What the map is built from."""
    yield "| what | from | licence | credit |\n|---|---|---|---|"
    for row in about():
        version = f" {row['version']}" if row["version"] else ""
        yield f"| {row['what']} | {_cell(row['from'])}{version} | {row['licence']} | {_cell(row['credit'])} |"


def exit_codes() -> Iterator[str]:
    """The errors by their exit code."""
    yield "| code | what it means | error |\n|---|---|---|"
    yield "| 0 | all went well | |"
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.DatelineError)]
    for kind in sorted(kinds, key=lambda k: k.code):
        said = inspect.getdoc(kind) or ""
        if kind is errors.DatelineError:
            said = "A batch in which some reports could not be read; the others were."
        yield f"| {kind.code} | {_cell(said)} | `{kind.__name__}` |"
    yield "| 130 | You stopped it (Ctrl-C). | |"


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    part.__name__: part for part in (commands, nouns, nouns_together, stages, lexicons, gazetteer, exit_codes)
}


def written(text: str) -> str:
    """The same page with its generated parts made anew."""

    def fresh(found: re.Match[str]) -> str:
        return f"{found[1]}\n" + "\n".join(PARTS[found["name"]]()).strip("\n") + f"\n\n{found[3]}"

    return PART.sub(fresh, text)


def pages() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def behind() -> list[Path]:
    """Pages whose generated parts are not what the program says today."""
    return [p for p in pages() if (text := p.read_text(encoding="utf-8")) != written(text)]


def main(check: bool) -> int:
    late = behind()
    for page in late:
        print(f"{page.relative_to(ROOT)} {'is behind: run make docs' if check else 'written'}")
        if not check:
            page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")
    return 1 if check and late else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
