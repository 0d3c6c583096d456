"""Does the service keep to what its own OpenAPI says, whatever is sent? All of schemathesis' checks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.integration.web.serving import running


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    with running(tmp_path, reading="token") as service:
        checked = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")),
                "run",
                f"{service.url}/openapi.json",
                "--header",
                f"Authorization: Bearer {service.admin}",
                "--checks",
                "all",
                "--max-examples",
                "12",
                "--seed",
                "20240620",
                "--no-color",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        paths = service.client().get("/openapi.json").json()["paths"]
        operations = sum(len(methods) for methods in paths.values())
        alive = service.client().get("/healthz").status_code
    told = checked.stdout.replace(service.admin, "[token]")
    assert checked.returncode == 0, told[-6000:]
    assert f"Tested: {operations}" in told, told[-6000:]
    assert alive == 200
