"""`python -m tests.bench`: what the program costs, beside the goals. By hand only."""
