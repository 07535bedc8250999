"""Use cases: what a command does, without Discord. Ids in, frozen values out, the error tree raised."""
