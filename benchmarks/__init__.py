"""Figures that depend on the machine: measured when asked for, never asserted in a test."""
