#!/usr/bin/env python3
"""Draws how cost grows: growth.csv and servers.csv of this folder to SVGs in docs/, with nothing but Python.

  plot.py                              draws
  plot.py --take FILE                  first replaces growth.csv by a run of measure.py --growth (a JSON object a line)
  plot.py --take-servers FILE FILE …   likewise servers.csv by runs of measure.py with 1, 2 and 3 servers
"""
import csv, json, math, os, sys

HERE = os.path.dirname(os.path.abspath(__file__))
DOCS = os.path.join(os.path.dirname(os.path.dirname(HERE)), "docs")
COLOURS = ["#1b6ca8", "#c8553d", "#3a7d44", "#7b5ea7"]


def take(path):
    with open(path) as source, open(os.path.join(HERE, "growth.csv"), "w", newline="") as target:
        out = csv.writer(target)
        out.writerow(["keys", "shards", "put_us", "get_us", "list_us", "first_us", "last_us", "put_reads", "get_reads", "list_reads", "last_reads", "memory_mib"])
        for line in source:
            r = json.loads(line)
            out.writerow([r["Keys"], r["Shards"]] + [r[o]["Cpu"] for o in ("Put", "Get", "List", "First", "Last")]
                         + [r[o]["Reads"] for o in ("Put", "Get", "List", "Last")] + [r["Memory"]])


def take_servers(paths):
    with open(os.path.join(HERE, "servers.csv"), "w", newline="") as target:
        out = csv.writer(target)
        out.writerow(["servers", "put_us", "get_us", "list_us"])
        for path in paths:
            r = json.load(open(path))
            cpu = {row["name"]: round((row["server_cpu"] + row["node_cpu"]) * 1000) for row in r["rows"]}
            out.writerow([r["servers"], cpu["put-4KiB"], cpu["get-4KiB"], cpu["list-1000"]])


def rows(name):
    path = os.path.join(HERE, name)
    return list(csv.DictReader(open(path))) if os.path.exists(path) else []


def draw(path, title, xlabel, data, x, series, logx):
    """Lines over a logarithmic scale of microseconds."""
    width, height, left, right, top, bottom = 640, 360, 70, 150, 40, 50
    xs = [float(r[x]) for r in data]
    ys = [float(r[c]) for r in data for c, _ in series]
    scale = math.log10 if logx else float
    x0, x1 = scale(min(xs)), scale(max(xs))
    y0, y1 = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    px = lambda v: left + (scale(v) - x0) / ((x1 - x0) or 1) * (width - left - right)
    py = lambda v: height - bottom - (math.log10(v) - y0) / ((y1 - y0) or 1) * (height - top - bottom)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="12">',
           f'<rect width="{width}" height="{height}" fill="white"/><text x="{left}" y="20" font-size="14">{title}</text>']
    for e in range(y0, y1 + 1):
        out.append(f'<line x1="{left}" x2="{width - right}" y1="{py(10 ** e):.1f}" y2="{py(10 ** e):.1f}" stroke="#ddd"/>'
                   f'<text x="{left - 6}" y="{py(10 ** e) + 4:.1f}" text-anchor="end">{10 ** e:,} µs</text>')
    for v in sorted(set(xs)):
        out.append(f'<text x="{px(v):.1f}" y="{height - bottom + 18}" text-anchor="middle">{v:,.0f}</text>')
    out.append(f'<text x="{(left + width - right) / 2}" y="{height - 10}" text-anchor="middle">{xlabel}</text>')
    for i, (column, label) in enumerate(series):
        points = [(px(float(r[x])), py(float(r[column]))) for r in data]
        out.append(f'<polyline fill="none" stroke="{COLOURS[i]}" stroke-width="2" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in points)}"/>')
        out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{COLOURS[i]}"/>' for a, b in points]
        out.append(f'<text x="{width - right + 8}" y="{points[-1][1] + 4:.1f}" fill="{COLOURS[i]}">{label}</text>')
    with open(path, "w") as file:
        file.write("\n".join(out + ["</svg>"]) + "\n")


def main():
    if sys.argv[1:2] == ["--take"]:
        take(sys.argv[2])
    elif sys.argv[1:2] == ["--take-servers"]:
        take_servers(sys.argv[2:])
    growth, servers = rows("growth.csv"), rows("servers.csv")
    if growth:
        draw(os.path.join(DOCS, "growth-keys.svg"), "CPU of client and Cassandra per operation", "keys in the bucket", growth, "keys",
             [("put_us", "write, 16 at once"), ("get_us", "read, 16 at once"), ("list_us", "page, anywhere"), ("last_us", "last page")], True)
    if servers:
        draw(os.path.join(DOCS, "growth-servers.svg"), "CPU of servers and Cassandra per operation", "servers", servers, "servers",
             [("put_us", "PUT 4 KiB"), ("get_us", "GET 4 KiB"), ("list_us", "LIST 1,000")], False)


main()
