"""Drawings of figures over time as inline SVG: coordinates here, looks in CSS, words in the template.

A drawing never stands alone: the page has a sentence that says the same and a table beneath.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 480, 200
LEFT, RIGHT, TOP, BOTTOM = 16, 16, 28, 28


@dataclass(frozen=True)
class Point:
    """A figure at its place, in units of the drawing; written as SVG wants numbers, whatever the reader's language."""

    x: str
    y: str
    value: Decimal
    label: str

    @property
    def anchor(self) -> str:
        """Where a word at this point begins, so that it stays inside the drawing."""
        place = float(self.x)
        return "start" if place < 80 else "end" if place > WIDTH - 80 else "middle"


@dataclass(frozen=True)
class Line:
    """Points, the way through them, and the way from baseline to target (empty without one)."""

    points: list[Point]
    way: str
    aim: str
    first: date
    last: date
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def box(self) -> str:
        """The drawing's viewBox."""
        return f"0 0 {self.width} {self.height}"

    @property
    def floor(self) -> int:
        """Where the axis of time lies."""
        return self.height - BOTTOM + 6


def line(figures: Sequence[tuple[date, Decimal, str]], aim: Sequence[tuple[date, Decimal]] = ()) -> Line:
    """Place figures (day, value, label), oldest first, and the two ends of an aimed line in one drawing."""
    days = [day for day, *_rest in [*figures, *aim]]
    values = [entry[1] for entry in [*figures, *aim]]
    first, last, low, high = min(days), max(days), min(values), max(values)

    def x(day: date) -> str:
        span = (last - first).days
        share = (day - first).days / span if span else 0.5
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * share:.1f}"

    def y(value: Decimal) -> str:
        share = float((value - low) / (high - low)) if high != low else 0.5
        return f"{HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share:.1f}"

    points = [Point(x(day), y(value), value, label) for day, value, label in figures]
    return Line(
        points,
        way=" ".join(f"{point.x},{point.y}" for point in points),
        aim=" ".join(f"{x(day)},{y(value)}" for day, value in aim),
        first=first,
        last=last,
    )
