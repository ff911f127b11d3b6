"""Everything that can go wrong inside `service`; one table in `service.api.problems` turns it into HTTP.

ServiceError
├── NotSignedInError          no session, an ended one, or a wrong password
├── NotFoundError             it does not exist, or it is not the asker's: one answer for both
├── InvalidError              a request that breaks its schema; says where
│   ├── NoCursorError         no place in a list, or one that is gone
│   ├── TooLargeError         a body beyond the limit
│   ├── FileError             a file from outside that is not read at all, said in both languages
│   │   └── FileTooLargeError also a TooLargeError: more memory, time or cells than a file may take
│   └── WrongOriginError      a browser's write without the page's own token
├── ConflictError             the request is right, the state is not
│   └── NotOpenError          an opening that is closed, or held because its posting breaks the law
├── TooManyTriesError         too many wrong passwords in a row
└── OperatorError             a start, import, backup or restore refused for a stated reason
    ├── SettingsError
    ├── StorageError          a database that cannot be opened, or is newer than this code
    └── AuditError            the audit chain is not whole
"""


class ServiceError(Exception):
    """Root of the tree."""


class NotSignedInError(ServiceError):
    """No session, an ended one, or a wrong password."""


class NotFoundError(ServiceError):
    """What does not exist and what is not the asker's; nothing tells the two apart."""

    def __init__(self) -> None:
        super().__init__("There is nothing here for you.")


class InvalidError(ServiceError):
    """A request that breaks its schema.

    Attributes
    ----------
    path : str
        Dotted path of the field at fault; "" when it is the whole body.
    """

    def __init__(self, message: str, *, path: str = "") -> None:
        self.path = path
        super().__init__(message)


class NoCursorError(InvalidError):
    """A text that is no place in a list, or a place that is gone."""

    def __init__(self) -> None:
        super().__init__("this is no cursor of this list; leave it out to start at the top", path="cursor")


class TooLargeError(InvalidError):
    """A body beyond the limit."""


class FileError(InvalidError):
    """A file from outside that is not read at all.

    Attributes
    ----------
    vi : str
        The message in Vietnamese, for the page where it was handed in; several are parted by line breaks.
    """

    def __init__(self, message: str, *, vi: str) -> None:
        self.vi = vi
        super().__init__(message)


class FileTooLargeError(FileError, TooLargeError):
    """A file that takes more memory, time or cells than one may."""


class WrongOriginError(InvalidError):
    """A browser's write without the page's own token."""


class ConflictError(ServiceError):
    """The request is right, the state is not."""


class NotOpenError(ConflictError):
    """An opening that is closed, or held because its posting breaks the law."""


class TooManyTriesError(ServiceError):
    """Too many wrong passwords in a row; wait."""


class OperatorError(ServiceError):
    """A start, import, backup or restore that is refused for a stated reason."""


class SettingsError(OperatorError):
    """A setting that cannot be used; the message names it."""


class StorageError(OperatorError):
    """A database that cannot be opened, or is newer than this code."""


class AuditError(OperatorError):
    """The audit chain is not whole; the message names the first entry at fault."""
