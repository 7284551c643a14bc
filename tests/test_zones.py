"""Zones and sentences of pages in the project's own words, dirty ones above all."""

import pytest
from small import grows_linearly

from helpers.sentences import sentences
from helpers.zones import zones

STORY = (
    "The city opened a park for start-ups last week, and officials came to see it. "
    "A second one is to follow next year, they said on a tour of the grounds."
)
MORE = "Forty firms have moved in so far, most of them from the coast, and more want to come."


def _zones(*lines: str) -> list[tuple[str, str]]:
    table = zones({"s": "\n".join(lines)})
    return list(zip(table["exact"], table["zone"].astype(str), strict=True))


def _zone_of(text: str, *lines: str) -> str:
    return dict(_zones(*lines))[text]


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "Facebook | Twitter | Telegram",
        "Please sign in first",
        "Subscribe to our newsletter for daily updates",
        "By Jane Doe",
        "Published on: 3 May 2019",
        "May 3, 2019 at 10:15 am",
        "5 min read",
        "Tags: park, city, start-ups",
        "#parks #cities",
        "Photo: City Press Office",
        "© 2019 The Paper. All rights reserved.",
        "This is not investment advice.",
        "We use cookies to make this page better.",
        "Donate: 1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        "Home > News > Cities",
        "https://example.org/park",
        "[1]: https://example.org/park",
        "{% include ad.html %}",
        "author_name: jd",
        "watch now",
        "Read more: how the park was built",
        "***",
        "Please see the full report here",
        "Created by J. Doe, last modified on May 3, 2019",
        "Plan of the park.pdf",
        "Image attributed to the City Press Office",
        "WRITER:",
    ],
)
def test_what_pages_add_is_furniture(line):
    assert _zone_of(line, "A park for start-ups", "", STORY, "", line, "", MORE) == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        STORY,
        "Share prices of the builders rose, because investors like parks more than roads.",
        "Subscribers of the newspaper were the first to hear of the plan for a second park.",
        "By the end of the year, the builders want to have opened both of the two parks.",
        "The photo of the mayor at the gate was in all the newspapers of the next morning.",
    ],
)
def test_prose_is_body_whatever_it_opens_with(line):
    assert _zone_of(line, "A park for start-ups", "", STORY, "", line, "", MORE) == "body"


def test_title_and_headings():
    found = dict(_zones("A park for start-ups", "", STORY, "", "Who pays for it", "", MORE))
    assert found["A park for start-ups"] == "headline"
    assert found["Who pays for it"] == "headline"


def test_a_repeated_title_is_furniture():
    found = _zones("A park for start-ups", "", STORY, "", "A park for start-ups", "", MORE)
    assert [zone for _, zone in found] == ["headline", "body", "furniture", "body"]


def test_bullets_above_the_article_are_keypoints_and_below_it_body():
    above = _zones("A park for start-ups", "- It is open", "- It is full", "", STORY)
    assert [zone for _, zone in above] == ["headline", "keypoint", "keypoint", "body"]
    below = _zones("A park for start-ups", "", STORY, "", MORE, "", "- It is open", "- It is full")
    assert [zone for _, zone in below][-2:] == ["body", "body"]


def test_links_behind_related_are_furniture_until_the_article_goes_on():
    found = _zones(
        "A park for start-ups",
        "",
        STORY,
        "",
        "Related articles",
        "A garden for pensioners",
        "A road for cyclists",
        "",
        MORE,
    )
    assert [zone for _, zone in found[2:]] == ["furniture", "furniture", "furniture", "body"]


def test_all_below_the_line_that_opens_the_comments_is_talk():
    found = _zones(
        "A park for start-ups", "", STORY, "", "2 Comments", "", "Nice park.", "I want one too."
    )
    assert [zone for _, zone in found[2:]] == ["furniture", "comment", "comment"]


def test_talk_behind_a_wide_gap_is_comment_and_an_opinion_in_the_article_is_not():
    talk = ["", "", "I don't think so, man…", "", "", "lol, my town has none"]
    found = _zones("A park for start-ups", "", STORY, "", MORE, *talk)
    assert [zone for _, zone in found[-2:]] == ["comment", "comment"]
    opinion = "Therefore, I believe that the park is a good thing for the city and all its people."
    assert _zone_of(opinion, "A park", "", STORY, "", opinion, "", MORE) == "body"


def test_a_page_around_an_article_is_furniture():
    """What names the page, its menus, captions, links told of, and the foot of the page."""
    page = {
        "The Harbour Post": "furniture",
        "Home": "furniture",
        "Cities": "furniture",
        "Roads": "furniture",
        "Weather": "furniture",
        "A park for start-ups opens in the city": "headline",
        "The second one is to follow next year": "keypoint",
        "By Jane Doe": "furniture",
        "Photo: City Press Office": "furniture",
        STORY: "body",
        "The mayor at the gate of the park (Image: City Press )": "furniture",
        MORE: "body",
        "Related articles": "furniture",
        "A garden for pensioners opens by the river": "furniture",
        "The garden took three years to build, and its gates are open by day.": "furniture",
        "A road for cyclists is to cross the town": "furniture",
        "The road was drawn by people who ride to work, and cars are to stay off it for good.": (
            "furniture"
        ),
        "Why the ferry is late so often": "furniture",
        "Help": "furniture",
        "Jobs": "furniture",
        "Terms & Conditions": "furniture",
        "© 2019 The Harbour Post": "furniture",
    }
    assert dict(_zones(*page)) == page


def test_comments_end_where_the_foot_of_the_page_begins():
    found = dict(
        _zones(
            *("A park for start-ups", "", STORY, "", MORE, "", "[ 2 comments ]", ""),
            *("parkgoer", "2 days ago at 07:52 am", "Is it open at night?", "Rating: 3 Votes", ""),
            *("Ann B on May 4, 2019 at 4:47 pm said:", "It is, I was there.", ""),
            *("Comments are closed.", "", "A garden for pensioners opens by the river"),
        )
    )
    assert [line for line, zone in found.items() if zone == "comment"] == [
        "Is it open at night?",
        "It is, I was there.",
    ]
    assert found["parkgoer"] == "furniture"
    assert found["A garden for pensioners opens by the river"] == "furniture"


def test_front_matter_holds_the_title_and_its_summary():
    head = ["---", "layout: post", "title: A park", "description: It is open", "  day and night"]
    found = _zones(*head, "tags:", "- parks", "---", STORY, "", '<img src="gate.png">', "", MORE)
    assert [zone for _, zone in found] == [
        *("furniture", "furniture", "headline", "keypoint", "keypoint"),
        *("furniture", "furniture", "furniture", "body", "furniture", "body"),
    ]


def test_a_word_of_menus_is_a_heading_between_paragraphs():
    assert _zone_of("Markets", "A park", "", STORY, "", "Markets", "", MORE) == "headline"


def test_the_title_of_a_film_is_furniture():
    film = "How the park was built"
    assert _zone_of(film, "A park", "", STORY, "", film, "Watch now", "", MORE) == "furniture"


def test_numbered_lines_are_headings_alone_and_a_list_together():
    above = ("A park", "", STORY, "")
    apart = dict(_zones(*above, "1. The gate", "", MORE, "", "2. Trees", "", STORY))
    assert apart["1. The gate"] == apart["2. Trees"] == "headline"
    together = dict(_zones(*above, MORE, "", "1. The gate", "2. Trees", "", MORE + " So be it."))
    assert together["1. The gate"] == together["2. Trees"] == "body"


def test_a_summary_below_the_title_is_a_keypoint_whatever_stands_above_it():
    lines = ["A park", "", STORY, "", MORE, "", "Highlights", "- It is open", "- It is full"]
    assert [zone for _, zone in _zones(*lines)][-2:] == ["keypoint", "keypoint"]


@pytest.mark.parametrize(
    "line", ["Updated rules for the parks of the city", "Correction of the plans for the gate"]
)
def test_a_heading_may_open_like_a_byline(line):
    assert _zone_of(line, "A park", "", STORY, "", line, "", MORE) == "headline"


def test_menus_one_below_the_other():
    menu = ["Home", "Cities", "Parks", "Roads"]
    found = dict(_zones(*menu, "", "A park for start-ups", "", STORY))
    assert {found[item] for item in menu} == {"furniture"}


def test_lines_are_numbered_as_editors_do_and_spans_are_exact():
    text = "\n\n  A park\r\n\r\n\tSTORY of a park. \n"
    table = zones({"s": text})
    assert table["line"].tolist() == [3, 5]
    assert [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == [
        "A park",
        "STORY of a park.",
    ]


@pytest.mark.parametrize("space", [" ", "\t", "\xa0", "\u2003", "\u3000", "\x1f", "\ufeff"])
def test_no_white_space_stands_around_a_line(space):
    assert _zones(f"{space}{MORE}{space}{space}", space) == _zones(MORE)


def test_sentences_stay_within_their_line_and_are_numbered_by_source():
    first = "Mr. Li paid 3.5 million. He said: “It is done.” The U.S. firm left.\nA new line"
    table = sentences(zones({"a": first, "b": "One. Two."}))
    assert table["exact"].tolist() == [
        "Mr. Li paid 3.5 million.",
        "He said: “It is done.”",
        "The U.S. firm left.",
        "A new line",
        "One.",
        "Two.",
    ]
    assert table["sentence"].tolist() == [0, 1, 2, 3, 0, 1]
    texts = {"a": first, "b": "One. Two."}
    assert all(texts[row.source][row.start : row.end] == row.exact for row in table.itertuples())


@pytest.mark.parametrize(
    "piece",
    [
        *("a\n", "1. a\n", "Comments\n", "Highlights\n- a\n", "Related\nA road for cyclists\n"),
        *(f"{MORE}\n", f"{MORE}\nRelated\n", "2 days ago\nI agree\n\n\n\n", "| a ", "by A ", "<a>"),
        *("Why a\nBy Jane Doe\n", "#", "---\n", "I, my\n\n\n", "photo ", "(photo: ", "May 3, "),
    ],
)
def test_time_is_linear_on_adversarial_pages(piece):
    assert grows_linearly(lambda text: zones({"s": text}), piece, f"A park\n\n{STORY}\n\n")


def test_in_a_thread_the_first_post_is_the_article_and_the_rest_are_comments():
    zoned = dict(
        _zones(
            "Forum > Cities > Parks > North",
            "",
            "Will they open a second park?",
            "",
            "green_thumb, March 3, 2018, 10:15",
            "",
            STORY,
            "",
            "--",
            "green_thumb | more trees",
            "",
            "old_oak, March 3, 2018, 11:02",
            "",
            "The plan for the second park was dropped in May.",
            "",
            "birch22, March 4, 2018, 09:40",
            "",
            "They will never build it near the river.",
            "Page 1 of 3 | Next",
        )
    )
    assert zoned["Will they open a second park?"] == "headline"
    assert zoned[STORY] == "body"
    assert zoned["The plan for the second park was dropped in May."] == "comment"
    assert zoned["They will never build it near the river."] == "comment"
    for line in ("green_thumb | more trees", "old_oak, March 3, 2018, 11:02", "Page 1 of 3 | Next"):
        assert zoned[line] == "furniture"


def test_who_asks_and_who_answers_speak_in_the_body():
    page = ("A park for all", "", "Q: How did it begin?", "A: With one tree.", "", STORY, "", MORE)
    assert _zone_of("Q: How did it begin?", *page) == "body"
    assert _zone_of("A: With one tree.", *page) == "body"


def test_a_summary_on_one_line_is_a_keypoint():
    page = (
        "A park for all",
        "",
        "In short: the city has opened a park for firms.",
        "",
        STORY,
        MORE,
    )
    assert _zone_of("In short: the city has opened a park for firms.", *page) == "keypoint"


def test_what_presents_a_company_below_an_article_is_furniture():
    about = [
        "About Greengate",
        "Greengate builds parks in forty cities of the coast and looks after all of them.",
    ]
    foot = ["Reach the firm at its seat in the old town."]
    page = _zones("A park for start-ups", "", STORY, "", MORE, "", *about, "", *foot)
    assert [zone for _, zone in page[-3:]] == ["furniture"] * 3
    # A heading of the article's own presents nobody, nor does one that the article begins with.
    asked = _zones("A park", "", STORY, "", MORE, "", "About the costs", STORY, "", MORE)
    assert asked[3][1:] == ("headline",)
    assert dict(_zones(*about, "", STORY, "", MORE))[MORE] == "body"


def test_the_title_is_no_name_of_a_section():
    head = [
        "Opinion",
        "A park for start-ups",
        "Jane Doe",
        "PUBLISHED: 14 Nov 2024 at 04:00",
        "Oped",
    ]
    menu = ["Jane Doe", "Small", "Medium", "Large", "Listen to this article", "Play", "Pause"]
    page = dict(_zones(*head, *menu, STORY, MORE))
    assert page["A park for start-ups"] == "headline"
    assert page["Oped"] == "furniture"


def test_a_table_of_figures_belongs_to_the_article():
    figures = ["1,225.81", "1,050.00", "175.81", "665.91", "556.71", "109.20", "584.49", "472.71"]
    page = dict(_zones("A park for start-ups", "", STORY, "", *figures, *figures, "", MORE))
    assert page["A park for start-ups"] == "headline"
    assert page[STORY] == page[MORE] == "body"
