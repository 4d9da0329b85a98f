"""
Reviewing one article in one locale, without any web: what a page shows and changes.

Whatever is judged here is judged by the desk and the checks that `check` and `build`
have, and whatever is written goes the way that every command writes.
"""
