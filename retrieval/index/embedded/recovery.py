"""What did a writer that was killed leave half done? Taken back, so that the last commit is all there is."""

from __future__ import annotations

from retrieval.index.embedded.counts import article_counts
from retrieval.index.embedded.epoch import Epoch
from retrieval.index.embedded.store import add_dead


def recover(epoch: Epoch) -> tuple[int, int]:
    """(the last commit's generation, the next one's). Only for the one writer."""
    store = epoch.store
    last, articles_at = epoch.passages.search().generation, epoch.articles.search().generation
    at = {"last": last, "articles_at": articles_at}
    store.totals(last)
    store.begin()
    (newest,) = store.rows("SELECT max(coalesce(max(added), 0), coalesce(max(removed), 0)) FROM documents")[0]
    if max(newest, articles_at) > last:
        store.write("UPDATE documents SET removed = NULL WHERE removed > :last", at)
        for table in ("dead", "commits", "files"):
            store.write(f"DELETE FROM {table} WHERE generation > :last", at)
        early = "added > :last AND added <= :articles_at AND removed IS NULL"
        keys = [
            key for (key,) in store.rows(f"SELECT key FROM documents WHERE leader IS NULL AND {early}", at)
        ]
        for plain in (False, True):  # in the articles' engine for good: there they count as removed
            add_dead(store, "articles", plain, last, article_counts(map(epoch.terms_of, keys), plain=plain))
        store.write(f"UPDATE documents SET removed = :last WHERE {early}", at)
        discarded = "added > :last AND removed IS NULL"
        store.write(f"DELETE FROM bands WHERE key IN (SELECT key FROM documents WHERE {discarded})", at)
        store.write(f"DELETE FROM documents WHERE {discarded}", at)
    store.commit()
    return last, max(last, articles_at, newest or 0) + 1
