"""A number that rises with every change of an event"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("INSERT INTO public_version (name, number) VALUES ('events', 0)")


def downgrade() -> None:
    op.execute("DELETE FROM public_version WHERE name = 'events'")
