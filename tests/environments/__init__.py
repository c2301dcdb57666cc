"""The program where people really are: locales, streams, homes, clocks, terminals."""
