"""Entailment: what a trained cross-encoder makes of a claim and a passage, and how far that is trusted.

``marking`` writes what the number and date rules know into the two texts, ``windows`` cuts long evidence, ``judges``
runs the model (the shipped one by ONNX, any other by sentence-transformers), ``combiner`` turns its logits and the
findings of the other checks into calibrated probabilities.
"""
