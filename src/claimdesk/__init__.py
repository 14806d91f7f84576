"""Claimdesk checks the claims of a text against sources that a person trusts."""
