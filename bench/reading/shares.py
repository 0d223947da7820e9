"""How much of the registry's eligibility text is read, by kind: python bench/reading/shares.py [--records N] [--seed S].

The records are drawn by the seed; counting is that of `matcher read --stats`. The limits are those of the project: of the
criteria that do not ask for an opinion or consent only, how many are read wholly, and how many have a leaf at all.
"""

from __future__ import annotations

import argparse

from registry import here, sample

from matcher.commands.stats import Shares, eligibility_text

LIMITS = {"full": (0.45, 0.60), "at_least_one_leaf": (0.70, 0.80)}


def main() -> int:
    """Print the shares, and return 1 where a limit is not kept."""
    options = argparse.ArgumentParser(description="Shares of registry criteria by how much of them is read.")
    options.add_argument("--records", type=int, default=1000, help="how many records to draw")
    options.add_argument("--seed", type=int, default=20261121, help="another seed draws other records")
    chosen = options.parse_args()
    if not here():
        return 0
    shares = Shares()
    for record in sample(chosen.records, chosen.seed):
        shares.add_record(eligibility_text(record))
    return 0 if report(shares) else 1


def report(shares: Shares) -> bool:
    """Print every share with its limit; whether all limits are kept."""
    plain = shares.plain()
    kinds = plain.pop("criteria_with_leaf_kind")
    for name, value in plain.items():
        shown = f"{value:>8}" if isinstance(value, int) else f"{value:>8.1%}"
        print(f"{name.replace('_', ' '):<22}{shown}{limit(name, value)}")
    print("criteria with a leaf of kind")
    for kind, share in kinds.items():
        print(f"  {kind:<20}{share:>8.1%}")
    return all(plain[name] >= least for name, (least, _) in LIMITS.items())


def limit(name: str, share: float) -> str:
    """What is to be reached, and whether it is."""
    if name not in LIMITS:
        return ""
    least, stretch = LIMITS[name]
    return f"  limit {least:.0%} (stretch {stretch:.0%})  {'PASS' if share >= least else 'FAIL'}"


if __name__ == "__main__":
    raise SystemExit(main())
