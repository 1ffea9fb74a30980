"""Proof-reading of the project's Welsh, without a network: spelling, mutations, usage, and words of the
wrong language.

    from tests.house.welsh import findings, english_in, welsh_in

`python -m tests.house.welsh FILE…` prints the findings for those who write.
"""

from tests.house.welsh.engine import Finding, english_findings, findings
from tests.house.welsh.leaks import english_in, welsh_in

__all__ = ["Finding", "english_findings", "english_in", "findings", "welsh_in"]
