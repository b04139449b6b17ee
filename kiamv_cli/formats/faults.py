"""What a shape refuses, in words for people: from validation errors to problems with hints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from kiamv_cli.base.labels import loosely
from kiamv_cli.base.text import Text
from kiamv_cli.formats.hints import amount_hint, closest, keys_at, number_hint, text_hint
from kiamv_cli.formats.plain import INTERNAL, Flaw, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import ErrorDetails, ValidationError
    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.plain import Path


# Where a value may be of several types, the path to it names the one that was tried.
_TYPES = ("int", "str", "list", "dict")


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
        location = tuple(step for step in self.location if step not in _TYPES)
        keys = [step for step in location[:-2] if isinstance(step, str)]
        if location and location[-1] != "[key]":
            keys += [step for step in location[-2:] if isinstance(step, str)]
        return keys[-1] if keys else "document"

    @property
    def subject(self) -> Text | str:
        """What to call the value in a sentence."""
        if not self.location:
            return Text("parts.this-value")
        is_item = isinstance(self.location[-1], int)
        return Text("parts.each-of", key=self.key) if is_item else self.key

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
    """Return whether a list only counts as too short because its items were refused."""
    return fault.details["type"] == "too_short" and bool(fault.value)


def _flaw(fault: _Fault, base: Path) -> Flaw:
    kind = fault.details["type"]
    message, hint = _WORDINGS[kind](fault)
    on_key = kind in {"unexpected_keyword_argument", "extra_forbidden"}
    path = tuple(step for step in fault.location if step != "[key]")
    in_key = len(path) < len(fault.location)
    return Flaw(path=(*base, *path), text=message, advice=hint, on_key=on_key or in_key)


_ADVICE = {"as_of": Text("hints.add-reference-date-2020"), "theme": Text("hints.add-theme-null-if")}
_TEXT, _NUMBER = Text("parts.text"), Text("parts.whole-number")
_LIST, _MAPPING = Text("parts.list"), Text("parts.mapping")
Wording = tuple[Text, "Text | Callable[[str], Text] | None"]


def _unknown_key(fault: _Fault) -> Wording:
    key = str(fault.location[-1])
    allowed = keys_at(fault.shape, fault.location[:-1])
    return Text("K301.unknown-key", key=shown(key)), closest(key, allowed)


def _missing(fault: _Fault) -> Wording:
    if isinstance(fault.location[-1], int):
        return Text("K303.too-few-values", key=fault.key), Text("K303.write-many-others")
    key = str(fault.location[-1])
    return (
        Text("K302.key-missing", key=key),
        _ADVICE[key] if key in _ADVICE else Text("K302.add", key=key),
    )


def _not(kind: Text, fault: _Fault) -> Wording:
    message = Text("K303.must-be", subject=fault.subject, kind=kind, but=_but(fault.value))
    if kind == _TEXT:
        return message, partial(text_hint, fault.value)
    if kind == _LIST and isinstance(fault.value, str):
        named = fault.names.get(loosely(fault.value), fault.value)
        return message, Text("hints.write-value", value=f"[{named}]")
    return message, _how_to_write(kind, fault)


def _how_to_write(kind: Text, fault: _Fault) -> Text:
    if fault.value is None:
        return Text("hints.leave-key-out-if")
    if kind == _LIST:
        return Text("hints.write-around-start-each")
    at_top = not fault.location and isinstance(fault.value, list)
    if at_top and "ecosystems" in keys_at(fault.shape, ()):
        return Text("hints.put-list-under-ecosystems")
    return (
        Text("hints.write-digits-only") if kind == _NUMBER else Text("hints.write-lines-key-value")
    )


def _not_text(fault: _Fault) -> Wording:
    if fault.key in {"as_of", "date"}:
        return _not_a_date(fault)
    if fault.key == INTERNAL:  # nobody is shown what it says
        message = Text("K303.must-text", subject=fault.subject)
        return message, Text("hints.put-text-quotes-if")
    return _not(_TEXT, fault)


def _not_a_number(fault: _Fault) -> Wording:
    hint = amount_hint if fault.key == "amount_eur" else number_hint
    if isinstance(fault.value, float) and fault.value.is_integer():
        # It was written otherwise: 1.000, or 1e3.
        return Text("K303.not-whole", key=fault.key), hint
    if isinstance(fault.value, (str, float)):
        told = Text("K303.not-whole-number", key=fault.key, value=shown(fault.value))
        return told, hint
    return _not(_NUMBER, fault)


def _not_yes_or_no(fault: _Fault) -> Wording:
    message = Text("K303.must-true-false", subject=fault.subject, but=_but(fault.value))
    return message, Text("K303.write-true-false-without")


def _not_yes_no_or_unknown(fault: _Fault) -> Wording:
    message = Text("K303.must-true-false-unknown", subject=fault.subject)
    return message, Text("K303.write-true-false-unknown")


def _not_allowed(fault: _Fault) -> Wording:
    allowed = re.findall(r"'([^']*)'", fault.limits["expected"])
    if fault.value is None or isinstance(fault.value, (list, dict)):
        return _not(_TEXT, fault)
    message = Text("K304.not-allowed", value=shown(fault.value), key=fault.key)
    return message, closest(str(fault.value), allowed, fault.names)


def _out_of_range(fault: _Fault) -> Wording:
    least, most = fault.limits.get("ge"), fault.limits.get("le")
    said = {"key": fault.key, "value": shown(fault.value)}
    if least is not None:
        message = Text("K305.must-least-not", least=least, **said)
    else:
        message = Text("K305.must-most-not", most=most, **said)
    return message, Text("K305.check-number")


def _too_long(fault: _Fault) -> Wording:
    most, given = fault.limits["max_length"], len(fault.value)
    return (
        Text("K306.characters-most-allowed", key=fault.key, given=given, most=most),
        Text("K306.shorten"),
    )


def _empty(fault: _Fault) -> Wording:
    return Text("K306.empty", key=fault.key), Text("K306.write-leave-key-out")


def _pattern(fault: _Fault) -> Wording:
    pattern = fault.limits["pattern"]
    given = shown(fault.value)
    if "http" in pattern:
        hint = Text("K309.write-http-https-follows")
        return Text("K309.not-web-address", given=given), hint
    if r"\d{4}" in pattern:
        return _not_a_date(fault)
    if "a-z" in pattern:
        if "A-Z" in pattern:
            hint = Text("K307.use-letters-digits-single")
        else:
            hint = Text("K307.use-small-letters-digits")
        return Text("K307.not-id", given=given), hint
    return _empty(fault)


def _not_a_date(fault: _Fault) -> Wording:
    return Text("K308.not-date", value=shown(fault.value)), Text("K308.write-year-month-day")


def _empty_list(fault: _Fault) -> Wording:
    return Text("K310.empty-least-one-needed", key=fault.key), Text("K310.add-one")


def _too_many(fault: _Fault) -> Wording:
    if isinstance(fault.value, list):
        return Text("K303.too-many-values", key=fault.key), Text("K303.write-many-others")
    return Text("K304.criterion-no-parts"), Text("K304.give-verdict")


def _year_or_open(fault: _Fault) -> Wording:
    message = Text("K304.must-year-open-not", key=fault.key, value=shown(fault.value))
    return message, Text("K304.write-year-four-digits")


def _count_or_unknown(fault: _Fault) -> Wording:
    message = Text("K303.must-whole-number-0", key=fault.key, value=shown(fault.value))
    is_written = isinstance(fault.value, (str, float))
    return message, number_hint if is_written else Text("K303.leave-out-if-not")


def _not_exact(fault: _Fault) -> Wording:
    hint = Text("K311.write-number-0-such")
    return Text("K311.no-such-number", key=fault.key, value=shown(fault.value)), hint


def _no_kind(_fault: _Fault) -> Wording:
    return Text("K302.key-kind-missing"), Text("K302.add", key="kind")


def _no_rule(fault: _Fault) -> Wording:
    message, _hint = _not(_MAPPING, fault)
    return message, Text("hints.write-lines-key-value-kind")


def _unknown_kind(fault: _Fault) -> Wording:
    return (
        Text("K304.unknown-rule-kind", tag=shown(fault.limits["tag"])),
        Text("hints.choose-from", values=str(fault.limits["expected_tags"]).replace("'", "")),
    )


def _not_finite(fault: _Fault) -> Wording:
    message = Text("K303.must-number", subject=fault.subject, but=_but(fault.value))
    return message, Text("K303.write-digits-point-before")


def _own_words(fault: _Fault) -> Wording:
    return fault.limits["text"], fault.limits["advice"]


def _but(value: object) -> Text:
    match value:
        case None:
            return Text("parts.but-is-empty")
        case bool():
            return Text("parts.not-value", value=shown(value))
        case int() | float():
            return Text("parts.not-number", value=value)
        case str():
            return Text("parts.not-text", value=shown(value))
        case list():
            return Text("parts.not-list")
        case _:
            return Text("parts.not-mapping")


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
