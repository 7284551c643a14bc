"""What is worked out when it is first asked for."""

from collections.abc import Callable
from typing import Any


class lazy:  # noqa: N801 - a decorator, written as `property` is
    """A property that is worked out once for each object.

    What `functools.cached_property` is too, but that takes a lock each time before Python 3.12,
    which costs more than much of what is worked out here.
    """

    def __init__(self, method: Callable[[Any], Any]):
        self._method, self._name, self.__doc__ = method, method.__name__, method.__doc__

    def __get__(self, owner: Any, _: type | None = None) -> Any:
        # From now on the value itself stands in the object, and this is no longer asked.
        value = owner.__dict__[self._name] = self._method(owner)
        return value
