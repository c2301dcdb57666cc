"""Walk-throughs: a person's position in a procedure, stored after every step.

`opening` finds or starts a walk; `stepping` and `progress` move it. `context` reads the facts for a
walk; from these, `status` says which steps are done, needed or skipped, `goals` and `proof` whether
the cloud's data shows the goal, and `checks` what would make the procedure fail. `ticket` drafts a
request to the cloud's support. `view` combines all of it for a screen.
"""
