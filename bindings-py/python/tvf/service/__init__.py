"""The indicator service: the functions of `tvf` over HTTP.

Run it with `python -m tvf.service`; it needs the extra `tvf[service]`. Settings come from the
environment, see `python -m tvf.service --help`. Other servers take the application from
`tvf.service.app:create_app`.
"""
