"""Tests of the whole program, on real files, real terminals and a real local cloud."""
