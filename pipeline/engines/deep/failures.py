"""Every exception of deep_translator as one of ours, without a key in its text."""

from collections.abc import Collection, Mapping
from typing import Final

from pipeline.errors import (
    EngineError,
    EngineRefused,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)
from pipeline.transport.safety import scrub, shortened

KINDS: Final[Mapping[str, tuple[type[EngineError], str]]] = {
    "BaseError": (EngineRefused, "cannot translate the text"),
    "LanguageNotSupportedException": (UnsupportedLocale, "does not know the locale"),
    "InvalidSourceOrTargetLanguage": (UnsupportedLocale, "does not know the locale"),
    "NotValidPayload": (EngineRefused, "does not take the text"),
    "NotValidLength": (EngineRefused, "does not take a text of this length"),
    "TranslationNotFound": (EngineRefused, "gave a page without a translation"),
    "ElementNotFoundInGetRequest": (EngineRefused, "gave a page without a translation"),
    "RequestError": (EngineUnavailable, "did not accept the request"),
    "MicrosoftAPIerror": (EngineUnavailable, "did not accept the request"),
    "BaiduAPIerror": (EngineUnavailable, "did not accept the request"),
    "TooManyRequests": (RateLimited, "takes no more texts for now"),
    "ServerException": (EngineUnavailable, "did not accept the request"),
    "ApiKeyException": (EngineUnavailable, "needs a key"),
    "AuthorizationException": (EngineUnavailable, "does not accept the key"),
}
"""By the name of the class in `deep_translator.exceptions`."""

# ServerException tells its cases apart by these alone.
_CODES: Final[Mapping[str, type[EngineError]]] = {
    "ERR_TEXT_TOO_LONG": EngineRefused,
    "ERR_UNPROCESSABLE_TEXT": EngineRefused,
    "ERR_LANG_NOT_SUPPORTED": UnsupportedLocale,
    "ERR_TOO_MANY_REQUESTS": RateLimited,
    "ERR_DAILY_REQ_LIMIT_EXCEEDED": RateLimited,
    "ERR_DAILY_CHAR_LIMIT_EXCEEDED": RateLimited,
}
# What the library stumbles over when an answer is not what it expects.
_UNREADABLE: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)


def as_engine_error(
    error: BaseException,
    origin: str,
    secrets: Collection[str],
) -> EngineError:
    """The error of ours that says what this one means; keys are struck out."""
    for kind in type(error).__mro__:
        if kind.__name__ in KINDS and kind.__module__ == "deep_translator.exceptions":
            ours, sentence = KINDS[kind.__name__]
            detail = _detail(error)
            ours = _CODES.get(detail, ours)
            said = f": {shortened(scrub(detail, secrets))}" if detail else ""
            return ours(f"{origin} {sentence}{said}")
    name = type(error).__name__
    if isinstance(error, ImportError):
        return EngineUnavailable(
            f"{origin} needs a package that is not installed: {error.name}",
            hint=f"install {error.name}, or use another service",
        )
    if isinstance(error, _UNREADABLE):
        return EngineRefused(f"{origin} gave an answer that cannot be read ({name})")
    return EngineUnavailable(f"{origin} failed ({name})")


def _detail(error: BaseException) -> str:
    """What the service itself said; other texts of the library quote text or key."""
    if type(error).__name__ == "ServerException":
        return str(error)
    return str(getattr(error, "api_message", ""))
