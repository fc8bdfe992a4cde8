"""Every transcript of this folder, played through the whole house."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.house import house_of
from tests.scenarios.play import play
from tests.scenarios.script import NotAScenario, read_script

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_scenario(file: Path, tmp_path: Path) -> None:
    """What the transcript says happens, and nothing is heard that it does not say."""
    script = read_script(file)
    async with house_of(
        tmp_path, strict=False, at=script.begins, staff_language=script.staff_language
    ) as house:
        await play(house, script)


async def test_unheard_message_fails(tmp_path: Path) -> None:
    """A transcript that leaves out something that was said does not pass."""
    path = tmp_path / "short.toml"
    path.write_text('title = "t"\nsource = "s"\nsteps = [{ family = "Ana", opens = true }]\n')
    async with house_of(tmp_path, strict=False) as house:
        with pytest.raises(AssertionError, match="nobody has read"):
            await play(house, read_script(path))


@pytest.mark.parametrize(
    "steps", ['{ family = "Ana" }', '{ famly = "Ana", says = "x" }', '{ after = "1m", says = "x" }']
)
def test_misspelt_line_fails(steps: str, tmp_path: Path) -> None:
    """A line that cannot be read is refused; it is never skipped."""
    path = tmp_path / "bad.toml"
    path.write_text(f'title = "t"\nsource = "s"\nsteps = [{steps}]\n')
    with pytest.raises(NotAScenario):
        read_script(path)
