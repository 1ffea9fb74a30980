"""Whether entries are still right: asked by letter, answered without signing in."""
