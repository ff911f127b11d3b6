"""JSON over HTTP under /api/v1, and the operator's routes at the root.

Endpoints are coroutines that hand their work to a few threads and answer with bytes encoded once.
"""
