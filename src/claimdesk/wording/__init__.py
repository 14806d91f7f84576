"""How the words of a quote compare with a source: the machinery behind checks/quotes.py, indirect.py and speaker.py."""
