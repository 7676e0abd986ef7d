"""What those need who test rulebooks, or programs that use the library."""
