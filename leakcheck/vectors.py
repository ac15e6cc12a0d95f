"""What numba has no words for: single instructions of the processor, by way of LLVM.

Each stands for something that anyone could write in a line or two and is tested against that; LLVM
turns it into what the processor at hand has.
"""
# ruff: noqa: ANN401  what the compiler hands over has no types

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from leakcheck.compiled import inlined

__all__ = [
    "STACK_NUMBERS",
    "between",
    "leading_zeros",
    "load_eight",
    "prefetch",
    "stack_numbers",
    "trailing_zeros",
]

STACK_NUMBERS = 64
"""The length of an array of `stack_numbers`."""


@inlined
def prefetch(array: npt.NDArray[Any], index: int | np.unsignedinteger[Any]) -> None:
    """Have the processor fetch an element of an array soon, without waiting for it."""
    _prefetch(array, index)


@inlined
def load_eight(array: npt.NDArray[np.uint8], index: int) -> np.uint64:
    """Return the eight bytes from an index on as one number, the first one lowest.

    Whether the array is so long is not checked.
    """
    return _load_eight(array, index)


@inlined
def between(array: npt.NDArray[np.uint8], index: int, low: int, high: int) -> np.uint64:
    """Return a bit for each of the 64 bytes from an index on: is it from `low` to `high`?

    The lowest bit is that of the first byte. Whether the array is so long is not checked.
    """
    return _between(array, index, low, high)


@inlined
def stack_numbers() -> npt.NDArray[np.uint64]:
    """Return an array of 64 numbers that are on the stack and hold anything.

    It lives as long as the function that it is made in. To allocate one takes longer than to fill
    it, and the compiler knows that no other array overlaps it.
    """
    return _stack_numbers()


@inlined
def leading_zeros(number: np.uint64) -> np.uint64:
    """Return how many of the highest bits of a number are 0; all 64 of 0."""
    return _leading_zeros(number)


@inlined
def trailing_zeros(number: np.uint64) -> np.uint64:
    """Return how many of the lowest bits of a number are 0; all 64 of 0."""
    return _trailing_zeros(number)


def _address(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    """Return the address of an element, which is not checked."""
    data = context.make_array(array_type)(context, builder, array).data
    return builder.gep(data, [index])


def _to_prefetch(_: Any, array: Any, index: Any) -> Any:
    def generate(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
        address = _address(context, builder, array, *arguments)
        byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
        function = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        # For reading; to be kept in all caches; data and no code.
        builder.call(function, [builder.bitcast(address, byte), flag(0), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


def _to_load_eight(_: Any, array: Any, index: Any) -> Any:
    def generate(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
        address = _address(context, builder, array, *arguments)
        return builder.load(builder.bitcast(address, ir.IntType(64).as_pointer()), align=1)

    return types.uint64(array, types.intp), generate


def _to_compare(_: Any, array: Any, index: Any, low: Any, high: Any) -> Any:
    def generate(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
        array_value, index_value, low_value, high_value = arguments
        byte, many = ir.IntType(8), ir.VectorType(ir.IntType(8), 64)
        address = _address(context, builder, array, array_value, index_value)
        block = builder.load(builder.bitcast(address, many.as_pointer()), align=1)
        least = _spread(builder, builder.trunc(low_value, byte), many)
        width = _spread(builder, builder.trunc(builder.sub(high_value, low_value), byte), many)
        found = builder.icmp_unsigned("<=", builder.sub(block, least), width)
        return builder.bitcast(found, ir.IntType(64))

    return types.uint64(array, types.intp, types.intp, types.intp), generate


def _spread(builder: Any, number: Any, many: Any) -> Any:
    """Return a vector that holds a number in every place."""
    empty = ir.Constant(many, ir.Undefined)
    one = builder.insert_element(empty, number, ir.IntType(32)(0))
    return builder.shuffle_vector(one, empty, ir.Constant(ir.VectorType(ir.IntType(32), 64), None))


def _to_reserve(_: Any) -> Any:
    kind = types.Array(types.uint64, 1, "C")

    def generate(context: Any, builder: Any, _: Any, __: Any) -> Any:
        room = ir.ArrayType(ir.IntType(64), STACK_NUMBERS)
        size = context.get_constant(types.intp, 8)
        address = cgutils.alloca_once(builder, room)  # type: ignore[no-untyped-call]
        array = context.make_array(kind)(context, builder)
        context.populate_array(
            array,
            data=builder.bitcast(address, array.data.type),
            shape=[context.get_constant(types.intp, STACK_NUMBERS)],
            strides=[size],
            itemsize=size,
            meminfo=None,
        )
        return array._getvalue()

    return kind(), generate


def _to_count_zeros(_: Any, number: Any) -> Any:
    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.IntType(1)(0))

    return types.uint64(types.uint64), generate


def _to_count_leading(_: Any, number: Any) -> Any:
    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.ctlz(arguments[0], ir.IntType(1)(0))

    return types.uint64(types.uint64), generate


_prefetch = cast(Callable[[Any, Any], None], intrinsic(_to_prefetch))
_load_eight = cast(Callable[[Any, Any], np.uint64], intrinsic(_to_load_eight))
_trailing_zeros = cast(Callable[[Any], np.uint64], intrinsic(_to_count_zeros))
_leading_zeros = cast(Callable[[Any], np.uint64], intrinsic(_to_count_leading))
_between = cast(Callable[[Any, Any, Any, Any], np.uint64], intrinsic(_to_compare))
_stack_numbers = cast(Callable[[], npt.NDArray[np.uint64]], intrinsic(_to_reserve))
