"""The tables of `store.db`, and the migrations of older files.

Times are whole seconds since 1970, amounts are decimal text, quantities of plans are fractions as
text (`75/2`); NULL is unknown.
"""

from __future__ import annotations

from store.database.schema import Schema

STORE = Schema(application_id=0x52454E57, version=13, module="store.schema.migrations")
"""`RENW`; the version is the number of migrations in `store.schema.migrations`."""
