"""Writes the daily bars of a real symbol to public/bars.json, scaled for splits and dividends.

python examples/chart/scripts/bars.py [SYMBOL]
"""

import json
import sys
from pathlib import Path

from tvf_harness.datasets import real

TARGET = Path(__file__).parents[1] / "public" / "bars.json"


def main(symbol: str = "AAPL") -> None:
    """Writes them; they belong to whoever published them, and so are not kept in the repository."""
    bars = real(symbol)
    columns = {name: column.tolist() for name, column in bars.columns.items()}
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps({"symbol": symbol, "about": bars.about, **columns}))
    print(f"{len(columns['time'])} bars of {symbol} in {TARGET}")


if __name__ == "__main__":
    main(*sys.argv[1:])
