"""Is an index in a cluster whole? Its shards, its counts, and every document that is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from retrieval.errors import IndexError_, IndexMissing, IndexOutdated, IndexUnreachable
from retrieval.index.embedded.check import Problem
from retrieval.index.opensearch import state
from retrieval.index.opensearch.index import ClusterIndex
from retrieval.index.opensearch.layout import articles_of, passages_of
from retrieval.index.opensearch.reading import Moment, blob, field
from retrieval.index.opensearch.state import Seen
from retrieval.index.prepare import content_hash, unpack_document, unpack_terms
from retrieval.settings import Settings

_LISTED = 10
"""Documents that are told by name."""

_MOST_BUCKETS = 1_000


def check_cluster(place: str, *, settings: Settings, analyzer: str) -> list[Problem]:
    """Everything that is wrong with an index, nothing if it is whole. Raises IndexMissing, IndexUnreachable."""
    with closing(ClusterIndex.open(place, settings=settings)) as index:
        try:
            seen = state.read(index.client, index.address.name)
        except IndexMissing:
            raise
        except IndexError_ as error:
            what, _, mend = str(error).removeprefix(f"{place}: ").partition("; ")
            return [Problem(place, what, mend)]
        problems = [Problem(place, what, mend) for what, mend in _beside(index, seen, analyzer)]
        try:
            with closing(Moment(index.client, seen, settings.opensearch)) as moment:
                again = f"hãy chạy hoidap index --rebuild --index {place}"
                problems += [Problem(place, what, again) for what in _contents(moment, seen)]
        except (IndexUnreachable, IndexOutdated) as error:
            problems.append(Problem(place, str(error).removeprefix(f"{place}: "), "hãy kiểm tra lại sau"))
        except IndexError_ as error:
            what, _, mend = str(error).removeprefix(f"{place}: ").partition("; ")
            problems.append(Problem(place, what, mend))
        return problems


def _beside(index: ClusterIndex, seen: Seen, analyzer: str) -> Iterator[tuple[str, str]]:
    """(what is wrong, what to do) of all but the documents."""
    place = index.address.text
    names = (seen.building, articles_of(seen.building), passages_of(seen.building))
    health = index.client.ask("GET", f"/_cluster/health/{','.join(names)}", kind="health")
    if health["unassigned_shards"]:
        what = "mảnh hoặc bản sao" if health["status"] == "yellow" else "mảnh"
        yield (
            f"cụm còn thiếu {health['unassigned_shards']} {what} của chỉ mục ({health['status']})",
            "hãy xem các nút bằng _cat/nodes và _cluster/allocation/explain",
        )
    if seen.state.analyzer != analyzer:
        yield (
            "được lập với thiết lập khác hoặc cách phân tích của phiên bản khác",
            f"hãy chạy hoidap index --rebuild --index {place}",
        )
    if (seen.state.touched or seen.state.gone) and not seen.state.is_held():
        yield (
            "lần ghi cuối chưa xong; câu hỏi vẫn được trả lời theo lần ghi trước",
            f"hãy chạy lại hoidap index ĐƯỜNG_DẪN --index {place}",
        )


def _contents(moment: Moment, seen: Seen) -> Iterator[str]:
    """What doesn't fit together among the documents."""
    told = seen.state
    sums = {name: {"sum": {"field": name}} for name in ("passages", "article_terms", "passage_terms")}
    alone = {"must_not": [{"exists": {"field": "leader"}}]}
    articles, passages = moment.ask(
        moment.search("articles", alone, size=0, track_total_hits=True, aggs=sums),
        moment.search("passages", {}, size=0, track_total_hits=True),
        kind="check",
    )
    counted = {name: int(articles["aggregations"][name]["value"]) for name in sums}
    found = (articles["hits"]["total"]["value"], *counted.values())
    if found != (told.articles, told.passages, told.article_terms, told.passage_terms):
        yield f"có {found[0]} bài, {found[1]} đoạn, đáng lẽ {told.articles} bài, {told.passages} đoạn"
    if passages["hits"]["total"]["value"] != told.passages:
        yield f"có {passages['hits']['total']['value']} đoạn để tìm, đáng lẽ {told.passages}"
    held = dict(_passages_held(moment)) if passages["hits"]["total"]["value"] != counted["passages"] else None
    faults = list(_faulty(moment, held))
    yield from faults[:_LISTED]
    if len(faults) > _LISTED:
        yield f"và {len(faults) - _LISTED} bài nữa"


def _passages_held(moment: Moment) -> Iterator[tuple[int, int]]:
    """(key, passages) of each document that has any."""
    after: dict[str, object] = {}
    while True:
        by_key = {"size": _MOST_BUCKETS, "sources": [{"key": {"terms": {"field": "key"}}}], **after}
        search = moment.search("passages", {}, size=0, aggs={"keys": {"composite": by_key}})
        told = moment.ask(search, kind="check")[0]["aggregations"]["keys"]
        for bucket in told["buckets"]:
            yield int(bucket["key"]["key"]), bucket["doc_count"]
        if "after_key" not in told:
            return
        after = {"after": told["after_key"]}


def _faulty(moment: Moment, held: dict[int, int] | None) -> Iterator[str]:
    """What is wrong with single documents. `held`: how many passages each has, where that is to be compared."""
    columns = ("key", "id", "content", "passages", "leader", "document", "terms", "words")
    for hit in moment.pages("articles", {}, columns, "key"):
        key, identity = int(field(hit, "key")), field(hit, "id")
        document, terms, words = (blob(hit, column) for column in ("document", "terms", "words"))
        if document is None or terms is None or words is None:
            yield f'văn bản đã lưu của "{identity}" không còn đủ'
            continue
        try:
            whole = content_hash(unpack_document(document)).hex() == field(hit, "content")
            whole = whole and len(unpack_terms(key, terms).spans) == int(field(hit, "passages"))
        except Exception:  # whatever unpacking bytes that were changed may throw
            whole = False
        if not whole:
            yield f'văn bản đã lưu của "{identity}" khác với lúc ghi'
        elif (
            held is not None
            and field(hit, "leader") is None
            and held.get(key, 0) != int(field(hit, "passages"))
        ):
            yield f'"{identity}" có {held.get(key, 0)} đoạn để tìm, đáng lẽ {int(field(hit, "passages"))}'
