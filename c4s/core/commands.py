"""Commands that cost the site nothing until somebody gives them."""

from collections.abc import Mapping
from importlib import import_module

import click
from flask.cli import AppGroup


class OnDemand(AppGroup):
    """A group whose commands are imported when they are asked for: importers and migrations are large.

    Args:
        where: the name of each command, and the place to import it from, such as ``c4s.mail.commands.mail``.
    """

    def __init__(self, where: Mapping[str, str]) -> None:
        super().__init__()
        self.where = where

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.where})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.where:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.where[cmd_name].rpartition(".")
        command: click.Command = getattr(import_module(module), name)
        return command
