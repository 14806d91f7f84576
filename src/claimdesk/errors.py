"""The few exceptions that Claimdesk raises on purpose; each message says what to do next."""


class ClaimdeskError(Exception):
    """Anything that a user can mend. The command line prints the message and exits with 2."""


class UnreadableFileError(ClaimdeskError):
    """A file that cannot be read; the message names the file and the way out."""


class MissingModelError(ClaimdeskError):
    """A named model that is not there, or whose files are not what they should be."""


class LibraryError(ClaimdeskError):
    """A reference library that cannot be opened, read or written; the message says what to do."""
