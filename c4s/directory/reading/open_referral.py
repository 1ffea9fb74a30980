"""Service lists in Open Referral UK, versions 2 and 3, as councils and charities publish them.

A service becomes a supplier, one for one, under its own name: the service is what the source keeps under a
stable id, describes, dates and closes, and what a buyer would ring up about. The organisation behind it, if
it has another name, is the fact "organisation" and the last paragraph of the description, so that it is
shown and found; several services of one organisation stay several entries.

The texts are taken to be English, for the format has no place to say otherwise.

A contact with a person's name is passed over, with its telephone and e-mail: those are a person's, not the
service's.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from datetime import date
from typing import BinaryIO

from babel.dates import get_day_names

from c4s.directory.reading.cleaning import (
    email,
    html_to_text,
    one_line,
    opening_sentence,
    phone,
    position,
    shortened,
    website,
)
from c4s.directory.reading.json_entries import entries
from c4s.directory.reading.records import (
    ACCESS_LIMIT,
    HOURS_LIMIT,
    ID_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    NOWHERE,
    SUMMARY_LIMIT,
    TEXT_LIMIT,
    TOWN_LIMIT,
    Reject,
    RejectReason,
    RemarkKind,
    Remarks,
    SupplierRecord,
    Unreadable,
    UnreadableFile,
)
from c4s.directory.rules import LegalForm, SupplierStatus
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.formats import at_start
from c4s.taxonomy.rules import postcode

LISTS = ("content", "services", "contents", "value")  # what feeds have been seen to call their list
_TOTALS = ("total_items", "totalElements", "totalItems", "total")

STATUSES = {
    "": SupplierStatus.ACTIVE,
    "active": SupplierStatus.ACTIVE,
    "inactive": SupplierStatus.CLOSED,
    "closed": SupplierStatus.CLOSED,
    "defunct": SupplierStatus.CLOSED,
    "temporarily closed": SupplierStatus.TEMPORARILY_CLOSED,
    "suspended": SupplierStatus.TEMPORARILY_CLOSED,
    "paused": SupplierStatus.TEMPORARILY_CLOSED,
}
LEGAL_FORMS = {
    "sole trader": LegalForm.SOLE_TRADER,
    "partnership": LegalForm.PARTNERSHIP,
    "limited company": LegalForm.LIMITED_COMPANY,
    "private limited company": LegalForm.LIMITED_COMPANY,
    "community interest company": LegalForm.COMMUNITY_INTEREST_COMPANY,
    "cic": LegalForm.COMMUNITY_INTEREST_COMPANY,
    "co operative": LegalForm.CO_OPERATIVE,
    "cooperative": LegalForm.CO_OPERATIVE,
    "charity": LegalForm.CHARITY,
    "registered charity": LegalForm.CHARITY,
    "charitable incorporated organisation": LegalForm.CHARITY,
    "association": LegalForm.ASSOCIATION,
    "unincorporated association": LegalForm.ASSOCIATION,
    "public body": LegalForm.PUBLIC_BODY,
    "local authority": LegalForm.PUBLIC_BODY,
}
# Words of the source's own terms -> our category. A term with none of these words gives no category: a
# supplier in no category is found by its words, one in a wrong category misleads.
CATEGORIES = (
    (re.compile(r"\b(?:child ?care|nursery|nurseries|child ?minders?|cr[eè]che)", re.I), "care-childcare"),
    (re.compile(r"\b(?:care homes?|residential care|nursing homes?)\b", re.I), "care-homes"),
    (re.compile(r"\b(?:home care|domiciliary|personal care|respite|social care)\b", re.I), "care"),
    (re.compile(r"\b(?:schools?|colleges?)\b", re.I), "learning-schools"),
    (re.compile(r"\b(?:education|learning|training|courses?|tuition)\b", re.I), "learning"),
    (re.compile(r"\b(?:health|well-?being|fitness|sports?|exercise|counselling)\b", re.I), "wellbeing"),
    (re.compile(r"\b(?:transport|travel)\b", re.I), "transport"),
    (re.compile(r"\b(?:arts?|crafts?|music|dance|drama)\b", re.I), "creative"),
    (re.compile(r"\b(?:clubs?|youth groups?)\b", re.I), "community-clubs"),
    (re.compile(r"\b(?:community|volunteering|social activit(?:y|ies)|faith)\b", re.I), "community"),
)
_WELSH = {"cy", "cym", "wel", "welsh", "cymraeg", "cy-gb"}
_ENGLISH = {"en", "eng", "english", "saesneg", "en-gb"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_NAMES = {
    # Babel says “Dydd Llun” even inside a sentence.
    language: tuple(str(get_day_names("wide", "stand-alone", locale)[day]).replace("Dydd", "dydd") for day in range(7))
    for language, locale in (("cy", "cy"), ("en", "en_GB"))
}
_TIME = re.compile(r"(?:^|T)([01]?\d|2[0-3]):([0-5]\d)")
_WORD_BREAKS = re.compile(r"[\s_-]+")

Thing = Mapping[str, object]
Facts = tuple[tuple[str, str], ...]


def read(stream: BinaryIO, source: str, remarks: Remarks) -> Generator[SupplierRecord | Reject, None, None]:
    """Suppliers from a JSON list of services, or from an object that holds one, in the order of the file.

    Raises UnreadableFile where the file is not such JSON, is empty or ends too early.
    """
    around: dict[str, object] = dict.fromkeys(_TOTALS)
    seen: set[str] = set()
    count = 0
    for line, service in entries(stream, LISTS, around):
        count += 1
        yield _record(service, line, source, seen, remarks)
    if not count:
        raise UnreadableFile(Unreadable.EMPTY)
    for key in _TOTALS:
        promised = one_line(around.get(key))
        if promised and promised != str(count):
            remarks.add(RemarkKind.COUNT_DIFFERS, promised[:LINE_LIMIT])
            break


def _record(service: object, line: int, source: str, seen: set[str], remarks: Remarks) -> SupplierRecord | Reject:
    if not isinstance(service, Mapping):
        return Reject(line, "", RejectReason.NOT_AN_ENTRY)
    source_id = one_line(service.get("id"))
    if not source_id:
        return Reject(line, "", RejectReason.NO_ID)
    if len(source_id) > ID_LIMIT:
        return Reject(line, "", RejectReason.BAD_ID, source_id[:LINE_LIMIT])
    if source_id in seen:
        return Reject(line, source_id, RejectReason.REPEATED_ID)
    seen.add(source_id)
    name = html_to_text(service.get("name")).replace("\n", " ")
    if not name:
        return Reject(line, source_id, RejectReason.NO_NAME)
    if len(name) > NAME_LIMIT:
        return Reject(line, source_id, RejectReason.NAME_TOO_LONG, name[:LINE_LIMIT])
    status = STATUSES.get(_plain(service.get("status")))
    if status is None:
        return Reject(line, source_id, RejectReason.UNKNOWN_STATUS, one_line(service.get("status"))[:LINE_LIMIT])

    def kept(field: str, value: object, clean: str) -> str:
        if not clean and one_line(value):
            remarks.add(RemarkKind.VALUE_LEFT_OUT, field, line)
        return clean

    def fitting(field: str, text: str, limit: int) -> str:
        if len(text) > limit:
            remarks.add(RemarkKind.VALUE_SHORTENED, field, line)
        return shortened(text, limit)

    organisation = _thing(service, "organization")
    described = html_to_text(service.get("description"))
    attending = paragraphs_of(service, "pc_attendingAccess_additionalInfo")
    facts = _facts(service, organisation, name, terms := _terms(service))
    behind = f"Organisation: {organised}" if (organised := dict(facts).get("organisation")) else ""
    said = fitting("description", "\n\n".join(filter(None, (described, attending))), TEXT_LIMIT)
    modified = _date(service)
    place = _place(service)
    return SupplierRecord(
        source=source,
        source_id=source_id,
        name=name,
        summary=Bilingual(en=opening_sentence(described, SUMMARY_LIMIT)),
        description=Bilingual(en="\n\n".join(filter(None, (said, behind)))),
        categories=_categories(terms),
        address=place.address,
        town=place.town,
        postcode=place.postcode,
        latitude=place.latitude,
        longitude=place.longitude,
        website=kept("url", service.get("url"), website(service.get("url")))
        or website(organisation.get("url"))
        or website(organisation.get("website")),
        email=kept("email", service.get("email"), email(service.get("email")))
        or email(organisation.get("email"))
        or _first(email(contact.get("email")) for contact in _contacts(service)),
        phone=_phone(service),
        hours=_hours(service, place.at, modified),
        access_notes=Bilingual(en=fitting("accessibility", place.access, ACCESS_LIMIT)),
        welsh=_speaks(service, _WELSH),
        english=_speaks(service, _ENGLISH),
        legal_form=LEGAL_FORMS.get(_plain(organisation.get("legal_status"))),
        status=status,
        source_date=modified,
        facts=facts,
    )


# --- Reading the shapes -----------------------------------------------------------------------------------


def _thing(parent: Thing, key: str) -> Thing:
    value = parent.get(key)
    return value if isinstance(value, Mapping) else {}


def _things(parent: Thing, *keys: str) -> Iterator[Thing]:
    for key in keys:
        value = parent.get(key)
        if isinstance(value, list):
            yield from (each for each in value if isinstance(each, Mapping))


def _plain(value: object) -> str:
    return _WORD_BREAKS.sub(" ", one_line(value).casefold())


def _first(values: Iterator[str]) -> str:
    return next(filter(None, values), "")


def paragraphs_of(parent: Thing, key: str) -> str:
    """The text under this key as plain paragraphs, "" where it is absent or not text."""
    return html_to_text(parent.get(key))


def _date(service: Thing) -> date | None:
    metadata = _thing(service, "pc_metadata")
    for value in (service.get("last_modified"), metadata.get("date_modified"), service.get("assured_date")):
        found = _day(value)
        if found:
            return found
    return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(one_line(value)[:10])
    except ValueError:
        return None


# --- Where ------------------------------------------------------------------------------------------------


class _Place:
    """Where a service is: its first place that has a full postcode, or else what is known of a town."""

    def __init__(self) -> None:
        self.address: tuple[str, ...] = ()
        self.town = ""
        self.postcode = ""
        self.latitude: float | None = None
        self.longitude: float | None = None
        self.access = ""
        self.at: Thing = {}


def _place(service: Thing) -> _Place:
    best = _Place()
    places = [(at, _thing(at, "location")) for at in _things(service, "service_at_locations")]
    places += [({}, location) for location in _things(service, "locations")]
    for at, location in places:
        if _plain(location.get("location_type")) in ("virtual", "postal"):
            continue
        for address in _things(location, "physical_addresses", "addresses"):
            if _plain(address.get("address_type")) in ("virtual", "postal"):
                continue
            code = postcode(address.get("postal_code"))
            town = one_line(address.get("city"))[:TOWN_LIMIT]
            if code or (town and not best.town):
                best.town, best.postcode, best.at = town, code, at
                best.access = _access(location)
            if code:
                best.address = _address(address, location, town)
                best.latitude, best.longitude = position(location.get("latitude"), location.get("longitude"))
                return best  # without a postcode it may be anybody's home: the street is not kept
    return best


def _address(address: Thing, location: Thing, town: str) -> tuple[str, ...]:
    given = [location.get("name"), *(address.get(key) for key in ("attention", "address_1", "address_2"))]
    lines: list[str] = []
    for part in ",".join(one_line(value) for value in given).split(","):
        line = part.strip()[:LINE_LIMIT]
        if line and line.casefold() not in {town.casefold(), *(known.casefold() for known in lines)}:
            lines.append(line)
    if "attention" in address and one_line(address.get("attention")) in lines:
        lines.remove(one_line(address.get("attention")))  # a person's name, as a rule
    return tuple(lines)


def _access(location: Thing) -> str:
    notes = [
        html_to_text(each.get("accessibility") or each.get("description") or each.get("details"))
        for each in _things(location, "accessibility_for_disabilities", "accessibility")
    ]
    return "\n".join(dict.fromkeys(filter(None, notes)))


# --- When -------------------------------------------------------------------------------------------------


def _hours(service: Thing, at: Thing, modified: date | None) -> Bilingual:
    days: dict[tuple[str, str], set[int]] = {}
    notes: list[str] = []
    for owner in (service, at):
        for schedule in _things(owner, "regular_schedules", "schedules"):
            ends = _day(schedule.get("valid_to"))
            if ends and modified and ends < modified:
                continue
            note = one_line(html_to_text(schedule.get("description")))
            opens, closes = _time(schedule.get("opens_at")), _time(schedule.get("closes_at"))
            named = {each.strip().upper()[-2:] for each in one_line(schedule.get("byday")).split(",")}
            weekdays = {number for number, day in enumerate(_DAYS) if day in named}
            if weekdays and opens and closes and _plain(schedule.get("freq")) in ("", "weekly", "daily"):
                days.setdefault((opens, closes), set()).update(weekdays)
            if note:
                notes.append(note)
    if not days and not notes:
        return NOWHERE
    said = {
        language: "; ".join(
            f"{', '.join(names[day] for day in sorted(at_these))} {opens}–{closes}"
            for (opens, closes), at_these in sorted(days.items(), key=lambda item: (min(item[1]), item[0]))
        )
        for language, names in _DAY_NAMES.items()
    }
    english = "; ".join(filter(None, (said["en"], *dict.fromkeys(notes))))
    return Bilingual(shortened(at_start(said["cy"]), HOURS_LIMIT), shortened(english, HOURS_LIMIT))


def _time(value: object) -> str:
    match = _TIME.search(one_line(value))
    return f"{int(match[1]):02}:{match[2]}" if match else ""


# --- Who and what -----------------------------------------------------------------------------------------


def _contacts(service: Thing) -> Iterator[Thing]:
    return (contact for contact in _things(service, "contacts") if not one_line(contact.get("name")))


def _phone(service: Thing) -> str:
    owners = (service, *_contacts(service))
    return _first(phone(each.get("number")) for owner in owners for each in _things(owner, "phones"))


def _speaks(service: Thing, names: set[str]) -> bool | None:
    """True where the language is listed; where it is not, nothing is known: most lists leave it out."""
    listed = (
        _plain(language.get(key)).replace(" ", "-")
        for language in _things(service, "languages")
        for key in ("code", "language", "name")
    )
    return True if any(each in names for each in listed) else None


def _terms(service: Thing) -> tuple[str, ...]:
    terms: list[str] = []
    for link in _things(service, "service_taxonomys", "service_taxonomies", "taxonomies", "attributes"):
        term = _thing(link, "taxonomy_term") or _thing(link, "taxonomy") or link
        name = one_line(term.get("name")) or one_line(term.get("term"))
        if name and name not in terms:
            terms.append(name[:LINE_LIMIT])
    deliverable = one_line(service.get("deliverable_type"))
    return (*terms, deliverable[:LINE_LIMIT]) if deliverable else tuple(terms)


def _categories(terms: tuple[str, ...]) -> tuple[str, ...]:
    found = (next((code for words, code in CATEGORIES if words.search(term)), "") for term in terms)
    return tuple(sorted(set(filter(None, found))))


def _facts(service: Thing, organisation: Thing, name: str, terms: tuple[str, ...]) -> Facts:
    behind = html_to_text(organisation.get("name")).replace("\n", " ")[:NAME_LIMIT]
    other = html_to_text(service.get("alternate_name")).replace("\n", " ")[:NAME_LIMIT]
    told = {
        "alternate_name": other if other.casefold() != name.casefold() else "",
        "organisation": behind if behind.casefold() != name.casefold() else "",
        "terms": shortened("; ".join(terms), HOURS_LIMIT),
    }
    return tuple((key, value) for key, value in told.items() if value)
