"""Every page of the site, with something on it to show."""

from datetime import timedelta
from typing import Any

from flask import Flask, url_for

from c4s.accounts import actions as account_actions
from c4s.accounts import entering, queries
from c4s.attendance.letters import certificate_token
from c4s.businesses import actions as business_actions
from c4s.businesses import queries as businesses
from c4s.core import tokens
from c4s.core.clock import now
from c4s.core.db import db
from c4s.directory import claiming
from c4s.directory import queries as directory_queries
from c4s.directory.models import Claim
from c4s.events import letters, places, signing_up
from c4s.events.models import Booking
from c4s.events.rules import EventKind
from c4s.feedback.letters import feedback_token
from c4s.freshness import actions as freshness_actions
from c4s.freshness.letters import token as freshness_token
from c4s.i18n.addresses import LANGUAGE
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.moderation import actions as moderation
from c4s.news.letters import stop_token
from c4s.profiles import actions as profile_actions
from c4s.profiles import pieces as profile_pieces
from c4s.quality import actions as quality_actions
from c4s.speed_networking.letters import token as meet_again_token
from c4s.takedowns import actions as takedown_actions
from c4s.taxonomy import queries as taxonomy
from c4s.web.rights import ROLES, Who
from tests.accounts.builders import (
    PASSWORD,
    a_member_of_staff,
    a_person,
    code_of,
    enter,
    entered,
    letters_to,
    registered,
    token_to,
)
from tests.attendance.builders import a_certificate
from tests.builders import a_supplier
from tests.businesses.builders import EDITOR, a_business, invitations, joined
from tests.buyers.builders import a_buyer, asked
from tests.cases.builders import a_case
from tests.directory.builders import a_network
from tests.entries import builders as entries
from tests.events.builders import a_sign_up, a_venue, an_event
from tests.feedback.builders import five_answers
from tests.freshness.builders import LAST_YEAR, a_kept_entry
from tests.guide.builders import ANSWERS, a_checklist
from tests.on_behalf import builders as on_behalf
from tests.profiles import builders as profiles
from tests.profiles import pieces_builders as pieces
from tests.programme.builders import a_draft
from tests.quality.builders import A_CHECK, CHANGES, DBS, INSURANCE, WORDS, a_code, an_entry, until
from tests.reports.builders import a_report
from tests.speed_networking import builders as speed_networking
from tests.takedowns import builders as takedowns
from tests.translations import builders as translations
from tests.visitor import Visitor
from tests.wiping import written_once

KEY = "the-key-of-one-form-only"
NIA, NEW = "nia@example.cymru", "nia.wyn@example.cymru"
SECTIONS = ("contact", "quality", "together", "what", "where", "who")
FORMS = (
    *("pages.contact", "directory.message", "events.book", "events.change", "cases.ask", "buyers.ask"),
    *(
        "accounts.claim",
        "accounts.register_business",
        "accounts.register_public_body",
        "accounts.register_resident",
        "accounts.sign_in",
        "accounts.sign_in_with_password",
        "accounts.details",
        "accounts.email",
    ),
    *("freshness.code", "reports.tell", "report_work.show", "stale.show"),
    *("businesses.add", "businesses.details", "businesses.invite", "claims.claim", "meeting_again.answer"),
    *("takedowns.show", "on_behalf.appeal", "beginnings.add", "beginnings.claim", "beginnings.let_in"),
    "passport.say",
    *(f"{pages}.{name}" for pages in ("profiles", "entry_words") for name in SECTIONS),
    *("services.add", "services.change", "joint_work.add", "joint_work.change"),
    *("pictures.change", "pictures.logo", "pictures.photo"),
)
"""Pages on which people type words; passwords alone are typed on others."""
IN_AN_ACCOUNT = {
    "accounts.account",
    "accounts.close",
    "accounts.confirm",
    "accounts.confirm_link",
    "accounts.confirm_sent",
    "accounts.details",
    "accounts.email",
    "accounts.email_sent",
    "accounts.my_data",
    "accounts.my_data_as_json",
    "accounts.password",
    "accounts.sign_ins",
    "accounts.stay",
    "businesses.accept",
    "businesses.add",
    "businesses.close",
    "businesses.details",
    "businesses.hand_over",
    "businesses.index",
    "businesses.invite",
    "businesses.leave",
    "businesses.member",
    "businesses.show",
    "businesses.take_back",
    "checklist.ask",
    "checklist.forget",
    "checklist.keep",
    "checklist.show",
    "claims.choose",
    "claims.claim",
    "claims.entry",
    "claims.withdraw",
    "takedowns.show",
    "translations.show",
    "events.book_with_account",
    "events.my_places",
    "buyers.ask",
    "cases.mine",
    "freshness.confirm",
    "joint_work.add",
    "joint_work.asked",
    "joint_work.change",
    "joint_work.index",
    "joint_work.remove",
    "news.choose",
    "now.close",
    "now.index",
    "now.pause",
    "now.reopen",
    "passport.facts",
    "passport.say",
    "passport.sign",
    "passport.take_back",
    "pictures.change",
    "pictures.index",
    "pictures.logo",
    "pictures.photo",
    "pictures.remove",
    "pictures.waiting",
    "profiles.check",
    "profiles.contact",
    "profiles.discard",
    "profiles.new",
    "profiles.preview",
    "profiles.quality",
    "profiles.tasks",
    "profiles.together",
    "profiles.what",
    "profiles.where",
    "profiles.who",
    "profiles.withdraw",
    "services.add",
    "services.change",
    "services.index",
    "services.remove",
    "second_step.index",
    "second_step.set_up",
}
"""Pages for those who are signed in; others are led to where they can be."""
WITH_A_SECOND_STEP = {
    "second_step.new_recovery_codes": 303,
    "second_step.picture": 404,
    "second_step.recovery_codes": 303,
    "second_step.show": 303,
    "second_step.turn_off": 303,
}
"""Pages for those who are signed in and have a second step, or are setting one up; and what others of them get."""
FOR_BUYERS = {"directory.buyers_message"}
"""Pages for those who buy for a public body."""
AT_THE_DESK = {
    "moderated_pictures.show",
    "moderated_pictures.whole",
    "entries.index",
    "entries.show",
    "hiding.appeal",
    "hiding.appeals",
    "hiding.show",
    "networks.add",
    "networks.change",
    "networks.end",
    "networks.index_of_networks",
    "translating.index",
    "translating.show",
    "attendance.certificates",
    "attendance.print_certificates",
    "attendance.show",
    "attendance.withdraw",
    "backoffice.desk",
    "beginnings.add",
    "beginnings.claim",
    "beginnings.entry",
    "beginnings.index",
    "beginnings.let_in",
    "beginnings.withdraw",
    "buyer_checks.index",
    "buyer_checks.show",
    "case_work.index",
    "case_work.enter",
    "case_work.show",
    "case_work.take_longer",
    "claim_checks.index",
    "claim_checks.show",
    "code_work.publish",
    "code_work.versions",
    "code_work.write",
    "entry_messages.show_messages",
    *(f"entry_words.{name}" for name in ("check", "make", "tasks", "withdraw")),
    *(f"entry_words.{name}" for name in SECTIONS),
    "evidence.decline",
    "evidence.index",
    "evidence.see",
    "evidence.show",
    "evidence.signature",
    "feedback_results.as_csv",
    "feedback_results.by_phone",
    "feedback_results.show",
    "guide_review.index",
    "moderation.history",
    "moderation.index",
    "moderation.preview",
    "moderation.restore",
    "moderation.show",
    "moderation.version",
    "on_behalf.answer",
    "on_behalf.appeal",
    "on_behalf.index",
    "on_behalf.reopen",
    "on_behalf.sign",
    "letters.failed",
    "letters.paper",
    "letters.say",
    "letters.waiting",
    "programme.copy",
    "programme.delete",
    "programme.draft",
    "programme.edit",
    "programme.forget_time",
    "programme.index",
    "programme.new",
    "programme.past",
    "programme.preview",
    "programme.publish",
    "programme.series",
    "programme.take_in",
    "renewals.ask",
    "renewals.index",
    "report_work.index",
    "report_work.of_entry",
    "report_work.show",
    "running.cancel",
    "running.change",
    "running.copy",
    "running.postpone",
    "running.restore",
    "running.show",
    "rotas.answer_for",
    "rotas.index",
    "rotas.make",
    "rotas.person",
    "rotas.set_up",
    "rotas.table_cards",
    "rotas.timetables",
    "rotas.wall_plan",
    "second_step.hours",
    "sign_ups.add",
    "sign_ups.as_csv",
    "sign_ups.as_xlsx",
    "sign_ups.badges",
    "sign_ups.cancel",
    "sign_ups.change",
    "sign_ups.every_event",
    "sign_ups.index",
    "sign_ups.messages",
    "sign_ups.move",
    "sign_ups.part",
    "sign_ups.sheet",
    "sign_ups.show",
    "sign_ups.slot",
    "sign_ups.write",
    "stale.as_csv",
    "stale.index",
    "stale.show",
    "staff.change_roles",
    "staff.code",
    "staff.close",
    "staff.keep",
    "staff.enter",
    "staff.people",
    "staff.person",
    "staff.restore",
    "staff.suspend",
    "surgeries.times",
    "trail.as_csv",
    "trail.index",
    "venues.add",
    "venues.edit",
    "venues.index",
}
"""Pages for members of staff in some role; others who are signed in are told that they may not."""


def endpoints(site: Flask) -> set[str]:
    """The names of all pages that have a language."""
    return {rule.endpoint for rule in site.url_map.iter_rules() if LANGUAGE in (rule.defaults or {})}


def filled() -> dict[str, dict[str, Any]]:
    """Fill the site with one of each thing; gives the values that each page’s address needs."""
    return written_once(_filled)


def _filled() -> dict[str, dict[str, Any]]:
    categories, areas = taxonomy.categories(), taxonomy.areas()
    category, area = next(iter(categories.by_id.values())), next(iter(areas.by_id.values()))
    supplier = a_supplier("Siop y Felin", email="felin@example.cymru", categories=(category.code,))
    event = an_event(capacity=5, venue_id=a_venue().id)
    answer = signing_up.book_place(event.id, a_sign_up(language_written="both"), key=KEY)
    signing_up.prove(answer.booking_id)
    place = {"token": letters.place_token(db.session.get_one(Booking, answer.booking_id))}
    db.session.rollback()
    return {
        **_accounts(),
        "backoffice.desk": {},
        **_people(),
        **_asked(),
        **_businesses(),
        **_freshness(),
        **_afterwards(),
        **_programme(),
        **_sign_ups(),
        **_places(),
        **_speed_networking(),
        **_quality(),
        **_profiles(),
        **_pieces(),
        **_hidden_and_wished(),
        **_on_behalf(),
        **_moderation(),
        "promises.show": {},
        **_guide(),
        "open_data.about": {},
        "open_data.as_csv": {},
        "pages.home": {},
        "pages.about": {},
        "pages.how_we_work": {},
        "pages.accessibility": {},
        "pages.privacy": {},
        "pages.cookies": {},
        "pages.welsh_language": {},
        "pages.terms": {},
        "pages.contact": {},
        "pages.contact_sent": {},
        "directory.index": {},
        "directory.letters": {},
        "directory.letter": {"letter": "s"},
        "directory.category": {"category_id": category.id},
        "directory.area": {"area_id": area.id},
        "directory.show": {"supplier_id": supplier.id},
        "directory.message": {"supplier_id": supplier.id},
        "directory.buyers_message": {"supplier_id": supplier.id},
        "directory.message_sent": {"supplier_id": supplier.id},
        **_readers(supplier.id, area.id),
        "directory.as_csv": {},
        "directory.as_json": {},
        "events.index": {},
        "events.past": {},
        "events.month": {"year": event.starts_at.year, "month": event.starts_at.month},
        "events.feed": {},
        "events.show": {"event_id": event.id},
        "events.show_calendar": {"event_id": event.id},
        "events.book": {"event_id": event.id},
        "events.booked": {"event_id": event.id, "token": tokens.sign("booked", KEY)},
        "events.my_place": place,
        "events.change": place,
        "events.give_up": place,
    }


def _readers(supplier_id: int, area_id: int) -> dict[str, dict[str, Any]]:
    """A network, what is printed, and a shortlist that somebody has sent."""
    network, shortlist = {"network_id": a_network(supplier_id)}, {"e": str(supplier_id)}
    return {
        "directory.network": network,
        "printing.area": {"area_id": area_id},
        "printing.network": network,
        "entry_messages.show_messages": {"supplier_id": supplier_id},
        "shortlists.add": {"supplier_id": supplier_id},
        **{f"shortlists.{name}": shortlist for name in ("compare", "keep", "leaflet", "show")},
    }


def _afterwards() -> dict[str, dict[str, Any]]:
    """Dylan came to an event, has a certificate and may say what he thought; five have said so of another."""
    certificate = a_certificate("dylan", staff="lowri")
    place = certificate.booking
    assert place is not None
    event = {"event_id": certificate.event_id}
    values = {
        "attendance.show": event,
        "attendance.certificates": event,
        "attendance.print_certificates": event,
        "attendance.withdraw": {"certificate_id": certificate.id},
        "certificates.check": {},
        "certificates.checked": {"code": certificate.code},
        "certificates.mine": {"token": certificate_token(certificate)},
        "feedback.give": {"token": feedback_token(place)},
        "feedback.thanks": {},
        "feedback_results.show": {"event_id": five_answers()},
        "feedback_results.by_phone": event,
    }
    values["feedback_results.as_csv"] = values["feedback_results.show"]
    db.session.rollback()
    return values


def _accounts() -> dict[str, dict[str, Any]]:
    """Nia’s account, with a link of each kind on its way to her; and Ifan, who has not opened his first letter."""
    person_id = a_person("nia", password=PASSWORD).id
    tokens_to = {}
    for endpoint, ask, address in (
        ("accounts.prove", lambda: registered("ifan"), "ifan@example.cymru"),
        ("accounts.sign_in_link", lambda: account_actions.ask_for_link(NIA), NIA),
        ("accounts.confirm_email", lambda: account_actions.ask_to_change_email(person_id, NEW), NEW),
        ("accounts.confirm_link", lambda: account_actions.send_confirm_link(person_id), NIA),
    ):
        ask()
        tokens_to[endpoint] = {"token": token_to(address)}
    db.session.rollback()
    pages = (
        *("register", "register_business", "register_public_body", "register_resident"),
        *("check_email", "sign_in", "check_email_for_link", "sign_in_with_password", "sign_out"),
        *("signed_out", "account", "details", "email", "email_sent", "password", "sign_ins", "confirm", "confirm_sent"),
        *("my_data", "my_data_as_json", "close", "closing", "stay"),
    )
    return {**{f"accounts.{name}": {} for name in pages}, **tokens_to, "events.my_places": {}}


def _asked() -> dict[str, dict[str, Any]]:
    """Ceri has asked to be a buyer; somebody has asked about their data; and Ceri may end her news."""
    ceri = a_person("ceri")
    request, case = {"request_id": asked(ceri).id}, a_case()
    work, nothing = {"case_id": case.id}, dict[str, Any]()
    return {
        "buyers.ask": nothing,
        "buyer_checks.index": nothing,
        "buyer_checks.show": request,
        "cases.ask": nothing,
        "cases.received": {"token": tokens.sign("case", case.id)},
        "cases.mine": nothing,
        "case_work.index": nothing,
        "case_work.enter": nothing,
        "case_work.show": work,
        "case_work.take_longer": work,
        "news.choose": nothing,
        "news.stop": {"token": stop_token(ceri.id)},
    }


def _freshness() -> dict[str, dict[str, Any]]:
    """An entry of Nia’s that nobody has confirmed for a year, with her letter; and what a reader says of it."""
    nia = queries.person_by_email(NIA)
    assert nia is not None
    entry = a_kept_entry(nia, "Garej y Bont")
    freshness_actions.send_due()
    token = {"token": freshness_token(entry.id, nia.id, LAST_YEAR)}
    report, of_entry, nothing = a_report(entry, key="the-key-of-a-report"), {"supplier_id": entry.id}, dict[str, Any]()
    values = {
        "freshness.answer": token,
        "freshness.closed": token,
        "freshness.code": nothing,
        "freshness.confirm": {"business_id": entry.business_id, **of_entry},
        "report_work.index": nothing,
        "report_work.of_entry": of_entry,
        "report_work.show": {"report_id": report.id},
        "reports.tell": of_entry,
        "reports.told": {"token": tokens.sign("report", "the-key-of-a-report")},
        "stale.as_csv": nothing,
        "stale.index": nothing,
        "stale.show": of_entry,
    }
    db.session.rollback()
    return values


def _people() -> dict[str, dict[str, Any]]:
    """Elin and Ifor, who have no e-mail: letters wait for them, and Elin has asked to claim her account."""
    elin, ifor = entered("elin"), entered("ifor", Channel.PHONE)
    entering.ask_to_claim(code_of(elin), "elin@example.cymru")
    letters_for = {who: letters_to(who.postal_address or who.phone)[-1].id for who in (elin, ifor)}
    person, nothing = {"person_id": elin.id}, dict[str, Any]()
    db.session.rollback()
    return {
        "accounts.claim": nothing,
        "accounts.claim_sent": nothing,
        "accounts.claim_link": {"token": token_to("elin@example.cymru")},
        "accounts.paper": nothing,
        "letters.failed": nothing,
        "letters.paper": {"letter": letters_for[elin]},
        "letters.say": {"letter_id": letters_for[ifor]},
        "letters.waiting": nothing,
        "renewals.ask": person,
        "renewals.index": nothing,
        "second_step.hours": nothing,
        "second_step.index": nothing,
        "second_step.set_up": nothing,  # before the picture, which there is only once it has been opened
        "second_step.new_recovery_codes": nothing,
        "second_step.picture": nothing,
        "second_step.recovery_codes": nothing,
        "second_step.show": nothing,
        "second_step.turn_off": nothing,
        "staff.change_roles": person,
        "staff.code": person,
        "staff.close": person,
        "staff.keep": person,
        "staff.enter": nothing,
        "staff.people": nothing,
        "staff.person": person,
        "staff.restore": person,
        "staff.suspend": person,
        "trail.as_csv": nothing,
        "trail.index": nothing,
    }


def _speed_networking() -> dict[str, dict[str, Any]]:
    """An evening that has ended: one of those who met somebody is to be asked by post."""
    editor = speed_networking.an_editor("sioned")
    event = speed_networking.an_evening("nia", "elin", title=Bilingual("Cwrdd yn gyflym", "Meeting quickly"))
    speed_networking.booked(event, "gwyn", channel=Channel.POST, address="1 Stryd Fawr")
    speed_networking.finished(event, editor, tables=1)
    of_event, people = {"event_id": event.id}, speed_networking.people(event)
    of_one = {**of_event, "person_id": people["Gwyn"].id}
    about_event = ("index", "make", "set_up", "table_cards", "timetables", "wall_plan")
    return {
        **{f"rotas.{name}": of_event for name in about_event},
        **{f"rotas.{name}": of_one for name in ("answer_for", "person")},
        "meeting_again.answer": {"token": meet_again_token(people["Nia"])},
    }


def _places() -> dict[str, dict[str, Any]]:
    """Lleu has places for two, and a time of an advice surgery at which another is free."""
    party = an_event(capacity=5, party_limit=2, title=Bilingual("Ffair grefftau", "Craft fair"))
    answer = signing_up.book_place(party.id, a_sign_up("lleu", others=("Siân",)))
    starts = now() + timedelta(days=20)
    times = [
        (starts + timedelta(minutes=30) * number, starts + timedelta(minutes=30) * (number + 1)) for number in (0, 1)
    ]
    surgery = an_event(
        kind=EventKind.ADVICE_SURGERY,
        title=Bilingual("Cyngor ar dreth", "Advice on tax"),
        capacity=2,
        starts_at=starts,
        sessions=times,
    )
    slot = places.slots(surgery.id)[0].id
    at_surgery = signing_up.book_place(surgery.id, a_sign_up("lleu", session_id=slot))
    tokens_of = [
        {"token": letters.place_token(db.session.get_one(Booking, one.booking_id))} for one in (answer, at_surgery)
    ]
    db.session.rollback()
    return {
        "events.book_with_account": {"event_id": surgery.id},
        "events.keep_some": tokens_of[0],
        "events.choose_slot": tokens_of[1],
        "surgeries.times": {"event_id": surgery.id},
    }


def _sign_ups() -> dict[str, dict[str, Any]]:
    """An event for which Ifan has signed up, with somebody who comes along."""
    event = an_event(capacity=5, party_limit=2, title=Bilingual("Gwneud bara", "Baking bread"))
    booking = signing_up.book_place(event.id, a_sign_up("ifan", others=("Siân",))).booking_id
    of_event, of_one = {"event_id": event.id}, {"event_id": event.id, "booking_id": booking}
    signing_up.prove(booking)
    about_event = ("add", "as_csv", "as_xlsx", "badges", "index", "messages", "sheet", "write")
    about_one = ("cancel", "change", "move", "part", "show", "slot")
    return {
        "sign_ups.every_event": {},
        **{f"sign_ups.{name}": of_event for name in about_event},
        **{f"sign_ups.{name}": of_one for name in about_one},
    }


def _programme() -> dict[str, dict[str, Any]]:
    """A draft, an event and its venue, as those who run events see them."""
    venue = a_venue()
    event = an_event(capacity=5, venue_id=venue.id, title=Bilingual("Cadw cyfrifon", "Keeping accounts"))
    draft = {"draft_id": a_draft(title=Bilingual("Gwerthu ar-lein", "Selling online"))}
    of_event, nothing = {"event_id": event.id}, dict[str, Any]()
    about_draft = ("copy", "delete", "draft", "edit", "forget_time", "preview", "publish", "series")
    about_event = ("cancel", "change", "copy", "postpone", "restore", "show")
    return {
        **{f"programme.{name}": nothing for name in ("index", "new", "past", "take_in")},
        **{f"programme.{name}": draft for name in about_draft},
        **{f"running.{name}": of_event for name in about_event},
        "venues.add": nothing,
        "venues.edit": {"venue_id": venue.id},
        "venues.index": nothing,
    }


def as_nia(visitor: Visitor, language: str = "en") -> Visitor:
    """The visitor signs in to Nia’s account, with her password: her links are for other pages."""
    visitor.open(address_of(visitor.site, "accounts.sign_in_with_password", language))
    visitor.send(email=NIA, password=PASSWORD)
    return visitor


def _businesses() -> dict[str, dict[str, Any]]:
    """Nia’s business, in which Dewi helps her, with an invitation and a claim; and Dewi’s, to which she is invited."""
    nia = queries.person_by_email(NIA)
    assert nia is not None
    dewi = a_person("dewi")
    mine, his = a_business(nia), a_business(dewi, "Siop Dewi")
    joined(mine, nia, dewi)
    business_actions.invite(mine, "gwen@example.cymru", EDITOR, by_id=nia.id)
    business_actions.invite(his, NIA, EDITOR, by_id=dewi.id)
    token = token_to(NIA)
    claimed, free = (a_supplier(name, claim=Claim.IMPORTED).id for name in ("Becws y Bont", "Caffi’r Bont"))
    claiming.ask(mine, claimed, "Ein henw ni sydd ar y drws.", by_id=nia.id)
    [claim] = directory_queries.claims_of(mine)
    [invitation] = invitations(mine)
    one = {"business_id": mine}
    pages = ("close", "details", "hand_over", "invite", "leave", "show")
    values = {
        **{f"businesses.{name}": one for name in pages},
        "businesses.accept": {"token": token},
        "businesses.add": {},
        "businesses.index": {},
        "businesses.member": {**one, "person_id": dewi.id},
        "businesses.take_back": {**one, "invitation_id": invitation.id},
        "claims.choose": {"supplier_id": free},
        "claims.claim": {**one, "supplier_id": free},
        "claims.entry": one,
        "claims.withdraw": {**one, "claim_id": claim.id},
        "claim_checks.index": {},
        "claim_checks.show": {"claim_id": claim.id},
    }
    db.session.rollback()
    return values


def _quality() -> dict[str, dict[str, Any]]:
    """An entry of Nia’s that says and offers to show something, signed the code; and a draft of the next version."""
    nia, writer = queries.person_by_email(NIA), a_member_of_staff("ada", Who.ADMINISTRATOR)
    assert nia is not None
    a_code()
    business, entry = an_entry(nia, "Gofal y Bont")
    quality_actions.say(business, entry, DBS, A_CHECK, is_offered=True, by_id=nia.id)
    quality_actions.see(entry, INSURANCE, until(90), by_id=writer.id)
    quality_actions.sign(business, 1, "cy", by_id=nia.id)
    quality_actions.write_code(WORDS, CHANGES, by_id=writer.id)
    db.session.rollback()
    of_entry, nothing = {"supplier_id": entry}, dict[str, Any]()
    mine, kind = {"business_id": business, **of_entry}, {"kind": DBS.value}
    return {
        "code.show": nothing,
        "code.version": {"number": 1},
        "code.what_we_check": nothing,
        "code_work.publish": nothing,
        "code_work.versions": nothing,
        "code_work.write": nothing,
        "evidence.decline": {**of_entry, **kind},
        "evidence.index": nothing,
        "evidence.see": {**of_entry, **kind},
        "evidence.show": of_entry,
        "evidence.signature": of_entry,
        "passport.facts": mine,
        "passport.say": {**mine, **kind},
        "passport.sign": mine,
        "passport.take_back": {**mine, **kind},
    }


def _hidden_and_wished() -> dict[str, dict[str, Any]]:
    """An entry of Nia’s that staff have hidden, against which she appeals, and which she wants in English too; another
    against which she may yet; and a network."""
    nia, rhys = queries.person_by_email(NIA), a_member_of_staff("rhys", Who.ADMINISTRATOR)
    assert nia is not None
    place = translations.an_entry(nia, "Siop y Gornel Gudd")
    wish, takedown = translations.wished(nia, place), takedowns.hidden(place[1], rhys)
    takedown_actions.appeal(*place, "Mae’r geiriau’n wir.", by_id=nia.id)
    other = translations.an_entry(nia, "Siop y Bont Gudd")
    takedowns.hidden(other[1], rhys)
    mine, entry = {"business_id": place[0], "supplier_id": place[1]}, {"supplier_id": place[1]}
    network = {"network_id": entries.a_network(rhys)}
    values: dict[str, dict[str, Any]] = {
        "entries.index": {},
        "entries.show": entry,
        "hiding.appeal": {"takedown_id": takedown.id},
        "hiding.appeals": {},
        "hiding.show": entry,
        "networks.add": {},
        "networks.change": network,
        "networks.end": network,
        "networks.index_of_networks": {},
        "takedowns.show": {"business_id": other[0], "supplier_id": other[1]},
        "translating.index": {},
        "translating.show": {"wish_id": wish.id},
        "translations.show": mine,
    }
    db.session.rollback()
    return values


def _on_behalf() -> dict[str, dict[str, Any]]:
    """An entry of Lois and of Mabli, who has no e-mail: all there is to do for her is to be done."""
    entry, lois, mabli = on_behalf.with_elin("Siop Mabli", who="lois", without="mabli")
    on_behalf.with_all_to_do(entry, lois, a_member_of_staff("eluned", Who.MODERATOR), who="huw.becws")
    found = a_supplier("Siop Rhestr", claim=Claim.IMPORTED).id
    [membership] = businesses.memberships_of(mabli.id)
    claiming.ask(entry[0], a_supplier("Siop Hawliad", claim=Claim.IMPORTED).id, "Ei henw.", by_id=mabli.id)
    [claim] = directory_queries.claims_of(entry[0])
    db.session.rollback()
    hers = {"person_id": mabli.id}
    of_it = {**hers, "membership_id": membership.id}
    profiles.written(*entry, mabli.id, summary={"cy": "Bara da.", "en": ""})
    db.session.rollback()
    names = ("answer", "appeal", "index", "reopen", "sign")
    return {
        **{f"on_behalf.{name}": {"supplier_id": entry[1]} for name in names},
        **{f"beginnings.{name}": hers for name in ("index", "add")},
        **{f"beginnings.{name}": of_it for name in ("entry", "let_in")},
        "beginnings.claim": {**of_it, "supplier_id": found},
        "beginnings.withdraw": {**of_it, "claim_id": claim.id},
        "entry_words.make": of_it,
        **{
            f"entry_words.{name}": {**of_it, "supplier_id": entry[1]}
            for name in ("check", "tasks", "withdraw", *SECTIONS)
        },
    }


def _guide() -> dict[str, dict[str, Any]]:
    """A list of rules that Nia keeps, and answers on their way to another."""
    nia = queries.person_by_email(NIA)
    assert nia is not None
    business, entry = a_checklist(nia)
    db.session.rollback()
    mine, nothing = {"business_id": business, "supplier_id": entry}, dict[str, Any]()
    return {
        "guide.start": nothing,
        "guide.question": {"set_up": "alone"},
        "guide.result": dict(ANSWERS),
        "guide_review.index": nothing,
        "checklist.ask": {**mine, "set_up": "alone"},
        "checklist.forget": mine,
        "checklist.keep": {**mine, **ANSWERS},
        "checklist.show": mine,
    }


def _profiles() -> dict[str, dict[str, Any]]:
    """A new entry of Nia’s, which is being written."""
    nia = queries.person_by_email(NIA)
    assert nia is not None
    business = a_business(nia, "Caws y Cwm")
    entry = profile_actions.make(business, by_id=nia.id)
    profiles.written(business, entry, nia.id)
    db.session.rollback()
    sections = ("contact", "quality", "together", "what", "where", "who")
    pages = (*sections, "check", "discard", "preview", "tasks", "withdraw")
    return {
        **{f"profiles.{name}": {"business_id": business, "supplier_id": entry} for name in pages},
        "profiles.new": {"business_id": business},
    }


def _pieces() -> dict[str, dict[str, Any]]:
    """An entry of Nia’s with a service, a photograph and joint work in its draft."""
    nia, huw = queries.person_by_email(NIA), a_person("huw.teils")
    assert nia is not None
    business, entry = pieces.an_entry(nia, "Teils y Cwm")
    _, other = pieces.an_entry(huw, "Saer y Cwm")
    of_entry = {"business_id": business, "supplier_id": entry}
    one = {"key": profile_pieces.add_service(business, entry, pieces.SERVICE, by_id=nia.id)}
    token = {"token": pieces.a_picture((business, entry), nia)}
    file = {**token, "width": 960, "kind": "jpeg"}
    what = Bilingual("Ystafell ymolchi", "A bathroom")
    work = {"key": profile_pieces.add_joint_work(business, entry, other, what, 2025, by_id=nia.id)}
    db.session.rollback()
    return {
        **{f"services.{name}": of_entry for name in ("index", "add")},
        **{f"services.{name}": {**of_entry, **one} for name in ("change", "remove")},
        **{f"pictures.{name}": of_entry for name in ("index", "logo", "photo")},
        **{f"pictures.{name}": {**of_entry, **token} for name in ("change", "remove")},
        "pictures.waiting": {**of_entry, **file},
        "moderated_pictures.show": file,
        "moderated_pictures.whole": token,
        **{f"joint_work.{name}": of_entry for name in ("index", "asked")},
        **{f"joint_work.{name}": {**of_entry, **work} for name in ("change", "remove")},
        "joint_work.add": {**of_entry, "other_id": other},
        **{f"now.{name}": of_entry for name in ("index", "pause", "close", "reopen")},
    }


def _moderation() -> dict[str, dict[str, Any]]:
    """A change of Nia’s that waits, to an entry of which a former version can be restored."""
    nia, by = queries.person_by_email(NIA), a_member_of_staff("siwan", Who.CARE_MODERATOR)
    assert nia is not None
    business = a_business(nia, "Gwlân y Graig")
    entry = profile_actions.make(business, by_id=nia.id)
    for phone in ("01632 960 001", "01632 960 002", "01632 960 003"):
        profiles.written(business, entry, nia.id, **{**profiles.WHOLE, "name": "Gwlân y Graig", "phone": phone})
        db.session.rollback()
        waits = moderation.submit("profile", entry, by_id=nia.id)
        number = {"revision_id": waits.id}
        if not phone.endswith("3"):
            profiles.decided(entry, by.id)
    db.session.rollback()
    thing = {"kind": "profile", "subject_id": entry}
    return {
        "moderation.history": thing,
        "moderation.index": {},
        "moderation.preview": number,
        "moderation.restore": {**thing, "number": 1},
        "moderation.show": number,
        "moderation.version": {**thing, "number": 2},
    }


def as_mair(visitor: Visitor) -> Visitor:
    """The visitor is a member of staff in every role, signed in, with the second step."""
    found = queries.person_by_email("mair@example.cymru")
    return enter(visitor, found or a_member_of_staff("mair", *ROLES))


def as_rhian(visitor: Visitor) -> Visitor:
    """The visitor is a buyer, signed in, with the second step."""
    return enter(visitor, queries.person_by_email("rhian@example.cymru") or a_buyer())


def address_of(site: Flask, endpoint: str, language: str, **values: Any) -> str:
    """A page’s address without the host."""
    with site.test_request_context(f"/{language}/"):
        return url_for(endpoint, **{LANGUAGE: language, **values})
