"""The original file with the findings marked in it, otherwise as it was: Word comments, PDF highlights, cell comments."""
