"""What and where: the categories, areas and postcodes that everything else points to."""
