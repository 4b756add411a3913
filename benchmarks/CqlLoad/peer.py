#!/usr/bin/python3
"""CqlLoad's workloads through Debian's python3-cassandra (apt-get install python3-cassandra), to print beside it.

  peer.py write|read|insert|get [--contact HOST] [--seconds N] [--size BYTES] [--in-flight N]

The keyspace and tables are CqlLoad's: run `CqlLoad read` and `CqlLoad get` before, which make and fill them.
"""
import argparse, os, resource, threading, time
from cassandra.cluster import Cluster
from cassandra.io.asyncorereactor import AsyncoreConnection

try:
    from cassandra.io.libevreactor import LibevConnection as Reactor
except ImportError:
    Reactor = AsyncoreConnection

arguments = argparse.ArgumentParser()
arguments.add_argument("workload", choices=["write", "read", "insert", "get"])
arguments.add_argument("--contact", default="127.0.0.1")
arguments.add_argument("--seconds", type=float, default=5)
arguments.add_argument("--size", type=int, default=512 * 1024)
arguments.add_argument("--in-flight", type=int)
options = arguments.parse_args()
blobs = options.workload in ("write", "read")
in_flight = options.in_flight or (16 if blobs else 64)

cluster = Cluster([options.contact], connection_class=Reactor, protocol_version=4)
session = cluster.connect("cqlload")
data, blob_id = os.urandom(options.size if blobs else 64), os.urandom(16)
if blobs:
    insert = session.prepare("INSERT INTO blob (id, grp, n, data) VALUES (?, ?, ?, ?) USING TIMESTAMP 1")
    select = session.prepare("SELECT data FROM blob WHERE id = ? AND grp = ? AND n = ?")
    write = lambda n: session.execute_async(insert, (blob_id, n // 16, n % 16, data))
    read = lambda n: session.execute_async(select, (blob_id, n % 256 // 16, n % 16))
else:
    insert = session.prepare("INSERT INTO row (k, v) VALUES (?, ?)")
    select = session.prepare("SELECT v FROM row WHERE k = ?")
    write = lambda n: session.execute_async(insert, (n, data))
    read = lambda n: session.execute_async(select, (n % 10_000,))
if options.workload == "read":
    for n in range(256):
        write(n).result()
send = write if options.workload in ("write", "insert") else read

lock, done, ended, failures = threading.Lock(), 0, threading.Semaphore(0), []

def go_on(_=None):
    global done
    with lock:
        done += 1
        number = done
    if time.monotonic() >= stop:
        ended.release()
        return
    send(number).add_callbacks(go_on, lambda error: (failures.append(error), ended.release()))

def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime

begun, cpu_begun, stop = time.monotonic(), cpu(), time.monotonic() + options.seconds
for _ in range(in_flight):
    go_on()
for _ in range(in_flight):
    ended.acquire()
elapsed, used = time.monotonic() - begun, cpu() - cpu_begun
if failures:
    raise failures[0]
print(f"{options.workload}, python3-cassandra ({Reactor.__name__}), {in_flight} in flight")
if blobs:
    print(f"{done * options.size / 2**20 / elapsed:.0f} MiB/s   client {used * 2**30 / (done * options.size):.3f} s/GiB")
else:
    print(f"{done / elapsed:.0f} requests/s   client {used * 1e6 / done:.1f} µs per request")
cluster.shutdown()
