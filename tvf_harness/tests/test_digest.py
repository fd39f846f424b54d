import json
import math
import struct
import subprocess
from pathlib import Path

import numpy as np

from tvf_harness.digest import digest

PAGE = Path(__file__).parents[1] / "page"
COLUMNS = {
    ("stream", "update", "value"): np.array([1.5, -0.0, math.nan, math.inf, 5e-324]),
    ("batch", "function", "value"): np.array([0.1, 0.2]),
    ("batch", "function", "a_b"): np.array([]),
}
SNAPSHOT = b"tvf\x00\xff!"


def changed(name, index, value):
    column = COLUMNS[name].copy()
    column[index] = value
    return {**COLUMNS, name: column}


def test_the_page_makes_the_same_hash():
    script = f"""
        import {{ Report }} from {json.dumps((PAGE / "report.js").as_uri())};
        import {{ unpack }} from {json.dumps((PAGE / "frame.js").as_uri())};
        const snapshot = Buffer.from({json.dumps(list(SNAPSHOT))});
        snapshot.toBase64 = () => snapshot.toString("base64");
        const payload = new Float64Array(new BigUint64Array([0xfff8_0000_0000_0007n]).buffer)[0];
        const report = new Report({{ values: false, flip: null }});
        report.add(3, "stream", "update", ["value"], [[1.5, -0, payload, Infinity, 5e-324]]);
        report.add(3, "batch", "function", ["value", "a_b"], [Float64Array.of(0.1, 0.2), []]);
        report.snapshot(3, snapshot);
        await report.close(3);
        console.log(JSON.stringify(unpack(report.pack().buffer).header));
    """
    answer = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    assert json.loads(answer.stdout) == {"digests": [[3, digest(COLUMNS, SNAPSHOT)]]}


def test_any_nan_is_the_same_and_zero_is_not_minus_zero():
    payload = struct.unpack("<d", struct.pack("<Q", 0xFFF8_0000_0000_0007))[0]
    whole = digest(COLUMNS, SNAPSHOT)
    assert digest(changed(("stream", "update", "value"), 2, payload), SNAPSHOT) == whole
    assert digest(changed(("stream", "update", "value"), 1, 0.0), SNAPSHOT) != whole


def test_every_part_of_a_case_counts():
    column = COLUMNS["batch", "function", "value"]
    others = [
        digest(changed(("batch", "function", "value"), 1, math.nextafter(0.2, 1.0)), SNAPSHOT),
        digest({**COLUMNS, ("batch", "function", "value"): column[:1]}, SNAPSHOT),
        digest({**COLUMNS, ("batch", "resident", "value"): column}, SNAPSHOT),
        digest({name: found for name, found in COLUMNS.items() if len(found)}, SNAPSHOT),
        digest(COLUMNS, SNAPSHOT[:-1]),
        digest(COLUMNS, None),
    ]
    assert len({digest(COLUMNS, SNAPSHOT), *others}) == 7
