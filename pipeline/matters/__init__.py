"""Which paragraphs of an article tell of one matter: a digest, or background, tells of several.

One answer serves every stage: where a paragraph begins (`paragraphs`), which of them hang together
by whom and which countries they name, and which are of different matters (`linked`).
"""
