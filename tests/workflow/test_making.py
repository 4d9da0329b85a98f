import pytest

from pipeline.engines.pseudo import Pseudo
from pipeline.errors import ConfigError
from pipeline.model.site import Site
from pipeline.workflow.making import make_engine


def test_an_engine_gets_its_table_without_the_price():
    site = Site(root="/x", engine_settings={"pseudo": {"price_per_million": 1.0}})
    assert make_engine(site, "pseudo", Pseudo).name == "pseudo"


def test_a_setting_that_cannot_be_meant_names_the_file():
    site = Site(root="/x", engine_settings={"pseudo": {"colour": "red"}})
    with pytest.raises(ConfigError) as caught:
        make_engine(site, "pseudo", Pseudo)
    assert caught.value.path == "publish.toml"
