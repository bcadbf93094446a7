"""The steps of setting an event up. Later features add their own; ``rakor.app`` joins them in the house's order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from rakor.events.models import Event
from rakor.events.rules.readiness import StepState


@dataclass(frozen=True)
class Step:
    """One step: its name, how it stands in a sentence, and where it is done."""

    title: Any
    sentence: str
    state: StepState
    mark: str
    href: str


Judge = Callable[[Event], Step]


def install(app: Flask, judges: Iterable[Judge]) -> None:
    """Remember the steps of the later features."""
    app.extensions["rakor.setup_steps"] = tuple(judges)


def of_later_features(event: Event) -> list[Step]:
    """Return the steps that later features add for an event."""
    return [judge(event) for judge in current_app.extensions.get("rakor.setup_steps", ())]
