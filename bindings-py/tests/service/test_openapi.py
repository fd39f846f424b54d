"""The description of the service, and whether it does what that says, whatever is sent."""

import os

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tvf.service.app import create_app
from tvf.service.settings import Settings

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
EXAMPLES = 400 if os.environ.get("TVF_SOAK") else 30

app = create_app(Settings(log_level="error", max_bars=10_000))
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_does_what_its_description_says(case):
    case.call_and_validate(checks=CHECKS)


def test_every_request_has_an_example():
    description = app.openapi()
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            if method != "post":
                continue
            name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[
                2
            ]
            fields = description["components"]["schemas"][name]["properties"]
            assert any(field.get("examples") for field in fields.values()), path
            assert operation["summary"]
            assert operation["description"]
