"""What every room uses: files written whole, the course folder, markup in texts for students."""
