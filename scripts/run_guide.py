"""Runs the commands and the Python code of a guide in their order. Called by scripts/check-results."""

import re
import subprocess
import sys

blocks = re.findall(r"^```(sh|python)\n(.*?)^```$", open(sys.argv[1]).read(), re.DOTALL | re.MULTILINE)
assert blocks, "the guide has no code"
names = {}
for language, code in blocks:
    if language == "sh":
        subprocess.run(code, shell=True, check=True)
    else:
        exec(compile(code, sys.argv[1], "exec"), names)
