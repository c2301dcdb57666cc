"""The one way to pay: look up, quote, confirm, plan, send, settle, reconcile, prove.

Every payment is a row of the journal before it is a byte on the wire. Nothing else in the program
calls what takes money.

offer → (confirmation) → pay → journal → send → evidence; reconcile for what stays open; purchases
for what has no client token; batch and results for commands and screens.
"""
