"""Result folders against the schema of results, and their files against results.json. Called by scripts/check-results."""

import copy
import json
import pathlib
import re
import sys

import jsonschema
import numpy
import pandas


def refuse_constant(name):
    raise ValueError(f"results.json has the number {name}")


def part(name):
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)


def check_table(path, table):
    read = pandas.read_csv(path, float_precision="round_trip", keep_default_na=False, na_values=[""])
    assert list(read.columns) == table["columns"], f"{path}: other columns"
    assert len(read) == len(table["rows"]), f"{path}: another number of rows"
    missing = {(reason["row"], reason["column"]) for reason in table["reasons"]}
    for number, row in enumerate(table["rows"]):
        for column, value in zip(table["columns"], row):
            found = read[column][number]
            if value is None:
                assert pandas.isna(found) and (number, column) in missing, f"{path}: row {number}, {column}"
            elif value != "":
                assert found == value, f"{path}: row {number}, {column}: {found!r} is not {value!r}"


def check_samples(path, samples):
    array = numpy.load(path, allow_pickle=False)
    assert list(array.shape) == samples["shape"] and array.dtype == numpy.float64, f"{path}: {array.shape}, {array.dtype}"
    assert numpy.isfinite(array).all(), f"{path}: a number is not finite"


def check_folder(folder, validator):
    text = (folder / "results.json").read_text()
    results = json.loads(text, parse_constant=refuse_constant)
    for error in validator.iter_errors(results):
        raise AssertionError(f"{folder}: {error.json_path}: {error.message}")
    expected = {"results.json", "report.html", "scenario.yaml"}
    for index, experiment in enumerate(results["experiments"]):
        stem = f"{index}-{part(experiment['kind'])}"
        for name, table in experiment["tables"].items():
            check_table(folder / f"{stem}-{part(name)}.csv", table)
            expected.add(f"{stem}-{part(name)}.csv")
        for samples in experiment["samples"]:
            check_samples(folder / f"{stem}-{part(samples['name'])}.npy", samples)
            expected.add(f"{stem}-{part(samples['name'])}.npy")
        for name in experiment["plots"]:
            expected |= {f"{stem}-{part(name)}.{kind}" for kind in ["gp", "svg", "png"]}
    unknown = {path.name for path in folder.iterdir()} - expected
    assert not unknown, f"{folder}: nothing accounts for {unknown}"
    return results


def unsound(results):
    """Copies of results with one defect each, and what the defect is."""

    def changed(what, change):
        copied = copy.deepcopy(results)
        change(copied)
        return what, copied

    for key in results.keys() - {"overrides", "interrupted", "process"}:
        yield changed(f"no {key}", lambda r: r.pop(key))
    experiment = results["experiments"][0]
    for key in experiment:
        yield changed(f"no {key} of an experiment", lambda r: r["experiments"][0].pop(key))
    figure = next(iter(experiment["figures"]))
    yield changed("an unknown key", lambda r: r.update(more=1))
    yield changed("a later format", lambda r: r.update(format=2))
    yield changed("a negative seed", lambda r: r.update(seed=-1))
    yield changed("an unknown kind", lambda r: r["experiments"][0].update(kind="escape"))
    yield changed("a text for a value", lambda r: r["experiments"][0]["figures"][figure].update(value="1"))
    yield changed(
        "no value and no reason", lambda r: r["experiments"][0]["figures"][figure].update(value=None, reason=None))
    yield changed("an unknown status", lambda r: r["experiments"][0]["verdicts"][0].update(status="maybe"))
    yield changed("a p-value over 1", lambda r: r["experiments"][0]["verdicts"][0].update(p_value=1.5))
    table = next(iter(experiment["tables"]))
    yield changed("a truth value in a table", lambda r: r["experiments"][0]["tables"][table]["rows"].append([True]))


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    results = [check_folder(pathlib.Path(name), validator) for name in sys.argv[2:]]
    refused = 0
    for run in results:
        if not run["experiments"][0]["verdicts"] or not run["experiments"][0]["figures"]:
            continue
        for what, document in unsound(run):
            assert not validator.is_valid(document), f"the schema accepts {what}"
            refused += 1
    assert refused > 0, "no unsound document was tried"
    print(f"{len(results)} result folders are sound, {refused} unsound documents are refused")


main()
