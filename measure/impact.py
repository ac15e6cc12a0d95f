"""Measures what `leakcheck impact` estimates, where the truth is known.

    python measure/impact.py DATA --output docs/impact-measured.md

DATA is the folder `measure/accuracy.py` takes; of it only the corpus llm_adapters_math and the rows
of gsm8k are used, for answers made up to a real run. All else is calculated or drawn, with fixed
seeds: but for the date the page is the same each time. It takes about three minutes on one core.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from impact_drawn import MEANS, drawn_means
from impact_exact import EXACT, exact_coverage
from impact_matching import SETTINGS, simulate
from impact_pages import page
from impact_planted import plant
from pages import made_by, write_page


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder described above")
    parser.add_argument("-o", "--output", type=Path, help="write the page to this file too")
    arguments = parser.parse_args()
    text = page(
        made_by("python measure/impact.py DATA --output docs/impact-measured.md", ["gsm8k"]),
        [exact_coverage(case) for case in EXACT],
        [drawn_means(case) for case in MEANS],
        [simulate(setting) for setting in SETTINGS],
        plant(arguments.data),
    )
    write_page(text, arguments.output)


if __name__ == "__main__":
    main()
