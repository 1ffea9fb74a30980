"""The proof-reader for writers.

python -m tests.house.welsh                      everything the gate reads
python -m tests.house.welsh FILE…                .po, .toml, .html, .txt; .en. in a file's name means English
echo "yn Caerdydd" | python -m tests.house.welsh -      Welsh from the keyboard
"""

import sys
from pathlib import Path

from tests.house.welsh.gate import proof, proof_text
from tests.house.welsh.sources import covered


def main(arguments: list[str]) -> int:
    """Print the findings; 0 when there are none, else 1."""
    if arguments == ["-"]:
        found = proof_text(sys.stdin.read(), "cy")
    else:
        paths = [Path(argument) for argument in arguments] or covered()
        found = [f"{path}: {line}" for path in paths for line in proof(path)]
    for line in found:
        print(line)
    print(f"{len(found)} findings" if found else "Nothing found.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
