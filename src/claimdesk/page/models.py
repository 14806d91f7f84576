"""The models of all sessions: loaded once, by whoever needs them first."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from claimdesk.settings import Settings

if TYPE_CHECKING:
    from claimdesk.verify import Models

_loading = threading.Lock()


def shared_models(settings: Settings) -> Models:
    """The models that the settings name; sessions that ask meanwhile wait for the same load.

    Raises MissingModelError for a model that is not there.
    """
    from claimdesk.language.parse import grammar
    from claimdesk.verify import load_models

    with _loading:
        grammar()
        return load_models(settings)
