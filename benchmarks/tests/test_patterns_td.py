"""The core's counts are those of the plain version of the same rules."""

import numpy as np
import pytest
import tvf

from benchmarks.patterns.compare import Floats, differences, plain, quotes, walk
from benchmarks.patterns.td import DEFAULTS, td

VARIANTS = {
    "flip": ("loose",),
    "tdst": ("first",),
    "countdown": ("termination", "aggressive"),
    "qualifier": ("bars_5_and_8", "off"),
    "intersection": ("on",),
    "cancellation": ("close", "off"),
    "recycling": ("size", "extended", "always", "off"),
    "combo": ("version_2", "off"),
}


def assert_same(bars: dict[str, Floats], **variants: str) -> int:
    columns = [bars[name] for name in ("high", "low", "close")]
    ours = plain(tvf.td(*columns, open=bars["open"], **variants))
    assert differences(ours, td(**bars, **variants)) == []
    return len(ours)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("tick", [0.0, 0.5])
def test_random_walks(seed: int, tick: float):
    assert assert_same(walk(5000, seed, tick)) > 50


def test_real_bars():
    assert assert_same(quotes()) > 20


@pytest.mark.parametrize(
    ("name", "word"), [(name, word) for name, words in VARIANTS.items() for word in words]
)
def test_every_variant_by_itself(name: str, word: str):
    assert_same(walk(5000, 7, 0.25), **{name: word})
    assert_same(quotes(), **{name: word})


@pytest.mark.parametrize("seed", range(30))
def test_variants_together(seed: int):
    random = np.random.default_rng(seed)
    chosen = {name: str(random.choice([DEFAULTS[name], *words])) for name, words in VARIANTS.items()}
    assert_same(walk(3000, 100 + seed, 0.25 * (seed % 2)), **chosen)


def test_missing_bars_are_passed_over():
    bars = walk(3000, 3)
    for column in bars.values():
        column[::7] = np.nan
    assert assert_same(bars) > 50


def test_without_opens_a_termination_is_decided_by_the_close():
    bars = walk(5000, 4)
    columns = [bars[name] for name in ("high", "low", "close")]
    ours = plain(tvf.td(*columns, countdown="termination"))
    assert differences(ours, td(*columns, countdown="termination")) == []
