"""Where a visitor is: nobody may say it of themselves."""

import pytest


def where(visitor, **headers):
    answer = visitor.ask("GET", "/where", headers={"Host": visitor.site.config["TRUSTED_HOSTS"][0], **headers})
    return answer.text


@pytest.mark.parametrize("claimed", ["198.51.100.7", "198.51.100.7, 203.0.113.9", "nonsense"])
def test_without_a_proxy_of_ours_a_claim_is_not_believed(troubled, claimed):
    assert where(troubled, **{"X-Forwarded-For": claimed, "Forwarded": f"for={claimed}"}) == "192.0.2.1"


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the first was claimed before our proxy wrote its own
    ],
)
def test_behind_one_proxy_only_what_that_proxy_wrote_is_believed(secure, claimed, believed):
    assert where(secure, **{"X-Forwarded-For": claimed}) == believed


def test_behind_a_proxy_nobody_chooses_the_name_of_the_site(secure):
    answer = secure.ask("GET", "/where", headers={"Host": "evil.example", "X-Forwarded-Host": "site.example.wales"})
    assert answer.status_code == 400
