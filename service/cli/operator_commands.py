"""Commands of whoever runs the service: serve, import, export, users, audit, backup, restore, erase."""

import logging
import os
import sys
from contextlib import closing
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
import uvicorn

from matching.jsonl import dump
from matching.taxonomy.release import current_taxonomy
from service import audit as audit_chain
from service.access import MIN_PASSWORD, OPERATOR, Role, hash_password
from service.api.connections import STOP_SECONDS, Connection
from service.app import build_app, build_house, create_app, now_utc
from service.cli.files import STANDARD, write
from service.errors import InvalidError, NotFoundError, OperatorError
from service.intake.rows import MAX_LINES_FILE, OFFERS, SURVEYS, Form, Intake, read_file, read_path
from service.operations.exports import export_training
from service.operations.importing import import_offers, import_surveys
from service.operations.keeping import back_up, erase_person
from service.operations.keeping import restore as restore_copy
from service.operations.places import communes_of, read_commune
from service.operations.samples import PASSWORD, SAMPLE_USERS
from service.privacy import Keys
from service.settings import Settings, from_environment
from service.storage.accounts import disable_user, list_users, save_user
from service.storage.engine import Database

R = TypeVar("R")

DatabaseUrl = Annotated[
    str | None, typer.Option("--database", help="SQLAlchemy URL, such as sqlite:///viecgan.db.", metavar="URL")
]

users_app = typer.Typer(help="Users: who may sign in, as what, and for which communes.", no_args_is_help=True)
export_app = typer.Typer(help="What leaves the database.", no_args_is_help=True)
audit_app = typer.Typer(help="The audit chain.", no_args_is_help=True)


class Kind(StrEnum):
    """What a file holds."""

    SURVEYS = "surveys"
    OFFERS = "offers"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(serve)
    app.command("import")(import_file)
    app.command()(backup)
    app.command()(restore)
    app.command()(erase)
    users_app.command("list")(users_list)
    users_app.command("add")(users_add)
    users_app.command("disable")(users_disable)
    export_app.command("training")(export_outcomes)
    audit_app.command("verify")(audit_verify)
    app.add_typer(export_app, name="export")
    app.add_typer(users_app, name="users")
    app.add_typer(audit_app, name="audit")


def serve(
    host: Annotated[str | None, typer.Option(help="Where to listen.", metavar="H")] = None,
    port: Annotated[int | None, typer.Option(help="Port.", metavar="P", min=1, max=65535)] = None,
    database: DatabaseUrl = None,
    workers: Annotated[int | None, typer.Option(help="Processes.", metavar="N", min=1, max=64)] = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="Load invented people, offers and users once; this machine only.")
    ] = False,
) -> None:
    """Serve the API and the pages.

    Example: viecgan serve --samples --port 8000
    """
    given = {"host": host, "port": port, "workers": workers, "samples": samples or None}
    settings = settings_of(database, **given)
    house = build_house(settings)
    _say(f"Việc Gần: http://{settings.host}:{settings.port}")
    if settings.samples:
        _say(f"Sample users (password {PASSWORD}): {', '.join(SAMPLE_USERS)}")
    options: dict[str, Any] = {
        "host": settings.host, "port": settings.port, "access_log": False, "server_header": False,
        "log_level": "warning", "http": Connection, "ws": "none", "timeout_graceful_shutdown": STOP_SECONDS,
        "forwarded_allow_ips": settings.proxies,
    }  # fmt: skip
    if settings.workers == 1:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
        uvicorn.run(build_app(house, tls=settings.tls), **options)
        return
    house.database.close()
    os.environ.update(settings.as_environment())
    uvicorn.run(f"{create_app.__module__}:{create_app.__name__}", factory=True, workers=settings.workers, **options)


def import_file(
    kind: Annotated[Kind, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="A spreadsheet (XLSX, XLS, ODS), CSV or JSONL file; - reads JSONL.")],
    database: DatabaseUrl = None,
) -> None:
    """Bring surveys or offers into the database; the same file again changes nothing.

    The columns of a sheet may be named as communes name them, or as in the contract. Rows that cannot be kept are
    listed with the reason, the others are kept. Exit status 1 when a row was rejected.

    Example: viecgan import surveys xa-phan-ri-cua.xlsx
    """
    ending = file.suffix.lower()  # the audit is never erased, and the name itself may be a person's
    if kind is Kind.SURVEYS:
        surveys = _intake(file, SURVEYS)
        with closing((house := build_house(settings_of(database))).database):
            told, report = surveys.told, import_surveys(house, surveys.rows, name=ending)
    else:
        offers = _intake(file, OFFERS)
        with closing((house := build_house(settings_of(database))).database):
            told, report = offers.told, import_offers(house, offers.rows, name=ending)
    for one in told:
        _say(f"{file.name}: {one}")
    for number, reason in report.rejected:
        _say(f"{file.name}, row {number}: {reason}")
    typer.echo(
        f"rows in {report.rows_in}, saved {report.saved}, changed {report.changed}, "
        f"rejected {len(report.rejected)}, duplicate {report.duplicate}"
    )
    if report.rejected:
        raise typer.Exit(1)


def export_outcomes(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write here instead of standard output.")
    ] = None,
    database: DatabaseUrl = None,
) -> None:
    """Write what became of referrals, for train: features in steps, a grade, and a name of one day for each person.

    People come in tens, so that nobody can be told by what changed; delete the file once a model has learnt from it.

    Example: viecgan export training -o events/outcomes.jsonl
    """
    with closing(_database(database)) as opened:
        found = [outcome for _, outcome in export_training(opened, OPERATOR, at=now_utc())]
    write(map(dump, found), output)
    _say(f"{len(found)} outcomes of {len({outcome.person for outcome in found})} people")


def users_list(database: DatabaseUrl = None) -> None:
    """List the users.

    Example: viecgan users list
    """
    with closing(_database(database)) as opened, opened.reading() as connection:
        for user in list_users(connection):
            state = "disabled" if user.disabled_at else "active"
            typer.echo(f"{user.user}\t{user.role}\t{state}\t{','.join(user.communes)}")


def users_add(
    user: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[Role, typer.Argument(help="What the user may do.")],
    commune: Annotated[list[str] | None, typer.Option(help="A commune, by code or name; may be given again.")] = None,
    province: Annotated[str | None, typer.Option(help="Every commune of a province, for a coordinator.")] = None,
    database: DatabaseUrl = None,
) -> None:
    """Add a user, or give one a new role, communes and password; the password is read from standard input.

    Example: viecgan users add officer.ban officer --commune "Xã Phan Rí Cửa, Lâm Đồng"
    """
    if role is Role.OPERATOR:
        raise InvalidError("nobody signs in as operator; use admin")
    settings = settings_of(database)
    codes = [_commune(settings, text) for text in commune or ()]
    codes += [] if province is None else communes_of(current_taxonomy(), province)
    if role in (Role.OFFICER, Role.COORDINATOR) and not codes:
        raise InvalidError("an officer or coordinator needs at least one --commune, or a --province")
    password = _new_password()
    with closing(_database(database)) as opened, opened.writing() as connection:
        save_user(connection, user, role=role, communes=codes, password_hash=hash_password(password))
        audit_chain.append(connection, opened.keys, OPERATOR, "save_user", at=now_utc(), user=user, given=role.value)


def users_disable(
    user: Annotated[str, typer.Argument(help="Who may not sign in any more.")], database: DatabaseUrl = None
) -> None:
    """Keep a user from signing in, and end their sessions.

    Example: viecgan users disable officer.ban
    """
    with closing(_database(database)) as opened, opened.writing() as connection:
        try:
            disable_user(connection, user, at=now_utc())
        except NotFoundError:
            raise OperatorError(f"there is no user [{user}]") from None
        audit_chain.append(connection, opened.keys, OPERATOR, "disable_user", at=now_utc(), user=user)


def audit_verify(
    anchor: Annotated[str | None, typer.Option(help="What an earlier run printed.")] = None,
    database: DatabaseUrl = None,
) -> None:
    """Check the whole audit chain, and print an anchor to write down and hand in next time.

    Example: viecgan audit verify --anchor 3f0c...
    """
    with closing(_database(database)) as opened, opened.reading() as connection:
        entries, last = audit_chain.verify(connection, opened.keys, anchor=anchor)
    typer.echo(f"whole: {entries} entries, anchor {last}")


def backup(target: Annotated[Path, typer.Argument(help="A new file.")], database: DatabaseUrl = None) -> None:
    """Copy the database while it is in use, and check the copy. Keep the secret file apart: it is not copied.

    Example: viecgan backup /media/usb/viecgan-2026-11-23.db
    """
    with closing(_database(database)) as opened:
        entries, anchor = back_up(opened, target)
    typer.echo(f"copied: {entries} audit entries, anchor {anchor}")


def restore(
    copy: Annotated[Path, typer.Argument(help="A copy that `backup` made.")],
    replace_it: Annotated[bool, typer.Option("--replace", help="Take the place of the database that stands.")] = False,
    database: DatabaseUrl = None,
) -> None:
    """Check a copy and put it in the place of the database. Stop the service first.

    People who were erased from the database that stands there are erased from the copy too. Where none stands any
    more, erase them again.

    Example: viecgan restore /media/usb/viecgan-2026-11-23.db --replace
    """
    done = restore_copy(_database(database, prepare=False), copy, replace=replace_it, at=now_utc())
    typer.echo(f"restored: {done.entries} audit entries, anchor {done.anchor}, erased again {done.erased_again}")


def erase(
    person_id: Annotated[str, typer.Argument(help="Whom to erase.")],
    commune: Annotated[str | None, typer.Option(help="Their commune, where several know the id.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    database: DatabaseUrl = None,
) -> None:
    """Remove a person from every table; the audit keeps a pseudonym that leads to nobody.

    Example: viecgan erase PR-0142 --yes
    """
    if not yes:
        typer.confirm(f"Erase {person_id} for good?", abort=True, err=True)
    code = None if commune is None else _commune(settings_of(database), commune)
    with closing(_database(database)) as opened:
        try:
            erase_person(opened, person_id, at=now_utc(), commune=code)
        except NotFoundError:
            raise OperatorError(f"nobody has the id [{person_id}]") from None
    typer.echo(f"erased: {person_id}")


def settings_of(database: str | None, **given: Any) -> Settings:
    """Return the settings of the environment, with those that the command line gives in their place."""
    chosen = {name: value for name, value in ({"database": database} | given).items() if value is not None}
    return replace(from_environment(), **chosen)


def _intake(file: Path, form: Form[R]) -> Intake[R]:
    if str(file) != STANDARD:
        return read_path(file, form)
    return read_file("standard input.jsonl", sys.stdin.buffer.read(MAX_LINES_FILE + 1), form)


def _database(url: str | None, *, prepare: bool = True) -> Database:
    settings = settings_of(url)
    database = Database(settings.database, Keys(settings.secret()))
    if prepare:
        database.prepare()
    return database


def _commune(settings: Settings, text: str) -> str:
    return read_commune(current_taxonomy(), text, home_province=settings.home_province)


def _new_password() -> str:
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < MIN_PASSWORD:
        raise InvalidError(f"the password needs at least {MIN_PASSWORD} characters", path="password")
    return str(password)


def _say(message: str) -> None:
    typer.echo(message, err=True)
