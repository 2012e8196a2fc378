"""The results as a Markdown page and as JSON."""

import json

import figures

ORDER = ("floor", "curl", "plan", "minke", "before", "compose", "make", "ansible")
TITLES = {
    "floor": "floor", "curl": "one list by `curl`", "plan": "`minke plan` alone", "minke": "Minke",
    "before": "Minke before", "compose": "Compose", "make": "make", "ansible": "Ansible",
}
OPERATIONS = {
    "up": "first up", "noop": "nothing to do", "changed": "one changed", "down": "down", "cold": "cold build",
    "start": "start", "plan": "plan", "instance": "an instance, from its request to its own word that it is ready",
}


def ordered(tools):
    """Tools in the report's order."""
    return sorted(tools, key=ORDER.index)


def tables(samples):
    """A table for each operation's time, one row for each tool."""
    # With another build of Minke beside it, there is a column for the ratio to that one.
    has_before = any(tool == "before" for _, _, tool in samples)
    more = (" of Minke before |", "---|") if has_before else ("", "")
    rows = [
        f"| | | runs | time | of the floor | of the peer |{more[0]} peak memory |", f"|---|---|---|---|---|---|{more[1]}---|",
    ]
    cases = list(dict.fromkeys((case, operation) for case, operation, _ in samples))
    for case, operation in cases:
        by_tool = {tool: taken for (c, o, tool), taken in samples.items() if (c, o) == (case, operation)}
        for tool in ordered(by_tool):
            taken = by_tool[tool]
            median, low, high = figures.seconds(taken)
            time = figures.time_text(median)
            if len(taken) > 1:
                time += f" ({figures.time_text(low)} to {figures.time_text(high)})"
            floor = figures.paired(taken, by_tool["floor"]) if tool != "floor" and "floor" in by_tool else None
            peer = next((each for each in ("compose", "make") if each in by_tool and each != tool), None)
            ratio = figures.paired(taken, by_tool[peer]) if peer and tool != "floor" else None
            before = figures.paired(taken, by_tool["before"]) if tool == "minke" and "before" in by_tool else None
            change = f"{figures.ratio_text(before)} | " if has_before else ""
            peak = figures.size_text(max(each.peak for each in taken))
            rows.append(
                f"| {case}, {OPERATIONS[operation]} | {TITLES[tool]} | {len(taken)} | {time} | "
                f"{figures.ratio_text(floor)} | {figures.ratio_text(ratio)} | {change}{peak} |"
            )
    return rows


def members(usage):
    """What each member of a cloud used up to when it was up."""
    machine = usage["machine_seconds"]
    bound = machine / usage["cores"]
    rows = [
        "", f"OpenStack's core was up after {figures.time_text(usage['wall'])}. The machine, engine and short-lived "
        f"containers included, used {figures.time_text(machine)} of processor time meanwhile, which its "
        f"{usage['cores']} cores need {figures.time_text(bound)} for.", "",
        "| member | processor time | of all cores | memory |", "|---|---|---|---|",
    ]
    found = usage["members"]
    whole = ("all", sum(each[1] for each in found), sum(each[2] for each in found))
    for name, processor, memory in [whole, *found]:
        rows.append(
            f"| {name} | {figures.time_text(processor)} | {figures.time_text(processor / usage['cores'])} | "
            f"{figures.size_text(memory)} |"
        )
    return rows


def markdown(samples, facts, aims, problems, usage):
    """The whole page."""
    machine, engine = facts["machine"], facts["engine"]
    lines = ["# Measured", ""]
    when = f" on {facts['date']}" if facts["date"] else ""
    lines += [
        f"By `bench/run{' --quick' if facts['quick'] else ''}`{when}: {machine['cores']} cores "
        f"({machine['processor']}), {machine['memory_gib']} GiB, {machine['distribution']}, kernel {machine['kernel']}, "
        f"Docker Engine {engine['version']} ({engine['storage']}, cgroup v{engine['cgroups']}). "
        f"Load average {facts['load'][0]:.1f} before and {facts['load'][1]:.1f} after. "
        + ", ".join(f"{name} {version}" for name, version in facts["versions"].items()) + ".",
        "",
        "Times are medians of whole processes with (minimum to maximum); ratios are medians of the ratios of paired "
        "runs with (minimum–maximum), below 1 where the row's tool is faster. The peer is Compose for containers and "
        "start-up, make for builds. [bench/README.md](../README.md) says what is measured and how.",
        "",
    ]
    if aims:
        lines += ["| aim | measured | |", "|---|---|---|"]
        lines += [f"| {aim} | {found} | {'met' if met else 'missed'} |" for aim, found, met in aims] + [""]
    lines += tables(samples) + (members(usage) if usage else []) + [""]
    if problems:
        lines += ["Not measured, or not to its end:", ""] + [f"- {each}" for each in problems] + [""]
    return "\n".join(lines)


def data(samples, facts, aims, problems, usage):
    """Everything measured, for other programs."""
    return json.dumps(
        {
            **facts,
            "aims": [{"aim": aim, "measured": found, "met": met} for aim, found, met in aims],
            "problems": problems,
            "openstack": usage,
            "samples": [
                {
                    "case": case, "operation": operation, "tool": tool, "turn": each.turn,
                    "seconds": round(each.seconds, 6), "peak_bytes": each.peak,
                    "processor_seconds": round(each.processor, 6),
                }
                for (case, operation, tool), taken in samples.items()
                for each in taken
            ],
        },
        indent=1,
    ) + "\n"


def write(folder, name, *parts):
    """Writes both files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(markdown(*parts))
    (folder / f"{name}.json").write_text(data(*parts))
