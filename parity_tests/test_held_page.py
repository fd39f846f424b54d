"""How long a page is held up by a worker is measured only where its values are those of the page."""

from tvf_harness.worker import ON_THE_PAGE, run_worker


def test_every_step_is_measured(tvf_package):
    report = run_worker(tvf_package, bars=3_000, rounds=1)
    rows = {row["name"]: row for row in report["results"]}
    assert {"columns copied", "columns transferred", "20 indicators, first time", ON_THE_PAGE} < set(rows)
    assert all(row["pings"] > 0 for row in rows.values())
    assert report["worst"] == max(row["held_max"] for name, row in rows.items() if name != ON_THE_PAGE)
