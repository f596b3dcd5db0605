"""Exact numbers and an operator of Go in; their result out, None for operations that no constant comes from."""

from fractions import Fraction

MAX_BITS = 512
"""Go's own compiler keeps constants of at least 512 bits; beyond that nothing is an array length."""


def bounded(value: int | Fraction | None) -> int | Fraction | None:
    """The value, unless it is too large to be worth keeping."""
    if value is None:
        return None
    return value if max(value.numerator.bit_length(), value.denominator.bit_length()) <= 2 * MAX_BITS else None


def whole(value: int | Fraction) -> int | Fraction:
    """The value, as an integer if it is one."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def fractions(op: str, left: Fraction, right: Fraction) -> Fraction | None:
    """The result of an operation on floats."""
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" if right:
            return left / right
        case _:
            return None


def integers(op: str, left: int, right: int) -> int | None:
    """The result of an operation on integers; division goes towards zero."""
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" | "%" if right:
            quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
            return quotient if op == "/" else left - quotient * right
        case "<<" if 0 <= right <= MAX_BITS:
            return left << right
        case ">>" if 0 <= right <= MAX_BITS:
            return left >> right
        case "&":
            return left & right
        case "|":
            return left | right
        case "^":
            return left ^ right
        case "&^":
            return left & ~right
        case _:
            return None
