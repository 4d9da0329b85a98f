import importlib
import pickle
import pkgutil
import re
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace

import pytest

import pipeline
from pipeline.late import LatePattern, dataclass, made_open, regex


@dataclass(frozen=True, slots=True)
class Point:
    """A frozen noun."""

    x: int
    y: int = 2
    labels: dict[str, int] = field(default_factory=dict, compare=False)
    seen: list[int] = field(default_factory=list, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Point):
    """One more field, by name only."""

    name: str


@dataclass
class Tally:
    """Neither frozen nor slotted."""

    count: int
    doubled: int = 0

    def __post_init__(self) -> None:
        self.doubled = 2 * self.count


@dataclass(eq=False, slots=True)
class Single:
    """Equal to itself alone."""

    value: int = field(default=7, init=False)


def test_an_object_is_made_from_places_names_and_defaults():
    assert (Point(1).x, Point(1).y, Point(x=1, y=5).y) == (1, 2, 5)
    assert Named(1, name="a").name == "a"
    assert Single().value == 7


def test_the_first_objects_and_later_ones_are_made_alike():
    @dataclass(frozen=True, slots=True)
    class Late(Point):
        late: tuple[int, ...] = field(default=(), kw_only=True)

    for number in range(20):
        made = Late(number, labels={"a": number}, late=(number,))
        assert (made.x, made.y, made.labels) == (number, 2, {"a": number})
        assert (made.seen, made.late) == ([], (number,))
        wrong: list[tuple[tuple[object, ...], dict[str, object]]] = [
            ((), {}),
            ((1, 2, {}, 4), {}),
            ((1,), {"x": 1}),
            ((1,), {"z": 1}),
            ((1,), {"seen": []}),
        ]
        for places, names in wrong:
            with pytest.raises(TypeError, match="__init__"):
                Late(*places, **names)  # type: ignore[arg-type]  # it must not fit


def test_what_follows_the_making_of_an_object_follows_each_time():
    assert [Tally(number).doubled for number in range(20)] == [*range(0, 40, 2)]


def test_each_object_has_a_default_of_its_own():
    first, second = Point(1), Point(1)
    first.labels["a"] = 1
    first.seen.append(1)
    assert second.labels == {}
    assert second.seen == []


def test_what_is_missing_or_unknown_is_told_with_the_class():
    with pytest.raises(TypeError, match=r"Point\.__init__\(\) missing 1 required"):
        Point()  # type: ignore[call-arg]  # that is the test
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        Point(1, z=2)  # type: ignore[call-arg]  # that is the test
    with pytest.raises(TypeError, match="takes from 2 to 4 positional"):
        Named(1, 2, {}, "a")  # type: ignore[call-arg]  # that is the test


def test_a_frozen_object_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Point(1).x = 2  # type: ignore[misc]  # that is the test
    with pytest.raises(FrozenInstanceError):
        del Point(1).x
    with pytest.raises((FrozenInstanceError, AttributeError)):
        Point(1).other = 2  # type: ignore[attr-defined]  # that is the test


def test_equal_objects_have_equal_fields_and_one_class():
    assert Point(1) == Point(1, 2, {"other": 1})
    assert hash(Point(1)) == hash(Point(1, 2))
    assert Point(1) != Point(2)
    assert Point(1) != Named(1, name="")
    assert Tally(1) == Tally(1)
    assert Single() != Single()
    with pytest.raises(TypeError, match="unhashable"):
        hash(Tally(1))


def test_an_object_shows_its_fields():
    assert repr(Point(1)) == "Point(x=1, y=2, labels={})"
    assert repr(Tally(3)) == "Tally(count=3, doubled=6)"


def test_dataclasses_knows_them():
    assert is_dataclass(Named)
    assert [each.name for each in fields(Named)] == ["x", "y", "labels", "seen", "name"]
    assert replace(Named(1, name="a"), y=3) == Named(1, 3, name="a")
    match Point(4, 5):
        case Point(x, y):
            assert (x, y) == (4, 5)


def test_an_object_comes_back_from_another_process():
    named = Named(1, 3, {"a": 1}, name="b")
    back = pickle.loads(pickle.dumps(named))
    assert back == named
    assert back.labels == {"a": 1}


def test_a_class_keeps_the_methods_that_it_has():
    @dataclass(frozen=True, slots=True)
    class Own:
        """Shows itself."""

        x: int

        def __repr__(self) -> str:
            return f"<{self.x}>"

    assert repr(Own(1)) == "<1>"
    assert Own(1) == Own(1)


def test_a_pattern_finds_what_the_compiled_one_finds():
    late, early = (
        regex(r"(?P<word>\w+)!", re.ASCII),
        re.compile(r"(?P<word>\w+)!", re.ASCII),
    )
    assert late.sub(r"\g<word>", "go! on!") == early.sub(r"\g<word>", "go! on!")
    assert late.pattern == early.pattern
    assert late.flags == early.flags
    found = late.search("no! ö!")
    assert found is not None
    assert found["word"] == "no"
    assert regex(b"a+").findall(b"aab") == [b"aa"]
    assert pickle.loads(pickle.dumps(late)).findall("a! b") == ["a"]
    assert repr(late) == r"regex('(?P<word>\\w+)!', re.ASCII)"


def _patterns(value: object) -> list[LatePattern]:
    if isinstance(value, LatePattern):
        return [value]
    if isinstance(value, dict):
        return [found for each in value.values() for found in _patterns(each)]
    if isinstance(value, list | tuple):
        return [found for each in value for found in _patterns(each)]
    return []


def test_every_pattern_of_the_program_compiles():
    found = []
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.endswith("__main__"):
            values = vars(importlib.import_module(module.name)).values()
            found += [each for value in values for each in _patterns(value)]
    assert len(found) > 300
    assert all(isinstance(each.pattern, str | bytes) for each in found)


def test_an_object_that_is_made_open_is_one_of_its_class():
    @dataclass(frozen=True, slots=True)
    class Pair:
        left: int
        right: str = "b"

    made = made_open(Pair)(1, "b")

    assert type(made) is Pair
    assert made == Pair(1)
    with pytest.raises(FrozenInstanceError):
        made.left = 2  # type: ignore[misc]  # what must fail
    with pytest.raises(TypeError):
        made_open(Pair)(1)
