"""Imported first: keeps out what is large, optional and of no use here.

jsonschema, which nbformat validates notebooks with, looks for a checker of internationalised web
addresses. It takes a second to import, in every process, and no notebook's schema asks for it.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
