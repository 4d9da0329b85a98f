"""Articles into pages and mails; the only stage that holds Jinja2 and Babel."""
