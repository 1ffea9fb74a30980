"""``flask taxonomy load``: categories and areas, from our own file or the owner's."""

from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from c4s.core.migrating import migrate
from c4s.taxonomy import actions

taxonomy = AppGroup("taxonomy", help="Categories and areas.", callback=with_appcontext(migrate))


@taxonomy.command()
@click.option("--categories", type=click.Path(exists=True, path_type=Path), default=actions.CATEGORIES)
@click.option("--areas", type=click.Path(exists=True, path_type=Path), default=actions.AREAS)
def load(categories: Path, areas: Path) -> None:
    """Add or renew the categories and areas of two TOML files (those of Rhondda Cynon Taf, unless given)."""
    try:
        numbers = actions.load_categories(categories), actions.load_areas(areas)
    except actions.WrongList as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"categories: {numbers[0]}, areas: {numbers[1]}")
