"""Answers kept for the next time: the last that fit a bound of bytes, or as long as an owner lives."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

Owner = TypeVar("Owner")
Answer = TypeVar("Answer")
Given = ParamSpec("Given")

_OWNED: WeakKeyDictionary[Any, OrderedDict[tuple, Any]] = WeakKeyDictionary()
_LOCK = Lock()


def kept_within(most_bytes: int) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Have a function keep its last answers whose arrays take so many bytes together, the newest always.

    What `kept_with_owner` keeps with an answer counts with it. Equal arguments give the same object while it is kept.
    """

    def decorate(compute: Callable[Given, Answer]) -> Callable[Given, Answer]:
        answers: OrderedDict[Hashable, Answer] = OrderedDict()

        @wraps(compute)
        def wrapper(*given: Given.args, **named: Given.kwargs) -> Answer:
            key = given + tuple(named.items())
            with _LOCK:
                if key in answers:
                    answers.move_to_end(key)
                    return answers[key]
            answer = compute(*given, **named)
            with _LOCK:
                answer = answers.setdefault(key, answer)
                while len(answers) > 1 and bytes_of([*map(_with_owned, answers.values())]) > most_bytes:
                    answers.popitem(last=False)
            return answer

        return wrapper

    return decorate


def kept_with_owner(
    most: int,
) -> Callable[[Callable[Concatenate[Owner, Given], Answer]], Callable[Concatenate[Owner, Given], Answer]]:
    """Have a function keep its last answers, so many for each first argument, while that argument lives.

    An answer must not hold the owner itself, which would then live for ever.
    """

    def decorate(compute: Callable[Concatenate[Owner, Given], Answer]) -> Callable[Concatenate[Owner, Given], Answer]:
        @wraps(compute)
        def wrapper(owner: Owner, *given: Given.args, **named: Given.kwargs) -> Answer:
            key = (compute, *given, *named.items())
            with _LOCK:
                owned = _OWNED.setdefault(owner, OrderedDict())
                if key in owned:
                    owned.move_to_end(key)
                    return owned[key]
            answer = compute(owner, *given, **named)
            with _LOCK:
                answer = owned.setdefault(key, answer)
                own = [other for other in owned if other[0] is compute]
                if len(own) > most:
                    del owned[own[0]]
            return answer

        return wrapper

    return decorate


def _with_owned(value: object) -> tuple[object, Mapping[tuple, object]]:
    return value, _OWNED.get(value, {}) if hasattr(value, "__weakref__") else {}


def bytes_of(value: object) -> int:
    """Bytes of all arrays within data classes, mappings and sequences, each counted once.

    >>> once = np.zeros(1000)
    >>> bytes_of({"one": [once, once[:10]], "two": (once, np.zeros(10))})
    8080
    """
    seen: dict[int, int] = {}
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = 0
        if isinstance(one, np.ndarray):
            if isinstance(one.base, np.ndarray):
                waiting.append(one.base)
            else:
                seen[id(one)] = one.nbytes
        elif is_dataclass(one):
            waiting += [getattr(one, field.name) for field in fields(one)]
        elif isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, tuple | list):
            waiting += one
    return sum(seen.values())
