"""Whether what a report prints can be: percentages, bases, sums, lists and claims."""
