"""Where this user's own data are kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_data() -> Path:
    """Where programs of this user keep their data, by the custom of each system."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
