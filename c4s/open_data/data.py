"""Services in the shape of the Human Services Data Specification 3.0, UK profile. Nothing that a page would not show.

The standard has one field for each text, and no place to say its language. Its fields speak the language that was
asked for, or the other where nobody wrote that one; beside them ``x_texts`` has what there is in each language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app

from c4s.core.clock import now
from c4s.directory import phrases as directory_phrases
from c4s.directory import rules as directory_rules
from c4s.directory import showing
from c4s.directory.exports import confirmed_on
from c4s.directory.models import Claim, Service, Supplier
from c4s.i18n import addresses, formats
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.i18n.languages import LANGUAGES
from c4s.i18n.references import reference
from c4s.i18n.speech import gettext as _
from c4s.open_data import phrases, queries
from c4s.open_data.queries import Offer
from c4s.open_data.rules import Kind, identifier, service_number
from c4s.taxonomy.queries import Term, Terms
from c4s.web.exports import csv_file

Thing = dict[str, Any]
IDENTITY = "c4s.open_data.identity"


def site() -> UUID:
    """By what this site's identifiers are told from those of others; asked for once, for it never changes."""
    if IDENTITY not in current_app.extensions:
        current_app.extensions[IDENTITY] = queries.identity()
    found: UUID = current_app.extensions[IDENTITY]
    return found


def _filled(**facts: Any) -> Thing:
    """What there is to say; the standard leaves out what is not known."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}


def _texts(**texts: Bilingual) -> Thing:
    """Texts by language, as far as somebody wrote them."""
    return _filled(
        **{code: _filled(**{name: getattr(text, code) for name, text in texts.items()}) for code in LANGUAGES}
    )


def licence(language: str) -> Thing:
    """What people may do with our list."""
    return {"name": str(phrases.LICENCE), "url": getattr(phrases.LICENCE_ADDRESS, language)}


@dataclass(frozen=True)
class Teller:
    """Tells of services in one language.

    Attributes:
        language: of the fields that the standard has.
        categories, areas: all there are.
    """

    language: str
    categories: Terms
    areas: Terms

    def _say(self, text: Bilingual) -> str:
        return text.spoken(self.language)[0]

    # ---- Categories ----

    def taxonomy(self) -> Thing:
        """Our one list of categories."""
        return {
            "id": identifier(site(), Kind.TAXONOMY),
            "name": str(phrases.TAXONOMY),
            "description": str(phrases.ABOUT_TAXONOMY),
            "uri": addresses.link("directory.letters", self.language),
            "x_texts": _texts(name=in_both(lambda: phrases.TAXONOMY)),
        }

    def term(self, term: Term) -> Thing:
        """One category."""
        name = self._say(term.name)
        return _filled(
            id=identifier(site(), Kind.CATEGORY, term.id),
            code=term.code,
            name=name,
            term=name,
            description=name,
            parent_id=identifier(site(), Kind.CATEGORY, term.parent_id) if term.parent_id is not None else "",
            taxonomy=str(phrases.TAXONOMY),
            taxonomy_id=identifier(site(), Kind.TAXONOMY),
            term_uri=addresses.link("directory.category", self.language, category_id=reference(term.id, name)),
            language=self.language,
            x_texts=_texts(term=term.name),
            x_cpv=list(term.cpv),
            x_sic=list(term.sic),
        )

    # ---- Services ----

    def service(self, offer: Offer, *, is_full: bool) -> Thing:
        """One service: what it is itself, and with ``is_full`` all that belongs to it."""
        name, description = _words_of(offer)
        page = self._page(offer.supplier)
        told = {
            "id": service_id(offer),
            "organization_id": identifier(site(), Kind.ORGANIZATION, offer.supplier.id),
            "name": self._say(name),
            "description": self._say(description),
            "url": directory_rules.shown_link(offer.supplier.website) or page,
            "status": phrases.STATUS[offer.supplier.status],
            **_filled(assured_date=confirmed_on(offer.supplier)),
            "last_modified": last_modified(offer),
            "organization": self._organization(offer.supplier, is_full=is_full),
            "x_language": self.language,
            "x_texts": _texts(name=name, description=description),
            "x_page": page,
            "x_licence": licence(self.language),
            **_filled(x_source=self._source(offer.supplier), **self._now(offer.service)),
        }
        return {**told, **self._belongings(offer)} if is_full else told

    def at_location(self, offer: Offer, *, is_full: bool) -> Thing:
        """One service with the place where it is."""
        return {
            "id": self._at_location_id(offer),
            "service_id": service_id(offer),
            "location_id": identifier(site(), Kind.LOCATION, offer.supplier.id),
            "service": self.service(offer, is_full=is_full),
            "location": self._location(offer.supplier),
        }

    def _page(self, supplier: Supplier) -> str:
        name = self._say(supplier.names)
        return addresses.link("directory.show", self.language, supplier_id=reference(supplier.id, name))

    def _source(self, supplier: Supplier) -> Thing:
        """Where the words of an imported entry come from; nothing of one that its business keeps."""
        if supplier.claim != Claim.IMPORTED:
            return {}
        return _filled(
            name=str(directory_phrases.source_name(supplier.source)),
            id=supplier.source_id,
            url=directory_rules.shown_link(supplier.source_url),
            date=_day(supplier.source_date),
            licence=licence(self.language) if supplier.source.startswith("fhrs") else None,
        )

    def _now(self, service: Service | None) -> Thing:
        if service is None:
            return {}
        return {
            "x_direct_payments": service.direct_payments,
            "x_capacity": phrases.CAPACITY[service.capacity] if service.capacity else "",
            "x_capacity_on": _day(service.capacity_on) if service.capacity else "",
        }

    def _organization(self, supplier: Supplier, *, is_full: bool) -> Thing:
        description = supplier.description or supplier.summary
        told = {
            "id": identifier(site(), Kind.ORGANIZATION, supplier.id),
            "name": self._say(supplier.names),
            "description": self._say(description),
            **_filled(website=directory_rules.shown_link(supplier.website)),
            "uri": _lasting(identifier(site(), Kind.ORGANIZATION, supplier.id)),
            "x_page": self._page(supplier),
            "x_texts": _texts(name=supplier.names, description=description),
        }
        numbers = [
            (Kind.COMPANY_NUMBER, "GB-COH", _("Company number"), supplier.company_number),
            (Kind.CHARITY_NUMBER, "GB-CHC", _("Charity number"), supplier.charity_number),
        ]
        known = [
            {
                "id": identifier(site(), kind, supplier.id),
                "organization_id": told["id"],
                "identifier_scheme": scheme,
                "identifier_type": label,
                "identifier": number,
            }
            for kind, scheme, label, number in numbers
            if number
        ]
        if not is_full:
            return told
        beside = {f"x_{name}": facts for name, facts in showing.told(supplier, _today()).items()}
        return {**told, **_filled(organization_identifiers=known), **beside}

    def _belongings(self, offer: Offer) -> Thing:
        supplier, service, owner = offer.supplier, offer.service, _owner(offer)
        mine = service_id(offer)
        contact = identifier(site(), Kind.CONTACT, owner)
        phones = self._phones(supplier, mine, contact)
        return _filled(
            phones=phones,
            contacts=[
                {
                    "id": contact,
                    "service_id": mine,
                    "name": self._say(supplier.names),
                    "phones": phones,
                }
            ]
            if phones
            else [],
            schedules=[
                {
                    "id": identifier(site(), Kind.SCHEDULE, owner),
                    "service_id": mine,
                    "description": self._say(supplier.hours),
                    "x_texts": _texts(description=supplier.hours),
                }
            ]
            if supplier.hours
            else [],
            service_areas=[self._service_area(area, owner, mine) for area in self._areas(offer)],
            languages=[
                {
                    "id": identifier(site(), Kind.LANGUAGE, owner, number),
                    "service_id": mine,
                    "name": str(phrases.SPEAKS[code]),
                    "code": code,
                }
                for number, code in enumerate(LANGUAGES)
                if getattr(service or supplier, {"cy": "serves_in_welsh", "en": "serves_in_english"}[code])
            ],
            x_team_languages=list(supplier.team_languages),
            cost_options=self._costs(service, owner, mine) if service else [],
            attributes=[self._attribute(term, owner, mine) for term in self.terms_of(offer)],
            service_at_locations=[
                {"id": self._at_location_id(offer), "service_id": mine, "location": self._location(supplier)}
            ],
        )

    def _phones(self, supplier: Supplier, mine: str, contact: str) -> list[Thing]:
        if not supplier.phone:
            return []
        phone = identifier(site(), Kind.PHONE, supplier.id)
        return [{"id": phone, "service_id": mine, "contact_id": contact, "number": supplier.phone}]

    def _areas(self, offer: Offer) -> list[Term]:
        if offer.service is not None and offer.service.areas:
            return [self.areas.by_code[code] for code in offer.service.areas if code in self.areas.by_code]
        return [self.areas.by_id[area.id] for area in offer.supplier.areas_served if area.id in self.areas.by_id]

    def _service_area(self, area: Term, owner: int, mine: str) -> Thing:
        name = self._say(area.name)
        return {
            "id": identifier(site(), Kind.SERVICE_AREA, owner, area.id),
            "service_id": mine,
            "name": name,
            "service_area": name,
            "uri": _lasting(identifier(site(), Kind.AREA, area.id)),
            "x_page": addresses.link("directory.area", self.language, area_id=reference(area.id, name)),
            "x_texts": _texts(name=area.name),
        }

    def _costs(self, service: Service, owner: int, mine: str) -> list[Thing]:
        costs = []
        if service.price_guide:
            costs.append(
                {
                    "id": identifier(site(), Kind.COST_OPTION, owner, 0),
                    "service_id": mine,
                    "amount_description": self._say(service.price_guide),
                    "x_texts": _texts(amount_description=service.price_guide),
                }
            )
        if service.direct_payments:
            costs.append(
                {
                    "id": identifier(site(), Kind.COST_OPTION, owner, 1),
                    "service_id": mine,
                    "option": str(phrases.DIRECT_PAYMENTS),
                }
            )
        return costs

    def terms_of(self, offer: Offer) -> Sequence[Term]:
        """The categories of a service: its own, or those of its supplier where it names none."""
        if offer.service is not None and offer.service.category_id is not None:
            return [self.categories.by_id[offer.service.category_id]]
        return [self.categories.by_id[category.id] for category in offer.supplier.categories]

    def _attribute(self, term: Term, owner: int, mine: str) -> Thing:
        return {
            "id": identifier(site(), Kind.ATTRIBUTE, owner, term.id),
            "link_id": mine,
            "link_entity": "service",
            "link_type": "service_type",
            "taxonomy_term_id": identifier(site(), Kind.CATEGORY, term.id),
            "taxonomy_term": self.term(term),
        }

    # ---- Places ----

    def _at_location_id(self, offer: Offer) -> str:
        return identifier(site(), Kind.SERVICE_AT_LOCATION, _owner(offer))

    def _location(self, supplier: Supplier) -> Thing:
        """Where a supplier is: of one who works from home the town, and the middle of its area at most."""
        area = self.areas.by_id.get(supplier.area_id or 0)
        at: tuple[float | None, float | None] = (supplier.latitude, supplier.longitude)
        if supplier.home_based:
            at = (area.latitude, area.longitude) if area else (None, None)
        place = supplier.town or (self._say(area.name) if area else "")
        return {
            "id": identifier(site(), Kind.LOCATION, supplier.id),
            "location_type": "physical",
            **_filled(
                name=place,
                addresses=self._addresses(supplier, place),
                accessibility=[
                    {
                        "id": identifier(site(), Kind.ACCESSIBILITY, supplier.id),
                        "location_id": identifier(site(), Kind.LOCATION, supplier.id),
                        "description": self._say(supplier.access_notes),
                        "x_texts": _texts(description=supplier.access_notes),
                    }
                ]
                if supplier.access_notes
                else [],
            ),
            **({"latitude": at[0], "longitude": at[1]} if None not in at else {}),
        }

    def _addresses(self, supplier: Supplier, place: str) -> list[Thing]:
        """The address, if it is one that may be shown and is whole; the standard knows no half ones."""
        lines = [line for line in supplier.address if line]
        if supplier.home_based or not lines or not supplier.postcode:
            return []
        area = self.areas.by_id.get(supplier.area_id or 0)
        county = self.areas.with_parents(area)[-1].name if area else Bilingual("Cymru", "Wales")
        return [
            {
                "id": identifier(site(), Kind.ADDRESS, supplier.id),
                "location_id": identifier(site(), Kind.LOCATION, supplier.id),
                "address_1": ", ".join(lines),
                "city": place or self._say(county),
                "state_province": self._say(county),
                "postal_code": supplier.postcode,
                "country": "GB",
                "address_type": "physical",
            }
        ]


def _lasting(uuid: str) -> str:
    """The URI of a thing. The standard wants one that stays, which the address of a page does not: it says a name."""
    return f"urn:uuid:{uuid}"


def _owner(offer: Offer) -> int:
    return service_number(offer.supplier.id, offer.service.id if offer.service else None)


def service_id(offer: Offer) -> str:
    """The identifier of a service."""
    return identifier(site(), Kind.SERVICE, _owner(offer))


def _words_of(offer: Offer) -> tuple[Bilingual, Bilingual]:
    """What a service is called, and how it is described."""
    if offer.service is not None:
        return offer.service.name, offer.service.description
    return offer.supplier.names, offer.supplier.description or offer.supplier.summary


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _changed_at(offer: Offer) -> datetime:
    moments = [offer.supplier.updated_at, *([offer.service.updated_at] if offer.service else [])]
    return max(moments)


def last_modified(offer: Offer) -> str:
    """When anything that is told of a service last changed."""
    return _changed_at(offer).isoformat(timespec="milliseconds")


def minimal(offer: Offer) -> Thing:
    """No more than which service it is, and when it last changed."""
    return {"id": service_id(offer), "last_modified": last_modified(offer)}


def listed(contents: Sequence[Mapping[str, Any]], *, total: int, page: int, per_page: int, language: str) -> Thing:
    """A page of a list, with what the standard says of it first."""
    pages = max(1, -(-total // per_page))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "x_language": language,
        "x_licence": licence(language),
        "contents": list(contents),
    }


def csv(offers: Iterable[Offer], teller: Teller) -> bytes:
    """Services as a spreadsheet, in one language."""
    head = [
        *(_("Identifier"), _("Name"), _("Business"), _("Description"), _("What they do"), _("Areas"), _("Price guide")),
        *(_("Serves in Welsh"), _("Direct payments"), _("Phone"), _("Website")),
        *(str(column) for part in showing.parts() for column in part.columns),
        *(_("Confirmed on"), _("Source"), _("Last changed"), _("Page")),
    ]
    today = _today()
    return csv_file(head, (_row(offer, teller, today) for offer in offers))


def _today() -> date:
    """The day in Wales."""
    return formats.uk(now()).date()


def _row(offer: Offer, teller: Teller, today: date) -> list[str]:
    told = teller.service(offer, is_full=True)
    supplier, service = offer.supplier, offer.service
    return [
        told["id"],
        told["name"],
        told["organization"]["name"],
        told["description"],
        "; ".join(one["taxonomy_term"]["name"] for one in told.get("attributes", ())),
        "; ".join(one["name"] for one in told.get("service_areas", ())),
        service.price_guide.spoken(teller.language)[0] if service else "",
        _("Welsh") if (service or supplier).serves_in_welsh else "",
        _("Direct payments") if service and service.direct_payments else "",
        supplier.phone,
        directory_rules.shown_link(supplier.website),
        *showing.cells(supplier, today).values(),
        confirmed_on(supplier),
        told.get("x_source", {}).get("name", ""),
        told["last_modified"],
        told["x_page"],
    ]
