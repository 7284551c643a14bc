"""Checks of what the sources say somewhere, on a corpus and checks made up here."""

from small import small_corpus

from helpers.checked import checked, verdicts
from helpers.record import CLOSED_SETS, Record
from helpers.tables import frame, table

CORPUS = small_corpus({"a": "China bans coins.\nBanks obey."})
COLUMNS = ("check", "source", "start", "end", "exact", "statement", "verdict", "line")
ROWS = [
    ("K001", "a", 0, 11, "China bans ", "It bans.", "confirmed", 2),
    ("K002", "a", 24, 28, "obey", "They obey.", "partly", 3),
    ("K003", "b", 0, 4, "Gone", "It is gone.", "unverified", 4),
]


def record_of(*rows):
    checks = frame(COLUMNS, rows, CLOSED_SETS)
    return Record(events=table("claims", []), series=table("claims", []), checks=checks)


def test_checks_are_those_that_share_a_character_with_a_row():
    sentences = CORPUS.sentences
    found = [checked(CORPUS, record_of(*ROWS), sentences.iloc[[n]]) for n in (0, 1)]
    assert [rows["check"].tolist() for rows in found] == [["K001"], ["K002"]]
    assert checked(CORPUS, record_of(*ROWS), sentences)["sentence"].tolist() == [0, 1]


def test_where_none_is_found_the_columns_stay():
    for rows in ([ROWS[2]], [ROWS[0]]):
        found = checked(CORPUS, record_of(*rows), CORPUS.sentences.head(0))
        assert found.empty
        assert {*COLUMNS, "sentence", "located"} <= {*found}
        assert verdicts(found) == []


def test_verdicts_are_counted_in_the_order_of_the_record():
    assert verdicts(record_of(*ROWS[::-1], ROWS[0]).checks) == [
        "2 confirmed",
        "1 confirmed in part",
        "1 left unverified",
    ]
