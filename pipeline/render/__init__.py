"""
Rendering: a localized article in, the text of a page or a mail out.

    Edition.html --gate--> Body --pages, mails--> page, mail
                             ^          ^
                  links -----+          +---- theme (templates, strings)

`library.py` has the nouns, `views.py` all that a template sees.
"""
