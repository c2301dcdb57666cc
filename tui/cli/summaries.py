"""What each command does, in a sentence, for its help page and the list of commands.

They are not in the commands' modules, so that the list imports none of these.
"""

from __future__ import annotations

from store.i18n import N_

SUMMARIES = {
    "status": N_("Show what needs attention, as text or JSON, with an exit code for cron."),
    "sync": N_("Fetch everything from the cloud."),
    "renew": N_("Renew items by Instance ID."),
    "auto-renew": N_("Turn auto-renewal on or off."),
    "payments": N_("Show the payment journal, or settle payments whose outcome is unknown."),
    "guide": N_("Follow a walk-through in line mode."),
    "licenses": N_("Manage licenses manually: no public API lists them."),
    "say": N_("Identify an item that the API cannot."),
    "export": N_("Export what is due as a calendar, a table or metrics."),
    "notify": N_("Send new notices about what needs attention."),
    "doctor": N_("Check the configuration, connection and permissions, and say what to fix."),
    "practice": N_("Control the practice cloud: its clock, its money and its failures."),
    "completion": N_("Print a shell completion script for bash, zsh or fish."),
}
