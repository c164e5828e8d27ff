"""What films and plans are made of: frozen, closed pydantic models that can be built quickly from values known to be right."""

from __future__ import annotations

from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A model that nothing changes. Built as usual it is checked; `made` and `but` are for the compiler's own values."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    @classmethod
    def made(cls, **fields: Any) -> Self:
        """The model with these fields, every required one among them, from values that are known to be right.

        As pydantic's `model_construct`, without what none of ours needs: a film has hundreds of thousands of them.
        """
        node = cls.__new__(cls)
        defaults, names = _defaults(cls)
        object.__setattr__(node, "__dict__", {**defaults, **fields})
        object.__setattr__(node, "__pydantic_fields_set__", names)
        object.__setattr__(node, "__pydantic_extra__", None)
        object.__setattr__(node, "__pydantic_private__", None)
        return node

    def but(self, fields: dict[str, Any]) -> Self:
        """The model with these fields instead, values that are known to be right. As `made`, of one that is there."""
        node = type(self).__new__(type(self))
        object.__setattr__(node, "__dict__", {**self.__dict__, **fields})
        object.__setattr__(node, "__pydantic_fields_set__", self.__pydantic_fields_set__)
        object.__setattr__(node, "__pydantic_extra__", None)
        object.__setattr__(node, "__pydantic_private__", None)
        return node


@cache
def _defaults(kind: type[Frozen]) -> tuple[dict[str, Any], set[str]]:
    """Every field of a kind in order with its default, and the fields' names. What is the same in all is one object: nothing
    changes it."""
    defaults = {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in kind.model_fields.items()
    }  # type: ignore[call-arg,unused-ignore]
    return defaults, set(defaults)
