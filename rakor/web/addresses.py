"""Rules of addresses that learn to build one when first asked: a process builds few of the hundreds that there are."""

from collections.abc import Callable

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class Address(Rule):
    """A rule whose builders are compiled when they are needed; werkzeug's own does it at the start, half of that."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        compiled: list[Builder] = []

        def build(rule: "Address", /, **values: object) -> tuple[str, str]:
            if not compiled:
                compiled.append(super(Address, rule)._compile_builder(append_unknown))
            return compiled[0](rule, **values)

        return build
