"""The command `publish`: one file a command, each imported when it is called."""
