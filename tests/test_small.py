"""What other tests lean on."""

from small import grows_linearly


def test_growth_is_told():
    assert grows_linearly(lambda text: [ord(char) for char in text], "ab ")
    assert not grows_linearly(lambda text: [hash(text[i:]) for i in range(0, len(text), 4)], "ab ")
