"""`python -m service.cli` is `viecgan`."""

from service.cli import main

main()
