"""Server and worker are killed at random moments: nobody who was told of a place loses it, and no letter is lost.

More of it, with figures: ``python -m tests.bench kills``.
"""

import pytest

from tests.races import killing
from tests.races.surviving import survived

pytestmark = pytest.mark.race

KILLS = 2  # of each half, on each database


def test_what_people_were_told_survives_every_death(course, tmp_path):
    site, address = course
    found = survived(site, killing.Death(address, str(tmp_path / "ledger"), kills=KILLS, seed=2026))
    assert found.wrong == []
    assert found.told >= killing.PEOPLE_AT_ONCE
    assert found.sent_again <= KILLS  # at most one letter for each death of the worker
