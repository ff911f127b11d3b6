"""Invented people and offers: a committed draw written by hand, and a seeded generator for any size."""

from matching.samples.committed import load_samples
from matching.samples.generate import generate
from matching.samples.records import LicenceTruth, Planted, Samples, TradeTruth, Truth

__all__ = ["LicenceTruth", "Planted", "Samples", "TradeTruth", "Truth", "generate", "load_samples"]
