"""The harness's options and fixtures, for all tests of the repository."""

pytest_plugins = ["tvf_harness.pytest_plugin"]
