"""The first step of every `make` target: an environment that matches the lock files, then the command in it.

Standard library only, and in words that any Python 3 can read, so that an old one can say what is missing.

    python3 kalibaru/local/bootstrap.py [--with test] COMMAND [ARGUMENT…]   (a command of kalibaru.local)
    python3 kalibaru/local/bootstrap.py [--with test] --exec PROGRAM …      (a program of the environment)
"""

import hashlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LOCAL = os.path.join(ROOT, ".local")
VENV = os.path.join(LOCAL, "venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed.json")
OLDEST = (3, 11)
# What `make test` needs contains what `make run` needs; one environment serves both.
SETS = ("local", "test")


class Stop(Exception):
    """Something is missing; the message is one sentence that says what to do."""


def main(arguments):
    """Prepare, then become the command."""
    wanted = "local"
    if arguments[:1] == ["--with"]:
        wanted, arguments = arguments[1], arguments[2:]
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        use_a_python_that_can(sys.argv[1:])
        prepare(wanted)
    except Stop as stop:
        sys.exit(f"Kalibaru HUB: {stop}")
    except KeyboardInterrupt:
        sys.exit("Kalibaru HUB: stopped while preparing; the next start goes on from here.")
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if arguments[:1] == ["--exec"]:
        command = [PYTHON, "-m", *arguments[1:]]
    else:
        command = [PYTHON, "-m", "kalibaru.local", *arguments]
    os.execv(PYTHON, command)


def use_a_python_that_can(arguments):
    """Go on with this Python if it is new enough and can make environments; else with one that is and can."""
    if platform.system() not in ("Linux", "Darwin"):
        raise Stop("the embedded servers run on Linux and macOS; on Windows use WSL (or docker compose).")
    if sys.version_info[:2] >= OLDEST and (os.path.exists(STAMP) or can_make_environments(sys.executable)):
        return
    for name in ("python3.13", "python3.12", "python3.11", "python3.14", "python3"):
        found = shutil.which(name)
        if found and found != sys.executable and can_make_environments(found):
            os.execv(found, [found, os.path.abspath(__file__), *arguments])
    have = ".".join(map(str, sys.version_info[:2]))
    if sys.version_info[:2] < OLDEST:
        raise Stop(f"Python 3.11 or newer is needed, this is {have}; install one and put it first in PATH.")
    raise Stop(f"this Python has no venv module; install it, on Debian or Ubuntu: apt install python{have}-venv")


def can_make_environments(python):
    """Return whether an interpreter starts, is new enough, and has venv with pip."""
    check = f"import sys, venv, ensurepip; sys.exit(sys.version_info[:2] < {OLDEST!r})"
    try:
        return subprocess.run([python, "-c", check], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def prepare(wanted):
    """Make the environment and install the locked packages, unless that is done."""
    own_state_folder()
    with open(os.path.join(LOCAL, "setup.lock"), "w") as lock:
        wait_for(lock)
        done = read_stamp()
        if done["locks"] == lock_digest() and (done["set"] == "test" or wanted == "local") and works("pip"):
            return
        if not works("pip"):
            say("making a Python environment in .local/venv")
            shutil.rmtree(VENV, ignore_errors=True)
            if subprocess.run([sys.executable, "-m", "venv", VENV]).returncode:
                raise Stop("the environment could not be made; see the lines above.")
        if done["set"] == "test":
            wanted = "test"
        install(wanted)
        with open(STAMP + ".new", "w") as file:
            json.dump({"locks": lock_digest(), "set": wanted}, file)
        os.replace(STAMP + ".new", STAMP)


def own_state_folder():
    """Make .local/, or say why this person cannot use it."""
    os.umask(0o022)
    try:
        os.makedirs(LOCAL, exist_ok=True)
    except OSError as error:
        raise Stop(f"cannot make {LOCAL} ({error.strerror}); run it where you may write.") from error
    if os.geteuid() not in (0, os.stat(LOCAL).st_uid) or not os.access(LOCAL, os.W_OK):
        raise Stop(".local/ belongs to another user of this machine; remove it, or run as that user.")


def wait_for(lock):
    """Let one `make` of this checkout prepare at a time."""
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("waiting for another make of this checkout to finish preparing")
        fcntl.flock(lock, fcntl.LOCK_EX)


def read_stamp():
    """Return what was installed here last."""
    try:
        with open(STAMP) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {"locks": "", "set": ""}


def lock_digest():
    """Return one hash over all lock files."""
    digest = hashlib.sha256()
    for name in SETS:
        with open(os.path.join(ROOT, "requirements", name + ".txt"), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def works(module):
    """Return whether the environment's Python starts and has a module; False after a half-made environment."""
    check = (
        f"import sys, importlib.util as u; sys.exit(u.find_spec({module!r}) is None or sys.version_info < {OLDEST!r})"
    )
    try:
        return subprocess.run([PYTHON, "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def install(wanted):
    """Install the lock file with pip, wheels only, every one checked by its hash."""
    lock = os.path.join("requirements", wanted + ".txt")
    with open(lock) as file:
        total = len(re.findall(r"^[A-Za-z0-9_.-]+==", file.read(), re.M))
    say(f"installing about {total} packages from {lock}, each checked by its hash (first time: a minute or two)")
    environment = {k: v for k, v in os.environ.items() if k not in ("PIP_USER", "PIP_TARGET", "PIP_PREFIX")}
    # A person's own pip.conf may ask for --user, which an environment refuses.
    environment.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--only-binary=:all:",
        "--progress-bar=off",
        "-r",
        lock,
    ]
    log_path = os.path.join(LOCAL, "log", "pip.log")
    os.makedirs(os.path.dirname(log_path), exist_ok=True)
    with open(log_path, "w") as log:
        pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        try:
            follow(pip.stdout, log, total)
            status = pip.wait()
        except BaseException:
            pip.terminate()
            pip.wait()
            raise
    if status:
        with open(log_path) as log:
            raise Stop(why_pip_failed(log.read()))


def follow(lines, log, total):
    """Keep pip's words in the log; show how far it is."""
    count = 0
    for line in lines:
        log.write(line)
        if line.startswith("Collecting "):
            count += 1
            if count % 10 == 0:
                say(f"  found {count} of about {total}")
        elif line.startswith("Installing collected"):
            say("  unpacking")


def why_pip_failed(output):
    """Return one sentence for the commonest reasons."""
    if re.search(r"name resolution|NewConnectionError|Connection refused|timed out|ProxyError|SSLError", output):
        return "the package index cannot be reached; check the network (or PIP_INDEX_URL), then run it again."
    if "DO NOT MATCH THE HASHES" in output:
        return "a package does not match its hash in requirements/; nothing of it was installed (.local/log/pip.log)."
    if re.search(r"No matching distribution|is not a supported wheel", output):
        what = re.findall(r"No matching distribution found for (\S+)", output)[-1:] or ["a package"]
        system = f"{platform.system()} {platform.machine()}, Python {'.'.join(map(str, sys.version_info[:2]))}"
        return f"{what[0]} has no ready-made package for this system ({system}); .local/log/pip.log says more."
    if "No space left" in output:
        return "the disk is full; about 600 MB are needed."
    return f"the packages could not be installed: {output.strip().splitlines()[-1]} (.local/log/pip.log says more)"


def say(text):
    """Tell the person what is going on."""
    print("· " + text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
