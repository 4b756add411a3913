#!/usr/bin/env python3
"""The server on Cassandra beside MinIO and the bare Cassandra client, the same load on each in turns.

  measure.py --node SCRIPT --tools DIR [--nodes 1|3] [--servers 1|2] [--periodic] [--only REGEX] [--seconds 4] [--rounds 3]
             [--server DIR] [--cql-load DIR] [--work DIR] [--json FILE] [--label TEXT]
  measure.py --node SCRIPT --growth 1000,10000,100000,1000000,3000000 --json FILE [--seconds 3] [--server DIR] [--index-load DIR]

  --node       a script that knows: start DIR --address A --port P --jmx-port J --seeds S --heap H --set LINE, and stop DIR;
               it leaves the node's process id in DIR/pid
  --tools      where the programs s3load (load through MinIO's client library) and minio are
  --server     `dotnet publish src/S3Server -c Release -o DIR`, --cql-load likewise of benchmarks/CqlLoad; built when not given
  --growth     instead: what a write, a read and a page cost in buckets of so many keys, a JSON object a line (plot.py draws them)
  --periodic   a commit log that is synced every 10 s, instead of before each answer

Prints a table in Markdown; rate is op/s, or MiB/s for objects of 1 MiB and more; CPU is ms per operation, or s per GiB.
Starts and stops all that it measures, on loopback; needs some 3 GiB of memory a node and some GiB of disk under --work.
"""
import argparse, json, os, re, shutil, statistics, subprocess, sys, tempfile, time, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TICK = os.sysconf("SC_CLK_TCK")
ACCESS, SECRET = "benchaccess", "benchsecretbenchsecret"
#            name           op      size    clients unit  the bare client's workload to compare with
WORKLOADS = [("put-4KiB", "put", "4KiB", 16, "op", None),
             ("get-4KiB", "get", "4KiB", 16, "op", None),
             ("head-4KiB", "stat", "4KiB", 16, "op", None),
             ("list-1000", "list", "4KiB", 4, "op", None),
             ("put-1MiB", "put", "1MiB", 8, "GiB", "write"),
             ("get-1MiB", "get", "1MiB", 8, "GiB", "read"),
             ("put-64MiB", "put", "64MiB", 4, "GiB", "write"),
             ("get-64MiB", "get", "64MiB", 4, "GiB", "read"),
             ("range-64MiB", "range", "64MiB", 8, "op", None)]


def cpu(pids):
    """Seconds of CPU, user's and system's, of these processes so far."""
    total = 0
    for pid in pids:
        fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def peak_memory(pid):
    return int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1)) / 1024


class Cluster:
    """Nodes, the servers in front of them, and MinIO."""

    def __init__(self, options, work):
        self.options, self.work, self.nodes, self.servers, self.minio = options, work, [], [], None

    def start(self):
        o = self.options
        for i in range(1, o.nodes + 1):
            home = os.path.join(self.work, f"node{i}")
            command = [o.node, "start", home, "--address", self.address(i), "--port", str(o.port), "--jmx-port", str(o.port + 100 + i),
                       "--seeds", self.address(1), "--heap", o.heap or ("2048M" if o.nodes == 1 else "1024M")]
            if o.periodic:
                command += ["--set", "commitlog_sync: periodic", "--set", "commitlog_sync_period: 10000ms"]
            self.nodes.append((home, None))
            subprocess.run(command, check=True)
            self.nodes[-1] = (home, int(open(os.path.join(home, "pid")).read()))
        contact = f"{self.address(1)}:{o.port}"
        server = os.path.join(o.server, "S3Server")
        subprocess.run([server, "schema", "install", "--cassandra", contact, "--keyspace", "s3", "--replication", f"dc1={o.nodes}"],
                       check=True, stdout=subprocess.DEVNULL)
        for i in range(1, o.servers + 1):
            listen = f"127.0.0.1:{o.port + 10 + i}"
            log = open(os.path.join(self.work, f"server{i}.log"), "w")
            process = subprocess.Popen(
                [server, "serve", "--cassandra", contact, "--keyspace", "s3", "--listen", listen], stdout=log, stderr=log,
                env={**os.environ, "S3CASSANDRA_ROOT_ACCESS_KEY": ACCESS, "S3CASSANDRA_ROOT_SECRET_KEY": SECRET})
            self.servers.append((listen, process))
            self.wait(listen, "/")
        if not o.no_minio:
            data = os.path.join(self.work, "minio")
            listen = f"127.0.0.1:{o.port + 20}"
            self.minio = (listen, subprocess.Popen(
                [os.path.join(o.tools, "minio"), "server", data, "--address", listen, "--console-address", "127.0.0.1:0"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, "MINIO_ROOT_USER": ACCESS, "MINIO_ROOT_PASSWORD": SECRET, "GOMEMLIMIT": "2GiB", "MINIO_BROWSER": "off"}))
            self.wait(listen, "/minio/health/live")

    def stop(self):
        for process in [s[1] for s in self.servers] + ([self.minio[1]] if self.minio else []):
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        for home, _ in self.nodes:
            subprocess.run([self.options.node, "stop", home])

    def settle(self):
        """Waits until the nodes have flushed and compacted what was written before, which the next load would pay for otherwise."""
        for _ in range(120):
            before = cpu(self.node_pids)
            time.sleep(0.5)
            if cpu(self.node_pids) - before < 0.05 * len(self.nodes):
                return

    def complaints(self):
        """What the nodes' logs say of errors, for a measurement that ended early."""
        for home, _ in self.nodes:
            log = os.path.join(home, "log", "system.log")
            lines = open(log).read().splitlines() if os.path.exists(log) else []
            print("\n".join([l for l in lines if l.startswith("ERROR")][-5:]), file=sys.stderr)

    def address(self, i):
        return f"127.0.{self.options.net}.{i}"

    @property
    def contact(self):
        return f"{self.address(1)}:{self.options.port}"

    @property
    def node_pids(self):
        return [pid for _, pid in self.nodes]

    @staticmethod
    def wait(listen, path):
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://{listen}{path}", timeout=1)
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        sys.exit(f"measure: nothing answers at {listen}")


class Run:
    def __init__(self, options, cluster):
        self.options, self.cluster = options, cluster

    def s3(self, side, op, size, clients, seconds):
        """One load on a side; where there are two servers, half of it on each."""
        servers = [s[0] for s in self.cluster.servers] if side == "ours" else [self.cluster.minio[0]] * self.options.servers
        pids = [s[1].pid for s in self.cluster.servers] if side == "ours" else [self.cluster.minio[1].pid]
        before = cpu(pids), cpu(self.cluster.node_pids)
        loads = []
        for i, endpoint in enumerate(servers):
            loads.append(subprocess.Popen(
                [os.path.join(self.options.tools, "s3load"), "-endpoint", endpoint, "-access", ACCESS, "-secret", SECRET, "-bucket", "bench",
                 "-op", op, "-size", size, "-c", str(max(1, clients // len(servers))), "-t", f"{seconds}s", "-prefix", f"{size}-{i}/",
                 "-state", os.path.join(self.cluster.work, f".{side}-{size}-{i}"), "-json"],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        found = []
        for load in loads:
            out, err = load.communicate()
            if load.returncode:
                sys.exit(f"measure: {' '.join(load.args)}\n{out}{err}")
            found.append(json.loads(out.strip().splitlines()[-1]))
        after = cpu(pids), cpu(self.cluster.node_pids)
        ops, gib = sum(f["ops"] for f in found), sum(f["mib_s"] * f["seconds"] for f in found) / 1024
        return {"ops_s": sum(f["ops_s"] for f in found), "mib_s": sum(f["mib_s"] for f in found), "ops": ops, "gib": gib,
                "p99": max(f["p99_ms"] for f in found), "errors": sum(f["errors"] for f in found),
                "server_cpu": after[0] - before[0], "node_cpu": after[1] - before[1] if side == "ours" else 0}

    def bare(self, workload, seconds):
        pids = ",".join(map(str, self.cluster.node_pids))
        out = subprocess.run(
            ["dotnet", os.path.join(self.options.cql_load, "CqlLoad.dll"), workload, "--contact", self.cluster.contact, "--seconds", str(round(seconds)),
             "--chunks", "2048", "--pid", str(self.cluster.node_pids[0])] + (["--replication", str(self.options.nodes)] if self.options.nodes > 1 else []),
            capture_output=True, text=True)
        if out.returncode:
            sys.exit(f"measure: CqlLoad\n{out.stdout}{out.stderr}")
        return {"mib_s": float(re.search(r"([\d.]+) MiB/s", out.stdout).group(1)),
                "cpu": float(re.search(r"client ([\d.]+) s/GiB", out.stdout).group(1)),
                "node_cpu": float(re.search(r"Cassandra ([\d.]+) s/GiB", out.stdout).group(1)) if len(self.cluster.node_pids) == 1 else 0,
                "pids": pids}

    def workload(self, name, op, size, clients, unit, bare):
        o = self.options
        sides = ["ours"] + ([] if o.no_minio else ["minio"]) + (["bare"] if bare else [])
        found = {s: [] for s in sides}
        for i in range(o.rounds):
            for side in sides if i % 2 == 0 else sides[::-1]:
                self.cluster.settle()
                found[side].append(self.bare(bare, o.seconds) if side == "bare" else self.s3(side, op, size, clients, o.seconds))
        median = lambda side, key: statistics.median(f[key] for f in found[side])
        per = "gib" if unit == "GiB" else "ops"
        scale = 1 if unit == "GiB" else 1000
        each = lambda side, key: sum(f[key] for f in found[side]) * scale / max(1e-9, sum(f[per] for f in found[side]))
        rate = "mib_s" if unit == "GiB" else "ops_s"
        row = {"name": name, "unit": unit, "ours": median("ours", rate), "p99": median("ours", "p99"), "server_cpu": each("ours", "server_cpu"),
               "node_cpu": each("ours", "node_cpu"), "errors": sum(f["errors"] for f in found["ours"]),
               "memory": max(peak_memory(s[1].pid) for s in self.cluster.servers)}
        if not o.no_minio:
            row |= {"minio": median("minio", rate), "minio_cpu": each("minio", "server_cpu"), "minio_p99": median("minio", "p99")}
        if bare:
            row |= {"bare": median("bare", "mib_s"), "bare_cpu": median("bare", "cpu"), "bare_node_cpu": median("bare", "node_cpu")}
        return row

    def table(self):
        o = self.options
        wanted = [w for w in WORKLOADS if re.search(o.only, w[0])]
        written = {w[2] for w in wanted if w[1] == "put"}
        for size in sorted({w[2] for w in wanted} - written):
            for side in ["ours"] + ([] if o.no_minio else ["minio"]):
                self.s3(side, "put", size, 8, max(2, o.seconds))
        if o.warm:
            for name, op, size, clients, *_ in wanted:
                self.s3("ours", op, size, clients, o.warm)
        print("| workload | ours | MinIO | × MinIO | bare client | % of it | server CPU | beyond bare | Cassandra CPU | both | MinIO CPU | p99 ms | MinIO p99 | peak MiB | errors |")
        print("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
        rows = []
        for w in wanted:
            r = self.workload(*w)
            rows.append(r)
            text = lambda key, form: format(r[key], form) if key in r else ""
            print(f"| {r['name']}, {w[3]} | {r['ours']:,.0f} | {text('minio', ',.0f')} | {r['ours'] / r['minio'] if r.get('minio') else 0:.2f} "
                  f"| {text('bare', ',.0f')} | {format(r['ours'] / r['bare'], '.0%') if 'bare' in r else ''} | {r['server_cpu']:.3f} "
                  f"| {format(r['server_cpu'] - r['bare_cpu'], '.2f') if 'bare' in r else ''} | {r['node_cpu']:.3f} | {r['server_cpu'] + r['node_cpu']:.3f} "
                  f"| {text('minio_cpu', '.3f')} | {r['p99']:.1f} | {text('minio_p99', '.1f')} | {r['memory']:.0f} | {r['errors']} |", flush=True)
        return rows


def build(project, into):
    subprocess.run(["dotnet", "publish", os.path.join(ROOT, project), "-c", "Release", "-o", into], check=True, stdout=subprocess.DEVNULL)
    return into


def grow(o, cluster):
    with open(o.json, "w") as file:
        subprocess.run(["dotnet", os.path.join(o.index_load, "IndexLoad.dll"), "grow", "--contact", cluster.contact, "--keyspace", "s3", "--fill", "bulk",
                        "--pid", str(cluster.node_pids[0]), "--seconds", str(round(o.seconds)), "--marks", o.growth], stdout=file, check=True)
    print(open(o.json).read())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--node", required=True); p.add_argument("--tools"); p.add_argument("--growth"); p.add_argument("--index-load")
    p.add_argument("--nodes", type=int, default=1); p.add_argument("--servers", type=int, default=1)
    p.add_argument("--periodic", action="store_true"); p.add_argument("--only", default="."); p.add_argument("--heap")
    p.add_argument("--seconds", type=float, default=4); p.add_argument("--rounds", type=int, default=3); p.add_argument("--warm", type=float, default=3)
    p.add_argument("--server"); p.add_argument("--cql-load"); p.add_argument("--work"); p.add_argument("--json"); p.add_argument("--label", default="")
    p.add_argument("--port", type=int, default=29300); p.add_argument("--net", type=int, default=73); p.add_argument("--no-minio", action="store_true")
    o = p.parse_args()
    work = tempfile.mkdtemp(prefix="on-cassandra-", dir=o.work)
    o.server = o.server or build("src/S3Server", os.path.join(work, "server"))
    if o.growth:
        o.servers, o.no_minio = 0, True
        o.index_load = o.index_load or build("benchmarks/IndexLoad", os.path.join(work, "index-load"))
    else:
        o.cql_load = o.cql_load or build("benchmarks/CqlLoad", os.path.join(work, "cql-load"))
    cluster = Cluster(o, work)
    try:
        cluster.start()
        if o.growth:
            grow(o, cluster)
            return
        log = "periodic" if o.periodic else "synced"
        print(f"{o.label or 'measured'} {time.strftime('%Y-%m-%d %H:%M')}, nodes {o.nodes}, servers {o.servers}, {log} commit log, "
              f"{o.rounds} rounds of {o.seconds:g} s, load average {os.getloadavg()[0]:.1f}\n", flush=True)
        rows = Run(o, cluster).table()
        if o.json:
            with open(o.json, "w") as file:
                json.dump({"label": o.label, "nodes": o.nodes, "servers": o.servers, "commit_log": log, "rows": rows}, file, indent=1)
    except SystemExit:
        cluster.complaints()
        raise
    finally:
        cluster.stop()
        shutil.rmtree(work, ignore_errors=True)


main()
