"""Webhooks: changes are sent to those who asked, signed, in order, at least once.

``signing`` and ``addresses`` are rules, ``sending`` makes one attempt, ``feed`` turns changes
into events, ``delivering`` is what the background worker does, ``subscriptions`` what people do.
"""
