"""A list of suppliers as a spreadsheet and as data. Nothing in it that a page would not show."""

import json as json_module
from collections.abc import Iterable
from itertools import chain

from c4s.directory import phrases, rules
from c4s.directory.models import Claim, Supplier
from c4s.i18n import addresses
from c4s.i18n.references import reference
from c4s.i18n.speech import gettext as _
from c4s.web.exports import csv_file


def _row(supplier: Supplier, language: str) -> dict[str, str]:
    name = supplier.names.spoken(language)[0]
    address = rules.shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based)
    return {
        _("Name"): name,
        _("Summary"): (supplier.summary or supplier.description).spoken(language)[0],
        _("What they do"): "; ".join(category.name.spoken(language)[0] for category in supplier.categories),
        _("Area"): supplier.area.name.spoken(language)[0] if supplier.area else "",
        _("Address"): ", ".join(address),
        _("Serves in Welsh"): _("Welsh") if supplier.serves_in_welsh else "",
        _("Phone"): supplier.phone,
        _("Website"): rules.shown_link(supplier.website),
        _("Legal form"): str(phrases.LEGAL_FORMS[supplier.legal_form]) if supplier.legal_form else "",
        _("Size"): str(phrases.SIZES[supplier.size]) if supplier.size else "",
        _("Source"): "" if supplier.claim != Claim.IMPORTED else str(phrases.source_name(supplier.source)),
        _("Page"): addresses.link("directory.show", language, supplier_id=reference(supplier.id, name)),
    }


def csv(suppliers: Iterable[Supplier], language: str) -> bytes:
    """A CSV file: RFC 4180, with the byte-order mark that lets spreadsheets see ŵ and ŷ."""
    rows = (_row(supplier, language) for supplier in suppliers)
    first = next(rows, None)
    if first is None:
        return csv_file([_("Name")], ())
    return csv_file([*first], ([*row.values()] for row in chain([first], rows)))


def json(suppliers: Iterable[Supplier], language: str) -> str:
    """A list of services in the shape of Open Referral UK's ``/services``: both languages side by side."""
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
            "languages": [
                code for code, is_so in (("cy", supplier.serves_in_welsh), ("en", supplier.serves_in_english)) if is_so
            ],
            "phone": supplier.phone or None,
            "source": supplier.source if supplier.claim == Claim.IMPORTED else None,
            "last_modified": supplier.updated_at.isoformat(),
        }
        for supplier in suppliers
    ]
    return json_module.dumps({"totalElements": len(contents), "content": contents}, ensure_ascii=False)
