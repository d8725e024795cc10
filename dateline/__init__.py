"""dateline: news reports on conflicts and crises in, a sourced, dated, located record out."""

__version__ = "0.1.0"
__all__ = ["__version__"]
