"""A level once told never falls: not by a restart, and not by an edit of the content."""

import shutil
from pathlib import Path

from data.folder import CONTENT
from data.load import load_content
from flows.assessment import judge_scene, told
from flows.urgency import Urgency
from tests.harness.house import Harness

ROW = '''id = "fever_38"
urgency = "immediate"'''


async def test_told_stands_after_an_edit_and_a_restart(house: Harness, tmp_path: Path) -> None:
    """The row that made it "call now" is lowered while the case is open; the family hears the
    same numbers in the same order, and the page stays as urgent."""
    ana, dana = house.person("Ana"), house.coordinator("Dana")
    await ana.says("38.4")
    await dana.gets_page("URGENT")
    before = (await house.scene("Ana")).assessment
    house.read_all()
    house.content = load_content(_lowered(tmp_path / "content"))
    await house.restart()
    await ana.taps("None of these")
    await ana.says("/help")
    scene = await house.scene("Ana")
    assert judge_scene(house.content.house, scene, house.clock.now()).urgency < Urgency.immediate
    assert told(scene.assessment) is Urgency.immediate
    assert before is not None
    assert before.protocol != house.content.house.protocol.stamp
    assert scene.page is not None
    assert scene.page.level is Urgency.immediate
    help_text = await ana.hears("In danger call at once")
    assert "the emergency department" in help_text.text
    assert not [m for m in ana.phone.chat if "No danger sign" in m.text]
    house.read_all()


def _lowered(folder: Path) -> Path:
    """The clinic's own copy of the content, a newer version in which fever is for today."""
    shutil.copytree(CONTENT, folder)
    path = folder / "protocols" / "clofarabine.toml"
    words = path.read_text(encoding="utf-8")
    assert ROW in words
    words = words.replace(ROW, ROW.replace("immediate", "same_day"))
    words = words.replace('version = "', 'version = "9', 1)
    path.write_text(words, encoding="utf-8")
    return folder
