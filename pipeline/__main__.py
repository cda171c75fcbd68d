"""`python -m pipeline` is the command `communique`."""

from pipeline.cli import main

if __name__ == "__main__":  # a worker process imports this module and must not start over
    main()
