"""What a shape refuses, in words for people: from validation errors to flaws with hints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from kiamv_cli.loading.flaw import Flaw
from kiamv_cli.loading.hints import closest, number_hint, shown, text_hint
from kiamv_cli.loading.outline import keys_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import ErrorDetails, ValidationError
    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.loading.plain import Path


@dataclass(frozen=True, slots=True)
class _Fault:
    """One validation error, with what its wording may need."""

    details: ErrorDetails
    shape: CoreSchema
    names: Mapping[str, str]

    @property
    def location(self) -> Path:
        return self.details["loc"]

    @property
    def key(self) -> str:
        """The key that the value belongs to; of an item or a key, that of its list or mapping."""
        location = self.location
        keys = [step for step in location[:-2] if isinstance(step, str)]
        if location and location[-1] != "[key]":
            keys += [step for step in location[-2:] if isinstance(step, str)]
        return keys[-1] if keys else "document"

    @property
    def subject(self) -> str:
        """What to call the value in a sentence."""
        if not self.location:
            return "this"
        is_item = isinstance(self.location[-1], int)
        return f"each of {self.key}" if is_item else self.key

    @property
    def value(self) -> Any:  # noqa: ANN401 - whatever was written
        return self.details["input"]

    @property
    def limits(self) -> dict[str, Any]:
        return self.details.get("ctx", {})


def flaws_of(
    error: ValidationError,
    shape: CoreSchema,
    base: Path = (),
    names: Mapping[str, str] | None = None,
) -> list[Flaw]:
    """Turn all that a shape refused into flaws.

    Args:
        error: What validation raised.
        shape: The shape that was asked for.
        base: The path of the value within its document.
        names: Other names, in lower case, of values that are allowed (a province's name for
            its code), for hints.
    """
    faults = [_Fault(each, shape, names or {}) for each in error.errors(include_url=False)]
    return [_flaw(fault, base) for fault in faults if not _is_echo(fault)]


def _is_echo(fault: _Fault) -> bool:
    """Tell whether a list only counts as too short because its items were refused."""
    return fault.details["type"] == "too_short" and bool(fault.value)


def _flaw(fault: _Fault, base: Path) -> Flaw:
    kind = fault.details["type"]
    code, message, hint = _WORDINGS[kind](fault)
    on_key = kind in {"unexpected_keyword_argument", "extra_forbidden"}
    path = tuple(step for step in fault.location if step != "[key]")
    in_key = len(path) < len(fault.location)
    return Flaw(code=code, path=(*base, *path), message=message, hint=hint, on_key=on_key or in_key)


_ADVICE = {
    "as_of": "Add the reference date, as in as_of: 2020-11-30",
    "theme": "Add theme: null if it lies outside the themes",
}
Wording = tuple[str, str, "str | Callable[[str], str]"]


def _unknown_key(fault: _Fault) -> Wording:
    key = str(fault.location[-1])
    allowed = keys_at(fault.shape, fault.location[:-1])
    return "K301", f"unknown key {shown(key)}", closest(key, allowed)


def _missing(fault: _Fault) -> Wording:
    if isinstance(fault.location[-1], int):
        return "K303", f"{fault.key} has too few values", "Write as many as the others have"
    key = str(fault.location[-1])
    return "K302", f"the key '{key}' is missing", _ADVICE.get(key, f"Add {key}")


def _not(kind: str, fault: _Fault) -> Wording:
    message = f"{fault.subject} must be {kind}, {_but(fault.value)}"
    if kind == "text":
        return "K303", message, partial(text_hint, fault.value)
    if kind == "a list" and isinstance(fault.value, str):
        named = fault.names.get(fault.value.casefold(), fault.value)
        return "K303", message, f"Write [{named}]"
    return "K303", message, _how_to_write(kind, fault)


def _how_to_write(kind: str, fault: _Fault) -> str:
    if fault.value is None:
        return "Leave the key out if nothing is known of it"
    if kind == "a list":
        return "Write [ and ] around it, or start each line with '- '"
    at_top = not fault.location and isinstance(fault.value, list)
    if at_top and "ecosystems" in keys_at(fault.shape, ()):
        return "Put the list under ecosystems, below title and as_of"
    return "Write digits only" if kind == "a whole number" else "Write lines of key: value"


def _not_text(fault: _Fault) -> Wording:
    if fault.key in {"as_of", "date"}:
        return _not_a_date(fault)
    return _not("text", fault)


def _not_a_number(fault: _Fault) -> Wording:
    if isinstance(fault.value, str):
        told = f"{fault.key} is not a whole number: {shown(fault.value)}"
        return "K303", told, number_hint
    if isinstance(fault.value, float):
        return "K303", f"{fault.key} is not a whole number", number_hint
    return _not("a whole number", fault)


def _not_yes_or_no(fault: _Fault) -> Wording:
    message = f"{fault.subject} must be true or false, {_but(fault.value)}"
    return "K303", message, "Write true or false, without quotes"


def _not_allowed(fault: _Fault) -> Wording:
    allowed = re.findall(r"'([^']*)'", fault.limits["expected"])
    if fault.value is None or isinstance(fault.value, (list, dict)):
        return _not("text", fault)
    message = f"{shown(fault.value)} is not allowed in {fault.key}"
    return "K304", message, closest(str(fault.value), allowed, fault.names)


def _out_of_range(fault: _Fault) -> Wording:
    least, most = fault.limits.get("ge"), fault.limits.get("le")
    limit = f"at least {least}" if least is not None else f"at most {most}"
    return "K305", f"{fault.key} must be {limit}, not {shown(fault.value)}", "Check the number"


def _too_long(fault: _Fault) -> Wording:
    most, given = fault.limits["max_length"], len(fault.value)
    return "K306", f"{fault.key} has {given} characters; at most {most} are allowed", "Shorten it"


def _empty(fault: _Fault) -> Wording:
    return "K306", f"{fault.key} is empty", "Write it, or leave the key out if it may be unknown"


def _pattern(fault: _Fault) -> Wording:
    pattern = fault.limits["pattern"]
    given = shown(fault.value)
    if "http" in pattern:
        hint = "Write http:// or https:// and what follows"
        return "K309", f"{given} is not a web address", hint
    if r"\d{4}" in pattern:
        return _not_a_date(fault)
    if "a-z" in pattern:
        letters = "letters" if "A-Z" in pattern else "small letters"
        hint = f"Use {letters} and digits, with single hyphens between"
        return "K307", f"{given} is not an id", hint
    return _empty(fault)


def _not_a_date(fault: _Fault) -> Wording:
    return "K308", f"{shown(fault.value)} is not a date", "Write year-month-day, as in 2020-11-30"


def _empty_list(fault: _Fault) -> Wording:
    return "K310", f"{fault.key} is empty; at least one is needed", "Add one"


def _too_many(fault: _Fault) -> Wording:
    if isinstance(fault.value, list):
        return "K303", f"{fault.key} has too many values", "Write as many as the others have"
    return "K304", "this criterion has no parts", "Give a verdict"


def _year_or_open(fault: _Fault) -> Wording:
    message = f"{fault.key} must be a year or open, not {shown(fault.value)}"
    return "K304", message, "Write a year of four digits, or open"


def _count_or_unknown(fault: _Fault) -> Wording:
    message = f"{fault.key} must be a whole number from 0, or unknown, not {shown(fault.value)}"
    is_written = isinstance(fault.value, (str, float))
    return "K303", message, number_hint if is_written else "Leave it out if it is not known"


def _not_exact(fault: _Fault) -> Wording:
    hint = "Write a number from 0, such as 1, 0.5 or 1/3, with a point and no comma"
    return "K311", f"{fault.key} is no such number: {shown(fault.value)}", hint


def _no_kind(fault: _Fault) -> Wording:
    return "K302", "the key 'kind' is missing", f"Allowed: {_tags(fault)}"


def _unknown_kind(fault: _Fault) -> Wording:
    return "K304", f"{shown(fault.limits['tag'])} is no kind of rule", f"Allowed: {_tags(fault)}"


def _tags(fault: _Fault) -> str:
    rules = fault.limits.get("expected_tags", "'count', 'best-line', 'sides'")
    return str(rules).replace("'", "")


def _own_words(fault: _Fault) -> Wording:
    return fault.limits["code"], fault.details["msg"], fault.limits.get("hint", "")


def _but(value: object) -> str:
    match value:
        case None:
            return "but is empty"
        case bool():
            return f"not {shown(value)}"
        case int() | float():
            return f"not the number {value}"
        case str():
            return f"not the text {shown(value)}"
        case list():
            return "not a list"
        case _:
            return "not a mapping"


_WORDINGS: Mapping[str, Callable[[_Fault], Wording]] = {
    "missing": _missing,
    "unexpected_keyword_argument": _unknown_key,
    "extra_forbidden": _unknown_key,
    "string_type": _not_text,
    "string_too_long": _too_long,
    "string_too_short": _empty,
    "string_pattern_mismatch": _pattern,
    "int_type": _not_a_number,
    "bool_type": _not_yes_or_no,
    "literal_error": _not_allowed,
    "tuple_type": partial(_not, "a list"),
    "dict_type": partial(_not, "a mapping"),
    "dataclass_type": partial(_not, "a mapping"),
    "too_short": _empty_list,
    "too_long": _too_many,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "date": _not_a_date,
    "year_or_open": _year_or_open,
    "count_or_unknown": _count_or_unknown,
    "exact": _not_exact,
    "exact_range": _out_of_range,
    "union_tag_not_found": _no_kind,
    "union_tag_invalid": _unknown_kind,
    "own_words": _own_words,
}
