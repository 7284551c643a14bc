"""One palette for the figures and for the pages around them, by day and in the dark."""

from helpers.figures import PALETTE, dark_stylesheet

# How Furo marks a page that its reader wants dark, and one that follows the reader's system.
_CHOSEN = 'body[data-theme="dark"]'
_SYSTEM = 'body:not([data-theme="light"])'


def stylesheet() -> str:
    """CSS with a variable for each colour (`--promote-light`), and the figures' dark colours."""
    return f"""\
body {{ {_variables(0)} }}
@media not print {{
{_dark(_CHOSEN)}
@media (prefers-color-scheme: dark) {{
{_dark(_SYSTEM)}
}} }}
"""


def _dark(selector: str) -> str:
    return f"{selector} {{ {_variables(1)} }}\n{dark_stylesheet(selector)}"


def _variables(mode: int) -> str:
    return " ".join(
        f"--{name.replace(' ', '-')}: {colours[mode]};" for name, colours in PALETTE.items()
    )
