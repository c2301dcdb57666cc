"""Line mode: all jobs as numbered questions, for a screen reader or a serial console.

Plain lines without color or cursor movement. Answers are read line by line, so that they can come
from a pipe; only a payment has to be confirmed on a terminal.
"""
