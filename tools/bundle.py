"""Make one zip that installs matcher where there is no network: python tools/bundle.py [FOLDER].

It holds the wheels of matcher and of all it needs, for the Python and the platform this runs on, and a script that
installs them: `python install.py` in the unpacked folder. Nothing but Python itself has to be there.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSTALL = '''"""Install matcher from the wheels beside this file, without a network: python install.py [FOLDER]"""

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
WANTED = {wanted!r}


def main():
    if list(sys.version_info[:2]) != WANTED:
        sys.exit("this bundle is for Python %d.%d; this is %d.%d" % (*WANTED, *sys.version_info[:2]))
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "matcher-venv").absolute()
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = programs / ("python.exe" if sys.platform == "win32" else "python")
    done = subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--no-index", "--find-links", str(HERE / "wheels"), "matcher"])
    if done.returncode:
        sys.exit("not installed: see the lines above")
    print("installed; run it with: " + str(programs / "matcher"))


main()
'''


def wheels(folder: Path) -> list[Path]:
    """The wheels of matcher and of what it needs, fetched or built into a folder."""
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(folder), str(ROOT)], check=True)
    return sorted(folder.glob("*.whl"))


def bundle(into: Path) -> Path:
    """Write the zip into a folder and return its path."""
    with tempfile.TemporaryDirectory() as scratch:
        found = wheels(Path(scratch))
        version = next(one.name.split("-")[1] for one in found if one.name.startswith("matcher-"))
        tag = f"py{sys.version_info[0]}{sys.version_info[1]}-{sys.platform}-{platform.machine().lower()}"
        path = into / f"matcher-{version}-{tag}.zip"
        into.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for one in found:
                archive.write(one, f"matcher/wheels/{one.name}")
            archive.writestr("matcher/install.py", INSTALL.replace("{wanted!r}", repr(list(sys.version_info[:2]))))
    return path


def main() -> int:
    """Make the bundle and say where it is."""
    parser = argparse.ArgumentParser(description="One zip with wheels and an install script for this platform and this Python.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist", help="where to put it (dist/)")
    path = bundle(parser.parse_args().folder)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB; unpack it and run python install.py")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
