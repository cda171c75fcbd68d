"""Merging again what changed gives what merging all anew gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from models import Article, Entity
from pipeline.memo import Group, Memo
from pipeline.plan import ArticleInput, ArticleResult
from pipeline.remerging import Merged, Records, merge_again
from pipeline.share import Share
from tests import fakes


def updated(articles: Iterable[ArticleInput], /, *, memo: Memo, share: Share) -> Iterator[Group]:
    """Merge the names of articles by their first letter; a letter's names are read once."""
    by_letter: dict[str, list[str]] = {}
    for told in articles:
        name = f"names\0{told.article_id}"
        if (names := memo.get(name, told.content)) is None:
            names = told.result().article.text
            memo.put(name, told.content, names)
        for one in names.split():
            by_letter.setdefault(one[0], []).append(one)
    prints = ((letter, repr(names)) for letter, names in by_letter.items())
    for letter, print_ in memo.changed(prints):
        names = sorted({*by_letter[letter]})
        yield Group(letter, print_, [Entity(id=name, kind="person", name=name) for name in names])


def inputs(texts: dict[str, str]) -> list[ArticleInput]:
    def read(article: Article) -> ArticleInput:
        result = ArticleResult(article, {})
        return ArticleInput(article.id, article.text, lambda: lambda: result)

    return [read(fakes.article(name, text)) for name, text in sorted(texts.items())]


TEXTS = st.dictionaries(
    st.sampled_from("abcd"), st.sampled_from(["", "Anna Ben", "Anna", "Bea Cem", "Cem Ada"])
)


@settings(deadline=None)
@given(steps=st.lists(TEXTS, min_size=1, max_size=5))
def test_only_what_changed_is_merged_again(steps: list[dict[str, str]]) -> None:
    merged, records = Merged(), Records()
    for texts in steps:
        before = records
        records, news = merge_again(updated, inputs(texts), merged, before=before)
        anew, all_news = merge_again(updated, inputs(texts), Merged(), before={})
        assert records == anew
        assert news.asked_groups == all_news.asked_groups
        same = {
            name for name, (print_, _) in merged.groups.items()
            if all_news.groups.get(name, ("", ()))[0] == print_
        }  # fmt: skip
        assert news.groups.keys() == all_news.groups.keys() - same
        merged.take(news)
        assert merged.groups == all_news.groups
        assert merged.results == all_news.results
