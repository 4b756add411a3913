using S3Cassandra.StoreLoad;

// usage: StoreLoad [directory] [workload ...]; without workloads all of them. Prints rate, CPU per operation or per GiB, and latency.
var directory = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "store-load");
await new Workloads(directory, [.. args.Skip(1)]).RunAsync();
