"""What numba has no words for: single instructions of the processor, by way of LLVM.

Each stands for a loop that anyone could write and is tested against it; LLVM turns it into what the
processor at hand has.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

__all__ = ["load_eight", "prefetch", "trailing_zeros"]


def _pointer(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    """Return the address of an element, which is not checked."""
    data = context.make_array(array_type)(context, builder, array).data
    return builder.gep(data, [index])


@intrinsic
def prefetch(_: Any, array: Any, index: Any) -> Any:
    """Have the processor fetch an element of an array soon, without waiting for it."""

    def generate(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
        address = _pointer(context, builder, array, *arguments)
        byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
        function = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        # For reading; to be kept in all caches; data and no code.
        builder.call(function, [builder.bitcast(address, byte), flag(0), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


@intrinsic
def load_eight(_: Any, array: Any, index: Any) -> Any:
    """Return the eight bytes from an index on as one number, the first one lowest.

    Whether the array is so long is not checked.
    """

    def generate(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
        address = _pointer(context, builder, array, *arguments)
        word = ir.IntType(64)
        return builder.load(builder.bitcast(address, word.as_pointer()), align=1)

    return types.uint64(array, types.intp), generate


@intrinsic
def trailing_zeros(_: Any, number: Any) -> Any:
    """Return how many of the lowest bits of a number are 0; all 64 of 0."""

    def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.IntType(1)(0))

    return types.uint64(types.uint64), generate
