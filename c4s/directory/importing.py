"""Taking in what others publish: the same file twice changes nothing, the next edition marks what is gone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select, text, update

from c4s.audit import trail
from c4s.core.changes import PAGES, publish
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import filing, rules
from c4s.directory.models import Claim, Supplier, supplier_area, supplier_category
from c4s.directory.reading import Reading, Reject, SupplierRecord, UnreadableFile
from c4s.search import index
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.models import Area, Postcode
from c4s.taxonomy.queries import Terms

BATCH = 500
SUPPLIERS = Supplier.metadata.tables["supplier"]  # straight into the table: a third faster than through the model
FEW = 20  # so many may go at once from however small a source


class Did(StrEnum):
    """What the trail says of an import."""

    IMPORTED = "suppliers.imported"


class Gone(StrEnum):
    """What to do with entries that the file no longer has."""

    MARK = "mark"
    MARK_ALL = "mark-all"
    """Even if they are more than half of what the source had, as they would be in a file that is only a part."""
    IGNORE = "ignore"


@dataclass
class Report:
    """What an import did, or would do."""

    read: int = 0
    new: int = 0
    changed: int = 0
    renamed: int = 0
    unchanged: int = 0
    gone: int = 0
    rejected: int = 0
    problem: str = ""
    """Where the file broke off, when what came before was kept."""

    def numbers(self) -> dict[str, int]:
        return {name: value for name, value in asdict(self).items() if isinstance(value, int)}


class DryRun(Exception):
    """Raised at the end of a dry run, so that all of it is undone; carries the report."""

    def __init__(self, report: Report) -> None:
        super().__init__("nothing is kept")
        self.report = report


class TooManyGone(Exception):
    """More than half of a source's entries are not in the file: it may be a part of it, or another source's."""


class NotTheSameKind(Exception):
    """The file has no entry that could be read; marking all others as gone would be a mistake."""


def import_suppliers(
    entries: Reading[SupplierRecord],
    *,
    gone: Gone = Gone.MARK,
    dry_run: bool = False,
    rejected: Callable[[Reject], None] = lambda reject: None,
    in_parts: bool = False,
) -> Report:
    """Take in a file of suppliers.

    ``changed`` counts entries that say something new; those with a new name are among them, and in ``renamed``.

    Args:
        entries: an open file, read as a stream.
        gone: whether entries of the same source that the file lacks are marked as gone; none is ever removed.
        dry_run: count only; nothing is kept.
        rejected: told of each entry that cannot be used.
        in_parts: keep what was read even if the file breaks off later; then nothing is marked as gone. The
            report says where it broke off.

    Raises:
        UnreadableFile: by the reader, unless ``in_parts``; nothing is kept.
        NotTheSameKind: there was no entry that could be read.
        TooManyGone: with ``Gone.MARK`` only.
        Busy: somebody else was writing all the time.
    """
    if in_parts and not dry_run:
        return _in_parts(entries, rejected)
    try:
        return _whole(entries, gone, dry_run, rejected)
    except DryRun as done:
        return done.report


@unit_of_work
def _whole(entries: Reading[SupplierRecord], gone: Gone, dry_run: bool, rejected: Callable[[Reject], None]) -> Report:
    report = Report()
    work = _Import(entries.source, report)
    db.session.execute(text("DROP TABLE IF EXISTS imported_now"))
    db.session.execute(text("CREATE TEMPORARY TABLE imported_now (id integer PRIMARY KEY)"))
    for batch in _batches(_records(entries, report, rejected)):
        work.take(batch)
        db.session.execute(text("INSERT INTO imported_now (id) VALUES (:id)"), [{"id": i} for i in work.seen])
    if report.read == report.rejected:
        raise NotTheSameKind
    if gone != Gone.IGNORE:
        work.mark_gone(at_most_half=gone == Gone.MARK)
    db.session.execute(text("DROP TABLE imported_now"))
    work.record()
    if dry_run:
        raise DryRun(report)
    return report


def _in_parts(entries: Reading[SupplierRecord], rejected: Callable[[Reject], None]) -> Report:
    report = Report()
    work = _Import(entries.source, report)
    try:
        for batch in _batches(_records(entries, report, rejected)):
            unit_of_work(work.take)(batch)
    except UnreadableFile as problem:
        report.problem = str(problem)
    unit_of_work(work.record)()
    return report


def _records(
    entries: Iterable[SupplierRecord | Reject], report: Report, rejected: Callable[[Reject], None]
) -> Iterator[SupplierRecord]:
    for entry in entries:
        report.read += 1
        if isinstance(entry, Reject):
            report.rejected += 1
            rejected(entry)
        else:
            yield entry


def _batches(records: Iterator[SupplierRecord]) -> Iterator[list[SupplierRecord]]:
    batch = []
    try:
        for record in records:
            batch.append(record)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except UnreadableFile:
        if batch:
            yield batch  # whoever keeps parts keeps this one too
        raise
    if batch:
        yield batch


class _Import:
    """One file being taken in, five hundred entries at a time."""

    def __init__(self, source: str, report: Report) -> None:
        self.source, self.report = source, report
        self.edition: date | None = None
        self.seen: list[int] = []
        self.begun_at = now()

    def take(self, batch: list[SupplierRecord]) -> None:
        """Add, renew or leave each entry of one batch."""
        categories, areas = taxonomy.categories(), taxonomy.areas()
        positions = taxonomy.positions({record.postcode for record in batch if record.postcode})
        known = {
            row.source_id: row
            for row in db.session.execute(
                select(
                    Supplier.id,
                    Supplier.source_id,
                    Supplier.name,
                    Supplier.source_digest,
                    Supplier.source_date,
                    Supplier.gone_on,
                    Supplier.claim,
                    Supplier.taken_down_at,
                )
                .where(Supplier.source == self.source, Supplier.source_id.in_([r.source_id for r in batch]))
                .with_for_update()  # nobody may agree to a claim between this question and the change
            )
        }
        fresh, changed = [], []
        touched: dict[date, list[int]] = {}
        self.seen = []
        for record in batch:
            self.edition = max(filter(None, (self.edition, record.source_date)), default=None)
            row = known.get(record.source_id)
            digest = record.digest()
            if row is None:
                fresh.append((record, digest))
                continue
            self.seen.append(row.id)
            if row.claim == Claim.CLAIMED:
                # Its own people keep it now: a source says of it only on which day it still had it.
                self.report.unchanged += 1
                if record.source_date and row.source_date != record.source_date:
                    touched.setdefault(record.source_date, []).append(row.id)
            elif row.source_digest != digest or row.gone_on is not None:
                self.report.changed += 1
                self.report.renamed += row.name != record.name
                changed.append((row.id, record, digest))
            else:
                self.report.unchanged += 1
                if record.source_date and row.source_date != record.source_date:
                    touched.setdefault(record.source_date, []).append(row.id)
        self.report.new += len(fresh)
        filed = []
        if fresh:
            values = [self._values(r, digest, positions, areas) for r, digest in fresh]
            rows = db.session.execute(
                insert(SUPPLIERS).returning(SUPPLIERS.c.id, SUPPLIERS.c.source_id),
                [{**v, "created_at": self.begun_at} for v in values],
            )
            ids = {row.source_id: row.id for row in rows}
            self.seen += ids.values()
            filed += [
                self._file(ids[record.source_id], record, v, categories)
                for (record, _), v in zip(fresh, values, strict=True)
            ]
        if changed:
            hidden = {row.id for row in known.values() if row.taken_down_at is not None}
            filed += self._change(changed, hidden, positions, categories, areas)
        for day, ids_of_day in touched.items():
            # Nothing was said anew, so readers see only the date move on.
            db.session.execute(update(Supplier).where(Supplier.id.in_(ids_of_day)).values(source_date=day))
        if filed:
            links = [
                {"supplier_id": one.supplier_id, "category_id": category_id}
                for one in filed
                for category_id in one.category_ids
            ]
            if links:
                db.session.execute(insert(supplier_category), links)
            index.put(filing.document(one, categories, areas) for one in filed if one.is_listed)
            index.remove(filing.KIND, [one.supplier_id for one in filed if not one.is_listed])
        if filed or touched:
            publish(PAGES)

    def _change(
        self,
        changed: list[tuple[int, SupplierRecord, str]],
        hidden: set[int],
        positions: dict[str, tuple[float, float]],
        categories: Terms,
        areas: Terms,
    ) -> list[filing.Filed]:
        ids = [supplier_id for supplier_id, _, _ in changed]
        db.session.execute(delete(supplier_category).where(supplier_category.c.supplier_id.in_(ids)))
        db.session.execute(delete(supplier_area).where(supplier_area.c.supplier_id.in_(ids)))
        filed, rows = [], []
        for supplier_id, record, digest in changed:
            values = self._values(record, digest, positions, areas)
            rows.append({"id": supplier_id, **values})
            filed.append(self._file(supplier_id, record, values, categories, supplier_id in hidden))
        db.session.execute(update(Supplier), rows)
        return filed

    def _values(
        self,
        record: SupplierRecord,
        digest: str,
        positions: dict[str, tuple[float, float]],
        areas: Terms,
    ) -> dict[str, Any]:
        """A row of the supplier table, as this record has it."""
        position = positions.get(record.postcode)
        if record.latitude is not None and record.longitude is not None:
            position = (record.latitude, record.longitude)
        lines = [*reversed(record.address), record.town]
        area, position = filing.place_of(lines, position, areas, home_based=record.home_based)
        return {
            "name": record.name,
            "name_cy": record.name_cy,
            "sort_name": record.sort_name,
            "summary_cy": record.summary.cy,
            "summary_en": record.summary.en,
            "description_cy": record.description.cy,
            "description_en": record.description.en,
            "area_id": area.id if area else None,
            "address": [] if record.home_based else list(record.address),
            "town": record.town,
            "postcode": record.postcode,
            "home_based": record.home_based,
            "latitude": position[0] if position else None,
            "longitude": position[1] if position else None,
            "serves_in_welsh": bool(record.welsh),
            "serves_in_english": record.english is not False,
            "size": record.size,
            "legal_form": record.legal_form,
            "social_enterprise": bool(record.social_enterprise),
            "micro_enterprise": bool(record.micro_enterprise),
            "website": record.website,
            "phone": record.phone,
            "email": record.email,
            "hours_cy": record.hours.cy,
            "hours_en": record.hours.en,
            "access_notes_cy": record.access_notes.cy,
            "access_notes_en": record.access_notes.en,
            "status": record.status,
            "claim": Claim.IMPORTED,
            "source": record.source,
            "source_id": record.source_id,
            "source_url": record.source_url,
            "source_date": record.source_date,
            "source_digest": digest,
            "gone_on": None,
            "updated_at": self.begun_at,
        }

    def _file(
        self,
        supplier_id: int,
        record: SupplierRecord,
        values: dict[str, Any],
        categories: Terms,
        is_hidden: bool = False,
    ) -> filing.Filed:
        return filing.Filed(
            supplier_id=supplier_id,
            name=record.name,
            name_cy=record.name_cy,
            sort_name=record.sort_name,
            summary=record.summary,
            description=record.description,
            town=record.town,
            category_ids=tuple(
                dict.fromkeys(categories.by_code[code].id for code in record.categories if code in categories.by_code)
            ),
            area_id=values["area_id"],
            served_ids=(),
            latitude=values["latitude"],
            longitude=values["longitude"],
            serves_in_welsh=values["serves_in_welsh"],
            serves_in_english=values["serves_in_english"],
            social_enterprise=values["social_enterprise"],
            micro_enterprise=values["micro_enterprise"],
            legal_form=record.legal_form,
            is_listed=rules.is_listed(record.status, is_gone=False, is_taken_down=is_hidden, is_archived=False),
            is_imported=True,
        )

    def mark_gone(self, at_most_half: bool) -> None:
        """Mark the entries of this source that the file no longer has; their pages stay and say so."""
        ids = list(
            db.session.scalars(
                select(Supplier.id).where(
                    Supplier.source == self.source,
                    Supplier.gone_on.is_(None),
                    Supplier.claim == Claim.IMPORTED,
                    text("supplier.id NOT IN (SELECT id FROM imported_now)"),
                )
            )
        )
        self.report.gone = len(ids)
        still_there = self.report.unchanged + self.report.changed
        if at_most_half and len(ids) > FEW and len(ids) > still_there:
            raise TooManyGone
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            db.session.execute(
                update(Supplier)
                .where(Supplier.id.in_(part))
                .values(gone_on=self.edition or self.begun_at.date(), updated_at=self.begun_at)
            )
            index.remove(filing.KIND, part)
        if ids:
            publish(PAGES)

    def record(self) -> None:
        """Tell the trail, unless nothing happened."""
        if self.report.new or self.report.changed or self.report.gone:
            facts: dict[str, Any] = {"source": self.source, **self.report.numbers()}
            trail.record(Did.IMPORTED, "source", 0, by=trail.Actor.COMMAND, **facts)


@unit_of_work
def place_by_postcode() -> int:
    """Give a position to suppliers that have a postcode and none, or only their area's: the list came after them.

    Homes stay in the middle of their area. Says how many were placed.
    """
    rows = db.session.execute(
        select(Supplier.id, Postcode.latitude, Postcode.longitude)
        .join(Postcode, Postcode.code == Supplier.postcode)
        .outerjoin(Area, Area.id == Supplier.area_id)
        .where(
            Supplier.home_based.is_(False),
            or_(
                Supplier.latitude.is_(None),
                and_(Supplier.latitude == Area.latitude, Supplier.longitude == Area.longitude),
            ),
        )
    ).all()
    moved = [{"id": row[0], "latitude": row[1], "longitude": row[2]} for row in rows]
    if moved:
        db.session.execute(update(Supplier), moved)
        db.session.expire_all()
        filing.refile([int(row[0]) for row in rows])
    return len(moved)


@unit_of_work
def add_supplier(record: SupplierRecord, served: tuple[str, ...], claim: Claim, confirmed_on: date | None) -> int:
    """Add or renew one supplier that is not from a source: for the demonstration, and for tests.

    Args:
        served: codes of the areas it works in.

    Returns:
        its number.
    """
    work = _Import(record.source, Report())
    work.take([record])
    supplier = db.session.scalars(
        select(Supplier).where(Supplier.source == record.source, Supplier.source_id == record.source_id)
    ).one()
    areas = taxonomy.areas()
    supplier.claim, supplier.confirmed_on = claim, confirmed_on
    wanted = [areas.by_code[code].id for code in served]
    db.session.execute(delete(supplier_area).where(supplier_area.c.supplier_id == supplier.id))
    if wanted:
        db.session.execute(
            insert(supplier_area), [{"supplier_id": supplier.id, "area_id": area_id} for area_id in wanted]
        )
    db.session.flush()
    filing.refile([supplier.id])
    return supplier.id
