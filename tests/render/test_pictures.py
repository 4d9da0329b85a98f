"""The picture that stands beside a link to a page."""

from pipeline.render.pictures import PictureView, first_picture

PAGE = "https://clinic.example/health/tr/doz/"


def test_the_first_picture_of_a_page_has_an_absolute_address():
    body = (
        '<p>a</p><img src="../../assets/a%20b.JPG?x&amp;y.png" alt="Bir &quot;el&quot;">'
        '<img src="c.png" alt="">'
    )
    assert first_picture(body, page=PAGE) == PictureView(
        "https://clinic.example/health/assets/a%20b.JPG?x&y.png", 'Bir "el"'
    )


def test_a_drawing_is_no_picture_that_others_show():
    body = '<img src="a.svg" alt="x"><p>b.png</p>'
    assert first_picture(body, page=PAGE) is None
    assert first_picture("<p>a.png</p>", page=PAGE) is None
