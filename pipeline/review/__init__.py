"""
The local web page on which people review: `publish review`.

The use cases are in `workflow/review/`; here is what the web needs, and the only place
that knows Starlette and uvicorn, which come with the extra `review`.
"""
