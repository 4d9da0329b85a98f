"""Text that would like to be code stays text, in whatever it stands."""

import json
import re
from html.parser import HTMLParser

import pytest

from tests.builders import publish, put
from tests.review.browsers import PLACE, serving

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }}{% raw %}",
    "<!--<script>",
    "javascript:alert(1)",
    "</title><iframe srcdoc='<script>alert(1)</script>'>",
)


class Harm(HTMLParser):
    """What of a page could run, in the order in which it stands there."""

    def __init__(self, html):
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        is_data = "json" in (values.get("type") or "")
        is_ours = (values.get("src") or "").startswith("/static/")
        if tag == "script" and not is_data and not is_ours:
            self.found.append(tag)
        if tag in {"svg", "object", "embed", "base"} and "aria-hidden" not in values:
            self.found.append(tag)
        self.found += [name for name in values if name.startswith("on")]
        self.found += [name for name in ("srcdoc", "style") if name in values]
        for name in ("href", "src", "action", "formaction"):
            if (values.get(name) or "").lower().lstrip().startswith("javascript:"):
                self.found.append(name)


def harm(html):
    return Harm(html).found


def test_what_runs_is_found():
    page = "<script>1</script><a href='javascript:x' onclick=x>y</a>"

    assert harm(page) == ["script", "onclick", "href"]


@pytest.fixture(params=PAYLOADS, ids=range(len(PAYLOADS)))
def payload(request):
    return request.param


@pytest.fixture
def attacked(tmp_path, payload):
    """A site with the payload in title, body, catalog, glossary, memory, comments."""
    title = json.dumps(f"A {payload} title")
    put(
        tmp_path,
        {
            "publish.toml": f"title = {json.dumps(f'Clinic {payload}')}\n"
            'base_url = "https://clinic.example/"\nlocales = ["tr"]\n',
            "source/articles/scalp.md": f"---\ntitle: {title}\n---\n\nA care text.\n\n"
            "Rest well.\n",
            "source/articles/text.txt": f"Heading\n\nThis is {payload} here.\n",
            "locales/tr/glossary.csv": "term,translation,status,note\n"
            'care,"{0}",preferred,"{0}"\n'.format(payload.replace('"', '""')),
        },
    )
    assert publish(tmp_path, "extract").code == 0
    return tmp_path


def page_of(browser, path):
    answer = browser.open(path)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    return answer.text


def test_stored_text_never_becomes_markup(attacked, payload):
    with serving(attacked, reviewer=payload, role=payload) as server:
        ann = server.browser(f"Ann {payload}", payload)
        for place in (PLACE, "tr/articles/text"):
            for message in ann.messages(place)["messages"]:
                values = {k: message[k] for k in ("key", "version")}
                forms = [f"Metin {payload}"]
                path = f"/api/{place}/{{}}"
                ann.post(path.format("save"), {**values, "msgstrs": forms})
                ann.post(
                    path.format("comment"), {"key": message["key"], "text": payload}
                )
                full = ann.get(f"/api/{place}/message/{message['key']}")
                assert full.headers["content-type"] == "application/json"
                assert full.json["comments"][0]["text"] == payload
        pages = [
            "/",
            f"/a/{PLACE}",
            "/a/tr/articles/text",
            f"/a/{PLACE}?ui={payload[:1]}",
        ]
        for path in pages:
            assert not harm(page_of(ann, path)), path
        block = re.search(
            r'id="bootstrap">(.*?)</script>', ann.open(f"/a/{PLACE}").text, re.DOTALL
        )
        assert block
        texts = [m["msgstrs"][0] for m in json.loads(block[1])["messages"]]
        assert f"Metin {payload}" in texts


def test_a_preview_shows_it_as_text(attacked, payload):
    with serving(attacked) as server:
        ann = server.browser()
        for place in (PLACE, "tr/articles/text"):
            for message in ann.messages(place)["messages"]:
                values = {k: message[k] for k in ("key", "version")}
                forms = [f"Metin {payload}"]
                ann.post(f"/api/{place}/save", {**values, "msgstrs": forms})
            answer = ann.get(f"/preview/{place}")
            assert "script" not in answer.headers["content-security-policy"]
            assert not harm(answer.text)


def test_an_error_page_shows_what_was_asked_for_as_text(attacked):
    with serving(attacked) as server:
        ann = server.browser()
        for path in (
            "/a/tr/%3Cscript%3Ealert(1)%3C/script%3E",
            "/%3Csvg%20onload=x%3E",
        ):
            answer = ann.get(path)
            assert answer.status == 404
            assert not harm(answer.text)
