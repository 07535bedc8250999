"""What people type who want a list of films, each with the reading they would expect."""
