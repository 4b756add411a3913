using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.CqlLoad;

if (LoadOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(LoadOptions.Usage);
    return 2;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
await using var session = await CqlSession.ConnectAsync(
    new CqlSessionOptions
    {
        ContactPoints = [options.Contact],
        ProtocolVersion = options.Protocol,
        MetadataConnections = options.Connections,
        BlobConnections = options.Connections,
        RequestTimeout = TimeSpan.FromSeconds(30),
    },
    stop.Token);
using (await session.ExecuteAsync(
    new SimpleStatement($"CREATE KEYSPACE IF NOT EXISTS {options.Keyspace} WITH replication = {{'class': 'SimpleStrategy', 'replication_factor': {options.Replication}}}"), stop.Token))
{
}
ILoad? load = options.Workload switch
{
    "write" => new BlobLoad(session, options, reads: false),
    "read" => new BlobLoad(session, options, reads: true),
    "insert" => new RowLoad(session, options, reads: false),
    "get" => new RowLoad(session, options, reads: true),
    "batch" => new BatchLoad(session, options),
    _ => null,
};
if (load is null)
{
    Console.Error.WriteLine(LoadOptions.Usage);
    return 2;
}
await load.PrepareAsync(stop.Token);
var run = new LoadRun(load, options);
await run.WarmUpAsync(stop.Token);
Console.WriteLine($"{options.Workload}, protocol {session.ProtocolVersion}, {options.InFlight ?? load.DefaultInFlight} in flight on {options.Connections} connections");
Console.WriteLine(await run.RunAsync(options.Duration, stop.Token));
return 0;
