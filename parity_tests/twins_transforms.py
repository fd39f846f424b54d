"""Slow twins of chart transforms that judge the core: each looks at all prices anew, in whole ticks.

Prices and steps are whole numbers of ticks here, so there is nothing to round; a row is (open, close, index).
"""

from collections.abc import Callable, Sequence

Row = tuple[float, float, int]


def renko(close: Sequence[int], brick: int) -> list[Row]:
    """Bricks of one size from the first close on, which is a whole number of bricks."""
    rows: list[Row] = []
    low = high = close[0]
    for i, price in enumerate(close[1:], 1):
        while price >= high + brick or price <= low - brick:
            up = price >= high + brick
            begin = high if up else low
            end = begin + brick if up else begin - brick
            rows.append((begin, end, i))
            low, high = min(begin, end), max(begin, end)
    return rows


def kagi(close: Sequence[int], reversal: int) -> list[Row]:
    """Legs, from where each turn was: a turn is known when price has come back by the reversal."""
    rows: list[Row] = []
    begin, first = close[0], 1
    while (
        start := next((i for i in range(first, len(close)) if abs(close[i] - begin) >= reversal), None)
    ) is not None:
        sign = 1 if close[start] > begin else -1
        extreme, end = sign * close[start], None
        for i in range(start, len(close)):
            extreme = max(extreme, sign * close[i])
            if extreme - sign * close[i] >= reversal:
                end = i
                break
        if end is None:
            break
        rows.append((begin, sign * extreme, end))
        begin, first = sign * extreme, end
    return rows


def point_and_figure(close: Sequence[int], box: int, reversal: int) -> list[Row]:
    """Columns, as lists of boxes that are filled one by one."""
    rows: list[Row] = []
    boxes: list[int] = []
    sign = 0
    top, bottom = close[0] // box, -(-close[0] // box)
    for i, price in enumerate(close[1:], 1):
        if not boxes:
            if price >= (top + 1) * box:
                boxes, sign = [top + 1], 1
            elif price <= (bottom - 1) * box:
                boxes, sign = [bottom - 1], -1
            else:
                continue
        if sign * (price - (boxes[-1] - sign * reversal) * box) <= 0:
            rows.append((boxes[0] * box, boxes[-1] * box, i))
            sign = -sign
            boxes = [boxes[-1] + sign]
        while sign * (price - (boxes[-1] + sign) * box) >= 0:
            boxes.append(boxes[-1] + sign)
    return rows


def line_break(close: Sequence[int], lines: int) -> list[Row]:
    """Lines, each against the extremes of the last ones."""
    rows: list[Row] = []
    for i, price in enumerate(close):
        if not rows:
            if price != close[0]:
                rows.append((close[0], price, i))
            continue
        reach = [x for begin, end, _ in rows[-lines:] for x in (begin, end)]
        begin, end, _ = rows[-1]
        if end > begin:
            new = end if price > end else begin if price < min(reach) else None
        else:
            new = end if price < end else begin if price > max(reach) else None
        if new is not None:
            rows.append((new, price, i))
    return rows


def range_bars(close: Sequence[int], size: int) -> list[Row]:
    """Bars of one range, tick by tick of the way from each price to the next."""
    rows: list[Row] = []
    begin = low = high = price = close[0]
    for i, target in enumerate(close):
        while price != target:
            price += 1 if target > price else -1
            low, high = min(low, price), max(high, price)
            if high - low == size:
                rows.append((begin, price, i))
                begin = low = high = price
    return rows


def activity(size: float, amount: Callable[[int], float], bars: int) -> list[int]:
    """The bars at which so much has come together."""
    found, first = [], 0
    for i in range(bars):
        if sum(amount(k) for k in range(first, i + 1)) >= size:
            found.append(i)
            first = i + 1
    return found


def heikin_ashi(bars: Sequence[tuple[float, float, float, float]]) -> list[tuple[float, float, float, float]]:
    """Averaged bars: open, high, low, close."""
    rows: list[tuple[float, float, float, float]] = []
    for opening, high, low, close in bars:
        first = (rows[-1][0] + rows[-1][3]) / 2 if rows else (opening + close) / 2
        last = (opening + high + low + close) / 4
        rows.append((first, max(high, first, last), min(low, first, last), last))
    return rows
