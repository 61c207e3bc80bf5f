"""A local cluster of two workers, and a small set of invented articles."""
import os
import random
import sys

import pytest

PLACES = "Haldmouth Eskeside Corran Tolm Lisna Varn Brekke Ostrau".split()
PEOPLE = ["Edda Falk", "Per Oskarsen", "Ilse Marten", "Tobias Renn", "Nadia Volk", "Halvard Lien"]
OUTLETS = ["Quay Gazette", "Northern Tide", "Haldmouth Herald"]
THINGS = ("the ferry was sound|the dam would hold until spring|no tank had been emptied at night|the bridge would be "
          "closed to lorries|the school would stay open|the valve had been replaced in March").split("|")
FOOTER = ("Readers of the {} who wish to write to the editors will find the address of the newspaper below the list of "
          "its offices on the last page of each issue, where letters are answered every Saturday.")


def word(draw):
    return "".join(draw.choice(("ka", "lo", "mir", "ten", "vas", "ru", "sel", "dor", "ni", "pa")) for _ in range(3))


def story(draw):
    """A text that is like no other."""
    lines = []
    for _ in range(draw.randint(4, 7)):
        who, what, place = draw.choice(PEOPLE), draw.choice(THINGS), draw.choice(PLACES)
        filler = " ".join(word(draw) for _ in range(draw.randint(12, 25)))
        lines.append(draw.choice((f"{who} said on Monday that {what}, near the {filler}.",
                                  f"“I know the {filler},” {who} told reporters in {place}.",
                                  f"{who} denied that {what} by the {filler}.")))
    return lines


def articles(count=60):
    """Some alone, some copied whole, some in parts; each outlet has a footer of its own."""
    draw, out, texts = random.Random(7), [], []
    for i in range(count):
        outlet = OUTLETS[i % 3]
        lines = story(draw)
        if i > 10 and i % 4 == 0:
            lines = list(draw.choice(texts))
        elif i > 10 and i % 7 == 0:
            lines = lines[:2] + draw.choice(texts)[1:3]
        texts.append(lines)
        out.append({"id": f"a{i}", "outlet": outlet, "published": f"2025-0{1 + i % 9}-{1 + i % 28:02}",
                    "title": f"{word(draw).title()} {word(draw)}",
                    "text": "\n\n".join([*lines, FOOTER.format(outlet)]) + " ünïcödé 🚢\n"})
    return out


@pytest.fixture(scope="session")
def spark():
    from pyspark.sql import SparkSession

    path = os.environ.get("PYTHONPATH", "")
    os.environ["PYSPARK_PYTHON"] = sys.executable  # what is sent to workers is made with it; the option comes too late
    session = (SparkSession.builder.master("local-cluster[2,1,1024]").appName("hearsay")
               .config("spark.executorEnv.PYTHONPATH", path)
               .config("spark.sql.shuffle.partitions", "4").config("spark.ui.enabled", "false")
               .config("spark.sql.adaptive.enabled", "true").getOrCreate())
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def given():
    return articles()


@pytest.fixture(scope="session")
def frame(spark, given):
    return spark.createDataFrame(given).repartition(5)


@pytest.fixture(scope="session")
def found(frame):
    from hearsay.spark import extract

    return extract(frame).cache()


@pytest.fixture(scope="session")
def machine(given, tmp_path_factory):
    """The same articles on one machine."""
    import hearsay

    with hearsay.Store(tmp_path_factory.mktemp("one") / "one.db") as store:
        store.add_articles(given, engine="fast")
        yield store
