from tests.browser.album import Sight

def test_it_answers_as_it_should(sight: Sight) -> None:
    assert (sight.status, sight.language) == (sight.kind.status, sight.now.page_language)
