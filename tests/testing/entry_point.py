"""Makes pytest load the plug-in by its entry point, also where the library is not installed."""

from __future__ import annotations

from pathlib import Path


def advertised(folder: Path) -> Path:
    """Write what an installed library says of its plug-in to a folder that is on the path."""
    told = folder / "councilrules_plugin-0.dist-info"
    told.mkdir(parents=True, exist_ok=True)
    (told / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: councilrules-plugin\nVersion: 0\n", encoding="utf-8"
    )
    (told / "entry_points.txt").write_text(
        "[pytest11]\ncouncilrules = councilrules.testing.plugin\n", encoding="utf-8"
    )
    return folder.resolve()
