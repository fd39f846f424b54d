from tvf_harness.race import targets


def row(kind, name, bars, least):
    return {"kind": kind, "name": name, "bars": bars, "min": least}


def test_targets_are_judged_by_the_fastest_samples():
    found = {
        target["what"]: (target["value"], target["reached"])
        for target in targets(
            [
                row("set", "tvf", 50_000, 100.0),
                row("set", "tvf, into the same arrays", 50_000, 50.0),
                row("set", "plain", 50_000, 200.0),
                row("set", "plain, new arrays", 50_000, 250.0),
                row("push", "tvf", 1_000, 500.0),
                row("push", "tvf", 1_000_000, 700.0),
            ]
        )
    }
    there, new = "into arrays that are there", "into new arrays"
    assert found[f"set, 50,000 bars, {there}: plain JavaScript's time / tvf's"] == (4.0, True)
    assert found[f"set, 50,000 bars, {new}: plain JavaScript's time / tvf's"] == (2.5, False)
    assert found["live push of the set after 1,000,000 bars"] == (700.0, False)
    assert found["live push: after 1,000,000 bars / after 1,000"] == (1.4, False)


def test_what_was_not_measured_is_neither_reached_nor_missed():
    assert {target["reached"] for target in targets([])} == {None}
