"""A list of suppliers as a spreadsheet and as data. Nothing in it that a page would not show."""

import json as json_module
from collections.abc import Iterable
from datetime import date
from itertools import chain

from c4s.core.clock import now
from c4s.directory import phrases, rules, showing
from c4s.directory.models import Claim, Network, Service, Supplier
from c4s.i18n import addresses, formats
from c4s.i18n.references import reference
from c4s.i18n.speech import gettext as _
from c4s.web.exports import csv_file


def _networks(supplier: Supplier) -> list[Network]:
    """The networks of a supplier that still meet, by the number."""
    return sorted((one for one in supplier.networks if one.ended_on is None), key=lambda one: one.id)


def _service(service: Service) -> dict[str, object]:
    return {
        "name_cy": service.name.cy,
        "name_en": service.name.en,
        "description_cy": service.description.cy,
        "description_en": service.description.en,
        "price_cy": service.price_guide.cy,
        "price_en": service.price_guide.en,
        "taxonomy": service.category.code if service.category else None,
        "areas": service.areas,
        "languages": _languages(service),
        "direct_payments": service.direct_payments,
        "capacity": service.capacity,
    }


def _languages(one: Supplier | Service) -> list[str]:
    return [code for code, is_so in (("cy", one.serves_in_welsh), ("en", one.serves_in_english)) if is_so]


def confirmed_on(supplier: Supplier) -> str:
    """The day on which somebody last said that an entry is right, as its page has it: nobody did of an imported one."""
    return supplier.confirmed_on.isoformat() if supplier.confirmed_on and supplier.claim != Claim.IMPORTED else ""


def _row(supplier: Supplier, language: str, today: date) -> dict[str, str]:
    name = supplier.names.spoken(language)[0]
    address = rules.shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based)
    is_imported = supplier.claim == Claim.IMPORTED
    return {
        _("Name"): name,
        _("Summary"): (supplier.summary or supplier.description).spoken(language)[0],
        _("What they do"): "; ".join(category.name.spoken(language)[0] for category in supplier.categories),
        _("Area"): supplier.area.name.spoken(language)[0] if supplier.area else "",
        _("Address"): ", ".join(address),
        _("Serves in Welsh"): _("Welsh") if supplier.serves_in_welsh else "",
        _("Languages of the team"): "; ".join(filter(None, map(phrases.language_name, supplier.team_languages))),
        _("Services"): "; ".join(service.name.spoken(language)[0] for service in supplier.services),
        _("Direct payments"): str(phrases.MORE["direct"])
        if any(one.direct_payments for one in supplier.services)
        else "",
        _("Work"): str(phrases.CAN_TAKE_WORK.get(supplier.can_take_work, "")),
        _("Networks"): "; ".join(one.name.spoken(language)[0] for one in _networks(supplier)),
        _("Phone"): supplier.phone,
        _("Website"): rules.shown_link(supplier.website),
        _("Legal form"): str(phrases.LEGAL_FORMS[supplier.legal_form]) if supplier.legal_form else "",
        _("Size"): str(phrases.SIZES[supplier.size]) if supplier.size else "",
        _("Company number, as they say"): supplier.company_number,
        _("Charity number, as they say"): supplier.charity_number,
        **showing.cells(supplier, today),
        _("Confirmed on"): confirmed_on(supplier),
        _("Source"): "" if not is_imported else str(phrases.source_name(supplier.source)),
        _("Page"): addresses.link("directory.show", language, supplier_id=reference(supplier.id, name)),
    }


def csv(suppliers: Iterable[Supplier], language: str) -> bytes:
    """A CSV file: RFC 4180, with the byte-order mark that lets spreadsheets see ŵ and ŷ."""
    today = formats.uk(now()).date()
    rows = (_row(supplier, language, today) for supplier in suppliers)
    first = next(rows, None)
    if first is None:
        return csv_file([_("Name")], ())
    return csv_file([*first], ([*row.values()] for row in chain([first], rows)))


def json(suppliers: Iterable[Supplier], language: str) -> str:
    """A list of services in the shape of Open Referral UK's ``/services``: both languages side by side."""
    today = formats.uk(now()).date()
    contents = [
        {
            "id": str(supplier.id),
            "name": supplier.names.spoken(language)[0],
            "name_cy": supplier.names.cy,
            "name_en": supplier.names.en,
            "description_cy": supplier.description.cy or supplier.summary.cy,
            "description_en": supplier.description.en or supplier.summary.en,
            "url": rules.shown_link(supplier.website) or None,
            "status": "active" if supplier.status == rules.SupplierStatus.ACTIVE else "inactive",
            "taxonomies": [
                {"id": c.code, "name_cy": c.name.cy, "name_en": c.name.en, "cpv": c.cpv, "sic": c.sic}
                for c in supplier.categories
            ],
            "address": rules.shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based),
            "area": supplier.area.code if supplier.area else None,
            "languages": _languages(supplier),
            "team_languages": supplier.team_languages,
            "services": [_service(one) for one in supplier.services],
            "networks": [
                {"id": one.code, "name_cy": one.name.cy, "name_en": one.name.en} for one in _networks(supplier)
            ],
            "can_take_work": supplier.can_take_work,
            "company_number": supplier.company_number or None,
            "charity_number": supplier.charity_number or None,
            "phone": supplier.phone or None,
            "source": supplier.source if supplier.claim == Claim.IMPORTED else None,
            **showing.told(supplier, today),
            "confirmed_on": confirmed_on(supplier) or None,
            "last_modified": supplier.updated_at.isoformat(),
        }
        for supplier in suppliers
    ]
    return json_module.dumps({"totalElements": len(contents), "content": contents}, ensure_ascii=False)
