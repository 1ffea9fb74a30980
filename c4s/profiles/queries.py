"""Questions about profiles: what of them is being written, and how far it has got."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from c4s.core.db import db
from c4s.directory.models import JointWork, Supplier
from c4s.moderation import queries as moderation
from c4s.moderation.models import Remark, Revision
from c4s.moderation.rules import RevisionState, Verdict
from c4s.profiles import content, rules
from c4s.profiles.rules import SectionState


@dataclass(frozen=True)
class Written:
    """A profile as its business sees it.

    Attributes:
        live: what is published; nothing, while nothing is.
        content: what is being written, or waits; else what is published.
        state: of what is being written; None when nothing is.
        returned: what a moderator said of each field that was not accepted and has not been changed since.
    """

    live: Mapping[str, Any]
    content: Mapping[str, Any]
    state: RevisionState | None
    returned: Mapping[str, Remark]

    @property
    def is_waiting(self) -> bool:
        """Whether a moderator has yet to read it; until then nobody changes it."""
        return self.state == RevisionState.SUBMITTED

    @property
    def is_draft(self) -> bool:
        """Whether something is being written that nobody has submitted yet."""
        return self.state == RevisionState.DRAFT

    @property
    def changed(self) -> list[str]:
        """The names of fields that are not as readers see them."""
        return rules.changed(self.live, self.content)

    @property
    def missing(self) -> list[str]:
        """The names of fields that it cannot be without and has not."""
        return rules.missing(self.content)

    def state_of(self, names: Sequence[str]) -> SectionState:
        """How far some of its fields have got."""
        return rules.section_state(names, self.live, self.content, self.missing, self.returned)

    def state_of_part(self, begins: str) -> SectionState:
        """The same of the fields whose names begin alike."""
        return self.state_of([name for name in {**self.live, **self.content} if name.startswith(begins)])


def written(supplier: Supplier) -> Written:
    """A profile as its business sees it: in a fixed number of statements, however much there is of it."""
    live = content.live(supplier)
    draft = moderation.open_revision(content.NAME, supplier.id)
    if draft is None:
        return Written(live, live, None, {})
    return Written(live, _whole(draft), draft.state, returned(supplier.id))


def _whole(draft: Revision) -> dict[str, Any]:
    """The content of a version, with whatever fields there have come to be since it was begun."""
    return {**content.empty(), **draft.content}


def current(supplier: Supplier) -> dict[str, Any]:
    """What is being written of a profile, or waits; else what is published."""
    draft = moderation.open_revision(content.NAME, supplier.id)
    return content.live(supplier) if draft is None else _whole(draft)


def returned(supplier_id: int) -> dict[str, Remark]:
    """What a moderator said of each field that was not accepted and has not been changed since."""
    remarks = moderation.latest_remarks(content.NAME, supplier_id)
    return {name: one for name, one in remarks.items() if one.verdict != Verdict.ACCEPTED}


def joint_work_answered_by(person_id: int) -> list[tuple[JointWork, Supplier]]:
    """What somebody answered about work together, each with the entry that named theirs; the oldest first."""
    found = db.session.execute(
        select(JointWork, Supplier)
        .join(Supplier, Supplier.id == JointWork.supplier_id)
        .where(JointWork.answered_by_id == person_id)
        .order_by(JointWork.id)
    )
    return [(row, supplier) for row, supplier in found]
