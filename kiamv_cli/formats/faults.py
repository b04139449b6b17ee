"""What a shape refuses, in words for people: from validation errors to problems with hints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from kiamv_cli.base.labels import loosely
from kiamv_cli.base.language import N_, _
from kiamv_cli.formats.flaw import Flaw
from kiamv_cli.formats.hints import amount_hint, closest, keys_at, number_hint, shown, text_hint
from kiamv_cli.formats.plain import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import ErrorDetails, ValidationError
    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.plain import Path


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
            return _("this")
        is_item = isinstance(self.location[-1], int)
        return _("each of {key}", key=self.key) if is_item else self.key

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
    "as_of": N_("Add the reference date, as in as_of: 2020-11-30, or give it as --as-of"),
    "theme": N_("Add theme: null if it lies outside the themes"),
}
_TEXT, _NUMBER = N_("text"), N_("a whole number")
_LIST, _MAPPING = N_("a list"), N_("a mapping")
Wording = tuple[str, str, "str | Callable[[str], str]"]


def _unknown_key(fault: _Fault) -> Wording:
    key = str(fault.location[-1])
    allowed = keys_at(fault.shape, fault.location[:-1])
    return "K301", _("unknown key {key}", key=shown(key)), closest(key, allowed)


def _missing(fault: _Fault) -> Wording:
    if isinstance(fault.location[-1], int):
        return (
            "K303",
            _("{key} has too few values", key=fault.key),
            _("Write as many as the others have"),
        )
    key = str(fault.location[-1])
    return (
        "K302",
        _("the key '{key}' is missing", key=key),
        _(_ADVICE[key]) if key in _ADVICE else _("Add {key}", key=key),
    )


def _not(kind: str, fault: _Fault) -> Wording:
    message = _(
        "{subject} must be {kind}, {but}",
        subject=fault.subject,
        kind=_(kind),
        but=_but(fault.value),
    )
    if kind == _TEXT:
        return "K303", message, partial(text_hint, fault.value)
    if kind == _LIST and isinstance(fault.value, str):
        named = fault.names.get(loosely(fault.value), fault.value)
        return "K303", message, _("Write {value}", value=f"[{named}]")
    return "K303", message, _how_to_write(kind, fault)


def _how_to_write(kind: str, fault: _Fault) -> str:
    if fault.value is None:
        return _("Leave the key out if nothing is known of it")
    if kind == _LIST:
        return _("Write [ and ] around it, or start each line with '- '")
    at_top = not fault.location and isinstance(fault.value, list)
    if at_top and "ecosystems" in keys_at(fault.shape, ()):
        return _("Put the list under ecosystems, below title and as_of")
    return _("Write digits only") if kind == _NUMBER else _("Write lines of key: value")


def _not_text(fault: _Fault) -> Wording:
    if fault.key in {"as_of", "date"}:
        return _not_a_date(fault)
    if fault.key == INTERNAL:  # nobody is shown what it says
        message = _("{subject} must be text", subject=fault.subject)
        return "K303", message, _("Put the text in quotes if it is one")
    return _not(_TEXT, fault)


def _not_a_number(fault: _Fault) -> Wording:
    hint = amount_hint if fault.key == "amount_eur" else number_hint
    if isinstance(fault.value, float) and fault.value.is_integer():
        # It was written otherwise: 1.000, or 1e3.
        return "K303", _("{key} is not a whole number", key=fault.key), hint
    if isinstance(fault.value, (str, float)):
        told = _("{key} is not a whole number: {value}", key=fault.key, value=shown(fault.value))
        return "K303", told, hint
    return _not(_NUMBER, fault)


def _not_yes_or_no(fault: _Fault) -> Wording:
    message = _(
        "{subject} must be true or false, {but}", subject=fault.subject, but=_but(fault.value)
    )
    return "K303", message, _("Write true or false, without quotes")


def _not_yes_no_or_unknown(fault: _Fault) -> Wording:
    message = _("{subject} must be true, false or unknown", subject=fault.subject)
    return "K303", message, _("Write true, false or unknown, without quotes")


def _not_allowed(fault: _Fault) -> Wording:
    allowed = re.findall(r"'([^']*)'", fault.limits["expected"])
    if fault.value is None or isinstance(fault.value, (list, dict)):
        return _not(_TEXT, fault)
    message = _("{value} is not allowed in {key}", value=shown(fault.value), key=fault.key)
    return "K304", message, closest(str(fault.value), allowed, fault.names)


def _out_of_range(fault: _Fault) -> Wording:
    least, most = fault.limits.get("ge"), fault.limits.get("le")
    said = {"key": fault.key, "value": shown(fault.value)}
    if least is not None:
        message = _("{key} must be at least {least}, not {value}", least=least, **said)
    else:
        message = _("{key} must be at most {most}, not {value}", most=most, **said)
    return "K305", message, _("Check the number")


def _too_long(fault: _Fault) -> Wording:
    most, given = fault.limits["max_length"], len(fault.value)
    return (
        "K306",
        _(
            "{key} has {given} characters; at most {most} are allowed",
            key=fault.key,
            given=given,
            most=most,
        ),
        _("Shorten it"),
    )


def _empty(fault: _Fault) -> Wording:
    return (
        "K306",
        _("{key} is empty", key=fault.key),
        _("Write it, or leave the key out if it may be unknown"),
    )


def _pattern(fault: _Fault) -> Wording:
    pattern = fault.limits["pattern"]
    given = shown(fault.value)
    if "http" in pattern:
        hint = _("Write http:// or https:// and what follows")
        return "K309", _("{given} is not a web address", given=given), hint
    if r"\d{4}" in pattern:
        return _not_a_date(fault)
    if "a-z" in pattern:
        if "A-Z" in pattern:
            hint = _("Use letters and digits, with single hyphens between")
        else:
            hint = _("Use small letters and digits, with single hyphens between")
        return "K307", _("{given} is not an id", given=given), hint
    return _empty(fault)


def _not_a_date(fault: _Fault) -> Wording:
    return (
        "K308",
        _("{value} is not a date", value=shown(fault.value)),
        _("Write year-month-day, as in 2020-11-30"),
    )


def _empty_list(fault: _Fault) -> Wording:
    return "K310", _("{key} is empty; at least one is needed", key=fault.key), _("Add one")


def _too_many(fault: _Fault) -> Wording:
    if isinstance(fault.value, list):
        return (
            "K303",
            _("{key} has too many values", key=fault.key),
            _("Write as many as the others have"),
        )
    return "K304", _("this criterion has no parts"), _("Give a verdict")


def _year_or_open(fault: _Fault) -> Wording:
    message = _(
        "{key} must be a year or open, not {value}", key=fault.key, value=shown(fault.value)
    )
    return "K304", message, _("Write a year of four digits, or open")


def _count_or_unknown(fault: _Fault) -> Wording:
    message = _(
        "{key} must be a whole number from 0, or unknown, not {value}",
        key=fault.key,
        value=shown(fault.value),
    )
    is_written = isinstance(fault.value, (str, float))
    return "K303", message, number_hint if is_written else _("Leave it out if it is not known")


def _not_exact(fault: _Fault) -> Wording:
    hint = _("Write a number from 0, such as 1, 0.5 or 1/3, with a point and no comma")
    return (
        "K311",
        _("{key} is no such number: {value}", key=fault.key, value=shown(fault.value)),
        hint,
    )


def _no_kind(_fault: _Fault) -> Wording:
    return "K302", _("the key 'kind' is missing"), _("Add {key}", key="kind")


def _no_rule(fault: _Fault) -> Wording:
    code, message, _hint = _not(_MAPPING, fault)
    return code, message, _("Write lines of key: value, kind first")


def _unknown_kind(fault: _Fault) -> Wording:
    return (
        "K304",
        _("{tag} is no kind of rule", tag=shown(fault.limits["tag"])),
        _("Allowed: {values}", values=str(fault.limits["expected_tags"]).replace("'", "")),
    )


def _not_finite(fault: _Fault) -> Wording:
    message = _("{subject} must be a number, {but}", subject=fault.subject, but=_but(fault.value))
    return "K303", message, _("Write digits, with a point before decimals")


def _own_words(fault: _Fault) -> Wording:
    return fault.limits["code"], fault.details["msg"], fault.limits.get("hint", "")


def _but(value: object) -> str:
    match value:
        case None:
            return _("but is empty")
        case bool():
            return _("not {value}", value=shown(value))
        case int() | float():
            return _("not the number {value}", value=value)
        case str():
            return _("not the text {value}", value=shown(value))
        case list():
            return _("not a list")
        case _:
            return _("not a mapping")


_WORDINGS: Mapping[str, Callable[[_Fault], Wording]] = {
    "missing": _missing,
    "unexpected_keyword_argument": _unknown_key,
    "extra_forbidden": _unknown_key,
    "string_type": _not_text,
    "string_too_long": _too_long,
    "string_too_short": _empty,
    "string_pattern_mismatch": _pattern,
    "int_type": _not_a_number,
    "float_type": _not_finite,
    "finite_number": _not_finite,
    "bool_type": _not_yes_or_no,
    "literal_error": _not_allowed,
    "tuple_type": partial(_not, _LIST),
    "dict_type": partial(_not, _MAPPING),
    "dataclass_type": partial(_not, _MAPPING),
    "model_attributes_type": _no_rule,
    "too_short": _empty_list,
    "too_long": _too_many,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "date": _not_a_date,
    "year_or_open": _year_or_open,
    "count_or_unknown": _count_or_unknown,
    "yes_no_or_unknown": _not_yes_no_or_unknown,
    "exact": _not_exact,
    "exact_range": _out_of_range,
    "union_tag_not_found": _no_kind,
    "union_tag_invalid": _unknown_kind,
    "own_words": _own_words,
}
