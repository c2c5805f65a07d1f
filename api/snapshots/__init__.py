"""Snapshots: every resource in files, as of one moment of the feed of changes.

``writing`` makes the files of a resource, ``taking`` is the job, ``ranges`` hands files out.
"""
