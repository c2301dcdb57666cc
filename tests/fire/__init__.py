"""The program under fire: processes that are killed at every step of a payment, many that pay for
the same thing at once, full disks, odd answers, and random sequences of whole commands.

`python -m tests.fire --help` lists the long forms. `--sequences 1000` plays a thousand sequences;
one that is lost is named with its seed, and `--sequences 1 --seed N` plays it again.
"""
