"""From text to fingerprints and signatures."""
