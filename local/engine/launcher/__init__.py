"""Named patches for the pinned MiniStack, each of which checks the symbol it changes."""
