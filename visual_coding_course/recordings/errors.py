"""What can go wrong when recordings are asked for or built, each with what to do about it."""

import errno


class PracticeError(Exception):
    """Base of all errors of recordings."""


class NotInPracticeError(PracticeError, LookupError):
    """Something was asked for that the practice recordings do not hold."""


class BuildError(PracticeError, OSError):
    """The practice recordings could not be written; the message says what to do.

    Attributes
    ----------
    errno : int or None
        The operating system's error number, if it gave one.
    """


class NoNetworkError(PracticeError, ConnectionError):
    """The Allen Institute could not be reached; says what needs no network."""


class DamagedError(PracticeError, OSError):
    """A manifest, a table or a recording cannot be read; says which, and what to do."""


READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def os_error_number(error):
    """The operating system's error number behind an exception, or None.

    HDF5 reports most of them in words only.
    """
    if getattr(error, "errno", None):
        return error.errno
    words = str(error).lower()
    if "no space left" in words or "disk quota exceeded" in words:
        return errno.ENOSPC
    if "permission denied" in words:
        return errno.EACCES
    if "read-only file system" in words:
        return errno.EROFS
    return None


def is_about_files(error):
    """Whether an exception comes from writing files rather than from a mistake in the program.

    HDF5 raises RuntimeError, too, when it fails to write out what it still holds.
    """
    return isinstance(error, OSError) or (
        isinstance(error, RuntimeError) and os_error_number(error) is not None
    )


def build_error(error, folder, variable, megabytes):
    """Explain why the recordings could not be written.

    Parameters
    ----------
    error : Exception
    folder : path-like
        Where they should have gone.
    variable : str
        Environment variable that names another folder.
    megabytes : int
        Space that a build takes.

    Returns
    -------
    BuildError
    """
    number = os_error_number(error)
    elsewhere = f"set the environment variable {variable} to a folder"
    if number in FULL:
        message = (
            f"The disk is full: the practice recordings need {megabytes} MB in {folder}. "
            f"Free {megabytes} MB there, or {elsewhere} with enough space, and try again."
        )
    elif number in READ_ONLY:
        message = (
            f"The practice recordings cannot be written to {folder}: it is read-only for you. "
            f"Make it writable, or {elsewhere} of your own, and try again."
        )
    else:
        message = (
            f"The practice recordings could not be written to {folder}: {error}. "
            f"Check that folder, or {elsewhere} elsewhere, and try again."
        )
    result = BuildError(message)
    result.errno = number
    return result
