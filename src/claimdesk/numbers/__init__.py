"""Whether two numbers fill the same slot, and how their values relate: the machinery behind checks/numbers.py."""
