"""rakor serve | worker | demo | upgrade | user | backup | restore | check | audit: the commands of an installation.

Each command's module is loaded only when it runs, so that the supervisor of ``rakor serve`` stays small.
"""

import argparse
import gc
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from rakor.serve.children import die_with_parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    chosen = _parser().parse_args(arguments)
    die_with_parent()
    module, _, function = chosen.run.partition(":")
    try:
        status = getattr(_loaded(module), function)(chosen)
    except KeyboardInterrupt:
        return 130
    return int(status or 0)


def _loaded(name: str) -> ModuleType:
    """Import a command's module. What is loaded stays, so nothing is searched for garbage meanwhile: a sixth of it."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rakor", description="Coordination meetings, from letter to attendance list.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_running(commands)
    _add_demo(commands)
    _add_keeping(commands)
    _add_people(commands)
    _add_relay(commands)
    return parser


Commands = argparse._SubParsersAction  # the only name argparse has for it


def _command(commands: "Commands[argparse.ArgumentParser]", name: str, run: str, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def _add_running(commands: "Commands[argparse.ArgumentParser]") -> None:
    serve = _command(commands, "serve", "rakor.serve.supervisor:serve", "keep the web server and a worker running")
    _add_address(serve)
    serve.add_argument("--no-worker", action="store_true", help="the web server alone; run `rakor worker` elsewhere")
    serve.add_argument("--demo", action="store_true", help="make or renew the demo worlds first")
    serve.add_argument("--lan", action="store_true", help="https for phones in this network")
    serve.add_argument("--setup-port", type=int, default=8080, help="with --lan: port of the phones' first page")
    web = _command(commands, "web", "rakor.serve.web:run", "the web server alone, unsupervised")
    _add_address(web)
    web.add_argument("--prepare", choices=("upgrade", "demo"), help="what to do before serving")
    web.add_argument("--tls", type=Path, help="file with the key and certificate to serve https with")
    page = _command(commands, "setup-page", "rakor.serve.setup_page:run", "the first page of phones, unsupervised")
    page.add_argument("--host", required=True)
    page.add_argument("--port", type=int, required=True)
    _command(commands, "worker", "rakor.worker:work", "send, print and do what waits in the outbox")


def _add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    command.add_argument("--workers", type=int, default=2, help="web processes (default 2)")
    command.add_argument("--threads", type=int, default=8, help="threads of each (default 8)")


def _add_demo(commands: "Commands[argparse.ArgumentParser]") -> None:
    demo = _command(commands, "demo", "rakor.demo.command:run", "make the demo worlds; never over real data")
    demo.add_argument("--people", type=int, help="seats of the live world (2,760 by default)")
    demo.add_argument("--json", action="store_true", help="print entry links, logins and codes for tools")
    demo.add_argument("--fresh", action="store_true", help="make the worlds anew even where somebody changed them")
    demo.add_argument("--simulate", action="store_true", help="let people arrive by themselves, marked as simulation")


def _add_keeping(commands: "Commands[argparse.ArgumentParser]") -> None:
    _command(commands, "upgrade", "rakor.cli.schema:upgrade", "bring the database to the newest schema")
    revise = _command(commands, "migration", "rakor.cli.schema:migration", "write a migration (for developers)")
    revise.add_argument("number")
    revise.add_argument("message")
    save = _command(commands, "backup", "rakor.cli.keeping:backup", "save everything while everybody works")
    save.add_argument("folder", nargs="?", type=Path, help="where to (default: backups/ in the instance folder)")
    save.add_argument("--keep", type=int, default=14, help="how many backups stay there (default 14)")
    restore = _command(commands, "restore", "rakor.cli.keeping:restore", "put a backup back; `rakor serve` rests")
    restore.add_argument("archive", type=Path)
    restore.add_argument("--replace", action="store_true", help="also over an instance in use; what is there is kept")
    check = _command(commands, "check", "rakor.cli.checks:check", "say whether this installation is fit to serve")
    check.add_argument("--lan", action="store_true", help="also whether `rakor serve --lan` can serve phones here")
    check.add_argument("--strict", action="store_true", help="exit status 1 for warnings too, for monitoring")
    _command(commands, "audit", "rakor.cli.checks:audit", "verify every chain of the audit log")


def _add_relay(commands: "Commands[argparse.ArgumentParser]") -> None:
    relay = commands.add_parser("relay", help="keep the doors of another server's event in this network")
    acts = relay.add_subparsers(dest="act", required=True, metavar="ACT")
    join = _command(acts, "join", "rakor.cli.relay:join", "become the relay of a one-time link")
    join.add_argument("link")
    _command(acts, "status", "rakor.cli.relay:status", "say how far this relay and its servers know each other")


def _add_people(commands: "Commands[argparse.ArgumentParser]") -> None:
    user = commands.add_parser("user", help="people who log in")
    acts = user.add_subparsers(dest="act", required=True, metavar="ACT")
    add = _command(acts, "add", "rakor.cli.people:add", "add a person; the password is asked for, or read from stdin")
    add.add_argument("email")
    add.add_argument("name")
    add.add_argument("--admin", action="store_true", help="an administrator of the installation")
    anew = _command(acts, "password", "rakor.cli.people:password", "give a person a new password; all sessions end")
    anew.add_argument("email")
    lost = _command(acts, "second-step-off", "rakor.cli.people:second_off", "for who lost phone and recovery codes")
    lost.add_argument("email")


if __name__ == "__main__":
    sys.exit(main())
