"""What a person adds to the cloud's data: notes, snoozes, the choice of sort
and filter, and what was seen last. Nothing of it goes to a cloud, so read-only allows it.

Items are named by account, the cloud's identity, kind and id: what was written of one
cloud's items never shows on another's, and is there again when that one comes back.
"""
