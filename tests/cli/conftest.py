"""Commands run inside this process, with the parser that the other tests have loaded."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from dateline import cli
from dateline.cli import demo, read
from dateline.stage import Kit


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


type Run = Callable[..., Ran]


@pytest.fixture
def run(kit: Kit, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """``run("read", file)``: exit code, standard output and standard error of ``dateline read FILE``."""
    for module in (read, demo):
        monkeypatch.setattr(module, "load_kit", lambda *_: kit)

    def ran(*words: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["dateline", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        out, err = capfdbinary.readouterr()
        code = stopped.value.code
        return Ran(code if isinstance(code, int) else 0, out.decode(), err.decode())

    return ran
