"""
English articles in, reviewed and localized pages and mails out.

    source/ -read-> text -parse-> Article(en) --extract--> Catalog(template)
                                      |                       | merge with Catalog(tr)
                                      |                       v
                                      |   memory, engines --pretranslate--> Catalog(tr)
                                      |                       v
                                      |                     check --> Findings
                                      v                       v
                               localize(Article(en), Catalog(tr)) -> Article(tr)
                                                                        | to_html
                                                         render <-------+  templates/
                                                           v
                                                Page(tr), Mail(tr) --write--> dist/

Verbs are stages (`extract.py`), plural nouns are families that are open to additions
(`formats/`), singular nouns are things (`model/article.py`). Who may import whom is
listed in `pyproject.toml` and checked by `make lint`.
"""
