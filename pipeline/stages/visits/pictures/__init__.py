"""Pictures' captions: which sentences are some, whom they show, where and when."""
