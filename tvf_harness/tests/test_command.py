import pytest

from tvf_harness import __main__ as command
from tvf_harness.errors import HarnessError


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in command.COMMANDS)])
def test_help_explains(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 0
    assert "usage: python -m tvf_harness" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["parity", "--bars", "-1"], ["parity", "--browser", "netscape"]]
)
def test_wrong_arguments_are_told(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_what_is_missing_is_one_line_with_the_mend(tmp_path, capsys):
    assert command.main(["report", "--json", str(tmp_path / "none.json")]) == command.BROKEN
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")
    assert "to mend it: run `python -m tvf_harness parity` first" in line


def test_a_wheel_that_is_not_installed_is_told(monkeypatch):
    from tvf_harness import wheel

    def missing(name):
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr(wheel.importlib, "import_module", missing)
    with pytest.raises(HarnessError, match=r"the wheel is not installed.*to mend it: run `make build`"):
        wheel.load()


def test_a_browser_that_does_not_start_is_told(tmp_path):
    from tvf_harness.browser import launch

    with (
        pytest.raises(HarnessError, match=r"chromium does not start.*to mend it"),
        launch(path=str(tmp_path / "none")),
    ):
        pass
