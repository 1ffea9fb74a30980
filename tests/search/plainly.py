"""The same questions answered without an index, one document after the other: what both engines must agree with."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from c4s.core.units import unit_of_work
from c4s.search import index, words
from c4s.search.index import Document
from c4s.search.queries import Answer, Question, find

KIND = "thing"


def a_document(record_id: int, title: str = "", **facts: object) -> Document:
    """A document with a title and nothing else, filed by it, unless told otherwise."""
    title = title or f"Rhif {record_id}"
    defaults = {"names": (), "texts": (), "facets": (), "sort_cy": title.casefold(), "sort_en": title.casefold()}
    return Document(KIND, record_id, (title,), **{**defaults, **facts})  # type: ignore[arg-type]


@unit_of_work
def put(*documents: Document) -> int:
    return index.put(documents)


@unit_of_work
def remove(*record_ids: int, kind: str = KIND) -> None:
    index.remove(kind, record_ids)


def found(text: str = "", **more: object) -> list[int]:
    """The numbers of what is found, in order."""
    return ids(find(Question(KIND, text, **more)))  # type: ignore[arg-type]


def ids(answer: Answer) -> list[int]:
    return [hit.record_id for hit in answer.hits]


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance over the sphere (haversine)."""
    high, wide = radians(other[0] - one[0]), radians(other[1] - one[1])
    part = sin(high / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(wide / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(part))


@lru_cache(1_000)
def _words(document: Document) -> tuple[set[str], set[str], set[str]]:
    title = {word for text in document.titles for word in words.analyse(text, name=True)}
    subject = title | {word for name in document.names for word in words.analyse(name, name=True)}
    said = subject | {word for text, language in document.texts for word in words.analyse(text, language)}
    return title, subject, said


def _has(one: words.QueryWord, among: set[str]) -> bool:
    if not among.isdisjoint(one.alternatives):
        return True
    return one.prefix and any(word.startswith(one.alternatives[0]) for word in among)


def _matching(documents: Iterable[Document], question: Question, asked: list[words.QueryWord]) -> list[Document]:
    groups = [set(facets) for _, facets in question.groups]
    return [
        document
        for document in documents
        if all(_has(one, _words(document)[2]) for one in asked)
        and all(not group.isdisjoint(document.facets) for group in groups)
        and (question.near is None or _distance(document, question) <= question.within)
    ]


def _distance(document: Document, question: Question) -> float:
    if document.latitude is None or document.longitude is None or question.near is None:
        return float("inf")
    return kilometres(question.near, (document.latitude, document.longitude))


def plainly(
    documents: list[Document], question: Question, group_names: tuple[str, ...] = ()
) -> tuple[list[int], dict[str, Counter[str]]]:
    """All that is found, in order, and the counts of each group.

    Distances are to be told apart by more than the plane differs from the sphere.
    """
    asked = words.query_words(question.words)
    if question.words.strip() and not asked:
        return [], {name: Counter() for name in group_names}
    if not _matching(documents, question, asked):
        asked = words.with_prefix(asked)

    def place(document: Document) -> tuple[float, str, int]:
        first = 0.0
        if question.near and not question.by_name:
            first = _distance(document, question)
        elif asked and not question.by_name:
            first = next(step for step, among in enumerate(_words(document)) if all(_has(one, among) for one in asked))
        return first, getattr(document, f"sort_{question.language}"), document.record_id

    counts = {}
    for name in group_names:
        others = tuple(group for group in question.groups if group[0] != name)
        around = _matching(documents, replace(question, groups=others), asked)
        counts[name] = Counter(facet for document in around for facet in document.facets)
    right = sorted(_matching(documents, question, asked), key=place)
    return [document.record_id for document in right], counts
