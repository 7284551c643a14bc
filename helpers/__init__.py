"""Sources become tables, and tables become findings.

The doors that notebooks use can be imported from here; each is loaded when it is first asked for,
so that importing the package costs next to nothing. A room whose door bears the room's own name
(`zones`, `sentences`, `dates`, `quantities`, `mentions`, `claims`) is entered by its full name:
`from helpers.dates import dates`.
"""

from importlib import import_module

_ROOM_OF_DOOR = {
    "read_corpus": "corpus",
    "read_record": "record",
    "locate": "record",
    "match": "matching",
    "read_reference": "reference",
    "agreement": "reliability",
    "disagreements": "reliability",
    "finding": "findings",
    "cite": "findings",
    "evidence": "findings",
    "timeline": "figures",
    "explain": "claims.explain",
    "missed": "claims.missed",
}

__all__ = list(_ROOM_OF_DOOR)


def __getattr__(name: str):
    if name not in _ROOM_OF_DOOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOM_OF_DOOR[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
