"""Keeping a list of rules, and ticking them off."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete

from c4s.audit import trail
from c4s.businesses import steps
from c4s.businesses.rules import MemberRole
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.units import hold, unit_of_work
from c4s.directory import queries as directory
from c4s.guide import queries, rules
from c4s.guide.models import Checklist, ChecklistItem
from c4s.guide.rules import Did, WhyNot
from c4s.i18n import formats

KIND = "supplier"


def _mine(business_id: int, supplier_id: int, by_id: int) -> Checklist | None:
    """The list, held, for one who speaks for the business that keeps the entry."""
    steps.held_for(business_id, by_id, *MemberRole)
    supplier = directory.entry_of(business_id, supplier_id)
    if supplier is None:
        raise Refused(WhyNot.NO_SUCH_LIST)
    hold(supplier)
    return queries.checklist(business_id, supplier_id)


@unit_of_work
def keep(business_id: int, supplier_id: int, answers: Mapping[str, str], *, by_id: int) -> None:
    """Keep the rules that answers lead to. What was ticked before stays ticked, if it is still on the list and says
    the same.

    Raises:
        Refused: ``NOT_FINISHED`` when there is a question left, ``NO_SUCH_LIST``, or as ``steps.held_for`` refuses.
    """
    before = _mine(business_id, supplier_id, by_id)
    guide = queries.guide()
    walked = rules.walk(guide, answers)
    if walked.asks is not None:
        raise Refused(WhyNot.NOT_FINISHED)
    ticked = {item.rule: (item.version, item.done_on) for item in before.items} if before else {}
    if before is None:
        # What another business left behind is nobody's: the entry is not theirs any more.
        rows_changed(delete(Checklist).where(Checklist.supplier_id == supplier_id))
        before = Checklist(supplier_id=supplier_id, business_id=business_id)
        db.session.add(before)
    before.answers, before.made_at = walked.given, now()
    db.session.flush()
    rows_changed(delete(ChecklistItem).where(ChecklistItem.checklist_id == before.id))
    wanted = rules.rules_of(guide, walked)
    for rule in wanted:
        version, done_on = ticked.get(rule.key, (rule.version, None))
        is_kept = not rules.is_changed(rule, version)
        item = ChecklistItem(checklist_id=before.id, rule=rule.key, version=rule.version)
        item.done_on = done_on if is_kept else None
        db.session.add(item)
    trail.record(Did.KEPT, KIND, supplier_id, by=trail.person(by_id), rules=len(wanted))


@unit_of_work
def tick(business_id: int, supplier_id: int, done: Collection[str], seen: Mapping[str, int], *, by_id: int) -> None:
    """Say which rules are done. A rule that has changed since they read it stays marked as changed.

    Args:
        done: keys of the rules that are ticked now; those on the list that are not in it lose their tick.
        seen: the version of each rule that the page showed.

    Raises:
        Refused: ``NO_SUCH_LIST``, or as ``steps.held_for`` refuses.
    """
    kept = _mine(business_id, supplier_id, by_id)
    if kept is None:
        raise Refused(WhyNot.NO_SUCH_LIST)
    today, changed = formats.uk(now()).date(), 0
    for item in kept.items:
        is_done = item.rule in done
        if item.rule not in seen:
            continue
        if is_done != (item.done_on is not None) or (is_done and item.version != seen[item.rule]):
            item.done_on = today if is_done else None
            changed += 1
        item.version = seen[item.rule]
    if changed:
        trail.record(Did.TICKED, KIND, supplier_id, by=trail.person(by_id), rules=changed)


@unit_of_work
def forget(business_id: int, supplier_id: int, *, by_id: int) -> None:
    """Remove a list.

    Raises:
        Refused: ``NO_SUCH_LIST``, or as ``steps.held_for`` refuses.
    """
    kept = _mine(business_id, supplier_id, by_id)
    if kept is None:
        raise Refused(WhyNot.NO_SUCH_LIST)
    rows_changed(delete(Checklist).where(Checklist.id == kept.id))
    trail.record(Did.FORGOT, KIND, supplier_id, by=trail.person(by_id))
