"""The running shape: a parent that keeps the web server and a worker alive."""
