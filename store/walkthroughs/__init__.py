"""Walk-throughs: a person's position in a procedure, stored after every step.

`opening` finds or starts a walk, `stepping` and `progress` move it, `status` tells which steps are
done, needed or skipped, from the walk's `context` in the data. `proof` decides whether the cloud
shows the new state, `checks` runs before the first step, `ticket` drafts a request to the cloud's
support, and `view` combines all of it for a screen.
"""
