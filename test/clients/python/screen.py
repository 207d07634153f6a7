"""Runs a program in a terminal and types into it; prints as JSON what is on the screen when it is time.

The steps come as JSON in the first argument, the program after it: {"see": TEXT} waits until the text is on the
screen, {"type": KEYS} types. It ends with 1 when a text does not come in time.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

import pyte

COLUMNS, ROWS, SECONDS = 120, 40, 240

screen = pyte.Screen(COLUMNS, ROWS)
stream = pyte.ByteStream(screen)


def text() -> str:
    return "\n".join(line.rstrip() for line in screen.display)


def read(terminal: int, seconds: float) -> None:
    ready, _, _ = select.select([terminal], [], [], seconds)
    if ready:
        stream.feed(os.read(terminal, 65536))


def run(terminal: int, steps: list[dict[str, str]]) -> bool:
    for step in steps:
        if "type" in step:
            os.write(terminal, step["type"].encode())
            continue
        end = time.monotonic() + SECONDS
        while step["see"] not in text():
            if time.monotonic() > end:
                return False
            read(terminal, 0.2)
    return True


def main() -> None:
    steps, program = json.loads(sys.argv[1]), sys.argv[2:]
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS=str(COLUMNS), LINES=str(ROWS))
        os.execvp(program[0], program)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    try:
        seen = run(terminal, steps)
    except OSError:
        seen = False
    print(json.dumps(text()))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    sys.exit(0 if seen else 1)


main()
