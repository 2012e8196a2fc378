"""Medians, and ratios of samples taken in the same turn."""

import statistics


def spread(values):
    """(median, minimum, maximum)."""
    return statistics.median(values), min(values), max(values)


def seconds(samples):
    """The spread of the wall-clock times."""
    return spread([each.seconds for each in samples])


def paired(samples, others):
    """The ratio of each sample to the other tool's in the same turn, or nothing where no turn has both."""
    by_turn = {each.turn: each.seconds for each in others}
    ratios = [each.seconds / by_turn[each.turn] for each in samples if each.turn in by_turn]
    return spread(ratios) if ratios else None


def time_text(value):
    """Seconds as a reader wants them: ms below one second."""
    if value < 0.1:
        return f"{value * 1000:.1f} ms"
    if value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.2f} s" if value < 100 else f"{value:.0f} s"


def ratio_text(ratio):
    """median (minimum–maximum), or nothing."""
    if ratio is None:
        return "–"
    return "{:.2f} ({:.2f}–{:.2f})".format(*ratio)


def size_text(value):
    """Bytes in MB."""
    return f"{value / 1e6:.1f} MB"
