import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import PublishError, UsageError
from pipeline.model.site import Site
from pipeline.workflow.cluster import Whereabouts, dumped, loaded, program, work
from pipeline.workflow.executors import Cluster, workers_of
from pipeline.workflow.workspace import Returns, outfitted
from tests import objects
from tests.builders import make_site, publish, publish_process, put, translate
from tests.dask_cluster import blind, cluster

COUNT = 300
TEXT = "# Article {0}\n\n## There\n\n" + "\n\n".join(
    f"Paragraph {n} of article {{0}}, with [a link](a{n}.md#there)." for n in range(20)
)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A site that is worth the while; a few of its articles are in Turkish."""
    articles = {f"source/a{n}.md": TEXT.format(n) for n in range(COUNT)}
    root = make_site(tmp_path_factory.mktemp("large") / "site", articles)
    assert publish(root, "extract").code == 0
    for number in range(3):
        texts = {f"Article {number}": f"Yazı {number}", "There": "Orada"} | {
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
        assert process.wait(300) == 3
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


@pytest.mark.slow
def test_workers_that_do_not_see_the_folder_get_its_files_by_a_share(
    clean, expected, tmp_path
):
    pytest.importorskip("moto", reason="the test group installs it")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with objects.server() as keys:
        unseen = blind(folder, clean) | keys
        with cluster(folder, environment=unseen) as running:
            call = ("build", "--json", "--executor", "dask")
            address = ("--scheduler", running.address)
            env = {**running.environment, **keys}
            refused = publish_process(clean, *call, *address, env=env)
            share = ("--share", "s3://clinic/share")
            process = subprocess.Popen(
                [sys.executable, "-m", "pipeline", *call, *address, *share],
                cwd=clean,
                env=os.environ | env,
                stdout=subprocess.DEVNULL,
            )
            bodies = clean / ".publish/bodies"
            while process.poll() is None and not list(bodies.glob("*.pack")):
                time.sleep(0.005)
            assert process.poll() is None
            running.workers[0].kill()
            assert process.wait(300) == 3
            found = files(clean)
            shutil.rmtree(clean / ".publish")
            again = publish_process(clean, *call, *address, *share, env=env)
        kept = shared_names("s3://clinic/share", keys)

    assert refused.code == 1
    assert "does not see" in refused.err
    assert found == files(clean) == expected
    assert again.json["written"] == []
    assert not list((clean / ".publish").glob("*.tmp"))
    # Parcels of the last run alone: nothing that was made.
    assert {name.partition("/")[0] for name in kept} == {"in"}


@pytest.mark.slow
def test_a_cluster_that_tells_of_its_work_on_a_network_is_refused(clean, tmp_path):
    with cluster(tmp_path, dashboard=["--no-dashboard"]) as running:
        ran = publish_process(
            clean,
            *("build", "--executor", "dask", "--scheduler", running.address),
            env=running.environment,
        )

    assert ran.code == 1
    assert "answers questions about its work on every network interface" in ran.err
    assert "--dashboard-address 127.0.0.1:0" in ran.err


def shared_names(url, keys):
    """What lies on a share, asked from another process, which has its keys."""
    code = (
        "from pipeline.store.share import Share; import sys;"
        "s = Share(sys.argv[1]); print(*s.names('in'), *s.names('out'))"
    )
    asked = subprocess.run(
        [sys.executable, "-c", code, url],
        env=os.environ | keys,
        capture_output=True,
        check=True,
    )
    return asked.stdout.decode().split()


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
    pytest.importorskip("cloudpickle")
    return dumped(lambda number: number * 2, {})


def test_a_worker_does_its_share(tmp_path):
    here = Whereabouts(str(tmp_path), token=str(tmp_path))

    assert work(packed(), 3, 6, whereabouts=here, version=program()) == ([6, 8, 10], "")


def test_a_worker_with_another_program_refuses(tmp_path):
    with pytest.raises(PublishError, match="another version"):
        work(packed(), 0, 1, whereabouts=Whereabouts(str(tmp_path)), version="old")


def test_a_worker_without_the_folder_refuses(tmp_path):
    here = Whereabouts(str(tmp_path), token=str(tmp_path / "none"))

    with pytest.raises(PublishError, match="does not see"):
        work(packed(), 0, 1, whereabouts=here, version=program())


def test_a_worker_elsewhere_works_in_a_folder_of_its_own(tmp_path):
    pytest.importorskip("cloudpickle")
    site = put(tmp_path / "site", {"source/a.md": "a"})
    path, name = site / "source/a.md", f"{site}/.publish/.publish-{'0' * 16}.tmp"

    def copy(number):
        Path(name).parent.mkdir()
        return Path(name).write_text(path.read_text() * (number + 1))

    data = dumped(copy, {"site": str(site)})
    with outfitted(site, f"file://{tmp_path}/share") as outfit:
        here = Whereabouts(str(site), outfit=outfit)
        results, made = work(data, 2, 3, whereabouts=here, version=program())
        assert not Path(name).exists()
        Returns(outfit, site).take(made)

    assert results == [3]
    assert Path(name).read_text() == "aaa"


def test_paths_below_a_folder_are_below_another_elsewhere():
    pytest.importorskip("cloudpickle")
    value = ["/here", "/here/a", Path("/here/b"), "/hereafter", "/", Path("c"), 4]

    found = loaded(dumped(value, {"site": "/here"}), {"site": "/there"})

    assert found == ["/there", "/there/a", Path("/there/b"), *value[3:]]


def test_a_share_needs_its_executor(turkish):
    ran = publish(turkish, "build", "--share", "s3://clinic/share")

    assert ran.code == 2
    assert "--share goes with --executor dask" in ran.err


@pytest.mark.parametrize("share", ["ftp://a/b", "http://a/b", "memory://b"])
def test_a_share_that_others_read_or_workers_do_not_reach_is_refused(share):
    with pytest.raises(UsageError, match="what the cluster shares"):
        workers_of(
            Site("/x"), jobs=0, executor="dask", scheduler="tls://a:1", share=share
        )


def test_the_configuration_names_a_share():
    site = Site("/x", executor="dask", scheduler="tls://a:1", share="s3://clinic/a")

    found = workers_of(site, jobs=0, executor="", scheduler="")

    assert found == Cluster("tls://a:1", "/x", "s3://clinic/a")
