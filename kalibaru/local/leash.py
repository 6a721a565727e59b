"""Become a program that ends when its parent does, as another user if wanted.

    python leash.py PARENT_PID SIGNAL USER PROGRAM [ARGUMENT…]        (USER "-": the same one)

Run by its path with the plain interpreter, so that it costs milliseconds. Linux sends SIGNAL to the program
when the runner dies by any means; elsewhere the next start finds and ends what was left.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(parent, number, user, *command):
    """Drop rights, ask for the signal, become the command."""
    if user != "-":
        import pwd

        entry = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
        os.environ.update(HOME="/", USER=user, LOGNAME=user)
    if sys.platform == "linux":
        # After the change of user, which would clear it.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != int(parent):
            sys.exit("the runner ended before its program began")
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
