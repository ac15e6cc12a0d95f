"""Runs: what a scan found, kept in a folder, from which every report is rendered."""
