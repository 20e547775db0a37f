"""All of ours that runs in a student's kernel: it holds no secret."""
