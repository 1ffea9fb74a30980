"""People who have an account: how they register, sign in, are recognised and leave."""
