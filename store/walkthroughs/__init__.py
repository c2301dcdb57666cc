"""Walk-throughs: where a person is in a procedure, kept in the database at every step.

`opening` finds or begins a walk, `stepping` and `progress` move it, `status` says of each
step whether it is done, needed or skipped, from the `context` that a walk has in the data.
`proof` says whether the cloud shows the new state, `checks` looks before the first step,
`ticket` drafts the words for the cloud's support, and `view` has all of it for a screen.
"""
