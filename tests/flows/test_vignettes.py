"""Each vignette is judged as it says, by the code path of `main.py assess`."""

import pytest

from tests.flows.vignette import Vignette, protocol, vignettes


@pytest.mark.parametrize("vignette", vignettes(), ids=lambda vignette: vignette.title)
def test_vignette(vignette: Vignette) -> None:
    """The case is given its urgency, and the criteria speak of the findings it names."""
    assert not vignette.wrong(protocol())


def test_titles_are_different() -> None:
    """A vignette is known by its title, so no two have the same."""
    titles = [vignette.title for vignette in vignettes()]
    assert len(set(titles)) == len(titles)


def test_every_id_of_the_protocol_is_in_a_vignette() -> None:
    """No finding, and no context that weighs, is left without a case."""
    told = {id for v in vignettes() for id in (*v.findings, *v.context, *v.unsure)}
    told = {id.removesuffix("_c") if id.startswith("temperature") else id for id in told}
    assert told >= protocol().findings.keys() | protocol().contexts.keys() - {"under_5", "reporter"}
