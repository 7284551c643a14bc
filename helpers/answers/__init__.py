"""The answers of the notebooks: functions that take a corpus and give findings.

One module for each notebook, and `variations` for all: what would be found if a source, or a
coding, were different. No answer is fixed: where other sources say otherwise, so do the sentences.
"""
