"""The models of all sessions: loaded once, by whoever needs them first, and ahead of that where time can be saved."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from claimdesk.errors import MissingModelError
from claimdesk.settings import Settings

if TYPE_CHECKING:
    from claimdesk.verify import Models

AHEAD = "CLAIMDESK_LOAD_AHEAD"  # set by ``claimdesk app``: a page that is looked at loads before somebody checks
_loading, _reading = threading.Lock(), threading.Lock()


def shared_models(settings: Settings) -> Models:
    """The models that the settings name; sessions that ask meanwhile wait for the same load.

    Raises MissingModelError for a model that is not there.
    """
    from claimdesk.verify import load_models

    with _loading:
        return load_models(settings)


def load_grammar() -> None:
    """Loads the grammar that claims are found with; whoever asks meanwhile waits for the same load."""
    from claimdesk.language.parse import grammar

    with _reading:
        grammar()


def load_ahead(settings: Settings) -> None:
    """Begins to load models and grammar in another thread; what is loaded already costs nothing.

    A model that is not there is told by the check that needs it.
    """

    def load() -> None:
        with suppress(MissingModelError):
            shared_models(settings)
        load_grammar()

    threading.Thread(target=load, name="claimdesk-load", daemon=True).start()


def loads_ahead() -> bool:
    """Whether models are to be loaded for a page on which nothing is checked yet."""
    return os.environ.get(AHEAD, "") == "1"
