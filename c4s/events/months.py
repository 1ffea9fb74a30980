"""A month as a calendar on the wall shows it: plain days."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

FARTHEST = 12
"""So many months back and ahead there are pages for."""


@dataclass(frozen=True, order=True)
class Month:
    """One month of one year."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    def later(self, months: int) -> "Month":
        """The month so many later; earlier, when below zero."""
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.later(1).first - timedelta(days=1)

    def weeks(self) -> list[list[date | None]]:
        """Its weeks from Monday to Sunday; None for the days of other months."""
        weeks = Calendar().monthdatescalendar(self.year, self.month)
        return [[day if day.month == self.month else None for day in week] for week in weeks]


def near(today: date) -> tuple[Month, Month]:
    """The first and the last month that there is a page for."""
    return Month.of(today).later(-FARTHEST), Month.of(today).later(FARTHEST)
