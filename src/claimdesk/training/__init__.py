"""Training of the judge model from a folder of labelled pairs; a cut run goes on where it stopped.

``pairs`` reads the labelled data and leaves out what the development files share, ``lexicon`` reads opposites from
WordNet, ``rewrites`` and ``frames`` make new pairs with a known label, ``mixture`` puts all together as the model will
read it, ``fit`` trains and ``ship`` writes what the package holds. Nothing here is imported when texts are checked.
"""
