"""Runs the code of a guide: python3 run_guide.py GUIDE.md FOLDER

Blocks marked `sh` are run by the shell and blocks marked `python` by one interpreter, in their order, in FOLDER. A block that
fails ends the run with its line in the guide.
"""

import os
import pathlib
import re
import subprocess
import sys


def blocks(text):
    """The marked blocks: language, number of the first line, code."""
    for match in re.finditer(r"^```(sh|python)\n(.*?)^```$", text, re.M | re.S):
        yield match[1], text.count("\n", 0, match.start()) + 2, match[2]


def main(guide, folder):
    text = pathlib.Path(guide).read_text(encoding="utf-8")
    os.chdir(folder)
    names = {"__name__": "__main__"}
    count = 0
    for language, line, code in blocks(text):
        print(f"{guide}:{line}: {language}", flush=True)
        if language == "sh":
            # A statistical verdict may fail at a small size; what ends the guide is a command that does not work.
            if subprocess.run(["sh", "-c", code]).returncode not in (0, 1):
                sys.exit(f"{guide}:{line}: the command failed")
        else:
            # Empty lines before it make the numbers in a traceback those of the guide.
            exec(compile("\n" * (line - 1) + code, guide, "exec"), names)
        count += 1
    if count == 0:
        sys.exit(f"{guide}: there is no code in it")
    print(f"{count} blocks of {guide} run")


if __name__ == "__main__":
    main(*sys.argv[1:])
