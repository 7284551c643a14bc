"""Tables at any size: many sources become the seven tables on disk, and are opened from there."""

from helpers.tabulate.opening import Tables, read_tables
from helpers.tabulate.running import Coded, RunError, code

__all__ = ["Coded", "RunError", "Tables", "code", "read_tables"]
