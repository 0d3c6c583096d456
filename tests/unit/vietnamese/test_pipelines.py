"""Parts of underthesea are loaded alone, and give what the whole gives."""

import json
import subprocess
import sys

import pytest
import underthesea
from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

from retrieval.vietnamese import pipelines

TEXT = "TS. Lê Văn Khải (H'Mông) mua 3,5 kg chè. Ông ở số 12/3 đường Trần Phú?! Rồi về v.v. Hết."


def test_parts_give_what_the_whole_gives() -> None:
    assert pipelines.sent_tokenize(TEXT) == underthesea.sent_tokenize(TEXT)
    assert pipelines.tokenize(TEXT) == tokenize(TEXT)


def _in_a_new_process(code: str) -> object:
    done = subprocess.run(
        [sys.executable, "-c", f"import json, sys\n{code}"], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_nothing_else_of_it_is_loaded() -> None:
    loaded = _in_a_new_process(
        "from retrieval.vietnamese import pipelines\n"
        "pipelines.tokenize('Xin chào.'), pipelines.sent_tokenize('Xin chào.')\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    assert isinstance(loaded, list)
    assert "underthesea.pipeline.word_tokenize.regex_tokenize" in loaded
    assert not {"underthesea", "underthesea.pipeline.ner", "requests"} & set(loaded)


def test_a_program_may_import_the_whole_afterwards() -> None:
    tags = _in_a_new_process(
        "from retrieval.question.tagging import tagged\n"
        "tagged('Ai là bí thư?')\n"
        "from underthesea import pos_tag\n"
        "print(json.dumps(pos_tag('Ai là bí thư?')))"
    )
    assert tags == [list(pair) for pair in underthesea.pos_tag("Ai là bí thư?")]


def test_a_part_that_cannot_do_without_gets_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "underthesea"}
    for name in kept:
        monkeypatch.delitem(sys.modules, name)
    tried = []

    def imported(names: tuple[str, ...]) -> object:
        tried.append("underthesea" in sys.modules)
        if len(tried) == 1:
            raise ImportError
        return sys

    monkeypatch.setattr(pipelines, "_imported", imported)
    assert pipelines._part.__wrapped__("pipeline.any") is sys
    assert tried == [True, False]
