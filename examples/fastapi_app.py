"""One's own FastAPI application with the library inside: uvicorn --app-dir examples fastapi_app:app

HOIDAP_INDEX names an index that `hoidap index` made; without it the sample corpus is asked.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query, Request

from retrieval import QuestionError, Retriever, read_corpus, shipped


@asynccontextmanager
async def opened(app: FastAPI) -> AsyncIterator[None]:
    """Opens the index once, for as long as the application runs."""
    index = os.environ.get("HOIDAP_INDEX")
    retriever = Retriever.open(index) if index else Retriever.build(read_corpus([shipped("seeds")]))
    with retriever:
        app.state.retriever = retriever
        yield


app = FastAPI(title="Hỏi tài liệu", lifespan=opened)


@app.get("/hoi")
def ask(request: Request, cau_hoi: Annotated[str, Query(min_length=1, max_length=500)]) -> dict[str, Any]:
    """The answer with its source; FastAPI runs a plain `def` on a thread, so that searching holds up nobody."""
    retriever: Retriever = request.app.state.retriever
    try:
        answer = retriever.answer(cau_hoi, limit=3)
    except QuestionError as error:
        raise HTTPException(422, "Bạn hỏi rõ hơn một chút nhé.") from error
    return {
        "tra_loi": answer.text if answer.answered else None,
        "doan": [
            {
                "van_ban": hit.passage.text,
                "bai": hit.document.title,
                "nguon": hit.document.source,
                "ngay": hit.document.date.isoformat() if hit.document.date else None,
            }
            for hit in answer.hits
        ],
    }
