"""The rules of the families of patterns in plain Python, over whole series: what the core is judged by and
timed against."""
