"""Privacy: the notice that people read before they register; requests, retention and breaches come with later work."""
