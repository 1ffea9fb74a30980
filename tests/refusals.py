"""How tests say that an action is refused."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from c4s.core.errors import Refused


def why_not(action: Callable[..., Any], *given: Any, **facts: Any) -> StrEnum:
    """The reason for which an action is refused; what it had done until then is not undone."""
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    return refusal.value.reason
