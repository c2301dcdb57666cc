"""Data that a person adds to the cloud's: notes, snoozes, filters, sort orders, and the last visit.

None of it is sent to a cloud, so it can be changed in read-only mode. Items are identified by
account, cloud identity, kind and id: the annotations of one cloud's items never appear on
another's, and reappear when the account returns to that cloud.
"""
