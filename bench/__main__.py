"""Runs every bench: ``python -m bench [--data DIR]``. What needs data that is not there says so and is skipped."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator

import bench


def found() -> Iterator[str]:
    """Names of the modules beside this one that have a ``main``, in order."""
    for module in sorted(m.name for m in pkgutil.iter_modules(bench.__path__)):
        if module != "__main__" and hasattr(importlib.import_module(f"bench.{module}"), "main"):
            yield module


def main() -> None:
    """Each bench under its name, with this command's own arguments."""
    given = sys.argv[1:]
    for name in found():
        print(f"\n=== {name}\n", flush=True)
        sys.argv = [f"bench.{name}", *given]
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
