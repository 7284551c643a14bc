"""What a page may do, said in the page itself, and who it says it is.

The policy lets a page load its own styles, scripts and pictures, and nothing else: no inline
script or style, no request to anywhere. `file:` is for pages opened from a folder, where not every
browser counts a neighbouring file as the page's own.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' file: data:",
        "form-action 'self' file:",
        "base-uri 'none'",
    )
)


def add_to_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates the policy."""
    context["content_security_policy"] = CONTENT_SECURITY_POLICY
