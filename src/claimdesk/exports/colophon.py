"""What every file says at its end: with which version, when, and with which settings it was checked."""

from __future__ import annotations

import json

from claimdesk.model import Report
from claimdesk.report import report_id


def colophon(report: Report) -> list[tuple[str, str]]:
    """Names and values: version, time, the check's id, the hash of the text, and each setting."""
    rows = [
        ("Claimdesk", report.version),
        ("Checked", report.created),
        ("Check", report_id(report)),
        ("Text (sha256)", report.text.sha256),
    ]
    return rows + [
        (key, value if isinstance(value, str) else json.dumps(value)) for key, value in report.settings.items()
    ]
