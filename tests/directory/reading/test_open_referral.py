"""Service lists in Open Referral UK."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4s.directory.reading import (
    Reject,
    RejectReason,
    Remark,
    RemarkKind,
    SupplierRecord,
    Unreadable,
    UnreadableFile,
    open_reader,
)
from c4s.directory.rules import LegalForm, SupplierStatus
from c4s.i18n.bilingual import Bilingual
from tests.directory.reading.files import read, reading, shared_data

VERSION_2 = {
    "id": "a1",
    "name": "Clwb Cinio &amp; Sgwrs",
    "description": "<p>A weekly lunch.&nbsp;</p><p>&nbsp;</p><ul><li>soup</li><li>company</li></ul>",
    "url": "www.clwbcinio.example.wales",
    "email": "helo@clwbcinio.example.wales",
    "status": "active",
    "assured_date": "2026-02-01",
    "deliverable_type": "Social activity",
    "organization": {"name": "Canolfan y Bryn", "url": "https://canolfan.example.wales"},
    "contacts": [
        {"name": "Mair", "phones": [{"number": "07700 900123"}]},
        {"name": "", "phones": [{"number": "+441632960123"}]},
    ],
    "service_at_locations": [
        {
            "location": {
                "name": "Neuadd y Bryn",
                "latitude": 51.62,
                "longitude": "-3.45",
                "accessibility_for_disabilities": [
                    {"accessibility": "Level floor"},
                    {"accessibility": "Ramp"},
                ],
                "physical_addresses": [
                    {"address_1": "Neuadd y Bryn, 3 Heol y Bryn", "city": "Porth", "postal_code": "cf399zz"}
                ],
            },
            "regular_schedule": [],
        }
    ],
    "regular_schedules": [
        {"byday": "TU,MO", "opens_at": "12:00:00", "closes_at": "14:00", "freq": "WEEKLY"},
        {"byday": "SA", "opens_at": "9:30", "closes_at": "11:00", "valid_to": "2020-01-01"},
        {"byday": "1FR", "opens_at": "18:00", "closes_at": "20:00", "freq": "MONTHLY", "description": "Quiz"},
    ],
    "languages": [{"language": "Welsh"}],
}


def test_a_version_2_service_becomes_a_supplier():
    assert read("open-referral", json.dumps([VERSION_2])) == [
        SupplierRecord(
            source="test",
            source_id="a1",
            name="Clwb Cinio & Sgwrs",
            summary=Bilingual(en="A weekly lunch."),
            description=Bilingual(en="A weekly lunch.\n\n- soup\n- company\n\nOrganisation: Canolfan y Bryn"),
            categories=("community",),
            address=("Neuadd y Bryn", "3 Heol y Bryn"),
            town="Porth",
            postcode="CF39 9ZZ",
            latitude=51.62,
            longitude=-3.45,
            website="https://www.clwbcinio.example.wales",
            email="helo@clwbcinio.example.wales",
            phone="01632 960123",
            hours=Bilingual("Dydd Llun, dydd Mawrth 12:00–14:00", "Monday, Tuesday 12:00–14:00; Quiz"),
            access_notes=Bilingual(en="Level floor\nRamp"),
            welsh=True,
            source_date=date(2026, 2, 1),
            facts=(("organisation", "Canolfan y Bryn"), ("terms", "Social activity")),
        )
    ]


def test_a_version_3_service_becomes_a_supplier():
    service = {
        "id": "b2",
        "name": "Meithrin y Dyffryn",
        "alternate_name": "Valley Nursery",
        "description": "Places for two-year-olds.\n\nAsk us.",
        "url": "javascript:alert(1)",
        "status": "temporarily closed",
        "last_modified": "2026-03-04T10:00:00Z",
        "organization": {
            "name": "Meithrin y Dyffryn", "website": "meithrin.example.wales", "legal_status": "CIC",
        },
        "phones": [{"number": "ring"}, {"number": "01632 960456"}],
        "languages": [{"code": "cy", "name": "Welsh"}, {"code": "en", "name": "English"}],
        "schedules": [{"byday": "MO,TU,WE,TH,FR", "opens_at": "08:00", "closes_at": "18:00"}],
        "attributes": [{"taxonomy_term": {"name": "Nursery"}}, {"taxonomy_term": {"name": "Early years"}}],
        "service_at_locations": [
            {"location": {
                "location_type": "virtual", "addresses": [{"city": "The web", "postal_code": "CF10 1AA"}],
            }},
            {"location": {
                "accessibility": [{"description": "<p>Lift</p>"}],
                "addresses": [{
                    "attention": "Mrs M. Invented", "address_1": "Uned 2", "address_2": "Parc y Dyffryn",
                    "city": "Aberdâr", "postal_code": "CF44 0ZZ", "address_type": "physical",
                }],
            }},
        ],
    }  # fmt: skip
    assert read("open-referral", json.dumps({"total_items": 1, "contents": [service]})) == [
        SupplierRecord(
            source="test",
            source_id="b2",
            name="Meithrin y Dyffryn",
            summary=Bilingual(en="Places for two-year-olds."),
            description=Bilingual(en="Places for two-year-olds.\n\nAsk us."),
            categories=("care-childcare",),
            address=("Uned 2", "Parc y Dyffryn"),
            town="Aberdâr",
            postcode="CF44 0ZZ",
            website="https://meithrin.example.wales",
            phone="01632 960456",
            hours=Bilingual(
                "Dydd Llun, dydd Mawrth, dydd Mercher, dydd Iau, dydd Gwener 08:00–18:00",
                "Monday, Tuesday, Wednesday, Thursday, Friday 08:00–18:00",
            ),
            access_notes=Bilingual(en="Lift"),
            welsh=True,
            english=True,
            legal_form=LegalForm.COMMUNITY_INTEREST_COMPANY,
            status=SupplierStatus.TEMPORARILY_CLOSED,
            source_date=date(2026, 3, 4),
            facts=(("alternate_name", "Valley Nursery"), ("terms", "Nursery; Early years")),
        )
    ]


def test_an_address_without_a_postcode_may_be_a_home_and_only_its_town_is_kept():
    address = {"address_1": "3 Heol y Bryn", "city": "Porth"}
    location = {"latitude": 51.6, "longitude": -3.4, "addresses": [address]}
    service = {"id": "1", "name": "Gwnïo", "service_at_locations": [{"location": location}]}
    [record] = read("open-referral", json.dumps([service]))
    assert (record.address, record.town, record.latitude) == ((), "Porth", None)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        ("active", SupplierStatus.ACTIVE),
        (" Active ", SupplierStatus.ACTIVE),
        (None, SupplierStatus.ACTIVE),
        ("inactive", SupplierStatus.CLOSED),
        ("closed", SupplierStatus.CLOSED),
        ("defunct", SupplierStatus.CLOSED),
        ("temporarily_closed", SupplierStatus.TEMPORARILY_CLOSED),
    ],
)
def test_a_status_is_one_of_ours(status, meaning):
    [record] = read("open-referral", json.dumps([{"id": 1, "name": "X", "status": status}]))
    assert record.status == meaning


def test_odd_entries_are_rejected_with_line_and_reason():
    entries = read(
        "open-referral",
        '[{"id": 1, "name": "Un"},\n{"id": "1", "name": "Eto"},\n"words",\n{"name": "Dim"},\n'
        '{"id": {"a": 1}, "name": "Dim"},\n{"id": 2, "name": "<p> </p>"},\n'
        '{"id": 3, "name": "Tri", "status": "haunted"},\n'
        f'{{"id": "{"9" * 101}", "name": "Hir"}},\n{{"id": 4, "name": "{"x" * 201}"}}, null]',
    )
    assert [(e.line, e.source_id, e.reason) for e in entries[1:]] == [
        (2, "1", RejectReason.REPEATED_ID),
        (3, "", RejectReason.NOT_AN_ENTRY),
        (4, "", RejectReason.NO_ID),
        (5, "", RejectReason.NO_ID),
        (6, "2", RejectReason.NO_NAME),
        (7, "3", RejectReason.UNKNOWN_STATUS),
        (8, "", RejectReason.BAD_ID),
        (9, "4", RejectReason.NAME_TOO_LONG),
        (9, "", RejectReason.NOT_AN_ENTRY),
    ]


@pytest.mark.parametrize("key", ["content", "services", "contents", "value"])
def test_the_list_may_be_inside_an_object(key):
    page = {"page": {"size": 9}, key: [{"id": "1", "name": "Un"}], "totalElements": 12, "links": []}
    entries = reading("open-referral", json.dumps(page, indent=2))
    assert [entry.name for entry in entries] == ["Un"]
    assert list(entries.remarks) == [Remark(RemarkKind.COUNT_DIFFERS, "12")]


def test_a_value_left_out_is_told_once_and_counted():
    services = [{"id": str(number), "name": "X", "url": "not a url", "email": "x"} for number in range(3)]
    entries = reading("open-referral", "[" + ",\n".join(map(json.dumps, services)) + "]")
    assert [entry.website for entry in entries] == ["", "", ""]
    assert list(entries.remarks) == [
        Remark(RemarkKind.VALUE_LEFT_OUT, "url", 1, 3),
        Remark(RemarkKind.VALUE_LEFT_OUT, "email", 1, 3),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", Unreadable.EMPTY),
        ("  \n", Unreadable.EMPTY),
        ("[]", Unreadable.EMPTY),
        ('{"contents": []}', Unreadable.EMPTY),
        ('"services"', Unreadable.WRONG_ROOT),
        ("{}", Unreadable.WRONG_ROOT),
        ('{"error": "not found"}', Unreadable.WRONG_ROOT),
        ("<html></html>", Unreadable.NOT_JSON),
        ('[{"id": 1, "name": "Un"}] [', Unreadable.NOT_JSON),
        ('[{"id": 1, "name": "Un"} {"id": 2}]' + " " * 50, Unreadable.NOT_JSON),
        ("[" * 200_000, Unreadable.NOT_JSON),
        (b'[{"id": 1, "name": "T\xff"}]', Unreadable.NOT_TEXT),
        ('[{"id": 1, "name": "' + "x" * 9_000_000 + '"}]', Unreadable.TOO_LARGE),
    ],
)  # fmt: skip
def test_a_file_that_is_not_a_service_list_is_unreadable(content, reason):
    with pytest.raises(UnreadableFile) as refusal:
        read("open-referral", content)
    assert refusal.value.reason == reason


def test_a_mistake_is_told_with_its_line():
    entries = reading("open-referral", '[\n{"id": 1, "name": "Un"},\n{"id": 2,\n"name" "Dau"}]' + " " * 99)
    assert next(entries).name == "Un"
    with pytest.raises(UnreadableFile) as refusal:
        next(entries)
    assert (refusal.value.reason, refusal.value.line) == (Unreadable.NOT_JSON, 4)


def test_a_file_cut_off_anywhere_is_never_taken_for_whole():
    whole = json.dumps({"contents": [{**VERSION_2, "id": "1"}, VERSION_2]}, ensure_ascii=False).encode()
    for end in range(1, len(whole)):
        with pytest.raises(UnreadableFile):
            read("open-referral", whole[:end])


def test_a_mark_of_byte_order_and_entries_longer_than_a_piece_of_the_file_are_no_trouble():
    services = [{"id": f"{number}", "name": "Tŷ", "description": "ŵ" * 70_000} for number in range(3)]
    entries = read("open-referral", b"\xef\xbb\xbf" + json.dumps(services, ensure_ascii=False).encode())
    assert [(entry.source_id, entry.name) for entry in entries] == [("0", "Tŷ"), ("1", "Tŷ"), ("2", "Tŷ")]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("North Coast.json", "open-referral:north-coast"),
        ("services-2026-11-22.json", "open-referral:services"),
        ("2026.json", "open-referral:2026"),
    ],
)
def test_a_feed_keeps_its_name_from_edition_to_edition(tmp_path: Path, file, source):
    path = tmp_path / file
    path.write_text('[{"id": "1", "name": "Un"}]')
    with open_reader("open-referral", path) as entries:
        assert [entry.source for entry in entries] == [source]
    with open_reader("open-referral", path, "open-referral:mine") as entries:
        assert [entry.source for entry in entries] == ["open-referral:mine"]


KEYS = sorted(
    {*VERSION_2, "schedules", "phones", "number", "byday", "opens_at", "description", "location", "addresses",
     "physical_addresses", "postal_code", "city", "attention", "name", "code", "taxonomy_term", "attributes"}
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
@settings(deadline=None)
def test_no_shape_upsets_the_reader(service):
    [entry] = reading("open-referral", json.dumps([service]))
    assert isinstance(entry, SupplierRecord | Reject)
    if isinstance(entry, SupplierRecord):
        assert len(entry.digest()) == 64
        assert entry.website == "" or entry.website.startswith(("http://", "https://"))


@given(st.text(st.sampled_from('[]{}",:0\\u1 ntfid\ncontes')))
@settings(deadline=None)
def test_no_text_upsets_the_reader(content):
    try:
        entries = list(reading("open-referral", content))
    except UnreadableFile:
        return
    assert {type(entry) for entry in entries} <= {SupplierRecord, Reject}
    assert isinstance(json.loads(content), list | dict)


def test_the_real_feed_is_read_to_the_last_service():
    with open_reader("open-referral", shared_data("oruk-north-lincolnshire/services.json")) as entries:
        records = list(entries)
    assert len(records) == 724
    assert {type(record) for record in records} == {SupplierRecord}
    assert entries.source == "open-referral:services"
    assert [r.name for r in records if not r.description.en or r.source_date is None] == []
    assert [r.name for r in records if "&nbsp;" in r.description.en or "<p" in r.description.en] == []
    assert len([record for record in records if record.website]) == 701
    assert len([record for record in records if record.email]) == 205
    assert len([record for record in records if record.fact("organisation")]) == 662
