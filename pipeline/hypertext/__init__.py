"""
HTML as text with tags: what in it is to be translated, and how it is put back.

The formats `html` and `markdown` share it: the one for whole texts, the other for the
HTML within its own.
"""
