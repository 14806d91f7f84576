"""The parts of the page that hold widgets; what they show is rendered elsewhere as escaped HTML."""
