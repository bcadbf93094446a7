"""An OpenAPI 3.1 document made from the pydantic models that read and write the JSON itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

JSON = "application/json"
BYTES = {"application/octet-stream": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}
PLACE = "#/components/schemas/{model}"
WORDS = {
    400: "The request as a whole cannot be read",
    401: "No credential, or one that is not known",
    403: "This credential may not, or the request came from another site",
    404: "There is no such thing in this credential's event",
    409: "Another request of the same caller is still under way",
    413: "The body is too large",
    429: "Too many tries",
    503: "The server cannot store now; send the same again",
}
WAITS = frozenset({409, 429, 503})


class Problem(BaseModel):
    """What went wrong; ``code`` is for programs, ``message`` for people, in the language that was asked for."""

    status: int
    code: str
    message: str
    request_id: str


class Refusal(BaseModel):
    """The one shape of every error (``rakor.web.errors``)."""

    error: Problem


@dataclass(frozen=True)
class Operation:
    """One method of one path: the models it takes and gives (None: bytes), the statuses it refuses with."""

    name: str
    method: str
    path: str
    summary: str
    answer: type[BaseModel] | None
    refusals: Sequence[int]
    body: type[BaseModel] | None = None
    query: Mapping[str, dict[str, Any]] = field(default_factory=dict)  # name → JSON schema
    needs: frozenset[str] = frozenset()
    """Names of the query that must be there."""


def document(title: str, version: str, cookie: str, operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the document of ``operations``, all of which need the cookie named ``cookie``."""
    taken = [(one.body, "validation") for one in operations if one.body]
    given = [(one.answer, "serialization") for one in operations if one.answer]
    _, schemas = models_json_schema([*taken, *given, (Refusal, "serialization")], ref_template=PLACE)  # type: ignore[list-item]
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method] = _operation(one)
    scheme = {"type": "apiKey", "in": "cookie", "name": cookie}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {"schemas": schemas["$defs"], "securitySchemes": {"cookie": scheme}},
    }


def _operation(one: Operation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "security": [{"cookie": []}],
        "parameters": [
            {"name": name, "in": "query", "schema": schema, "required": name in one.needs}
            for name, schema in one.query.items()
        ],
        "responses": {"200": {"description": "Done", "content": _content(one.answer) if one.answer else BYTES}}
        | {str(status): _refusal(status) for status in one.refusals},
    }
    if one.body:
        made["requestBody"] = {"required": True, "content": _content(one.body)}
    return made


def _refusal(status: int) -> dict[str, Any]:
    made: dict[str, Any] = {"description": WORDS[status], "content": _content(Refusal)}
    if status in WAITS:
        made["headers"] = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}}
    return made


def _content(model: type[BaseModel]) -> dict[str, Any]:
    return {JSON: {"schema": {"$ref": PLACE.format(model=model.__name__)}}}
