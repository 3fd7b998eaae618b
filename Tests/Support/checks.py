"""What a test on an engine found: a line for each check, and those that failed. Found as processes.py is."""

failures = []


def check(what, condition, detail=""):
    print(("ok      " if condition else "FAILED  ") + what, flush=True)
    if not condition:
        failures.append(what)
        print(detail, flush=True)
