"""The directory's pages."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from c4s.accounts.session import this_person, this_sign_in
from c4s.buyers import queries as buyers
from c4s.core.clock import now
from c4s.core.text import shorten, tidy
from c4s.directory import actions, exports, filing, phrases, queries, rules, showing
from c4s.directory.filing import KIND
from c4s.directory.forms import BuyersEnquiryForm, EnquiryForm
from c4s.directory.models import Claim, Supplier
from c4s.directory.queries import PER_PAGE, Brief
from c4s.i18n import alphabet, formats
from c4s.i18n.addresses import BilingualBlueprint
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES, the_other
from c4s.i18n.references import Reference, corrected, reference
from c4s.i18n.speech import gettext as _
from c4s.search import queries as searching
from c4s.search import words
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Term, Terms
from c4s.taxonomy.rules import postcode as read_postcode
from c4s.web.access import EVERYONE, GET_AND_POST, May
from c4s.web.exports import download
from c4s.web.forms import StrangersForm
from c4s.web.messages import write_check_send
from c4s.web.paging import Page, page_asked_for
from c4s.web.rights import Right, Who

directory = BilingualBlueprint("directory", __name__)

WITHIN = (2, 5, 10, 20)
Counts = dict[str, Counter[str]]
TERMS, CODES = ("category", "area", "network"), ("language", "kind", "more", "passport")
GROUPS = (*TERMS, *CODES)
"""The filters, by their names in addresses; the first letter of each is that of its facets."""
CHARACTERS = 100  # of a query; what comes after is not read
PER_FILE = 1_000  # as many as a search ranks: a file costs the same however many are found
TEXTS = ("summary", "hours", "access_notes", "wants", "could", "wont", "buys_locally", "ciw_why_none")
NO_LETTER = "0-9"  # what an address calls ``alphabet.OTHER``: ``#`` would begin a fragment


@dataclass(frozen=True)
class Option:
    """One way to narrow a list."""

    label: object
    address: str
    count: str | None
    current: bool


@dataclass
class Asked:
    """What a visitor asked of the directory, as far as it makes sense; the rest is left out, never an error."""

    words: str = ""
    terms: dict[str, Term] = field(default_factory=dict)
    """The category, the area and the network asked for, by the name of the filter."""
    codes: dict[str, str] = field(default_factory=dict)
    """The same of the other filters."""
    postcode: str = ""
    position: tuple[float, float] | None = None
    within: int = 10
    sort: str = ""
    unknown_postcode: str = ""
    given: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def written(self) -> dict[str, str]:
        """What was asked, each as it stands in an address: half of a page's links repeat it."""
        return {name: urlencode({name: value}) for name, value in self.given.items()}

    @cached_property
    def everything(self) -> str:
        """Where the list stands that nothing narrows."""
        return url_for("directory.index")

    @property
    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        chosen = {name: str(term.id) for name, term in self.terms.items()} | self.codes
        return tuple((name, (showing.filed_as(f"{name[0]}{chosen[name]}"),)) for name in GROUPS if name in chosen)

    def question(self, page: int = 1, size: int = PER_PAGE) -> searching.Question:
        return searching.Question(
            kind=KIND,
            words=self.words,
            groups=self.groups,
            near=self.position,
            within=float(self.within),
            by_name=self.sort == "name",
            language=g.language,
            page=page,
            size=size,
        )


def read_question(categories: Terms, areas: Terms) -> Asked:
    """The question in an address."""
    args = request.args
    asked = Asked(words=tidy(args.get("q", "").replace("\0", " "))[:CHARACTERS].strip())
    for name, terms in zip(TERMS, (categories, areas, queries.networks()), strict=True):
        term = terms.by_code.get(args.get(name, ""))
        if term:
            asked.terms[name] = term
    asked.codes = {name: args[name] for name in CODES if args.get(name) in _labels(name)}
    asked.sort = args["sort"] if args.get("sort") == "name" else ""
    asked.within = next((km for km in WITHIN if str(km) == args.get("within")), asked.within)
    near = tidy(args.get("near", ""))[:12].strip()
    if near:
        asked.postcode = read_postcode(near)
        asked.position = taxonomy.position(asked.postcode) if asked.postcode else None
        if not asked.position:
            asked.unknown_postcode, asked.postcode = near, near
    asked.given = {
        name: value
        for name, value in {
            "q": asked.words,
            **{name: term.code for name, term in asked.terms.items()},
            **asked.codes,
            "near": asked.postcode,
            "within": str(asked.within) if asked.position and asked.within != 10 else "",
            "sort": asked.sort,
        }.items()
        if value
    }
    return asked


def _labels(name: str) -> Mapping[str, object]:
    """What may be chosen in a filter that goes by codes, in words of both languages."""
    if name == "passport":
        return showing.filters("p")
    return {"language": phrases.LANGUAGES, "kind": phrases.KINDS, "more": phrases.MORE}[name]


def _address(asked: Asked, **change: str) -> str:
    """The same search with something changed; page numbers fall away."""
    changed = {name: urlencode({name: value}) if value else "" for name, value in change.items()}
    query = "&".join(filter(None, (asked.written | changed).values()))
    return f"{asked.everything}?{query}" if query else asked.everything


def _terms(name: str, terms: Terms, asked: Asked, counts: Counts) -> list[Option]:
    """The terms to choose from: those right below the chosen one, or its siblings, or the top."""
    letter, chosen = name[0], asked.terms.get(name)
    parent = None if chosen is None else chosen if terms.children(chosen.id, g.language) else None
    if chosen is not None and parent is None and chosen.parent_id is not None:
        parent = terms.by_id[chosen.parent_id]
    line = terms.with_parents(parent)[::-1] if parent else []
    options = []
    for term in [*line, *terms.children(parent.id if parent else None, g.language)]:
        number = counts[name][f"{letter}{term.id}"] if name in counts else None
        current = term is chosen
        if number != 0 or current or term in line:
            options.append(
                Option(
                    term.name.spoken(g.language)[0],
                    _address(asked, **{name: "" if current else term.code}),
                    None if number is None else f"{number:,}",
                    current,
                )
            )
    return options


def _codes(name: str, asked: Asked, counts: Counts) -> list[Option]:
    options, chosen = [], asked.codes.get(name)
    for code, label in _labels(name).items():
        number = counts[name][showing.filed_as(f"{name[0]}{code}")] if name in counts else None
        if number != 0 or code == chosen:
            options.append(
                Option(
                    label,
                    _address(asked, **{name: "" if code == chosen else code}),
                    None if number is None else f"{number:,}",
                    code == chosen,
                )
            )
    return options


@dataclass(frozen=True)
class Card:
    """A supplier in a list, ready to print."""

    name: str
    address: str
    line: str
    summary: list[tuple[str, bool]]
    summary_language: str | None
    tags: list[tuple[object, str | None]]


def card(
    brief: Brief,
    categories: Terms,
    areas: Terms,
    wanted: Mapping[str, words.Wanted] = {},
    facets: tuple[str, ...] = (),
    distance: float | None = None,
) -> Card:
    """A supplier in a list, with the words that were searched for marked.

    Args:
        wanted: those words, for texts of each language; empty where nothing was searched for.
    """
    language = g.language
    area = areas.by_id.get(brief.area_id or 0)
    main = next((categories.by_id.get(int(code[1:])) for code in facets if code[0] == "c"), None)
    line = [
        area.name.spoken(language)[0] if area else brief.town,
        main.name.spoken(language)[0] if main else "",
        f"{distance:.1f} km" if distance is not None else "",
    ]
    text, spoken_in, pieces = _excerpt(brief, wanted)
    tags: list[tuple[object, str | None]] = []
    if brief.status == rules.SupplierStatus.TEMPORARILY_CLOSED:
        tags.append((phrases.STATUSES[brief.status], "no"))
    if brief.serves_in_welsh:
        tags.append((phrases.LANGUAGES["cy"], "cy"))
    if brief.social_enterprise:
        tags.append((phrases.KINDS["social"], None))
    if brief.micro_enterprise:
        tags.append((phrases.KINDS["micro"], None))
    if brief.claim == Claim.IMPORTED:
        tags.append((_("Not yet claimed"), None))
    return Card(
        name=brief.names.spoken(language)[0],
        address=url_for("directory.show", supplier_id=reference(brief.id, brief.names.spoken(language)[0])),
        line=" · ".join(part for part in line if part),
        summary=pieces,
        summary_language=spoken_in if text and spoken_in != language else None,
        tags=tags,
    )


def _excerpt(brief: Brief, wanted: Mapping[str, words.Wanted]) -> tuple[str, str, list[tuple[str, bool]]]:
    """What a card says of a supplier: its summary, or the first of its texts that has the words searched for."""
    mine, other = g.language, the_other(g.language)
    texts = [(getattr(text, code), code) for code in (mine, other) for text in (brief.summary, brief.description)]
    texts = [(text, code) for text, code in texts if text]
    if not texts:
        return "", mine, []
    for text, code in texts if wanted else ():
        if wanted[code].stands_in(text):
            pieces = words.mark(words.excerpt(text, wanted[code]), wanted[code])
            if any(found for _, found in pieces):
                return text, code, pieces
    text, code = texts[0]
    return text, code, [(shorten(" ".join(text.split()), 200), False)]


@directory.page(cy="/cyfeiriadur", en="/directory", access=EVERYONE, is_public=True)
def index() -> str | Response:
    """Search the directory, narrow it down, or browse it."""
    categories, areas = taxonomy.categories(), taxonomy.areas()
    asked = read_question(categories, areas)
    answer, page = _found(asked.question(page_asked_for()), GROUPS)
    if page.is_too_far:
        return page.lead_to_first()  # type: ignore[return-value]
    nearby = searching.nearby_word(asked.words) if asked.words and not answer.total else None
    filters = [
        (_("What they do"), _terms("category", categories, asked, answer.counts)),
        (_("Where"), _terms("area", areas, asked, answer.counts)),
        (_("Language"), _codes("language", asked, answer.counts)),
        (_("Kind of business"), _codes("kind", asked, answer.counts)),
        (_("What they can take on"), _codes("more", asked, answer.counts)),
        (_("Network"), _terms("network", queries.networks(), asked, answer.counts)),
        (_("What they have told or shown us"), _codes("passport", asked, answer.counts)),
    ]
    return render_template(
        "directory/index.html",
        asked=asked,
        answer=answer,
        page=page,
        cards=_cards(answer, words.query_words(asked.words)),
        nearby=nearby,
        nearby_address=_address(asked, q=nearby) if nearby else "",
        filters=filters,
        chosen=_chosen(asked),
        sorts=_sorts(asked),
        within=WITHIN,
        top=categories.children(None, g.language),
        exports=_files(asked.given),
        next_file=_next_file(asked.given, answer),
        per_file=PER_FILE,
    )


def _found(question: searching.Question, groups: Sequence[str] = ()) -> tuple[searching.Answer, Page]:
    """A page of a list, and which one it is."""
    answer = searching.find(question, groups)
    return answer, Page.of(answer.total, question.page, PER_PAGE)


def _cards(answer: searching.Answer, asked: Sequence[words.QueryWord] = ()) -> list[Card]:
    categories, areas = taxonomy.categories(), taxonomy.areas()
    hits = {hit.record_id: hit for hit in answer.hits}
    wanted = {code: words.Wanted(asked, code) for code in LANGUAGES} if asked else {}
    return [
        card(brief, categories, areas, wanted, hits[brief.id].facets, hits[brief.id].distance)
        for brief in queries.briefs(list(hits))
    ]


def _files(given: dict[str, Any]) -> list[tuple[str, str]]:
    """The same list as files: what each is called, and its address."""
    return [(title, url_for(f"directory.{view}", **given)) for view, title in (("as_csv", "CSV"), ("as_json", "JSON"))]


def _next_file(given: dict[str, Any], answer: searching.Answer) -> str:
    """Where what does not fit in the first spreadsheet goes on; nothing when all of it fits."""
    return url_for("directory.as_csv", page=2, **given) if _is_more_than(PER_FILE, answer) else ""


def _chosen(asked: Asked) -> list[tuple[object, str]]:
    language = g.language
    chosen: list[tuple[object, str]] = []
    for name in GROUPS:
        if name in asked.terms:
            chosen.append((asked.terms[name].name.spoken(language)[0], _address(asked, **{name: ""})))
        elif name in asked.codes:
            chosen.append((_labels(name)[asked.codes[name]], _address(asked, **{name: ""})))
    if asked.position:
        chosen.append((f"{asked.postcode}: {asked.within} km", _address(asked, near="", within="")))
    return chosen


def _sorts(asked: Asked) -> list[tuple[object, str, bool]]:
    """The orders there are to choose from; none where only one makes sense."""
    if not (asked.words or asked.position):
        return []
    first = "distance" if asked.position else "relevance"
    return [
        (phrases.SORTS[first], _address(asked, sort=""), asked.sort != "name"),
        (phrases.SORTS["name"], _address(asked, sort="name"), asked.sort == "name"),
    ]


@directory.page(cy="/cyfeiriadur/a-i-y", en="/directory/a-to-z", access=EVERYONE, is_public=True)
def letters() -> str:
    """The alphabet of the page's language, and every category and area."""
    totals = searching.totals(KIND)
    used = totals[filing.letter_facet(alphabet.OTHER, g.language)]
    return render_template(
        "directory/letters.html",
        letters=_alphabet(totals),
        others=url_for("directory.letter", letter=NO_LETTER) if used else None,
        categories=taxonomy.categories(),
        areas=taxonomy.areas(),
        networks=queries.networks().children(None, g.language),
        totals=totals,
    )


def _of_facet(group: str, facet: str) -> searching.Question:
    groups = ((group, (facet,)),)
    return searching.Question(KIND, groups=groups, language=g.language, page=page_asked_for(), size=PER_PAGE)


def _alphabet(totals: Counter[str]) -> list[tuple[str, str | None]]:
    """The letters of the page's language, each with the address of its list if anybody is in it."""
    return [
        (
            letter,
            url_for("directory.letter", letter=letter.lower())
            if totals[filing.letter_facet(letter, g.language)]
            else None,
        )
        for letter in alphabet.LETTERS[g.language]
    ]


@directory.page(cy="/cyfeiriadur/a-i-y/<letter>", en="/directory/a-to-z/<letter>", access=EVERYONE, is_public=True)
def letter(letter: str) -> str | Response:
    """The suppliers under one letter."""
    known = {**{one.lower(): one for one in alphabet.LETTERS[g.language]}, NO_LETTER: alphabet.OTHER}
    if letter not in known:
        if letter[:1] in known and letter in {one.lower() for one in alphabet.LETTERS["cy"]}:
            return redirect(url_for("directory.letter", letter=letter[:1]))  # type: ignore[return-value]
        abort(404)
    if letter != NO_LETTER:
        g.references = {"en": {"letter": letter[:1]}}  # English has no letter Ll: the switch leads to L
    facet = filing.letter_facet(known[letter], g.language)
    answer, page = _found(_of_facet("letter", facet), ("letter",))
    if page.is_too_far:
        return page.lead_to_first()  # type: ignore[return-value]
    return render_template(
        "directory/letter.html",
        letter=letter if letter == NO_LETTER else known[letter],
        letters=_alphabet(answer.counts["letter"]),
        cards=_cards(answer),
        total=answer.total,
        page=page,
    )


def _of_term(name: str, terms: Terms, given: Reference, about: Bilingual = Bilingual()) -> str | Response:
    """The page of a category, an area or a network: what it is, what lies below it, and who is in it."""
    term = terms.by_id.get(int(given)) or abort(404)
    moved = corrected(given, term.name)
    if moved:
        return moved  # type: ignore[return-value]
    answer, page = _found(_of_facet(name, f"{name[0]}{term.id}"), (name,))
    if page.is_too_far:
        return page.lead_to_first()  # type: ignore[return-value]
    return render_template(
        "directory/term.html",
        term=term,
        about=about,
        sort=name,
        parent=terms.by_id.get(term.parent_id or 0),
        children=terms.children(term.id, g.language),
        counts=answer.counts,
        answer=answer,
        page=page,
        cards=_cards(answer),
        search_address=_address(Asked(), **{name: term.code}),
        exports=_files({name: term.code}),
        next_file=_next_file({name: term.code}, answer),
        per_file=PER_FILE,
    )


@directory.page(
    cy="/cyfeiriadur/categori/<ref:category_id>",
    en="/directory/category/<ref:category_id>",
    access=EVERYONE,
    is_public=True,
)
def category(category_id: Reference) -> str | Response:
    """One category and the suppliers in it."""
    return _of_term("category", taxonomy.categories(), category_id)


@directory.page(
    cy="/cyfeiriadur/ardal/<ref:area_id>", en="/directory/area/<ref:area_id>", access=EVERYONE, is_public=True
)
def area(area_id: Reference) -> str | Response:
    """One area and the suppliers who are there or work there."""
    return _of_term("area", taxonomy.areas(), area_id)


@directory.page(
    cy="/cyfeiriadur/rhwydwaith/<ref:network_id>",
    en="/directory/network/<ref:network_id>",
    access=EVERYONE,
    is_public=True,
)
def network(network_id: Reference) -> str | Response:
    """One network and the suppliers who belong to it."""
    return _of_term("network", queries.networks(), network_id, queries.about_network(network_id))


def _supplier_or_none(supplier_id: int) -> Supplier:
    """A supplier with a page; 404 where there never was one, 410 where staff have taken it down."""
    found = queries.supplier(supplier_id) or abort(404)
    if not found.has_page:
        abort(410 if found.taken_down_at else 404)
    return found


@directory.page(cy="/cyfeiriadur/<ref:supplier_id>", en="/directory/<ref:supplier_id>", access=EVERYONE, is_public=True)
def show(supplier_id: Reference) -> str | Response:
    """One supplier."""
    supplier = _supplier_or_none(int(supplier_id))
    moved = corrected(supplier_id, supplier.names)
    return moved or render_template("directory/show.html", **facts_of(supplier))  # type: ignore[return-value]


def _can_take_work(supplier: Supplier) -> object | None:
    """What its page says of whether it can take work; nothing where it has not said, or is not open."""
    if supplier.can_take_work is None or not supplier.is_listed or supplier.status != rules.SupplierStatus.ACTIVE:
        return None
    return phrases.CAN_TAKE_WORK[supplier.can_take_work]


def facts_of(supplier: Supplier) -> dict[str, Any]:
    """What the page of a supplier shows, for ``directory/show.html``: as readers see it. Its ways on lead somewhere
    only once readers see it: a preview of an entry that they have never seen sets ``has_ways`` to false."""
    categories, areas = taxonomy.categories(), taxonomy.areas()
    category_ids, area_ids, network_ids = queries.links(supplier.id)
    theirs, networks = [categories.by_id[i] for i in category_ids], queries.networks()
    texts, other = [getattr(supplier, name) for name in TEXTS], the_other(g.language)
    return {
        "supplier": supplier,
        "place": areas.by_id.get(supplier.area_id or 0),
        "works_in": [areas.by_id[i] for i in area_ids],
        "address": rules.shown_address(supplier.address, supplier.town, supplier.postcode, supplier.home_based),
        "main": filing.main_of(theirs),
        "categories": theirs,
        "is_listed": supplier.is_listed,
        "is_imported": supplier.claim == Claim.IMPORTED,
        "legal_form": phrases.LEGAL_FORMS.get(supplier.legal_form) if supplier.legal_form else None,
        "size": phrases.SIZES.get(supplier.size) if supplier.size else None,
        "source_name": phrases.source_name(supplier.source),
        "source_link": rules.shown_link(supplier.source_url),
        "website": rules.shown_link(supplier.website),
        "only_one_language": bool(supplier.description) and not supplier.description.is_complete,
        "some_only_in": other if other in showing.said_in_one([*texts, supplier.shown]) else None,
        "networks": [networks.by_id[i] for i in network_ids if i in networks.by_id],
        "team_languages": [name for name in map(phrases.language_name, supplier.team_languages) if name],
        "can_take_work": _can_take_work(supplier),
        "parts": showing.shown(supplier, formats.uk(now()).date()),
        "has_ways": True,
    }


@directory.page(
    cy="/cyfeiriadur/<ref:supplier_id>/neges",
    en="/directory/<ref:supplier_id>/message",
    access=EVERYONE,
    methods=GET_AND_POST,
)
def message(supplier_id: Reference) -> ResponseReturnValue:
    """Write to a supplier; read it again; send it."""
    here = this_sign_in()
    is_buyer = here is not None and Who.BUYER in here.standings
    return _message(supplier_id, EnquiryForm, actions.send_enquiry, is_buyer=is_buyer)


@directory.page(
    cy="/cyfeiriadur/<ref:supplier_id>/neges-prynwr",
    en="/directory/<ref:supplier_id>/buyer-message",
    access=May(Right.WRITE_AS_BUYER),
    methods=GET_AND_POST,
)
def buyers_message(supplier_id: Reference) -> ResponseReturnValue:
    """The same for somebody who buys for a public body, as our staff have checked: the supplier is told so."""
    person = this_person()
    granted = buyers.granted_to(person.id) or abort(403)
    send = partial(actions.send_buyers_enquiry, by_id=person.id)
    return _message(supplier_id, BuyersEnquiryForm, send, person=person, granted=granted)


def _message(
    supplier_id: Reference, form: type[StrangersForm], send: Callable[..., None], **facts: object
) -> ResponseReturnValue:
    supplier = _supplier_or_none(int(supplier_id))
    moved = corrected(supplier_id, supplier.names) if request.method == "GET" else None
    if moved:
        return moved
    if not supplier.email or not supplier.is_listed:
        abort(404)
    if not supplier.takes_messages and request.method == "GET":
        return render_template("directory/no_messages.html", supplier=supplier)
    return write_check_send(
        form(),
        partial(send, supplier.id),
        writing="directory/message.html",
        checking="directory/message_check.html",
        sent=url_for("directory.message_sent", supplier_id=supplier_id),
        why_not=phrases.WHY_NOT,
        supplier=supplier,
        **facts,
    )


@directory.page(
    cy="/cyfeiriadur/<ref:supplier_id>/neges/diolch",
    en="/directory/<ref:supplier_id>/message/thanks",
    access=EVERYONE,
)
def message_sent(supplier_id: Reference) -> str:
    """The message is on its way."""
    return render_template("directory/message_sent.html", supplier=_supplier_or_none(int(supplier_id)))


def _filed() -> tuple[list[Supplier], dict[str, str]]:
    """A file's worth of what a search finds, whole, by name; and the header that leads programs to the next file."""
    asked, number = read_question(taxonomy.categories(), taxonomy.areas()), page_asked_for()
    question = asked.question(number, PER_FILE)
    answer = searching.find(replace(question, by_name=question.by_name or not asked.position))
    is_full = len(answer.hits) == PER_FILE and _is_more_than(number * PER_FILE, answer)
    following = url_for(request.endpoint or "", page=number + 1, **asked.given)
    return (
        queries.everything([hit.record_id for hit in answer.hits]),
        {"Link": f'<{following}>; rel="next"'} if is_full else {},
    )


def _is_more_than(number: int, answer: searching.Answer) -> bool:
    return answer.is_more or answer.total > number


@directory.page(cy="/cyfeiriadur.csv", en="/directory.csv", access=EVERYONE, is_public=True)
def as_csv() -> Response:
    """Any search as a spreadsheet, a thousand entries in each file."""
    suppliers, headers = _filed()
    response = download(exports.csv(suppliers, g.language), _("suppliers.csv"))
    response.headers.update(headers)
    return response


@directory.page(cy="/cyfeiriadur.json", en="/directory.json", access=EVERYONE, is_public=True)
def as_json() -> Response:
    """Any search as data, a thousand entries in each file."""
    suppliers, headers = _filed()
    return Response(exports.json(suppliers, g.language), mimetype="application/json", headers=headers)
