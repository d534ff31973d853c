"""Patches for the engine's Step Functions interpreter."""
