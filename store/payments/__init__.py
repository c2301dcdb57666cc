"""The one way to pay: look, quote, confirm, plan, send, settle, reconcile, prove.

Every payment is a row of the journal before it is a byte on the wire. Nothing else in
the program calls what takes money.
"""
