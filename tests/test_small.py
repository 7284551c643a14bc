"""What other tests lean on."""

from small import grows_linearly


def test_growth_is_told():
    assert grows_linearly(lambda text: [ord(char) for char in text], "ab ")
    # With the third power, as a busy machine can hide what the second makes of so short a text.
    assert not grows_linearly(
        lambda text: [text.count("z") for _ in text[::200] for _ in text[::200]], "ab "
    )
