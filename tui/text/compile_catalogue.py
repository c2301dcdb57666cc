"""Hatch's build hook: compiles each `renewal.po` into the `renewal.mo` that gettext reads.

Part of the build, not of the program: an installed program has the compiled files only.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("tui", "text", "locale")


def compile_catalogues(root: Path) -> None:
    """Compile every catalogue of the project that is newer than its compiled file."""
    for source in sorted((root / LOCALE).rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalog = read_po(text, locale=source.parts[-3])
        with NamedTemporaryFile(dir=source.parent, delete=False) as binary:
            write_mo(binary, catalog)
        Path(binary.name).chmod(0o644)
        Path(binary.name).replace(compiled)


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles the catalogues before a wheel is built, also an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues, and include the compiled files although git ignores them."""
        del version
        compile_catalogues(Path(self.root))
        build_data["artifacts"].append(f"{LOCALE.as_posix()}/**/*.mo")
