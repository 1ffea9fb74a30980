"""The catalogues: what the site says in English (the message ids) and in Welsh, and the gate that both must
pass.

    flask catalogues extract | update | compile | check
    flask catalogues review export FILE | import FILE --by NAME

translations/messages.pot is what the sources say now; translations/cy/LC_MESSAGES/messages.po holds the
Welsh, and messages.mo is compiled from it. The files carry no dates and no line numbers, so the same
sources always give the same bytes. Everything here is told its folder, and touches nothing outside it.
"""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from c4s.i18n import wording

ROOT = Path(__file__).parents[2]

# Babel's own header for Welsh has five forms with "other" first, which turns "10 places" into "no places".
# CLDR has six: zero, one, two, few (3), many (6), other.
PLURAL_FORMS = "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;"
PLURAL_COUNT = 6

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "_pl": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "lazy_npgettext": ((1, "c"), 2, 3),
}

_HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Connect4Success\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_WELSH_HEADER = f'{_HEADER}"Language: cy\\n"\n"Plural-Forms: {PLURAL_FORMS}\\n"\n'

_REVIEWED = re.compile(r"reviewed-by: (?P<name>.+?) (?P<on>\d{4}-\d{2}-\d{2}) (?P<digest>[0-9a-f]{16})\b")
_PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]?\d*(?:\.\d+)?[a-zA-Z]|%[sd](?!\w)|\{\w*(?:[.!:][^{}]*)?\}|%%")
_COUNTS = re.compile(r"%\((?:n|num|number|count|total)\)[a-z]|%d|\{(?:n|num|number|count|total)\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_READ_ALOUD = re.compile(r"""\s(?:alt|title|aria-label|placeholder|lang|hreflang)=(?:"[^"]*"|'[^']*')""")
_WRITTEN_PLURALS = re.compile(r'"Plural-Forms:[^"]*"(?:\n"[^":]*")*')
_GLUE = {"a", "an", "and", "at", "by", "for", "from", "in", "no", "of", "on", "or", "to", "with", "yes"}


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a checkout keeps its catalogues."""

    root: Path = ROOT

    @property
    def template(self) -> Path:
        """messages.pot."""
        return self.root / "translations" / "messages.pot"

    @property
    def welsh(self) -> Path:
        """messages.po."""
        return self.root / "translations" / "cy" / "LC_MESSAGES" / "messages.po"

    @property
    def compiled(self) -> Path:
        """messages.mo."""
        return self.welsh.with_suffix(".mo")

    @property
    def same_in_both(self) -> Path:
        """The words that are right when they are the same in Welsh and English:

        one a line, "#" begins a remark.
        """
        return self.root / "translations" / "same-in-both.txt"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the gate will not let through: where it is, what it is, how to mend it."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where} – {self.what} – {self.mend}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One message. `english` has one string, or the singular and the plural;

    `welsh` one, or the six forms.
    """

    english: tuple[str, ...]
    welsh: tuple[str, ...]
    context: str = ""
    used_in: tuple[str, ...] = ()
    line: int = 0
    fuzzy: bool = False
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the entry is known by in a review sheet; it changes when the English or its context does."""
        return _digest(self.context, *self.english)[:12]

    @property
    def translated(self) -> bool:
        """Every Welsh form is filled."""
        return all(self.welsh) and len(self.welsh) == (1 if len(self.english) == 1 else PLURAL_COUNT)

    @property
    def note(self) -> str:
        """What has been noted about the entry, without the mark of a review."""
        return _REVIEWED.sub("", " ".join(self.comments)).strip()

    @property
    def reviewer(self) -> str:
        """Who has read both the English and the Welsh as they now stand; "" when nobody has."""
        mark = _REVIEWED.search(" ".join(self.comments))
        return mark["name"] if mark and mark["digest"] == self._signature() else ""

    @property
    def state(self) -> str:
        """ "reviewed", "changed" (after it was reviewed) or "unreviewed"."""
        if self.reviewer:
            return "reviewed"
        return "changed" if _REVIEWED.search(" ".join(self.comments)) else "unreviewed"

    def signed(self, name: str, on: date) -> "Entry":
        """The entry with the mark that this person has read it on this day."""
        mark = f"reviewed-by: {name} {on.isoformat()} {self._signature()}"
        return replace(self, comments=tuple(part for part in (self.note, mark) if part))

    def noted(self, note: str) -> "Entry":
        """The entry with another note, and with the mark of its review kept."""
        mark = _REVIEWED.search(" ".join(self.comments))
        return replace(self, comments=tuple(part for part in (note, mark[0] if mark else "") if part))

    def _signature(self) -> str:
        return _digest(self.context, *self.english, "", *self.welsh)[:16]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


# Reading and writing


def extracted(root: Path = ROOT) -> list[Entry]:
    """The messages of the sources as they stand, in order; the mappings are those of pyproject.toml.

    Raises KeyError when pyproject.toml has no [tool.babel], and what the template engine raises on a broken
    template.
    """
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in settings]
    options = {
        mapping["pattern"]: {key: value for key, value in mapping.items() if key not in ("pattern", "method")}
        for mapping in settings
    }
    catalogue = Catalog()
    # Only the folders that patterns begin with: a walk over .venv and .git takes longer than all the rest.
    for top in sorted({pattern.partition("/")[0] for pattern, _ in methods}):
        here = [(pattern.partition("/")[2], method) for pattern, method in methods if pattern.startswith(top + "/")]
        found = extract_from_dir(
            root / top,
            method_map=here,
            options_map={pattern.partition("/")[2]: values for pattern, values in options.items()},
            keywords=KEYWORDS,
        )
        for filename, line, message, _, context in sorted(found, key=lambda one: (one[0], one[1])):
            catalogue.add(message, None, [(f"{top}/{filename}", line)], context=context)
    return sorted((_entry(message) for message in catalogue if message.id), key=_order)


def _order(entry: Entry) -> tuple[str, ...]:
    return (entry.english[0].casefold(), *entry.english, entry.context)


def _entry(message: Message) -> Entry:
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string or "",)
    return Entry(
        english=english,
        welsh=tuple(strings),
        context=message.context or "",
        used_in=tuple(sorted({place for place, _ in message.locations})),
        line=message.lineno or 0,
        fuzzy=message.fuzzy,
        comments=tuple(message.user_comments),
    )


def read(path: Path) -> list[Entry]:
    """The entries of a .po or .pot file, in the order of the file.

    Raises OSError, or babel's PoFileError for a broken file.
    """
    return [_entry(message) for message in _catalogue(path) if message.id]


def _catalogue(path: Path) -> Catalog:
    # Babel drops what its header leaves no room for, so a wrong header must not decide what is read.
    text = _WRITTEN_PLURALS.sub(lambda _: f'"Plural-Forms: {PLURAL_FORMS}\\n"', path.read_text(encoding="utf-8"))
    return read_po(BytesIO(text.encode()), locale="cy", abort_invalid=True)


def write(path: Path, entries: Iterable[Entry], header: str) -> None:
    """Write entries under the header, in place of what was there, at once or not at all."""
    catalogue = read_po(BytesIO(header.encode()))
    for entry in entries:
        plural = len(entry.english) > 1
        catalogue.add(
            entry.english if plural else entry.english[0],
            entry.welsh if plural else entry.welsh[0],
            [(place, 0) for place in entry.used_in],
            ["fuzzy"] if entry.fuzzy else [],
            user_comments=entry.comments,
            context=entry.context or None,
        )
    body = BytesIO()
    write_po(body, catalogue, omit_header=True, include_lineno=False, width=100)
    _replace(path, header.encode() + b"\n" + body.getvalue())


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)


def save_welsh(folder: Folder, entries: Iterable[Entry]) -> None:
    """Write the Welsh catalogue, with its pinned header."""
    write(folder.welsh, entries, _WELSH_HEADER)


def _empty(entry: Entry) -> tuple[str, ...]:
    return ("",) * (1 if len(entry.english) == 1 else PLURAL_COUNT)


def extract(folder: Folder) -> int:
    """Write messages.pot from the sources; gives the number of messages."""
    entries = [replace(entry, welsh=("",) * len(entry.english), comments=()) for entry in extracted(folder.root)]
    write(folder.template, entries, _HEADER)
    return len(entries)


def update(folder: Folder) -> tuple[int, int]:
    """Extract, and bring the Welsh catalogue into line: new messages come in empty and gone ones leave.

    A changed English sentence is a new message: nothing is guessed from one like it. Gives (added, dropped).
    """
    extract(folder)
    known = {(entry.context, entry.english): entry for entry in read(folder.welsh)} if folder.welsh.exists() else {}
    merged = []
    for fresh in read(folder.template):
        old = known.pop((fresh.context, fresh.english), None)
        if old is None:
            merged.append(replace(fresh, welsh=_empty(fresh)))
        else:
            merged.append(replace(old, used_in=fresh.used_in))
    save_welsh(folder, merged)
    return sum(not any(entry.welsh) for entry in merged), len(known)


def compile_welsh(folder: Folder) -> int:
    """Write messages.mo, unreviewed entries with the rest; gives the number of translated messages."""
    catalogue = _catalogue(folder.welsh)
    body = BytesIO()
    write_mo(body, catalogue)
    _replace(folder.compiled, body.getvalue())
    return sum(1 for message in catalogue if message.id and _entry(message).translated and not message.fuzzy)


def review_count(folder: Folder | None = None) -> tuple[int, int]:
    """How many entries of the Welsh catalogue a person has reviewed as they stand, and how many there are.

    The file is read again only when it has changed, so a page may show the count.
    """
    path = (folder or Folder()).welsh
    return _review_count(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _review_count(path: Path, changed: int) -> tuple[int, int]:
    entries = read(path)
    return sum(bool(entry.reviewer) for entry in entries), len(entries)


# The gate


def untranslated(entries: Iterable[Entry]) -> list[Finding]:
    """Entries without Welsh, or without one of the six forms."""
    return [
        _finding(one, "no Welsh", "write the Welsh (all six forms of a plural)")
        for one in entries
        if not one.translated
    ]


def fuzzy(entries: Iterable[Entry]) -> list[Finding]:
    """Entries marked fuzzy, which the compiled catalogue would leave out."""
    return [_finding(one, "marked fuzzy", "check the Welsh and take the mark away") for one in entries if one.fuzzy]


def equal_to_english(entries: Iterable[Entry], allowed: Iterable[str]) -> list[Finding]:
    """Welsh that is the English over again, unless it is a name or the like."""
    same = set(allowed)
    return [
        _finding(
            one,
            f"the Welsh is the English: “{words}”",
            "translate it, or list it in translations/same-in-both.txt",
        )
        for one in entries
        for words in sorted(set(one.welsh) & set(one.english) - same)
        if re.search(r"[^\W\d_]", wording.tags_out(_PLACEHOLDER.sub("", words)))
    ]


def placeholders(entries: Iterable[Entry]) -> list[Finding]:
    """Placeholders and tags lost, added or changed on the way to Welsh.

    A plural form for none, one, two, three or six may leave the number itself out ("Dim lleoedd ar ôl").
    """
    found = []
    for one in _translated(entries):
        model = one.english[-1]
        for form, words in enumerate(one.welsh):
            for name, parts in (("placeholders", _placeholders), ("tags", _tags)):
                wanted, given = parts(model), parts(words)
                missing, more = wanted - given, given - wanted
                if len(one.english) > 1 and form < PLURAL_COUNT - 1:
                    missing = Counter({part: n for part, n in missing.items() if not _COUNTS.fullmatch(part)})
                if missing or more:
                    both = ", ".join(
                        [f"{part} is missing" for part in missing] + [f"{part} is too many" for part in more]
                    )
                    found.append(
                        _finding(one, f"{name} are not as in English: {both}", f"use {', '.join(wanted) or 'none'}")
                    )
    return found


def _placeholders(words: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(words))


def _tags(words: str) -> Counter[str]:
    return Counter(_READ_ALOUD.sub("", tag) for tag in _TAG.findall(words))


def spaces(entries: Iterable[Entry]) -> list[Finding]:
    """Spaces and line breaks at the edge of a message, in either language."""
    return [
        _finding(one, f"a space at the edge of “{words}”", "take it out, and put the space in the template")
        for one in entries
        for words in (*one.english, *one.welsh)
        if words != words.strip()
    ]


def glue(entries: Iterable[Entry]) -> list[Finding]:
    """English that is no sentence and no label: a little word to build with, or capitals throughout."""
    found = []
    for one in entries:
        bare = wording.tags_out(_PLACEHOLDER.sub("", one.english[0]))
        letters = "".join(re.findall(r"[^\W\d_]", bare))
        if bare.strip().lower() in _GLUE:
            found.append(_finding(one, "a word to build sentences with", "make one whole message of each sentence"))
        elif len(letters) > 5 and letters.isupper():
            found.append(
                _finding(
                    one,
                    "capitals throughout",
                    "write it as a sentence, and leave the look to the style sheet",
                )
            )
    return found


def wrongly_worded(entries: Iterable[Entry]) -> list[Finding]:
    """Signs, usage and sentence length (c4s/i18n/wording.py), in both languages."""
    found = []
    for one in entries:
        for language, strings in (("en", one.english), ("cy", one.welsh)):
            for words in strings:
                plain = wording.plain(words)
                hits = [*wording.signs(plain, language), *wording.long_sentences(plain)]
                hits += wording.usage(plain) if language == "cy" else []
                found += [_finding(one, hit.what, hit.mend) for hit in hits]
    return found


def header(text: str) -> list[Finding]:
    """The header of the Welsh catalogue, when it is not the pinned one."""
    written = _WRITTEN_PLURALS.search(text)
    if written and "".join(re.findall('"(.*)"', written[0])) == f"Plural-Forms: {PLURAL_FORMS}\\n":
        return []
    return [Finding("messages.po", "the plural header is not the pinned one", "run: flask catalogues update")]


def out_of_date(folder: Folder) -> list[Finding]:
    """Catalogues that do not match the sources:

    a message that is not in them, or one that is no longer used.
    """
    fresh = {(entry.context, entry.english): entry for entry in extracted(folder.root)}
    found = []
    for path in (folder.template, folder.welsh):
        kept = {(entry.context, entry.english): entry for entry in read(path)} if path.exists() else {}
        mend = "run: flask catalogues update"
        found += [
            Finding(path.name, f"“{fresh[key].english[0]}” is missing ({', '.join(fresh[key].used_in)})", mend)
            for key in fresh.keys() - kept.keys()
        ]
        found += [
            Finding(f"{path.name}:{kept[key].line}", f"“{kept[key].english[0]}” is used nowhere", mend)
            for key in kept.keys() - fresh.keys()
        ]
        if path.exists() and re.search(r"^#~ ", path.read_text(encoding="utf-8"), re.MULTILINE):
            found.append(Finding(path.name, "obsolete entries (#~)", mend))
    return sorted(found, key=str)


def same_in_both(folder: Folder) -> list[str]:
    """The allow-list of words that are the same in both languages; empty when there is no such file."""
    if not folder.same_in_both.exists():
        return []
    lines = folder.same_in_both.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def entry_findings(entries: list[Entry], allowed: Iterable[str] = ()) -> list[Finding]:
    """All that the gate finds in entries themselves."""
    checks: list[Callable[[Iterable[Entry]], list[Finding]]] = [
        untranslated,
        fuzzy,
        placeholders,
        spaces,
        glue,
        wrongly_worded,
    ]
    return [*(finding for check in checks for finding in check(entries)), *equal_to_english(entries, allowed)]


def check(folder: Folder) -> list[Finding]:
    """Everything the structural gate finds.

    Spelling and mutations are read by the test suite (tests/house/welsh).
    """
    if not folder.welsh.exists():
        return [Finding("messages.po", "there is no Welsh catalogue", "run: flask catalogues update")]
    text = folder.welsh.read_text(encoding="utf-8")
    return [*header(text), *out_of_date(folder), *entry_findings(read(folder.welsh), same_in_both(folder))]


def _translated(entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.translated)


def _finding(entry: Entry, what: str, mend: str) -> Finding:
    shown = entry.english[0] if len(entry.english[0]) < 60 else entry.english[0][:57] + "…"
    return Finding(f"messages.po:{entry.line} “{shown}”", what, mend)


# The commands


class _LaterGroup(click.Group):
    """A group that reads its module only when it is called:

    a worker that serves pages never needs spreadsheets.
    """

    def _loaded(self) -> click.Group:
        group: click.Group = import_module("c4s.i18n.reviews").review
        return group

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._loaded().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._loaded().get_command(ctx, cmd_name)


@click.group("catalogues")
def catalogues() -> None:
    """The Welsh and English words of the site."""


@catalogues.command("extract")
def extract_command() -> None:
    """Write messages.pot from the sources."""
    click.echo(f"{extract(Folder())} messages in messages.pot")


@catalogues.command("update")
def update_command() -> None:
    """Extract, then bring the Welsh catalogue into line."""
    added, dropped = update(Folder())
    click.echo(f"{added} without Welsh, {dropped} dropped")


@catalogues.command("compile")
def compile_command() -> None:
    """Write messages.mo."""
    click.echo(f"{compile_welsh(Folder())} messages in messages.mo")


@catalogues.command("check")
def check_command() -> None:
    """List what is wrong in the catalogues; the exit status is 1 when anything is."""
    findings = check(Folder())
    for finding in findings:
        click.echo(str(finding))
    if findings:
        raise click.ClickException(f"{len(findings)} findings")
    reviewed, total = review_count()
    click.echo(f"The catalogues are in order. Reviewed by a Welsh proof-reader: {reviewed} of {total}")


catalogues.add_command(_LaterGroup("review", help="Sheets for a Welsh proof-reader."))

if __name__ == "__main__":
    catalogues()
