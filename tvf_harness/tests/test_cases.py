from dataclasses import dataclass, field

from tvf_harness.cases import LONGER_THAN_DATA, PROFILES, cases_of, parameter_sets
from tvf_harness.datasets import random_walk


@dataclass
class Param:
    name: str
    default: object
    min: float | None = None
    max: float | None = None
    choices: tuple[str, ...] | None = None
    type: str = "int"


@dataclass
class Entry:
    id: str
    title: str = ""
    params: list = field(default_factory=list)
    kind: str = "series"
    inputs: tuple[str, ...] = ("source",)
    numbers: tuple[str, ...] = ()
    rows: str | None = None
    outputs: tuple[str, ...] = ("value",)
    overlay: bool = True
    styles: tuple[str, ...] = ("line",)
    levels: tuple[float, ...] = ()

    def shifts_for(self) -> dict[str, int]:
        return {}


PERIOD = Param("period", 20, 1, 1_000_000)
MULT = Param("mult", 2.0, 0.0, 1000.0, type="float")
MODE = Param("mode", "one", choices=("one", "two"), type="choice")


def test_parameter_sets_hold_default_bounds_choices_and_more_than_the_data():
    sets = parameter_sets(Entry("some", params=[PERIOD, MULT, MODE]))
    assert sets[0] == {}
    assert {"period": 1, "mult": 0.0} in sets
    assert {"period": LONGER_THAN_DATA} in sets
    assert {"mode": "one"} in sets
    assert {"mode": "two"} in sets
    assert len(sets) == 8
    for options in sets:
        assert isinstance(options.get("period", 1), int)
        assert 0 <= options.get("mult", 0.0) <= 1000


def test_random_parameters_of_a_state_leave_it_rows():
    params = [Param("left", 5, 1, 1_000_000), Param("min_touches", 2, 1, 1000)]
    drawn = [
        s for seed in range(40) for s in parameter_sets(Entry("some", params=params, rows="state"), seed)[3:]
    ]
    assert max(options["left"] for options in drawn) == 8
    assert max(options["min_touches"] for options in drawn) == 2
    events = parameter_sets(Entry("some", params=params, rows="events"), 1)[3:]
    assert max(options["min_touches"] for options in events) > 2


def test_an_entry_without_parameters_has_one_set():
    assert parameter_sets(Entry("plain")) == [{}]


def test_cases_are_the_same_for_the_same_seed():
    data = [random_walk(50), random_walk(0).renamed("none", "")]
    entry = Entry("some", params=[PERIOD])
    assert cases_of(entry, data, 1) == cases_of(entry, data, 1)
    assert cases_of(entry, data, 1) != cases_of(entry, data, 2)


def test_cases_cut_the_whole_and_pause_within_the_walk():
    data = [random_walk(2000), random_walk(1).renamed("one", ""), random_walk(0).renamed("none", "")]
    lengths = {bars.name: len(bars) for bars in data}
    cases = cases_of(Entry("some", params=[PERIOD]), data)
    assert [case.index for case in cases] == list(range(len(cases)))
    assert {case.options["compat"] for case in cases} == set(PROFILES)
    for case in cases:
        assert sum(case.cuts) == lengths[case.dataset]
        assert 0 <= case.pause <= case.walk <= lengths[case.dataset]
