"""What Minke should reach, compared with what was measured."""

import figures


def check(samples, usage=None):
    """(aim, what was found, whether it is met) for each aim that was measured."""
    found = []

    def median(case, operation, tool):
        return figures.seconds(samples[case, operation, tool])[0]

    def ratio(case, operation, other):
        return figures.paired(samples[case, operation, "minke"], samples[case, operation, other])

    def has(case, operation, *tools):
        return all((case, operation, tool) in samples for tool in tools)

    def at_most(aim, case, operation, other, limit):
        if has(case, operation, "minke", other):
            value = ratio(case, operation, other)
            found.append((f"{case}: {aim}", figures.ratio_text(value), value[0] <= limit))

    for case in ("25 containers", "100 containers"):
        if has(case, "noop", "minke", "floor") and has("start-up", "start", "minke", "floor"):
            call = median(case, "noop", "floor") - median("start-up", "start", "floor")
            limit = 2 * call + median("start-up", "start", "minke")
            value = median(case, "noop", "minke")
            words = f"{figures.time_text(value)} of {figures.time_text(limit)}"
            found.append((f"{case}: no-op within its start and two list calls", words, value <= limit))
        at_most("no-op in a third of Compose's time or less", case, "noop", "compose", 1 / 3)
        for operation, words in (("up", "first up"), ("changed", "one changed"), ("down", "down")):
            at_most(f"{words} no slower than Compose", case, operation, "compose", 1)
            at_most(f"{words} within 1.05 of the floor", case, operation, "floor", 1.05)

    if has("100 recipes", "noop", "minke"):
        value = median("100 recipes", "noop", "minke")
        found.append(("100 recipes: no-op build in 0.1 s", figures.time_text(value), value <= 0.1))
    at_most("cold build no slower than make", "100 recipes", "cold", "make", 1)

    if has("10000 members", "plan", "minke"):
        value = median("10000 members", "plan", "minke")
        found.append(("10000 members planned in 1 s", figures.time_text(value), value <= 1))
        peak = max(each.peak for each in samples["10000 members", "plan", "minke"])
        found.append(("10000 members planned in 100 MB", figures.size_text(peak), peak <= 100e6))
        if has("1000 members", "plan", "minke"):
            growth = value / median("1000 members", "plan", "minke")
            found.append(("ten times the members, at most ten times the time", f"{growth:.1f} times", growth <= 10))

    for aim, operation, limit in (
        ("up to every API and agent in 40 s", "up", 40), ("an instance is ready 15 s after its request", "instance", 15),
    ):
        if has("OpenStack", operation, "minke"):
            value = median("OpenStack", operation, "minke")
            found.append((f"OpenStack: {aim}", figures.time_text(value), value <= limit))
    if usage:
        value = sum(processor for _, processor, _ in usage["members"])
        found.append(("OpenStack: 60 s of processor time in all containers", figures.time_text(value), value <= 60))

    if has("start-up", "start", "minke"):
        value = median("start-up", "start", "minke")
        found.append(("`minke --help` in 8 ms", figures.time_text(value), value <= 0.008))
    return found
