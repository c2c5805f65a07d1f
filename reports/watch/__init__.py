"""The watch list: who is near a limit, and who has broken one."""
