"""What all sources together say, and what a strategy was worth."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

import tvf
from tvf.service.answers import json, json_only
from tvf.service.bars import Column, WithBars, need
from tvf.service.bodies import BodyRoute
from tvf.service.context import PROBLEMS, answer, checked, of
from tvf.service.problems import ProblemError

__all__ = ["router"]

router = APIRouter(tags=["signals"], route_class=BodyRoute, responses=PROBLEMS)


class CompositeRequest(WithBars):
    """Who votes, and how."""

    weights: dict[str, float] | None = Field(
        None, description="Other weights by source; 0 leaves one out", examples=[{"rsi": 2.0}]
    )
    sources: list[str] | None = Field(None, description="The only sources that vote, if not all")
    half_life: float = Field(10.0, description="Bars after which a pattern counts half")
    neutral: float = Field(0.1, description="The strength below which there is no direction")


@router.post("/signals/composite", summary="All opinions on the last bar as one")
async def composite(request: Request, asked: CompositeRequest) -> Response:
    """Every family of patterns and fifteen indicators vote on the last bar: direction, strength, confidence,
    and the reasons with their contributions."""
    json_only(request)
    bars = await checked(request, asked.bars)
    high, low, close = need(bars, ("high", "low", "close"), "composite")

    def work() -> Response:
        signal = tvf.composite(
            bars.get("open"),
            high,
            low,
            close,
            volume=bars.get("volume"),
            time=bars.get("time"),
            weights=asked.weights,
            sources=asked.sources,
            half_life=asked.half_life,
            neutral=asked.neutral,
        )
        return json(signal.to_dict())

    return await answer(request, work)


class Trades(BaseModel):
    """Closed trades in the order of their exits."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, populate_by_name=True)

    profit: Column = Field(description="What each trade made", examples=[[10.0, -4.0, 7.5]])
    returns: Column | None = Field(None, alias="return", description="The return of each")
    entry: Column | None = Field(None, description="Bar or time of each entry")
    exit: Column | None = Field(None, description="Bar or time of each exit")


class EvaluateRequest(BaseModel):
    """What is evaluated: returns or trades."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    returns: Column | None = Field(
        None, description="Simple returns, one per period", examples=[[0.01, -0.004, 0.007]]
    )
    benchmark: Column | None = Field(None, description="The returns of a benchmark in the same periods")
    trades: Trades | None = Field(None, description="Closed trades, instead of returns")
    periods: float = Field(252, description="How many periods a year has")
    risk_free: float = Field(0.0, description="The risk-free return of a period")
    required_return: float = Field(0.0, description="The return of a period below which it falls short")
    confidence: float = Field(0.95, description="That of VaR and CVaR")
    target_sharpe: float = Field(0.0, description="What the probabilistic Sharpe ratio is held against")
    trials: int = Field(1, description="How many strategies were tried")
    trials_deviation: float | None = Field(None, description="The deviation of their yearly Sharpe ratios")


@router.post("/evaluate/strategy", summary="What a strategy was worth")
async def evaluate(request: Request, asked: EvaluateRequest) -> Response:
    """Return, risk, drawdown and their ratios from returns, or win rate, expectancy and their like from
    trades; a metric that is not defined is null."""
    json_only(request)
    if (asked.returns is None) == (asked.trades is None):
        bound = "either returns or trades"
        given = "both" if asked.trades else "none"
        why = f"evaluate takes {bound}, and was given {given}"
        raise ProblemError(422, "input_count", why, field="returns", value=given, bound=bound)

    def work() -> Response:
        if asked.trades is not None:
            columns = {
                "profit": asked.trades.profit,
                "return": asked.trades.returns,
                "entry": asked.trades.entry,
                "exit": asked.trades.exit,
            }
            found: Any = tvf.evaluate(trades={n: c for n, c in columns.items() if c is not None})
        else:
            found = tvf.evaluate(
                asked.returns,
                asked.benchmark,
                periods=asked.periods,
                risk_free=asked.risk_free,
                required_return=asked.required_return,
                confidence=asked.confidence,
                target_sharpe=asked.target_sharpe,
                trials=asked.trials,
                trials_deviation=asked.trials_deviation,
            )
        return json(found.to_dict())

    counted: Any = asked.returns if asked.trades is None else asked.trades.profit
    rows = len(counted)
    most = of(request).settings.max_bars
    if rows > most:
        why = f"the request has {rows:,} rows, and may have {most:,}"
        raise ProblemError(
            413, "too_many_bars", why, field="returns", value=str(rows), bound=f"at most {most}"
        )
    return await answer(request, work)
