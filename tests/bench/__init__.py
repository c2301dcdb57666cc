"""`python -m tests.bench`: what the program costs, compared with the goals. By hand only."""
