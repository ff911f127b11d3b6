"""People and offers as columns: one numpy array an attribute, one row a person or an offer.

Integers use -1 and days use 0 for unknown; floats use NaN. Sets are bit masks (see `bits`).
"""
