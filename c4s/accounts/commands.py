"""Commands for accounts: ``flask accounts create-administrator``."""

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import with_appcontext

from c4s.accounts import roles
from c4s.accounts.rules import WhyNot
from c4s.core.errors import Refused
from c4s.core.migrating import migrate
from c4s.core.text import tidy

WHY_NOT = {
    WhyNot.LAST_ADMINISTRATOR: "There is an administrator already. To make another one: --another",
    WhyNot.NOT_THIS_STATE: "That account is suspended: an administrator must restore it first.",
}


class Address(click.ParamType[str]):
    """An e-mail address that mail can reach."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return validate_email(value, check_deliverability=False, allow_smtputf8=False, strict=True).normalized
        except EmailNotValidError as problem:
            self.fail(str(problem), param, ctx)


@click.group()
def accounts() -> None:
    """People who have an account."""


@accounts.command("create-administrator")
@click.argument("email", type=Address())
@click.option("--name", required=True, help="What they are called, for an account that is not there yet.")
@click.option(
    "--language",
    type=click.Choice(["cy", "en", "both"]),
    default="both",
    show_default=True,
    help="In which language to write to them, for an account that is not there yet.",
)
@click.option("--another", is_flag=True, help="Also when there is an administrator already.")
@with_appcontext
def create_administrator(email: str, name: str, language: str, another: bool) -> None:
    """Make the first administrator.

    Whoever has the address EMAIL gets a letter with a link, signs in with it, and sets up a second step.
    """
    migrate()
    try:
        is_new = roles.make_administrator(email, name=tidy(name), language=language, another=another)
    except Refused as refusal:
        raise click.ClickException(WHY_NOT[WhyNot(refusal.reason)]) from refusal
    click.echo(
        f"{'A new account' if is_new else 'The account'} for {email} is an administrator’s. A letter is on its way."
    )
