"""What the README shows: its Python runs, and prints what the comments say."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
SAID = re.compile(r"print\(.*\)  # (\S+)$", re.MULTILINE)


def test_there_are_blocks():
    assert any(SAID.search(block) for block in BLOCKS)


@pytest.mark.parametrize("block", BLOCKS)
def test_block(block, capsys):
    exec(compile(block, str(README), "exec"), {})
    assert capsys.readouterr().out.split() == SAID.findall(block)
