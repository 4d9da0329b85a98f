"""A catalog: the messages of one domain in one locale, in gettext's own words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import TypeAlias

from pipeline.late import dataclass

Key: TypeAlias = tuple[str | None, str]
"""(msgctxt, msgid): what makes an entry the only one of its kind."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The `#|` lines: what the msgid was when the translation was written."""

    msgid: str | None = None
    msgctxt: str | None = None
    msgid_plural: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a catalog."""

    msgid: str
    msgstrs: tuple[str, ...] = ("",)
    """One text, or one per plural form where `msgid_plural` is set."""

    msgctxt: str | None = None
    msgid_plural: str | None = None
    comments: tuple[str, ...] = ()
    """The translator's own lines, without `# `."""

    extracted: tuple[str, ...] = ()
    """The `#.` lines: what a tool says to the translator."""

    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: Previous | None = None
    obsolete: bool = False
    line: int = field(default=0, compare=False)
    """Where its msgid (or msgctxt) stands in the file; 0 where it was not read."""

    @property
    def key(self) -> Key:
        """What makes it the only one in its catalog."""
        return (self.msgctxt, self.msgid)

    @property
    def msgstr(self) -> str:
        """The text of the first form."""
        return self.msgstrs[0]

    @property
    def is_fuzzy(self) -> bool:
        """Whether a person still has to judge it."""
        return "fuzzy" in self.flags

    @property
    def is_translated(self) -> bool:
        """Whether every form has a text, fuzzy or not."""
        return all(self.msgstrs)

    @property
    def is_usable(self) -> bool:
        """Whether it may be published: translated, not fuzzy, not obsolete."""
        # Asked of every entry several times, so no other property is asked here.
        return all(self.msgstrs) and not self.obsolete and "fuzzy" not in self.flags

    @property
    def state(self) -> str:
        """`untranslated`, `fuzzy` or `translated`."""
        if not self.is_translated:
            return "untranslated"
        return "fuzzy" if self.is_fuzzy else "translated"


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entries of one `.po` or `.pot` file, in their order."""

    header: Message
    """The entry with the empty msgid; its msgstr holds the fields."""

    messages: tuple[Message, ...] = ()
    """Every other entry, obsolete ones last."""

    _index: dict[Key, Message] = field(
        default_factory=dict,
        init=False,
        repr=False,
        compare=False,
    )

    def __iter__(self) -> Iterator[Message]:
        return iter(self.messages)

    @property
    def living(self) -> Iterator[Message]:
        """The entries that are not obsolete."""
        return (message for message in self.messages if not message.obsolete)

    def find(self, msgid: str, msgctxt: str | None = None) -> Message | None:
        """The entry of this key, a living one if there is one."""
        return (self._index or self.by_key).get((msgctxt, msgid))

    @property
    def by_key(self) -> Mapping[Key, Message]:
        """What `find` finds, for those who look for many."""
        if not self._index:
            # Made when it is first asked for: most catalogs are only gone through.
            every = self.messages[::-1]
            self._index.update({(each.msgctxt, each.msgid): each for each in every})
            if any([each.obsolete for each in every]):  # noqa: C419 - half the time
                living = ((each.key, each) for each in every if not each.obsolete)
                self._index.update(living)
        return self._index

    def fields(self) -> dict[str, str]:
        """The header's fields by name, in their order."""
        pairs = (line.partition(":") for line in self.header.msgstr.split("\n"))
        return {name.strip(): value.strip() for name, colon, value in pairs if colon}

    def with_fields(self, **changes: str) -> "Catalog":
        """
        The same catalog with header fields set.

        Names are written with `_` for `-`; a field that was not there comes last.
        """
        values = {name.replace("_", "-"): value for name, value in changes.items()}
        merged = self.fields() | values
        text = "".join(f"{name}: {value}\n" for name, value in merged.items())
        return replace(self, header=replace(self.header, msgstrs=(text,)))

    def with_messages(self, messages: Iterable[Message]) -> "Catalog":
        """The same header over other entries."""
        return Catalog(self.header, tuple(messages))

    def with_message(self, message: Message) -> "Catalog":
        """The same catalog with the living entry of this key replaced."""
        return self.with_messages(
            message if old.key == message.key and not old.obsolete else old
            for old in self.messages
        )


def neighbours(catalog: Catalog) -> dict[Key, tuple[str, str]]:
    """The msgids before and after each living entry; empty at the ends."""
    living = [*catalog.living]
    texts = ["", *(message.msgid for message in living), ""]
    return {
        message.key: (texts[index], texts[index + 2])
        for index, message in enumerate(living)
    }
