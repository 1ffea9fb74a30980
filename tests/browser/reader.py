"""Somebody in front of a browser, with scripts off: they read, type, press and follow."""

from collections.abc import Callable
from types import TracebackType
from typing import Any

from flask_babel import gettext
from playwright.sync_api import Browser, CDPSession, Error, Locator, Page, Request, Response

from c4s.i18n.languages import speaking

MAIN_BUTTON = "main form .btn:not(.quiet)"


class Reader:
    """A browser window of one's own, with its own cookies.

    Args:
        translate: English words to those of a language, as the site's catalogue has them.
        is_still: the browser draws nothing, and whoever would press waits for ever until what they press stands still:
            it is pressed by a script of ours.
    """

    def __init__(
        self,
        browser: Browser,
        root: str,
        translate: Callable[[str, str], str],
        language: str = "cy",
        *,
        is_still: bool = False,
    ) -> None:
        self.root, self.language, self._translate, self._is_still = root, language, translate, is_still
        self.context = browser.new_context(base_url=root, locale=f"{language}-GB")
        self.context.set_default_timeout(8_000)
        self.page: Page = self.context.new_page()
        self.asked: list[Request] = []
        """What the browser has asked for since the last address was opened."""
        self.answer: Response | None = None
        """The answer that the page shown came in."""
        self.page.on("request", self._asks)
        self.page.on("response", self._heard)
        # Not the context's own switch: that one cannot be turned on for axe, which waits for ever without.
        self._control: CDPSession = self.context.new_cdp_session(self.page)
        self._scripts = True
        self.scripts(on=False)
        self._seen_as: tuple[str, ...] = ()
        self.at()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.close()

    def _asks(self, request: Request) -> None:
        self.asked.append(request)

    def _heard(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.answer = response

    # -- reading -------------------------------------------------------------------------------------

    def words(self, english: str) -> str:
        """What the site says for this in the language of the page."""
        return self._translate(self.page_language, english)

    @property
    def page_language(self) -> str:
        return str(self.look("document.documentElement.lang"))

    @property
    def status(self) -> int:
        assert self.answer is not None
        return self.answer.status

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def title(self) -> str:
        return self.page.title()

    @property
    def main(self) -> str:
        """The words of the page, without the frame around it."""
        return self.page.locator("main").inner_text()

    @property
    def errors(self) -> list[str]:
        return self.page.locator("#error-summary li").all_inner_texts()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.root)

    def look(self, script: str, *given: Any) -> Any:
        """Ask the browser about the page: it may look, though the page itself runs nothing."""
        return self.page.evaluate(script, *given)

    def load(self, script: str) -> None:
        """Give the page a large script of ours, without a copy on the way: what checks every page is loaded by each."""
        self._control.send("Runtime.evaluate", {"expression": script})

    def focus(self) -> str:
        """Where the keyboard is: an id, a name or the words there. A page that takes it somewhere does so a moment
        after it has come, so it is given one."""
        for _ in range(50):
            if self.look("document.activeElement !== document.body"):
                break
            self.page.wait_for_timeout(20)
        return str(
            self.look("(() => { const it = document.activeElement; return it.id || it.name || it.innerText.trim() })()")
        )

    def values(self) -> dict[str, Any]:
        """What has been typed or chosen, by the name of the field."""
        return dict(
            self.look(
                """Object.fromEntries([...document.querySelectorAll('main form[method=post] :is(input, textarea)')]
                    .filter(it => it.checkVisibility() && (it.checked || !['radio', 'checkbox'].includes(it.type)))
                    .map(it => [it.name, it.value]))"""
            )
        )

    # -- doing ---------------------------------------------------------------------------------------

    def open(self, address: str) -> None:
        self.scripts(on=False)
        self.asked.clear()
        self.page.goto(address)

    def fill(self, **typed: str | bool) -> "Reader":
        """Fill in fields by their names: words to type, the value of a choice, whether to tick.

        What is chosen or ticked is pressed where people press it: on its words.
        """
        for name, value in typed.items():
            field = self.page.locator(f'main [name="{name}"]:not([type=hidden])')
            kind = field.first.evaluate("it => it.type")
            if kind == "radio":
                field = self.page.locator(f'[name="{name}"][value="{value}"]')
            if kind == "select-one":
                field.select_option(str(value))
                continue
            if kind not in ("radio", "checkbox"):
                field.fill(str(value))
            elif field.is_checked() != bool(value):
                self._click(self.page.locator(f'label[for="{field.get_attribute("id")}"]'))
        return self

    def press(self, english: str | None = None) -> None:
        """Press the main button, or the one with these words."""
        if english is None:
            self.use(self.page.locator(MAIN_BUTTON).first)
        else:
            self.use(self.page.get_by_role("button", name=self.words(english), exact=True))

    def say_it_in(self, language: str) -> None:
        """Press the form's button for the other language."""
        self.use(self.page.locator(f'button[name=_language][value="{language}"]'))

    def follow(self, english: str) -> None:
        """Follow the link with these words."""
        self.use(self.page.get_by_role("link", name=self.words(english), exact=True).first)

    def use(self, it: Locator) -> None:
        """Press or follow something that leads to another page, and wait until that is there."""
        self.scripts(on=False)
        self.asked.clear()
        with self.page.expect_navigation():
            self._click(it)

    def _click(self, it: Locator) -> None:
        if self._is_still:
            it.evaluate("it => it.click()")
        else:
            it.click()

    def go_back(self) -> None:
        """Press the browser's own button. What a form led to is not kept: asked whether to send it again, say yes."""
        try:
            self.page.go_back()
        except Error as problem:
            if "ERR_CACHE_MISS" not in problem.message:
                raise
            self.page.wait_for_url(lambda address: address.startswith("chrome-error:"))
            self.page.reload()

    # -- how it is shown -----------------------------------------------------------------------------

    def at(
        self, width: int = 1280, height: int = 800, scheme: Any = "light", forced: Any = "none", media: Any = "screen"
    ) -> "Reader":
        """Look at the page on a screen of this kind."""
        screen = {"width": width, "height": height}
        if screen != self.page.viewport_size:
            self.page.set_viewport_size(screen)  # type: ignore[arg-type]
        if (scheme, forced, media) != self._seen_as:
            self.page.emulate_media(color_scheme=scheme, forced_colors=forced, media=media)
            self._seen_as = (scheme, forced, media)
        return self

    def scripts(self, *, on: bool) -> None:
        """Let a checker of ours run on a page that was loaded without scripts; off again before the next."""
        if on != self._scripts:
            self._control.send("Emulation.setScriptExecutionDisabled", {"value": not on})
            self._scripts = on


def translator(site: Any) -> Callable[[str, str], str]:
    """The site's catalogue, asked from outside a request."""

    def translate(language: str, english: str) -> str:
        with site.app_context(), speaking(language):
            return str(gettext(english))

    return translate
