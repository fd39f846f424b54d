"""A chart's set is raced in a page only after its values agree."""

from tvf_harness.race import run_race


def test_the_set_is_timed_whole_and_live(tvf_package, tmp_path):
    report = run_race(tvf_package, rounds=1, sizes=[2_000], live_sizes=[500], peers=tmp_path)
    timed = {(row["kind"], row["name"], row["bars"]) for row in report["results"]}
    assert timed == {
        ("set", "tvf", 2_000),
        ("set", "tvf, into the same arrays", 2_000),
        ("set", "tvf, left in its memory", 2_000),
        ("set", "plain", 2_000),
        ("set", "plain, new arrays", 2_000),
        ("set", "app", 2_000),
        ("push", "tvf", 500),
        ("replace", "tvf", 500),
    }
    assert all(row["min"] > 0 for row in report["results"])
    assert "packages of npm" in report["skipped"]
