"""What search engines are told of a page, as data."""

from dataclasses import replace

import pytest

from pipeline.render.structured import page_data
from tests.render.shelf import SITE, edition, library

PUBLISHER = {
    "@type": "Organization",
    "@id": "https://clinic.example/health/#publisher",
    "name": "Klinik",
    "url": "https://clinic.example/health/",
}


def page(shelf):
    (shown,) = shelf.editions
    found = page_data(shown, shelf, site="Klinik", body=shown.html, picture=None)[
        "@graph"
    ]
    assert isinstance(found, list)
    return found[0]


def test_the_site_publishes_its_pages():
    assert page(library(edition()))["publisher"] == PUBLISHER


def test_the_publisher_has_the_logo_of_the_configuration():
    site = replace(SITE, logo="static/the logo.png")
    assert page(library(edition(), site=site))["publisher"] == PUBLISHER | {
        "logo": "https://clinic.example/health/static/the%20logo.png"
    }


@pytest.mark.parametrize("author", [None, "", "Klinik"])
def test_without_another_author_the_site_wrote_it(author):
    found = page(library(edition(author=author)))
    assert found["author"] == {"@id": PUBLISHER["@id"]}


def test_an_author_is_named_and_taken_for_neither_person_nor_team():
    assert page(library(edition(author="The\nteam")))["author"] == "The team"


def test_reviewers_are_named_where_all_was_approved():
    approved = edition(
        locale="tr",
        reviewed="2026-06-01T10:00",
        reviewers=(("A translator", ""), ("A doctor", "Dermatologist")),
    )
    found = page(library(approved))
    assert found["lastReviewed"] == "2026-06-01"
    assert found["reviewedBy"] == [
        {"@type": "Person", "name": "A translator"},
        {"@type": "Person", "name": "A doctor", "jobTitle": "Dermatologist"},
    ]


def test_what_nobody_approved_has_no_reviewer():
    found = page(library(edition(locale="tr")))
    assert not {"reviewedBy", "lastReviewed"} & found.keys()
