"""Words that stand apart from what they belong to, and where a model expects them.

News puts days, attributions and asides between a verb and its auxiliary ("will on Wednesday host",
"has, his office said, left for"): a model that has met few of them takes the verb for a noun. So it
is shown "on Wednesday will host", and what it read is put back in the order of the text.
"""
