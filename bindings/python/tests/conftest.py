import os

import pytest

os.environ.setdefault("HEARSAY_ENGINE", "fast")

STORY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "examples", "story")

FERRY = ("The transport minister, Edda Falk, said on Tuesday that the ferry had been sound.\n\n"
         "“We checked it in March,” Falk told reporters. The harbour union denied that.\n")


@pytest.fixture
def story():
    return os.path.normpath(STORY)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    import hearsay

    with hearsay.Store(tmp_path_factory.mktemp("record") / "story.db") as store:
        store.add(os.path.normpath(STORY), engine="fast")
        yield store
