"""What a careful reviewer would ask about: nothing here is wrong in itself, all is worth a look.

Doubts are found for ``kiamv check`` only. What each code means is told in ``codes.yaml``.
"""
