"""What the directory shows of a supplier, and how."""

from enum import StrEnum


class LegalForm(StrEnum):
    """How a business is set up in law."""

    SOLE_TRADER = "sole_trader"
    PARTNERSHIP = "partnership"
    LIMITED_COMPANY = "limited_company"
    COMMUNITY_INTEREST_COMPANY = "community_interest_company"
    CO_OPERATIVE = "co_operative"
    CHARITY = "charity"
    ASSOCIATION = "association"
    PUBLIC_BODY = "public_body"


class SizeBand(StrEnum):
    """How many people work there."""

    ONE = "one"
    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class SupplierStatus(StrEnum):
    """Whether it is at work."""

    ACTIVE = "active"
    TEMPORARILY_CLOSED = "temporarily_closed"
    CLOSED = "closed"


def is_listed(status: SupplierStatus, is_gone: bool) -> bool:
    """Whether lists and searches show it; its own page stays, and says why it is no longer listed."""
    return status != SupplierStatus.CLOSED and not is_gone


def shown_link(address: str) -> str:
    """An address that a page may link to: any but one of the web is none, whoever typed it."""
    return address if address.startswith(("https://", "http://")) else ""


def shown_address(lines: list[str], town: str, postcode: str, home_based: bool) -> list[str]:
    """The lines of an address that a page may show: of a home, the town and nothing else."""
    if home_based:
        return [town] if town else []
    lines = [line for line in lines if line]
    if town and town not in lines:
        lines = [*lines, town]
    return [*lines, postcode] if postcode else lines
