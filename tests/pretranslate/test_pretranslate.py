import re
from dataclasses import dataclass, field

import pytest

from pipeline.engines import Answer, Limits, Request
from pipeline.errors import EngineRefused, EngineUnavailable, RateLimited, StoreError
from pipeline.masking import Dialect, guard
from pipeline.model.catalog import Message, Previous
from pipeline.model.purchase import Kept, Label
from pipeline.model.suggestion import Suggestion
from pipeline.model.term import Term
from pipeline.pretranslate import (
    Draft,
    Failure,
    Means,
    Refusal,
    Stop,
    Task,
    pretranslate,
)

TODAY = "2026-11-22"


@dataclass
class Pairs:
    """A memory of a few pairs."""

    same: dict[tuple[str | None, str], list[str]] = field(default_factory=dict)
    other: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[Suggestion]] = field(default_factory=dict)
    between: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    similar: dict[str, list[Suggestion]] = field(default_factory=dict)
    far: dict[str, list[Suggestion]] = field(default_factory=dict)

    def exact(self, locale, msgid, msgctxt):
        assert locale == "tr"
        same = self.same.get((msgctxt, msgid), ())
        return [
            *(Suggestion(text, 100, "memory") for text in same),
            *self.files.get(msgid, ()),
        ]

    def in_context(self, locale, msgid, msgctxt, before, after):
        assert (locale, msgctxt) == ("tr", None)
        return [
            Suggestion(text, 100, "memory")
            for text in self.between.get((before, msgid, after), ())
        ]

    def elsewhere(self, locale, msgid, msgctxt):
        assert (locale, msgctxt) in {("tr", None), ("tr", "alt"), ("tr", "title")}
        return [Suggestion(text, 100, "memory") for text in self.other.get(msgid, ())]

    def near(self, locale, msgid, cutoff=75):
        assert locale == "tr"
        return (self.similar if cutoff == 75 else self.far).get(msgid, ())


@dataclass
class Receipts:
    """What was bought, and what was only received."""

    kept: dict[Label, str] = field(default_factory=dict)
    came: dict[Label, Kept] = field(default_factory=dict)

    def find(self, label):
        known = self.kept.get(label)
        return self.came.get(label) if known is None else Kept(known)

    def arrived(self, label, answer, dialect):
        self.came[label] = Kept(answer, dialect)

    def keep(self, label, answer):
        self.kept[label] = answer

    def drop(self, label):
        self.kept.pop(label, None)
        self.came.pop(label, None)


class Words:
    """An engine that knows some texts, and notes what it was asked."""

    name = "words"
    needs_network = False

    def __init__(self, known, *, origin="words", limits=None, fails=None):
        self.known = known
        self.origin = origin
        self.limits = limits or Limits(batch=2)
        self.fails = fails
        self.asked: list[list[Request]] = []

    def translate(self, requests, *, source, target):
        assert (source, target) == ("en", "tr")
        self.asked.append(list(requests))
        for request in requests:
            if self.fails and request.text == self.fails[0]:
                raise self.fails[1]
            if request.text in self.known:
                yield Answer(request.id, self.known[request.text])


def events(messages, *, memory=None, purchases=None, engines=(), terms=(), **more):
    means = Means(
        locale="tr",
        source_locale="en",
        today=TODAY,
        memory=memory or Pairs(),
        purchases=purchases or Receipts(),
        terms=terms,
        engines=engines,
        **more,
    )
    tasks = [Task("articles/a", message) for message in messages]
    return [each for each in pretranslate(tasks, means) if type(each) is not Refusal]


def filled(message, **given):
    (draft,) = events([message], **given)
    assert isinstance(draft, Draft)
    return draft.applied(message)


def test_the_same_message_is_taken_over_as_it_is():
    memory = Pairs(same={("title", "Hair"): ["Saç"]})
    assert filled(Message("Hair", msgctxt="title"), memory=memory) == Message(
        "Hair",
        ("Saç",),
        "title",
        comments=(f"publish {TODAY}: from memory, 100 %",),
    )


def test_translations_that_disagree_are_for_a_person():
    memory = Pairs(same={(None, "Hair"): ["Saç", "Kıl"]})
    message = filled(Message("Hair"), memory=memory)
    assert (message.msgstr, message.is_fuzzy) == ("Saç", True)
    assert message.comments == (
        f"publish {TODAY}: from memory, 100 %, one of 2 translations",
    )


def test_the_same_text_in_another_context_is_fuzzy():
    message = filled(Message("Hair"), memory=Pairs(other={"Hair": ["Saç"]}))
    assert (message.msgstr, message.flags) == ("Saç", ("fuzzy",))
    assert message.comments == (
        f"publish {TODAY}: from memory, 100 %, in another context",
    )


def test_a_text_that_is_a_term_comes_from_the_glossary():
    terms = [Term("hair loss", "saç dökülmesi")]
    message = filled(Message("Hair loss"), terms=terms)
    assert (message.msgstr, message.is_fuzzy) == ("saç dökülmesi", True)
    assert message.comments == (f"publish {TODAY}: from glossary",)


def test_a_near_match_is_fuzzy_and_says_what_it_translates():
    near = [Suggestion("Saçınız", 87, "memory", 'Your\n"hair"')]
    message = filled(Message("Your hair"), memory=Pairs(similar={"Your hair": near}))
    assert message.previous == Previous('Your\n"hair"')
    assert message.flags == ("fuzzy",)
    assert message.comments == (
        f'publish {TODAY}: from memory, 87 %, source: "Your "hair""',
    )


def test_a_near_match_that_differs_in_numbers_gets_the_new_ones():
    near = [Suggestion("5 mg alın", 95, "memory", "Take 5 mg")]
    memory = Pairs(similar={"Take 50 mg": near})
    message = filled(Message("Take 50 mg"), memory=memory)
    assert (message.msgstr, message.is_fuzzy) == ("50 mg alın", True)
    assert "95 %, numbers changed" in message.comments[0]


def test_a_long_source_is_cut_in_the_comment_alone():
    source = "word " * 40
    near = [Suggestion("x", 80, "memory", source)]
    message = filled(Message("Your hair"), memory=Pairs(similar={"Your hair": near}))
    assert message.comments[0].endswith('word…"')
    assert message.previous == Previous(source)


def test_a_machine_answer_is_fuzzy_below_the_translators_comments():
    message = Message("Hair {{ n }}", comments=("mine",), flags=("no-wrap",))
    after = filled(message, engines=[Words({"Hair [X1X]": "Saç [X1X]"})])
    assert after.msgstr == "Saç {{ n }}"
    assert after.flags == ("fuzzy", "no-wrap")
    assert after.comments == ("mine", f"publish {TODAY}: machine (words)")


def test_a_slug_is_asked_of_nobody():
    engine = Words({"x": "y"})
    memory = Pairs(other={"x": ["y"]}, similar={"x": [Suggestion("y", 90, "memory")]})
    assert events([Message("x", msgctxt="slug")], memory=memory, engines=[engine]) == []
    assert not engine.asked


@pytest.mark.parametrize("text", ["{{ name }}", "50 %", "https://clinic.example"])
def test_a_text_without_words_is_asked_of_nobody(text):
    engine = Words({})
    assert events([Message(text)], engines=[engine]) == []
    assert not engine.asked


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (1, ("gün",)),
        (2, ("bir gün", "gün")),
        (3, ("gün", "gün", "gün")),
    ],
)
def test_a_plural_message_is_filled_whole(forms, expected):
    message = Message("a day", ("",) * forms, msgid_plural="days")
    engine = Words({"a day": "bir gün", "days": "gün"})
    after = filled(message, engines=[engine])
    assert after.msgstrs == expected
    assert after.is_fuzzy


def test_a_plural_message_with_one_form_refused_is_left():
    message = Message("a day", ("", ""), msgid_plural="days")
    (failure,) = events([message], engines=[Words({"days": "gün"})])
    assert failure == Failure(
        "articles/a", "a day", "words", "the engine gave no answer"
    )


def test_equal_texts_are_bought_once():
    engine = Words({"Hair": "Saç"})
    drafts = events([Message("Hair"), Message("Hair", msgctxt="alt")], engines=[engine])
    assert [draft.msgstrs for draft in drafts] == [("Saç",), ("Saç",)]
    assert len(engine.asked) == 1


def test_texts_that_differ_in_a_link_alone_are_bought_once():
    engine = Words({"See [X1X]it[X2X]": "[X1X]Buna[X2X] bakın"})
    drafts = events([Message("See [it](a)"), Message("See [it](b)")], engines=[engine])
    assert [d.msgstrs for d in drafts] == [("[Buna](a) bakın",), ("[Buna](b) bakın",)]
    assert len(engine.asked) == 1


def test_a_singular_like_its_plural_gives_one_draft():
    message = Message("[day](a)", ("", ""), msgid_plural="[day](b)")
    engine = Words({"[X1X]day[X2X]": "[X1X]gün[X2X]"})
    assert filled(message, engines=[engine]).msgstrs == ("[gün](a)", "[gün](b)")


def test_what_was_bought_before_is_not_bought_again():
    purchases, engine = Receipts(), Words({"Hair": "Saç"})
    events([Message("Hair")], purchases=purchases, engines=[engine])
    assert events([Message("Hair")], purchases=purchases, engines=[engine])
    assert len(engine.asked) == 1


def test_a_draft_is_there_before_the_next_text_is_asked_for():
    engine = Words({"one": "bir", "two": "iki"}, limits=Limits(batch=1))
    means = Means(
        locale="tr",
        source_locale="en",
        today=TODAY,
        memory=Pairs(),
        purchases=Receipts(),
        engines=[engine],
    )
    stream = pretranslate([Task("a", Message("one")), Task("a", Message("two"))], means)
    assert isinstance(next(stream), Draft)
    assert len(engine.asked) == 1


def test_a_refused_answer_is_a_failure_and_is_not_kept():
    purchases = Receipts()
    engine = Words({"Take 5 mg": "50 mg al"})
    (failure,) = events([Message("Take 5 mg")], purchases=purchases, engines=[engine])
    assert failure.why == "the answer has other numbers than the text"
    assert not purchases.kept


def test_a_text_that_the_engine_refused_is_a_failure_with_its_reason():
    class Shy(Words):
        def translate(self, requests, *, source, target):
            assert (source, target) == ("en", "tr")
            yield Answer(requests[0].id, None, "too rude")

    (failure,) = events([Message("one")], engines=[Shy({})])
    assert failure.why == "too rude"


def test_the_next_engine_gets_what_the_first_did_not_do():
    first = Words({"one": ""}, origin="first")
    second = Words({"one": "bir"}, origin="second")
    (draft,) = events([Message("one")], engines=[first, second])
    assert (draft.msgstrs, draft.origin) == (("bir",), "second")


def test_each_engine_that_failed_is_named():
    first, second = Words({}, origin="first"), Words({"one": ""}, origin="second")
    failures = events([Message("one")], engines=[first, second])
    assert [(f.engine, f.why) for f in failures] == [
        ("first", "the engine gave no answer"),
        ("second", "the answer is empty"),
    ]


@pytest.mark.parametrize("error", [EngineUnavailable("gone"), RateLimited("later")])
def test_an_engine_that_cannot_go_on_is_not_asked_again(error):
    engine = Words({"one": "bir"}, fails=("two", error))
    messages = [Message(text) for text in ("one", "two", "three")]
    assert [type(event) for event in events(messages, engines=[engine])] == [
        Draft,
        Stop,
    ]
    assert len(engine.asked) == 1


def test_an_engine_that_fails_on_every_text_is_left_alone():
    engine = Words({})
    messages = [Message(f"text {letter}") for letter in "abcdefghij"]
    found = events(messages, engines=[engine])
    stops = [event for event in found if isinstance(event, Stop)]
    assert len(stops) == 1
    assert "6 texts in a row: the engine gave no answer" in stops[0].error.message
    assert len(engine.asked) == 3
    assert len(found) == 7


def test_a_text_that_is_too_long_is_not_sent():
    engine = Words({"short": "kısa"}, limits=Limits(characters=10))
    draft, failure = events([Message("short"), Message("a" * 11)], engines=[engine])
    assert draft.msgstrs == ("kısa",)
    assert "11 characters are more than words takes at once (10)" in failure.why


def test_texts_are_sent_together_up_to_the_limits():
    engine = Words({}, limits=Limits(batch=2, characters=8))
    events(
        [Message(text) for text in ("aaaa", "bbbb", "cccc", "ddddd")], engines=[engine]
    )
    assert [[r.text for r in batch] for batch in engine.asked] == [
        ["aaaa", "bbbb"],
        ["cccc"],
        ["ddddd"],
    ]


def test_what_may_not_be_sent_is_left_without_a_failure():
    engine = Words({"one": "bir"})
    assert events([Message("one")], engines=[engine], may_send=lambda *_: 0) == []
    assert not engine.asked


def test_an_answer_that_nobody_asked_for_is_ignored():
    class Chatty(Words):
        def translate(self, requests, *, source, target):
            yield Answer("elsewhere", "x")
            yield from super().translate(requests, source=source, target=target)
            yield from super().translate(requests, source=source, target=target)

    (draft,) = events([Message("one")], engines=[Chatty({"one": "bir"})])
    assert draft.msgstrs == ("bir",)


def test_an_engine_learns_what_a_text_is():
    engine = Words({"Hair": "Saç"})
    events([Message("Hair", extracted=("heading 2",))], engines=[engine])
    events([Message("Care", msgctxt="title")], engines=[engine])
    assert [batch[0].context for batch in engine.asked] == ["heading 2", "title"]


@pytest.mark.parametrize(
    "message",
    [
        Message("Hair", ("Mine",)),
        Message("Hair", obsolete=True),
        Message("Hair", ("", ""), msgid_plural="Hairs"),
        Message("Other"),
    ],
)
def test_a_draft_leaves_a_message_that_is_another_by_now(message):
    (draft,) = events([Message("Hair")], engines=[Words({"Hair": "Saç"})])
    assert draft.applied(message) == message


class Tags(Words):
    """An engine that sees tags, and answers as it is told."""

    def __init__(self, answers, **more):
        super().__init__({}, **more)
        self.answers = answers

    def translate(self, requests, *, source, target):
        assert (source, target) == ("en", "tr")
        self.asked.append(list(requests))
        for request in requests:
            yield Answer(request.id, self.answers(request.text))


def test_an_engine_sees_what_is_masked_in_its_dialect():
    limits = Limits(dialect=Dialect.TAGS)
    engine = Tags(lambda _: 'Şimdi <g id="1">iki</g> &amp; al', limits=limits)
    message = filled(Message("Take **two** & now"), engines=[engine])
    assert engine.asked[0][0].text == 'Take <g id="1">two</g> &amp; now'
    assert message.msgstr == "Şimdi **iki** & al"


def test_a_text_whose_tokens_break_is_tried_sentence_by_sentence():
    known = {
        "Take [X1X] now. Then rest.": "Al. Sonra dinlen.",
        "Take [X1X] now.": "Şimdi [X1X] al.",
        "Then rest.": "Sonra dinlen.",
    }
    purchases = Receipts()
    engine = Words(known)
    message = filled(
        Message("Take {{ a }} now. Then rest."), engines=[engine], purchases=purchases
    )
    assert message.msgstr == "Şimdi {{ a }} al. Sonra dinlen."
    assert message.comments == (
        f"publish {TODAY}: machine (words), sentence by sentence",
    )
    assert [key.text for key in purchases.kept] == ["Take [X1X] now.", "Then rest."]


def test_a_sentence_whose_tokens_break_is_tried_without_emphasis():
    known = {"Take [X1X]two[X2X] now": "İki al", "Take two now": "Şimdi iki al"}
    message = filled(Message("Take **two** now"), engines=[Words(known)])
    assert message.msgstr == "Şimdi iki al"
    assert message.comments == (f"publish {TODAY}: machine (words), without emphasis",)


def test_a_sentence_whose_tags_break_is_tried_with_tokens():
    def answer(text):
        return "Şimdi [X1X]bunu[X2X] gör" if "[X1X]" in text else "Şimdi bunu gör"

    engine = Tags(answer, limits=Limits(dialect=Dialect.TAGS))
    message = filled(Message("See [this](a.md) now"), engines=[engine])
    assert [batch[0].text for batch in engine.asked] == [
        'See <g id="1">this</g> now',
        "See [X1X]this[X2X] now",
    ]
    assert message.msgstr == "Şimdi [bunu](a.md) gör"
    assert message.comments == (f"publish {TODAY}: machine (words)",)


def test_a_second_try_that_fails_too_says_why():
    known = {"Take [X1X]. Then rest.": "Al.", "Then rest.": "Sonra dinlen."}
    engine = Words({**known, "Take [X1X].": "Al."})
    (failure,) = events([Message("Take {{ a }}. Then rest.")], engines=[engine])
    assert "lost {{ a }}" in failure.why
    assert len(engine.asked) == 2


def test_an_answer_that_is_none_is_not_tried_again():
    engine = Words({"One two. Three four.": "I'm sorry, but I cannot help."})
    (failure,) = events([Message("One two. Three four.")], engines=[engine])
    assert "no translation" in failure.why
    assert len(engine.asked) == 1


def test_a_sentence_that_two_texts_share_is_bought_once():
    known = {
        "Take [X1X]. Then rest.": "Al.",
        "Use [X1X]. Then rest.": "Kullan.",
        "Take [X1X].": "[X1X] al.",
        "Use [X1X].": "[X1X] kullan.",
        "Then rest.": "Sonra dinlen.",
    }
    engine = Words(known, limits=Limits())
    texts = ["Take {{ a }}. Then rest.", "Use {{ a }}. Then rest."]
    drafts = events([Message(text) for text in texts], engines=[engine])
    assert [draft.msgstrs for draft in drafts] == [
        ("{{ a }} al. Sonra dinlen.",),
        ("{{ a }} kullan. Sonra dinlen.",),
    ]
    assert sum(r.text == "Then rest." for batch in engine.asked for r in batch) == 1


def test_a_piece_without_words_is_bought_of_nobody():
    known = {
        "Take two! [X1X] 5? Rest.": "Al.",
        "Take two!": "İki al!",
        "Rest.": "Dinlen.",
    }
    message = filled(Message("Take two! {{ a }} 5? Rest."), engines=[Words(known)])
    assert message.msgstr == "İki al! {{ a }} 5? Dinlen."


def outages(count):
    error = EngineUnavailable("words did not answer in time")
    error.may_pass = True
    return iter([error] * count)


def failing(errors):
    class Failing(Words):
        def translate(self, requests, *, source, target):
            assert (source, target) == ("en", "tr")
            self.asked.append(list(requests))
            if error := next(errors, None):
                raise error
            for request in requests:
                yield Answer(request.id, f"{request.text} olur")

    return Failing({}, limits=Limits())


def test_a_text_that_is_late_alone_fails_alone():
    engine = failing(outages(2))
    *drafts, first, second = events(
        [Message(f"Text {name}") for name in "abcd"], engines=[engine]
    )
    assert len(drafts) == 2
    assert {first.msgid, second.msgid} == {"Text a", "Text b"}
    assert "in time" in first.why


def test_an_engine_that_is_late_again_and_again_is_left():
    engine = failing(outages(9))
    (stop,) = events([Message(f"Text {name}") for name in "abcdef"], engines=[engine])
    assert isinstance(stop, Stop)
    assert len(engine.asked) == 3


def test_the_next_engine_takes_over_where_one_is_left():
    spare = failing(iter([]))
    spare.origin = "spare"
    messages = [Message(f"Text {name}") for name in "abcdef"]
    stop, *drafts = events(messages, engines=[failing(outages(9)), spare])
    assert isinstance(stop, Stop)
    assert [draft.origin for draft in drafts] == ["spare"] * 6


def test_an_engine_that_refuses_a_call_fails_on_its_texts_alone():
    engine = failing(iter([EngineRefused("not this one")]))
    draft, failure = events([Message("Text a"), Message("Text b")], engines=[engine])
    assert (failure.msgid, failure.why) == ("Text a", "not this one")
    assert draft.key == (None, "Text b")


def test_a_fault_of_an_engine_is_no_traceback():
    engine = failing(iter([ZeroDivisionError("secret")]))
    (stop,) = events([Message("Text a")], engines=[engine])
    assert stop.error.message == "words has a fault (ZeroDivisionError)"


def test_what_came_before_a_failure_counts():
    class Half(Words):
        def translate(self, requests, *, source, target):
            assert (source, target) == ("en", "tr")
            yield Answer(requests[0].id, "Metin olur")
            raise RateLimited("wait")

    draft, stop = events([Message("Text a"), Message("Text b")], engines=[Half({})])
    assert draft.msgstrs == ("Metin olur",)
    assert isinstance(stop.error, RateLimited)


def test_nothing_is_asked_for_when_somebody_wants_it_to_end():
    engine = Words({"Hair": "Saç"})
    assert events([Message("Hair")], engines=[engine], is_stopped=lambda: True) == []
    asked = []

    def is_stopped():
        asked.append(1)
        return len(asked) > 1

    assert events([Message("Hair")], engines=[engine], is_stopped=is_stopped) == []
    assert not engine.asked


def test_terms_and_examples_go_to_engines_that_take_them():
    limits = Limits(takes_terms=True, takes_examples=True)
    engine = Words({"Hair loss of men": "Erkeklerde saç dökülmesi"}, limits=limits)
    near = [
        Suggestion("Saç", 60, "memory", "Hair of men"),
        Suggestion("{{ a }}", 60, "memory", "Hair {{ a }}"),
    ]
    terms = [Term("hair loss", "saç dökülmesi"), Term("graft", "greft")]
    message = Message("Hair loss of men", extracted=("heading 2",))
    memory = Pairs(far={"Hair loss of men": near})
    events([message], engines=[engine], terms=terms, memory=memory)
    (request,) = engine.asked[0]
    assert request.terms == (terms[0],)
    assert request.examples == (("Hair of men", "Saç"),)
    assert (request.context, request.domain) == ("heading 2", "articles/a")


def test_a_term_that_changes_is_bought_anew_and_no_other_text():
    limits = Limits(takes_terms=True, variant="formal")
    known = {"Hair loss of men": "Saç dökülmesi olur", "Two grafts here": "İki greft"}
    messages = [Message(text) for text in known]
    purchases = Receipts()
    first, second = (Words(known, limits=limits) for _ in range(2))
    for engine, target in (first, "saç dökülmesi"), (second, "saç kaybı"):
        terms = [Term("hair loss", target)]
        events(messages, engines=[engine], terms=terms, purchases=purchases)
    assert [request.text for request in second.asked[0]] == ["Hair loss of men"]
    assert len(purchases.kept) == 3
    assert all(key.origin.startswith("words formal") for key in purchases.kept)


def test_masked_texts_that_differ_in_what_is_masked_are_bought_once():
    engine = Words({"See [X1X]this[X2X] page": "Bu [X1X]sayfaya[X2X] bak"})
    texts = ["See [this](a.md) page", "See [this](b.md) page"]
    first, second = events([Message(text) for text in texts], engines=[engine])
    assert first.msgstrs == ("Bu [sayfaya](a.md) bak",)
    assert second.msgstrs == ("Bu [sayfaya](b.md) bak",)
    assert len(engine.asked) == 1


def test_a_text_that_is_too_long_harms_no_other():
    limits = Limits(batch=9, characters=14)
    engine = Words({"Hair": "Saç", "Care": "Bakım"}, limits=limits)
    messages = [Message(text) for text in ("Hair", "Hair " * 9, "Care")]
    *drafts, failure = events(messages, engines=[engine])
    assert [draft.msgstrs for draft in drafts] == [("Saç",), ("Bakım",)]
    assert "takes at once (14)" in failure.why
    assert len(engine.asked) == 1


def test_a_tag_that_cannot_be_placed_is_broken():
    engine = Tags(lambda _: "iki</g> al", limits=Limits(dialect=Dialect.TAGS))
    (failure,) = events([Message("Take <b>two</b> now")], engines=[engine])
    assert "lost <b>" in failure.why
    assert [batch[0].text for batch in engine.asked] == [
        'Take <g id="1">two</g> now',
        "Take [X1X]two[X2X] now",
    ]


def test_an_answer_is_noted_before_anybody_looks_at_it():
    purchases = Receipts()
    engine = Words({"Take 5 mg": "50 mg alın", "Hair": "Saç"})

    def ask(engine, batches, source, target):
        for batch in batches:
            list(engine.translate(batch, source=source, target=target))
        yield from ()

    messages = [Message("Take 5 mg"), Message("Hair")]
    assert events(messages, engines=[engine], purchases=purchases, ask=ask) == []
    assert {label.text: kept.answer for label, kept in purchases.came.items()} == {
        "Take 5 mg": "50 mg alın",
        "Hair": "Saç",
    }
    assert not purchases.kept


def test_what_came_and_nobody_looked_at_is_judged_like_a_new_answer():
    purchases = Receipts()
    for text, answer in (("Take 5 mg", "50 mg alın"), ("Hair", "Saç")):
        label = Label("words", "en", "tr", text)
        purchases.arrived(label, answer, "tokens")
    engine = Words({})
    messages = [Message("Take 5 mg"), Message("Hair")]
    draft, failure = events(messages, engines=[engine], purchases=purchases)
    assert (draft.msgstrs, failure.why) == (
        ("Saç",),
        "the answer has other numbers than the text",
    )
    assert engine.asked == []
    assert [label.text for label in purchases.kept] == ["Hair"]
    assert purchases.find(Label("words", "en", "tr", "Take 5 mg")) is None


def test_what_came_is_read_in_the_dialect_that_it_came_in():
    purchases = Receipts()
    label = Label("words", "en", "tr", "Take [X1X]two[X2X] now")
    purchases.arrived(label, 'Şimdi <g id="1">iki</g> al', "tags")
    (draft,) = events(
        [Message("Take **two** now")], engines=[Words({})], purchases=purchases
    )
    assert draft.msgstrs == ("Şimdi **iki** al",)


def test_an_answer_that_cannot_be_noted_is_not_lost():
    class Full(Receipts):
        def arrived(self, label, answer, dialect):
            raise StoreError(f"no space for {label} {answer} {dialect}")

    (draft,) = events(
        [Message("Hair")], engines=[Words({"Hair": "Saç"})], purchases=Full()
    )
    assert draft.msgstrs == ("Saç",)


def test_what_one_engine_refuses_is_told_though_the_next_one_does_it():
    engines = [Words({"Hair": ""}, origin="bad"), Words({"Hair": "Saç"})]
    means = Means(
        locale="tr",
        source_locale="en",
        today=TODAY,
        memory=Pairs(),
        purchases=Receipts(),
        engines=engines,
    )
    refusal, draft = pretranslate([Task("a", Message("Hair"))], means)
    assert refusal == Refusal("bad", "the answer is empty")
    assert isinstance(draft, Draft)


def test_of_a_call_only_as_many_texts_are_sent_as_allowed():
    engine = Words({"one": "bir", "two": "iki"})
    messages = [Message("one"), Message("two")]
    (draft,) = events(messages, engines=[engine], may_send=lambda *_: 1)
    assert (draft.msgstrs, len(engine.asked[0])) == (("bir",), 1)


def test_personal_data_is_in_no_part_of_a_request():
    limits = Limits(takes_terms=True, takes_examples=True)
    text = "Write to patient K-123456 or call 0532 123 45 67 today"
    engine = Words(
        {"Write to patient [X1X] or call [X2X] today": "Bugün [X1X] yaz, [X2X] ara"},
        limits=limits,
    )
    example = Suggestion("K-999999 için", 60, "memory", "For patient K-999999")
    message = Message(text, extracted=("ask K-123456, mail me@clinic.example",))
    terms = [Term("patient K-123456", "hasta K-123456"), Term("patient", "hasta")]
    (draft,) = events(
        [message],
        engines=[engine],
        terms=terms,
        memory=Pairs(far={text: [example]}),
        guard=guard((("patient", r"K-\d{6}"),)),
    )
    assert draft.msgstrs == ("Bugün K-123456 yaz, 0532 123 45 67 ara",)
    ((request,),) = engine.asked
    assert request.context == "ask …, mail …"
    assert request.terms == (Term("patient", "hasta"),)
    assert request.examples == ()
    assert not re.search(r"\d{6}|0532|@", repr(request))


def test_a_text_between_the_same_two_is_taken_over_where_translations_disagree():
    memory = Pairs(
        same={(None, "Hair"): ["Saç", "Kıl"]}, between={("A", "Hair", "B"): ["Kıl"]}
    )
    means = Means(
        locale="tr",
        source_locale="en",
        today=TODAY,
        memory=memory,
        purchases=Receipts(),
    )

    (draft,) = pretranslate([Task("a", Message("Hair"), "A", "B")], means)

    assert isinstance(draft, Draft)
    assert (draft.msgstrs, draft.is_fuzzy) == (("Kıl",), False)
    assert draft.comment == (
        f"publish {TODAY}: from memory, 100 %, between the same texts"
    )


def test_what_only_a_file_has_is_for_a_person():
    found = [Suggestion("Saç", 100, "memory", "Hair", place="old.tmx")]

    message = filled(Message("Hair"), memory=Pairs(files={"Hair": found}))

    assert (message.msgstr, message.is_fuzzy) == ("Saç", True)
    assert message.comments == (f"publish {TODAY}: from memory, in old.tmx, 100 %",)
