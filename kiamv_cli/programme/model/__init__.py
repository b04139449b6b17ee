"""What a programme says, as values, and the rules that apply to facts."""
