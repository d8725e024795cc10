"""One exception tree. Each error says what is wrong, where, and what to do; ``code`` is the exit code."""

from typing import ClassVar


class DatelineError(Exception):
    """Anything that a user can act on."""

    code: ClassVar[int] = 1

    def __init__(self, message: str, *, where: str | None = None, todo: str | None = None) -> None:
        self.message, self.where, self.todo = message, where, todo
        super().__init__(": ".join(part for part in (where, message) if part) + (f"; {todo}" if todo else ""))


class UsageError(DatelineError):
    """The command's own words are off: an unreadable date, an unknown option value."""

    code = 2


class InputError(DatelineError):
    """A report that cannot be read: missing, empty, binary, too large."""

    code = 3


class ModelError(DatelineError):
    """A language model that is missing, or whose weights are not what the manifest says."""

    code = 4


class LexiconError(DatelineError):
    """A lexicon or gazetteer file that does not say what it must."""

    code = 5


class StoreError(DatelineError):
    """A record that cannot be opened, read or written to: no record, damaged, newer, locked, no room."""

    code = 6


class PipelineError(DatelineError):
    """Stages in an order in which one would miss what it needs: a fault of the program."""

    code = 70
