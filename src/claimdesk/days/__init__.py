"""Whether two days belong to the same event: the machinery behind checks/dates.py."""
