"""What does the service say while its index is gone, and after one is there again?"""

from __future__ import annotations

import logging
import os
import shutil
import time
from pathlib import Path

import pytest

from retrieval import Document, Retriever
from retrieval.index.embedded.index import LOOK_EVERY
from tests.integration.web.serving import running

QUESTION = {"question": "Đò ngang Bến Sứ giá bao nhiêu?"}


def _build(path: Path, price: str) -> Retriever:
    return Retriever.build([Document("a", f"Đò ngang Bến Sứ giá {price} đồng một lượt.")], path=path)


@pytest.mark.skipif(os.name == "nt", reason="no file that is open can be deleted there")
def test_a_lost_index_is_told_without_its_place_and_answers_when_it_is_there_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = tmp_path / "index"
    _build(index, "3.000").close()
    with Retriever.open(index) as retriever, running(tmp_path / "served", retriever=retriever) as service:
        client = service.client(service.read)
        assert client.post("/v1/ask", json=QUESTION).json()["answer"] == "3.000 đồng"
        shutil.rmtree(index)
        time.sleep(LOOK_EVERY)
        with caplog.at_level(logging.ERROR, "hoidap.web"):
            for _ in range(3):
                answer = client.post("/v1/ask", json=QUESTION)
                assert answer.status_code == 503
                assert str(tmp_path) not in answer.text
                assert client.get("/readyz").status_code == 503
                assert client.get("/healthz").status_code == 200
        assert str(index) in caplog.text
        _build(index, "4.000").close()
        assert client.post("/v1/ask", json=QUESTION).json()["answer"] == "4.000 đồng"
        assert client.get("/readyz").status_code == 200
