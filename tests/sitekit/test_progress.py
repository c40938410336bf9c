"""The totals that a reader's progress is measured against."""

import json

from sitekit.progress import totals, write_totals

LAB = '# %% [markdown]\n# # A lab\n# Text.\n\n# %%\nprint("x")\n'
PLAIN = "---\ndescription: D.\n---\n\n# Plain\n"


def test_every_page_with_a_reading_time_and_every_lab_is_listed_with_its_ids(module):
    module.write("docs/labs/one.py", LAB)
    module.write("docs/start/plain.md", PLAIN)
    module.write("docs/linear_algebra/v.md", PLAIN.replace("description", "minutes: 3\ndescription"))

    assert totals(module.root) == [
        {
            "page": "calculus/m/",
            "title": "Slopes",
            "branch": "Calculus",
            "minutes": 2,
            "questions": ["q-one", "q-two", "q-three", "q-four", "q-five"],
            "exercises": ["e-one", "e-two"],
        },
        {
            "page": "linear_algebra/v/",
            "title": "Plain",
            "branch": "Linear algebra",
            "minutes": 3,
            "questions": [],
            "exercises": [],
        },
        {"page": "labs/one/", "title": "A lab", "branch": "Labs", "minutes": None, "questions": [], "exercises": []},
    ]


def test_the_totals_are_written_into_the_site(module, tmp_path):
    write_totals(module.root, tmp_path)

    text = (tmp_path / "progress.json").read_text(encoding="utf-8")
    assert json.loads(text) == totals(module.root)
    assert text.endswith("\n")
