"""Forms that browsers send in parts, as those with a file are."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from service.access import Session
from service.api.bodies import read_body
from service.api.who import check_page_token
from service.errors import InvalidError
from service.web.pages import check_same_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that a browser sent."""

    name: str
    """As the browser calls it; nothing is ever written under it."""
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a form held."""

    fields: Mapping[str, str]
    files: Mapping[str, Upload]


async def read_parts(request: Request, session: Session, *, most: int) -> Parts:
    """Return the parts of a form that a page of the session sent.

    Parameters
    ----------
    most : int
        Bytes of the whole form.

    Raises
    ------
    WrongOriginError
        The form came from another site, or without the page's token.
    TooLargeError
        It has more than *most* bytes.
    InvalidError
        It is no such form.
    """
    check_same_site(request)
    parser = MultiPartParser(
        request.headers, _once(await read_body(request, most=most)), max_files=1, max_fields=10, max_part_size=most
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise InvalidError("the form cannot be read") from error
    fields, files = dict[str, str](), dict[str, Upload]()
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[name] = Upload(name=value.filename or "", data=await value.read())
        else:
            fields[name] = value
    await form.close()
    check_page_token(request, session, fields.pop("csrf", ""))
    return Parts(fields=fields, files=files)


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
