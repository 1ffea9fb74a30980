"""Letters about the quality passport: each is put into words in the unit of work that it tells of."""

from collections.abc import Iterable, Sequence
from typing import Any

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.businesses.models import Business
from c4s.directory.models import Supplier
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.mail import outbox
from c4s.quality import phrases
from c4s.quality.models import CodeVersion, QualityFact
from c4s.quality.rules import FactKind


def ends_soon(people: Iterable[Person], business: Business, supplier: Supplier, facts: Sequence[QualityFact]) -> None:
    """Facts of an entry end within days: what to do so that readers go on seeing them."""
    endings = [(phrases.KIND[one.kind], phrases.STANDING[one.standing], one.ends_on) for one in facts]
    _post("ends_soon", people, business, supplier=supplier, endings=endings, link=_facts_page(business, supplier))


def evidence_seen(people: Iterable[Person], business: Business, supplier: Supplier, fact: QualityFact) -> None:
    """Staff saw evidence: readers are told so from now on, until its last day."""
    what = {"fact": phrases.KIND[fact.kind], "ends_on": fact.ends_on}
    _post("evidence_seen", people, business, supplier=supplier, link=_facts_page(business, supplier), **what)


def evidence_not_seen(
    people: Iterable[Person], business: Business, supplier: Supplier, kind: FactKind, why: Bilingual
) -> None:
    """Staff could not see evidence, or what they saw counts no more; and why."""
    what = {"fact": phrases.KIND[kind], "why": why}
    _post("evidence_not_seen", people, business, supplier=supplier, link=_facts_page(business, supplier), **what)


def please_sign(owners: Iterable[Person], business: Business, supplier: Supplier, version: CodeVersion) -> None:
    """There is a code of conduct, or a newer one, that the business has not signed."""
    _post(
        "please_sign",
        owners,
        business,
        number=version.number,
        changes=version.changes,
        link=addresses.links("passport.sign", business_id=business.id, supplier_id=supplier.id),
    )


def signature_suspended(people: Iterable[Person], business: Business, why: Bilingual) -> None:
    """We do not show any more that the business signed the code, and why; where to say that this is wrong."""
    _post("signature_suspended", people, business, why=why, link=addresses.links("pages.contact"))


def signature_restored(people: Iterable[Person], business: Business, why: Bilingual) -> None:
    """We show it again."""
    _post("signature_restored", people, business, why=why, link=addresses.links("code.show"))


def _facts_page(business: Business, supplier: Supplier) -> Bilingual:
    return addresses.links("passport.facts", business_id=business.id, supplier_id=supplier.id)


def _post(letter: str, people: Iterable[Person], business: Business, **facts: Any) -> None:
    for person in people:
        outbox.post(
            f"quality/{letter}",
            to=recipient(person),
            about=("business", business.id),
            name=person.name,
            business=business,
            **facts,
        )
