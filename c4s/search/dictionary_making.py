"""Writes the file that ``dictionary`` looks words up in: ``python -m c4s.search.dictionary_making FILE``."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from c4s.core.text import bare
from c4s.search.dictionary import FILE, NO_WORD, edition
from c4s.search.mutations import radicals

Forms = dict[str, set[str]]
"""Each form of a language and the words that it is a form of, all folded."""

_WORD = re.compile("[a-z]{2,}")
_FORMS_OF_A_VERB = 15
_STILL_MUTATED = frozenset("chyhoeddiad ddarparu dynn fechan gartref gyrchnod".split())


def folded(listed: Iterable[tuple[str, str]]) -> Forms:
    """The forms without accents and apostrophes, so that who types none finds the same; odd ones left out.

    The lists give most forms one word only, and sometimes the wrong one. A word that has forms of its own
    is put back beside what they say of it (*cymuned* as well as *cymuno*, for the sake of *cymunedau*), or
    in its place if that was reached by undoing a mutation (*bryn* is not from *prynu*). Where they say that
    a form comes from another form (*rieni* from *rhieni*), the word at the end stands for it (*rhiant*).
    """
    forms: Forms = {}
    for form, word in listed:
        form, word = (bare(part).replace("'", "") for part in (form, word))
        if _WORD.fullmatch(form) and _WORD.fullmatch(word):
            forms.setdefault(form, set()).add(word)
    with_forms = {word for form, words in forms.items() for word in words if form != word and form[:2] == word[:2]}
    for word in with_forms:
        others = forms.get(word, {word})
        if word not in others:
            by_mutation = word not in _STILL_MUTATED and not any(other[0] == word[0] for other in others)
            forms[word] = {word} if by_mutation else {word, *others}
    return {
        form: {end for word in words for end in ({word} if word in forms.get(word, {word}) else forms[word])}
        for form, words in forms.items()
    }


def without_coincidences(welsh: Forms, english: Forms) -> Forms:
    """The Welsh forms, less what they say of English words that only look like some form of a verb.

    *Carer* is not from *caru*, nor *room* from *rhoi*; but *plant* is *plentyn* too. Words that would
    become such a form by undoing a mutation are listed as no word.
    """
    counted = Counter(word for words in welsh.values() for word in words)
    verbs = {word for word, forms in counted.items() if forms >= _FORMS_OF_A_VERB}
    kept = dict(welsh)
    for form in (form for form, words in english.items() if form in words):
        by_mutation = set().union(*(welsh.get(radical, ()) for radical in radicals(form)))
        words = {word for word in welsh.get(form, by_mutation) if word == form or word not in verbs}
        if words != welsh.get(form, by_mutation):
            kept[form] = words or {NO_WORD}
    return kept


def without_mutated(forms: Forms) -> Forms:
    """The Welsh forms, less those that are found by undoing a mutation."""

    def accounted_for(form: str, kept: Forms) -> bool:
        by_mutation = [kept[radical] for radical in radicals(form) if radical in kept]
        return bool(by_mutation) and forms[form] <= set().union(*by_mutation)

    dropped = {form for form in forms if accounted_for(form, forms)}
    kept = {form: words for form, words in forms.items() if form not in dropped}
    while needed := {form for form in dropped if not accounted_for(form, kept)}:
        kept |= {form: forms[form] for form in needed}
        dropped -= needed
    return kept


def make(place: Path) -> None:
    """Write the file, or leave what was there untouched: it appears complete or not at all."""
    listed = DefaultDictionaryFactory().get_dictionary
    english = folded(listed("en").items())
    welsh = without_mutated(without_coincidences(folded(listed("cy").items()), english))
    with NamedTemporaryFile("w", encoding="ascii", dir=place.parent, prefix=place.name, delete=False) as file:
        file.write(f"{edition()}\n")
        for form in sorted(welsh.keys() | english.keys()):
            fields = (
                " ".join("=" if word == form else word for word in sorted(forms.get(form, ())))
                for forms in (welsh, english)
            )
            file.write("\t".join((form, *fields)) + "\n")
    Path(file.name).chmod(0o644)
    os.replace(file.name, place)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if sys.argv[1:] else FILE)
