"""Checks result folders from outside: python3 check_results.py SCHEMA FOLDER

Every FOLDER/*/results.json must be valid, and its tables and samples must read in pandas and NumPy as the numbers that it has.
Documents that break one rule each must be refused: a schema that lets everything pass checks nothing.
"""

import copy
import json
import math
import pathlib
import re
import sys

import jsonschema
import numpy as np
import pandas as pd

# Before its version 3, pandas reads the last digits of a number only where it is asked to.
EXACT = {"float_precision": "round_trip"} if int(pd.__version__.split(".")[0]) < 3 else {}

# What breaks a rule: the path of a member, and what is put there (DROP takes it away).
DROP = object()
BAD = [
    (["format"], 2),
    (["format"], DROP),
    (["loschmidt"], "new"),
    (["seed"], -1),
    (["seed"], 1.5),
    (["seed"], 2**64),
    (["scenario_sha256"], "abc"),
    (["threads"], 0),
    (["wall_seconds"], -1),
    (["wall_seconds"], None),
    (["title"], 3),
    (["interrupted"], False),
    (["overrides"], []),
    (["surprise"], 1),
    (["experiments"], {}),
    (["process", "topics"], "philox"),
    (["experiments", 0, "kind"], ""),
    (["experiments", 0, "plots"], ["a", "a"]),
    (["experiments", 0, "remarks"], DROP),
    (["experiments", 0, "figures", "mean", "value"], "1"),
    (["experiments", 0, "figures", "mean", "value"], None),
    (["experiments", 0, "figures", "mean", "exact"], True),
    (["experiments", 0, "figures", "mean", "exact"], None),
    (["experiments", 0, "figures", "mean", "unit"], DROP),
    (["experiments", 0, "tables", "histogram", "rows", 0, 0], True),
    (["experiments", 0, "tables", "histogram", "rows", 0], 1),
    (["experiments", 0, "tables", "histogram", "columns"], ["a", "a"]),
    (["experiments", 0, "tables", "histogram", "reasons"], [{"row": 0, "column": "lower"}]),
    (["experiments", 0, "samples", 0, "file"], "../R.npy"),
    (["experiments", 0, "samples", 0, "left_out"], -1),
    (["experiments", 0, "samples"], []),
    (["experiments", 0, "verdicts", 0, "status"], "good"),
    (["experiments", 0, "verdicts", 0, "p_value"], 1.5),
    (["experiments", 0, "verdicts", 0, "reason"], ""),
    (["experiments", 0, "verdicts", 0, "surprise"], 1),
]


def changed(document, path, value):
    """A copy of a document with one member changed."""
    document = copy.deepcopy(document)
    place = document
    for key in path[:-1]:
        place = place[key]
    if value is DROP:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def file_part(name):
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)


def refuse_constant(word):
    raise ValueError(f"{word} is no JSON")


def check_tables(folder, document):
    """The CSV files hold the cells of the tables: equal to the last bit, missing where they are null."""
    count = 0
    for index, experiment in enumerate(document["experiments"]):
        for name, table in experiment["tables"].items():
            path = folder / f"{index}-{file_part(experiment['kind'])}-{file_part(name)}.csv"
            words = {
                column: str
                for place, column in enumerate(table["columns"])
                if any(isinstance(row[place], str) for row in table["rows"])
            }
            # An empty cell is missing; 'nan' or 'NA' as a word is a word.
            frame = pd.read_csv(path, dtype=words, keep_default_na=False, na_values=[""], **EXACT)
            assert list(frame.columns) == table["columns"], path
            assert len(frame) == len(table["rows"]), path
            for place, column in enumerate(table["columns"]):
                for row, cell in zip(table["rows"], frame[column].tolist()):
                    if row[place] is None:
                        assert isinstance(cell, float) and math.isnan(cell), (path, column)
                    elif isinstance(row[place], str):
                        assert row[place] == cell, (path, column, row[place], cell)
                    else:
                        assert float(row[place]) == float(cell), (path, column, row[place], cell)
            count += 1
    return count


def check_samples(folder, document):
    """The NPY files hold finite doubles of the stated shape, and the mean of R is the figure of that name."""
    count = 0
    for experiment in document["experiments"]:
        for sample in experiment.get("samples", []):
            name = sample["name"]
            path = folder / sample["file"]
            values = np.load(path, allow_pickle=False)
            assert values.dtype == np.dtype("<f8") and values.flags["C_CONTIGUOUS"], path
            assert list(values.shape) == sample["shape"], path
            assert np.isfinite(values).all(), path
            if name == "R":
                mean = experiment["figures"]["mean"]["value"]
                # Two orders of a sum of N terms differ by N rounding errors of the largest partial sum at most.
                bound = len(values) * np.finfo(float).eps * np.abs(values).max()
                assert abs(values.mean() - mean) <= bound, (path, values.mean(), mean)
            count += 1
    return count


def main(schema_path, root):
    schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    files = sorted(pathlib.Path(root).glob("*/results.json"))
    tables = samples = refused = 0
    faults = []
    for file in files:
        document = json.loads(file.read_text(encoding="utf-8"), parse_constant=refuse_constant)
        faults += [f"{file}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]
        tables += check_tables(file.parent, document)
        samples += check_samples(file.parent, document)
        if document["scenario"] == "double-well":
            for path, value in BAD:
                refused += 1
                if validator.is_valid(changed(document, path, value)):
                    faults.append(f"the schema lets {path} = {value!r} pass")
    if faults:
        sys.exit("\n".join(faults))
    if len(files) < 40 or tables < 40 or samples < 10 or refused != len(BAD):
        sys.exit(f"only {len(files)} results, {tables} tables, {samples} samples and {refused} bad documents were checked")
    print(f"{len(files)} results valid, {tables} tables and {samples} samples read, {refused} bad documents refused")


if __name__ == "__main__":
    main(*sys.argv[1:])
