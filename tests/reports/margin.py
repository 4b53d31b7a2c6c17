"""Word files printed to PDF with their comments in the margin, by LibreOffice and without a display. For tests and pictures.

The setting of the print dialog (Comments: Place in margins) is given in a profile of its own. LibreOffice draws a comment in a
window of which the builds without windows (Debian's `nogui`) lack the description: those stop there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

OFFICE = os.environ.get("SOFFICE") or shutil.which("soffice")
_WINDOW = "share/config/soffice.cfg/modules/swriter/ui/annotation.ui"
DRAWS_COMMENTS = OFFICE is not None and (Path(OFFICE).resolve().parents[1] / _WINDOW).is_file()
NEEDS = "needs LibreOffice with its windows: the package libreoffice-writer, or SOFFICE=…/program/soffice"
_IN_MARGINS = 4  # the last of the choices of the print dialog, counted from 0
_SETTING = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Writer/Print/Content">
<prop oor:name="Note" oor:op="fuse"><value>{_IN_MARGINS}</value></prop>
</item>
</oor:items>
"""


def print_with_comments(files: list[Path], folder: Path) -> list[Path]:
    """A PDF of each file, in the folder; raises CalledProcessError where LibreOffice fails, FileNotFoundError where it prints nothing."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTING, "utf-8")
    home = f"-env:UserInstallation={user.parent.as_uri()}"
    command = [str(OFFICE), home, "--headless", "--print-to-file", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    printed = [folder / f"{file.stem}.pdf" for file in files]
    for file in printed:
        file.stat()
    return printed
