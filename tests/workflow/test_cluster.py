import os
import shutil
import subprocess
import sys
import time

import pytest

from pipeline.errors import PublishError, UsageError
from pipeline.model.site import Site
from pipeline.workflow.cluster import program, work
from pipeline.workflow.executors import Cluster, workers_of
from tests.builders import make_site, publish, publish_process, translate
from tests.dask_cluster import cluster

COUNT = 300
TEXT = "# Article {0}\n\n" + "\n\n".join(
    f"Paragraph {n} of article {{0}}, with [a link](a{n}.md#there)." for n in range(20)
)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A site that is worth the while; a few of its articles are in Turkish."""
    articles = {f"source/a{n}.md": TEXT.format(n) for n in range(COUNT)}
    root = make_site(tmp_path_factory.mktemp("large") / "site", articles)
    assert publish(root, "extract").code == 0
    for number in range(3):
        texts = {f"Article {number}": f"Yazı {number}"} | {
            f"Paragraph {n} of article {number}, with [a link](a{n}.md#there).": (
                f"Yazı {number}, paragraf {n}, [bağ](a{n}.md#there)."
            )
            for n in range(20)
        }
        translate(root, texts, domain=f"a{number}")
    return root


def files(root):
    return {
        path.relative_to(root / "dist").as_posix(): path.read_bytes()
        for path in (root / "dist").rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def expected(large):
    publish_process(large, "build", "--executor", "serial")
    found = files(large)
    assert len(found) > COUNT
    return found


@pytest.fixture
def clean(large, expected):
    """The site with nothing built."""
    assert expected
    shutil.rmtree(large / "dist", ignore_errors=True)
    shutil.rmtree(large / ".publish", ignore_errors=True)
    return large


@pytest.mark.slow
def test_a_worker_that_is_killed_changes_no_byte(clean, expected, tmp_path):
    with cluster(tmp_path) as running:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "pipeline", "build", "--json"),
                *("--executor", "dask", "--scheduler", running.address),
            ],
            cwd=clean,
            env=os.environ | running.environment,
            stdout=subprocess.DEVNULL,
        )
        bodies = clean / ".publish/bodies"
        while process.poll() is None and not list(bodies.glob("*.pack")):
            time.sleep(0.005)
        assert process.poll() is None
        running.workers[0].kill()
        assert process.wait(120) == 3
        assert running.workers[0].wait() != 0
        again = publish_process(
            clean,
            *("build", "--json", "--executor", "dask"),
            *("--scheduler", running.address),
            env=running.environment,
        )

    assert files(clean) == expected
    assert again.json["written"] == []
    assert not list((clean / ".publish").glob("*.tmp"))


def test_a_scheduler_that_is_not_there_is_said(clean, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("pipeline.workflow.cluster._PATIENCE", 1)
    call = ("--executor", "dask", "--scheduler", "tcp://127.0.0.1:9")

    ran = publish(clean, "build", *call)

    assert ran.code == 1
    assert "the cluster cannot be used" in ran.err


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "no scheduler is named"),
        ("dask.clinic.example", "the scheduler is"),
        ("http://127.0.0.1:80", "the scheduler is"),
        ("tls://127.0.0.1", "the scheduler is"),
        ("tls://127.0.0.1:port", "no address"),
        ("tcp://dask.clinic.example:8786", "without TLS"),
        ("tcp://192.0.2.1:8786", "without TLS"),
    ],
)
def test_a_scheduler_that_cannot_be_trusted_is_refused(address, said):
    with pytest.raises(UsageError, match=said):
        workers_of(Site("/x"), jobs=0, executor="dask", scheduler=address)


@pytest.mark.parametrize(
    "address",
    ["tls://dask.clinic.example:8786", "tcp://127.0.0.1:8786", "tcp://localhost:1"],
)
def test_a_scheduler_is_taken_with_tls_or_on_this_machine(address):
    found = workers_of(Site("/x"), jobs=0, executor="dask", scheduler=address)

    assert found == Cluster(address, "/x")


def test_a_scheduler_needs_its_executor(turkish):
    ran = publish(turkish, "build", "--scheduler", "tls://dask.clinic.example:8786")

    assert ran.code == 2
    assert "--executor dask" in ran.err


def test_little_work_needs_no_cluster(turkish):
    call = ("--executor", "dask", "--scheduler", "tcp://127.0.0.1:9")

    assert publish(turkish, "build", *call).code == 0


def test_the_configuration_names_a_scheduler(turkish):
    config = (turkish / "publish.toml").read_text()
    table = '\n[build]\nexecutor = "dask"\nscheduler = "tcp://192.0.2.1:8786"\n'
    (turkish / "publish.toml").write_text(config + table)

    ran = publish(turkish, "build")

    assert ran.code == 2
    assert "without TLS" in ran.err


def packed():
    cloudpickle = pytest.importorskip("cloudpickle")
    return cloudpickle.dumps(lambda number: number * 2)


def test_a_worker_does_its_share(tmp_path):
    assert work(packed(), 3, 6, token=str(tmp_path), version=program()) == [6, 8, 10]


def test_a_worker_with_another_program_refuses(tmp_path):
    with pytest.raises(PublishError, match="another version"):
        work(packed(), 0, 1, token=str(tmp_path), version="old")


def test_a_worker_without_the_folder_refuses(tmp_path):
    with pytest.raises(PublishError, match="does not see"):
        work(packed(), 0, 1, token=str(tmp_path / "none"), version=program())
