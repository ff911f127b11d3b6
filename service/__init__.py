"""The running product: who may ask what, and where it is kept.

A stack: errors, settings, privacy, access, storage, audit, intake, operations, api, web, app, cli;
each room imports only from rooms before it, and only `app` and `cli` read settings.
"""
