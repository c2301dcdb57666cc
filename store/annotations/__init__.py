"""What a person adds to the cloud's data: notes, snoozes, filters and sort orders, and the last
visit.

Nothing of it is sent to a cloud, so read-only allows it. Items are named by account, the cloud's
identity, kind and id, so that annotations of one cloud's items never show on another's, and return
with it.
"""
