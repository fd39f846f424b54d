"""Asks every build in every browser the same question, in a worker, where all of them run."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tvf_harness.artifacts import Package
from tvf_harness.browser import BROWSERS, launch, open_tab
from tvf_harness.inside import in_worker
from tvf_harness.parity import BUILDS, PAGE
from tvf_harness.server import Server

# Question and answer travel as texts: many times as fast as values that the driver takes apart.
# What is no number of JSON travels as a word.
ASK = """async (tvf, { build, text }) => {
  await tvf.default(build === "threads" ? { build, threads: 2 } : { build });
  if (tvf.build() !== build) throw new Error(`${tvf.build()} runs, not ${build}`);
  const odd = { NaN, Infinity, "-Infinity": -Infinity };
  const given = JSON.parse(text, (_, x) => (typeof x === "string" && Object.hasOwn(odd, x) ? odd[x] : x));
  const plain = (x) => (Object.is(x, -0) ? "-0" : Number.isFinite(x) ? x : String(x));
  const answer = await (%s)(tvf, given);
  return JSON.stringify(answer, (_, x) =>
    ArrayBuffer.isView(x) ? Array.from(x) : typeof x === "number" ? plain(x) : x);
}"""
NO_JSON = re.compile(r"(?<=[\[,: ])(NaN|-?Infinity)(?=[,\]}])")
WORD = re.compile(r'(?<=[\[,:])"(NaN|-?Infinity|-0)"(?=[,\]}])')

TRIES = {"chromium": 1, "firefox": 6}


def everywhere(package: Package, code: str, given: object) -> Iterator[tuple[str, Any]]:
    """What a JavaScript function of the package and of something given returns, with who says it."""
    answers: dict[str, Any] = {}
    text = NO_JSON.sub(r'"\1"', json.dumps(given))
    with Server({"/package/": package.folder, "/page/": PAGE}) as server:
        for name in BROWSERS:
            with launch(name) as browser:
                tab = open_tab(browser, f"{server.url}/package/package.json")
                for build in BUILDS:
                    asked = {"build": build, "text": text}
                    told = in_worker(tab, ASK % code, asked, TRIES[name], seconds=30)
                    # Answers are long, and nearly always alike.
                    if told not in answers:
                        answers[told] = json.loads(WORD.sub(_number, told))
                    yield f"{build} in {name}", answers[told]
                tab.check()


def _number(word: re.Match[str]) -> str:
    """A word as Python's JSON has it."""
    return "-0.0" if word[1] == "-0" else word[1]
