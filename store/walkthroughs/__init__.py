"""Walk-throughs: where a person is in a procedure, kept in the database at every step.

`progress` moves a walk, `proof` says whether the cloud shows the new state, `checks`
looks before the first step, `ticket` drafts the words for the cloud's support.
"""
