"""The command line: one application made of command modules; `viecgan COMMAND --help` explains each."""

import sys

import typer

from matching.errors import MatchingError
from service.cli import lexicon_commands, matching_commands, model_commands, operator_commands
from service.errors import ServiceError

MODULES = (operator_commands, matching_commands, model_commands, lexicon_commands)


def application() -> typer.Typer:
    """Return the application with every command."""
    app = typer.Typer(
        name="viecgan",
        help="Việc Gần: work, training and loans near home.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for module in MODULES:
        module.register(app)
    return app


def main() -> None:
    """Run a command: exit status 0 done, 1 refused for a stated reason, 2 wrong usage."""
    try:
        application()()
    except (ServiceError, MatchingError) as error:
        typer.echo(f"viecgan: {error}", err=True)
        sys.exit(1)
