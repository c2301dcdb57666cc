"""`python -m tests.bench`: what the program costs, in ratios and bytes, beside the goals. By hand only."""
