"""The second reader: the decision table of the clinical page read once more, on its own.

It shares nothing with what it judges: no import from flows, data or bot, no content file, only the
standard library. `table.txt` is the table as written down by this reader, `read.py` judges the
input form of `main.py assess` by it, and `cases.py` yields the space over which the product and
this reader have to agree. Where the two differ, one of them has misread the page.
"""
