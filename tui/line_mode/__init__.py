"""Line mode: all jobs as numbered questions, for a screen reader or a serial console.

Plain lines, no colour, no moving cursor. Answers are read a line at a time, so that they can come
from a pipe; what pays has to be typed back on a terminal.
"""
