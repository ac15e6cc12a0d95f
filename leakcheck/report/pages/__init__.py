"""What commands show beside the report of a scan: in the terminal, as JSON, as a picture."""
