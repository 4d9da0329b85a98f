"""Inline markup: tags, code, emphasis and link brackets are those of the source."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Final

from pipeline.characters import KEPT, signs
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.hypertext.tokens import ELEMENTS
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import Placeholder, blank, carried, find, loose_backticks

_NAME: Final = regex(r"</?\s*([A-Za-z][\w:-]*)")
_ATTRIBUTE: Final = regex(
    r"""(?:\s|(?<=["']))([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""",
)
_VOID: Final = frozenset(
    "area br col hr img input link meta source track wbr".split(),
)
# Their values are read by people, or differ with the language; links have a check.
_FREE_VALUES: Final = frozenset(
    {"alt", "aria-label", "content", "dir", "href", "lang", "placeholder", "src"}
    | {"srcset", "title", "hreflang"},
)
_PLAIN_WORD: Final = regex(r"[a-z]+|[A-Z][a-z]+(?: [A-Za-z][a-z]*)*")
"""A word, or several as a title has them; several small ones may be a command."""

_SAID_IN_CODE: Final = regex(
    r"\"[^\"]*\"|(?<!\w)'[^']{2,}'|(?://|#) .*|<[A-Za-z][\w -]+>"
)
"""What code has for people: strings, comments, and words that stand for others."""

_FIGURES: Final = regex(r"\d+")
_FIELD_MARK: Final = regex(r"[{%]")
_SHOWN: Final = 120
_FEW: Final = 20
_LONG: Final = 200
_LIKE: Final = 0.5
"""How much of two codes must agree for the one to be a change of the other."""

_ALLOWED: Final = frozenset({"<span dir>", "</span>"})
"""They isolate a name or a number in right-to-left text, as bdi does."""

_WIDE_SIGNS: Final = frozenset("（）［］")
_NARROW: Final = str.maketrans("（）［］", "()[]")
_BROKEN_LINK: Final = regex(
    # Begins with a set of characters, which is found fast.
    r"[\]］](?:(?<=\])(?:[ \u00a0]+\((?=[^)\s]*[:/#.])|（|\s*\n\s*\((?=[^)\s]*[:/#]))"
    r"|(?<=］)[(（])",
)
_EMPHASIS: Final = regex(r"\*+|_+|~+")
_SIGNS: Final = frozenset("<`[]*_~（）［］")
"""What any markup has."""

_BRACKET_SIGNS: Final = frozenset("[]`］")
"""What a link has, or what is left of one, and code."""

_EMPHASIS_SIGNS: Final = frozenset("*_~")
_WHOLE: Final = regex(
    r"[^\[\]()`\\<{|%（）［］]*+"
    r"(?:\[[^\[\]()`\\<{|%（）［］]*+\]\([^\[\]()`\\<{|%（）［］\s]*+\)"
    r"[^\[\]()`\\<{|%（）［］]*+)*+"
)
"""A text whose brackets are those of whole links, with nothing that could hide one."""


_STRUCK: Final = 3
_STRENGTHS: Final = ((1, "emphasis"), (2, "strong emphasis"), (3, "strikethrough"))

_STARS: Final = regex(r"([*_])\1*")
"""The same where no tilde is; `re` finds it faster, as it begins with a set."""

_SQUARE: Final = regex(r"[\[\]]")
_WORDLIKE: Final = regex(r"\w")
_ASCII_WORD: Final = regex(r"[A-Za-z0-9_]")
_ESCAPED: Final = regex(r"\\.")


class Markup:
    """Compares tags, code spans, emphasis and brackets."""

    name = "markup"
    severity = Severity.ERROR
    signs = _SIGNS
    signs_of_errors = _SIGNS - frozenset("*_")  # lost emphasis is none
    errors_only_of_unlike = True
    explanation = (
        "Tags, code in backticks, and the brackets of links are not translated, and "
        "emphasis marks stay in pairs. Put the source's markup around the same words."
    )
    good = (
        Example("tr", "This is **not** normal.", "Bu normal **değildir**."),
        Example("ja", "This is *not* normal.", "これは *普通* ではありません。"),
        Example("de", "Run `sort -u`.", "Führen Sie `sort -u` aus."),
    )
    bad = (
        Example("tr", "This is **not** normal.", "Bu **normal değildir."),
        Example("de", "Run `sort -u`.", "Führen Sie `sortieren -u` aus."),
        Example("fr", "Read <b>this</b>.", "Lisez <b>ceci."),
        Example("ar", "Wait **one** day.", "انتظر يوما واحدا."),
        Example("tr", "Take 5 mg.", "~~5 mg~~ alın."),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        return compare_pairs(message, partial(_compare, least=context.least))


def _compare(source: str, msgstr: str, least: Severity) -> Iterator[Remark]:
    there = signs(source) | signs(msgstr)
    if carried(source) != carried(msgstr):
        expected, found = find(source), find(msgstr)
        yield from _compare_tags(_of(expected, "tag"), _of(found, "tag"))
        yield from _compare_code(_of(expected, "code"), _of(found, "code"), msgstr)
        yield from _compare_titles(expected, found)
    if not _BRACKET_SIGNS.isdisjoint(there):
        yield from _compare_brackets(source, msgstr)
    if "~" in there or (
        Severity.WARNING.reaches(least) and not _EMPHASIS_SIGNS.isdisjoint(there)
    ):
        yield from _compare_emphasis(source, msgstr)


def _compare_titles(
    source: Iterable[Placeholder], msgstr: Iterable[Placeholder]
) -> Iterator[Remark]:
    """What Markdown says of a link, `(target "title")`, is an attribute in a page."""
    if sum(map(_is_titled, msgstr)) > sum(map(_is_titled, source)):
        yield Remark("a link has a title that the source does not have; take it out")


def _is_titled(found: Placeholder) -> bool:
    inside = found.raw.removeprefix("](").removesuffix(")").strip()
    return found.raw.startswith("](") and inside not in {
        found.target,
        f"<{found.target}>",
    }


def _of(found: Iterable[Placeholder], kind: str) -> list[str]:
    return [placeholder.raw for placeholder in found if placeholder.kind == kind]


def _compare_tags(source: list[str], msgstr: list[str]) -> Iterator[Remark]:
    if source == msgstr:
        return
    variables = _variables(source)
    if variables:
        others = _variables(msgstr)
        source = [tag for tag in source if tag not in variables]
        msgstr = [tag for tag in msgstr if tag not in others]
        if len(others) > len(variables):
            unknown = next(tag for tag in others if tag not in variables)
            yield Remark(f"the tag {unknown} is not in the source; take it out")
    expected = Counter(_shape(tag) for tag in source)
    found = Counter(_shape(tag) for tag in msgstr)
    for shape in expected - found:
        yield Remark(f"the tag {shape} of the source is missing here; put it in")
    added = found - expected
    for shape in added:
        if not _is_allowed(shape):
            yield Remark(f"the tag {shape} is not in the source; take it out")
    if expected == found or all(_is_allowed(shape) for shape in added):
        unclosed = _unbalanced(msgstr)
        if unclosed and not _unbalanced(source):
            yield Remark(f"the tag {unclosed} is not closed in its turn; nest the tags")


def _variables(tags: list[str]) -> list[str]:
    """
    The tags that are none, but words that stand for others: `install <package>`.

    They may be translated. HTML does not know them, and nothing closes them.
    """
    closed = {_tag_name(tag) for tag in tags if tag.startswith("</")}
    closed |= ELEMENTS
    return [
        tag
        for tag in dict.fromkeys(tags)
        if _tag_name(tag) not in closed and not tag.startswith(("<!", "<?"))
        if "=" not in tag and not tag.endswith("/>")
    ]


def _is_allowed(shape: str) -> bool:
    return shape in _ALLOWED or _tag_name(shape) == "bdi"


def _shape(tag: str) -> str:
    """The tag with its attributes in order, without the values that may differ."""
    if tag.startswith(("<!", "<?")):
        return tag
    attributes = []
    for name, value in _ATTRIBUTE.findall(tag):
        lowered = name.lower()
        is_free = lowered in _FREE_VALUES or not value
        bare = value.strip("\"'")
        attributes.append(lowered if is_free else f"{lowered}={bare}")
    slash = "/" if tag.startswith("</") else ""
    return f"<{' '.join([slash + _tag_name(tag), *sorted(attributes)])}>"


def _tag_name(tag: str) -> str:
    match = _NAME.match(tag)
    return match[1].lower() if match else ""


def _unbalanced(tags: list[str]) -> str:
    """The first tag that has no partner in its turn, or nothing."""
    stack: list[str] = []
    for tag in tags:
        name = _tag_name(tag)
        if not name or name in _VOID or tag.endswith("/>"):
            continue
        if not tag.startswith("</"):
            stack.append(name)
        elif not stack or stack.pop() != name:
            return f"</{name}>"
    return f"<{stack[-1]}>" if stack else ""


def _compare_code(
    source: list[str],
    msgstr: list[str],
    msgstr_text: str,
) -> Iterator[Remark]:
    if source == msgstr:
        return
    expected = Counter(code.strip("` ") for code in source)
    found = Counter(code.strip("` ") for code in msgstr)
    # Another word order may need one twice, or once only.
    missing = [code for code in expected if code not in found]
    added = [code for code in found if code not in expected]
    if added and not missing:
        # One of two places was changed, and the other stands as it was.
        missing = [*(expected - found)]
    for code in missing:
        other = _likest(code, added)
        if other is not None:
            added.remove(other)
            yield Remark(
                f"the code `{_cut(code)}` is `{_cut(other)}` here; copy the source",
                Severity.WARNING if _is_meant(code, other) else None,
            )
        elif _stands_in(code, msgstr_text):
            yield Remark(
                f"`{_cut(code)}` is code in the source; put it in backticks",
                Severity.WARNING,
            )
        else:
            yield Remark(
                f"the code `{_cut(code)}` of the source is missing here; put it in",
                _weight_of_lost(code, found),
            )
    for code in added:
        yield Remark(
            f"`{_cut(code)}` is not code in the source; take the backticks off",
            Severity.INFO,
        )


def _weight_of_lost(code: str, found: Counter[str]) -> Severity | None:
    """An error if all code is lost, or one with a field; a word may be translated."""
    if _FIELD_MARK.search(code):
        return None
    return Severity.WARNING if found or _PLAIN_WORD.fullmatch(code) else None


def _cut(code: str) -> str:
    """What of a code is shown: its first line, of a block."""
    line, *more = code.strip().splitlines() or [""]
    return f"{line[:_SHOWN]}…" if more or len(line) > _SHOWN else line


def _likest(code: str, others: list[str]) -> str | None:
    """The one that this code has become, or None if each is another one altogether."""
    if len(others) > _FEW:
        others = others[:_FEW]
    best = max(others, key=lambda other: _likeness(code, other), default=None)
    if best is None or _likeness(code, best) >= _LIKE:
        return best
    return None if _is_far(_letters(code), _letters(best)) else best


def _likeness(one: str, other: str) -> float:
    # Heavy, and most codes are those of the source.
    from difflib import SequenceMatcher

    one, other = one[:_LONG].casefold(), other[:_LONG].casefold()
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _is_meant(code: str, other: str) -> bool:
    """
    Whether a translator will have meant to write the code otherwise.

    Words and comments in it are in the other language, or it has the same letters and
    figures; a slip of one letter is nobody's wish.
    """
    if Counter(_FIGURES.findall(code)) != Counter(_FIGURES.findall(other)):
        return False
    if "\n" in code:
        return True
    bare, other_bare = _letters(code), _letters(other)
    if bare == other_bare or (
        bare.casefold() == other_bare.casefold() and _PLAIN_WORD.fullmatch(code)
    ):
        return True
    if _FIELD_MARK.search(code) or not _is_far(bare, other_bare):
        return False
    if any(letter.isalpha() and not letter.isascii() for letter in other):
        return code.isascii()
    if _PLAIN_WORD.fullmatch(code) and _PLAIN_WORD.fullmatch(other):
        return True
    rest = _SAID_IN_CODE.sub("", code)
    return rest != code and rest == _SAID_IN_CODE.sub("", other)


def _letters(code: str) -> str:
    return "".join(filter(str.isalnum, code))


def _is_far(one: str, other: str) -> bool:
    """Whether two words differ by more than one letter put in, left out or changed."""
    if abs(len(one) - len(other)) > 1:
        return True
    start = 0
    for letter, other_letter in zip(one, other, strict=False):
        if letter != other_letter:
            break
        start += 1
    ends = {(1, 1), (0, 1), (1, 0)}
    return all(one[start + a :] != other[start + b :] for a, b in ends)


def _stands_in(code: str, text: str) -> bool:
    """Whether a code span stands in a text as it is, no part of another word."""
    place = text.find(code)
    while place >= 0:
        around = text[max(0, place - 1) : place] + text[place + len(code) :][:1]
        if not _ASCII_WORD.search(around):
            return True
        place = text.find(code, place + 1)
    return False


def _compare_brackets(source: str, msgstr: str) -> Iterator[Remark]:
    if _WHOLE.fullmatch(msgstr):
        return
    broken = _BROKEN_LINK.search(msgstr)
    if broken and not _BROKEN_LINK.search(source):
        yield Remark(
            f"the link at “{msgstr[broken.start() : broken.start() + 20]}” is broken; "
            "write [text](target) without a space",
        )
    elif "](" in blank(msgstr) and "](" not in blank(source):
        yield Remark("a link is not closed; write [text](target)")
    elif _has_loose_end(msgstr) and not _has_loose_end(source):
        yield Remark("a link has no opening bracket; write [text](target)")
    else:
        yield from _compare_balance(source, msgstr)


def _compare_balance(source: str, msgstr: str) -> Iterator[Remark]:
    """What a link or a code span leaves behind when one of its marks is lost."""
    if "`" in msgstr:
        is_same = source.count("`") == msgstr.count("`") and _codes(source) == _codes(
            msgstr
        )
        if not is_same and loose_backticks(msgstr) > loose_backticks(source):
            yield Remark(
                "a backtick stands alone; code has one before it and one after"
            )
    if "](" not in source:
        return
    signs = ("a square bracket", "a bracket")
    for sign, there, here in zip(
        signs, _surplus(source), _surplus(msgstr), strict=True
    ):
        if there == 0 and here != 0:
            yield Remark(f"{sign} has no partner; write links as [text](target)")


def _codes(text: str) -> int:
    return sum(1 for each in find(text) if each.kind == "code")


def _unescaped(text: str) -> str:
    """The text without code, tags and escapes, its wide brackets narrow."""
    if not _WIDE_SIGNS.isdisjoint(signs(text)):
        text = text.translate(_NARROW)
    plain = blank(text)
    for placeholder in find(text):
        if placeholder.kind in {"link", "url"}:
            plain = (
                plain[: placeholder.start] + placeholder.raw + plain[placeholder.end :]
            )
    return _ESCAPED.sub("", plain)


@lru_cache(maxsize=KEPT)
def _surplus(text: str) -> tuple[int, int]:
    """How many square and how many round brackets more are opened than closed."""
    plain = _unescaped(text)
    return plain.count("[") - plain.count("]"), plain.count("(") - plain.count(")")


@lru_cache(maxsize=KEPT)
def _has_loose_end(text: str) -> bool:
    """Whether a `](target)` has no `[` before it."""
    if "](" not in text and "][" not in text:
        return False
    ends = {
        placeholder.start
        for placeholder in find(text)
        if placeholder.kind == "link" and placeholder.raw.startswith("]")
    }
    if not ends:
        return False
    depth = 0
    plain = blank(text)
    places = {match.start() for match in _SQUARE.finditer(plain)}
    for position in sorted(ends | places):
        character = plain[position]
        if position in ends:
            depth -= 1
            if depth < 0:
                return True
        elif character == "[" and plain[position - 1 : position] != "\\":
            depth += 1
        elif character == "]" and depth and plain[position - 1 : position] != "\\":
            depth -= 1
    return False


def _compare_emphasis(source: str, msgstr: str) -> Iterator[Remark]:
    expected, found = _emphases(source), _emphases(msgstr)
    if expected == found:
        return
    # Any mark of the same strength will do: _x_ for *x*.
    for strength, name in _STRENGTHS:
        # What is struck out does not hold any more: a dose, say.
        is_stressed = strength != _STRUCK
        if expected[strength] > found[strength]:
            yield Remark(
                f"{name} of the source is lost; mark it",
                Severity.WARNING if is_stressed else None,
            )
        elif expected[strength] < found[strength]:
            yield Remark(
                f"{name} that the source does not have; take the marks off",
                Severity.INFO if is_stressed else None,
            )


@lru_cache(maxsize=KEPT)
def _emphases(text: str) -> Counter[int]:
    """How many spans there are of each strength; flanking as CommonMark has it."""
    counts: Counter[int] = Counter()
    if _EMPHASIS_SIGNS.isdisjoint(signs(text)):
        return counts
    plain = blank(text)
    opened: dict[str, int] = {}
    pattern = _EMPHASIS if "~" in plain else _STARS
    for match in pattern.finditer(plain):
        run = match[0]
        before = plain[match.start() - 1 : match.start()] if match.start() else " "
        after = plain[match.end() : match.end() + 1] or " "
        is_within = run == "~" or run[0] == "_"
        is_inside = is_within and _WORDLIKE.match(before) and _WORDLIKE.match(after)
        if before == "\\" or is_inside:
            continue
        if opened.get(run) and not before.isspace():
            opened[run] -= 1
            counts.update(_strengths(run))
        elif not after.isspace():
            opened[run] = opened.get(run, 0) + 1
    return counts


def _strengths(run: str) -> tuple[int, ...]:
    if run in {"~", "~~"}:
        return (_STRUCK,)
    return {1: (1,), 2: (2,), 3: (1, 2)}.get(len(run), ())
