"""English as characters, words, sentences and grammar; the rest of the package asks it and nothing else."""
