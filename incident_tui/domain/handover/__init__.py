"""Work that goes on elsewhere: checkpoints, hand-offs, drafts of updates."""
