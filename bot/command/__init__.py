"""The command line's verbs, a file each; each is imported only when it is called."""
