"""Training in the background, and the model in use."""
