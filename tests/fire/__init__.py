"""The program under fire: processes that are killed at every step of a payment, and many
that pay for the same thing at once. `python -m tests.fire` is the long form."""
