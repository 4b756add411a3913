using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.IndexLoad;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Schema;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Suspects;
using S3Cassandra.Storage.Cassandra.Tables;

if (LoadOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(LoadOptions.Usage);
    return 2;
}

var store = new CassandraStoreOptions { ContactPoints = [options.Contact], Keyspace = options.Keyspace, StatementTime = TimeSpan.FromSeconds(30) };
await new SchemaInstaller(new InstallOptions { Store = store, Replication = Replication.Parse("dc1=1") }).RunAsync(CancellationToken.None);
await using var session = await CqlSession.ConnectAsync(
    new CqlSessionOptions { ContactPoints = store.ContactPoints, Keyspace = store.Keyspace }, CancellationToken.None);
var runner = new StatementRunner(session, new StatementOptions());
var suspects = await SuspectTable.OpenAsync(runner, TimeProvider.System, CancellationToken.None);
var (tables, limits, queue) = (new CqlIndexTables(session, new StatementOptions()), new ShardingOptions(), new ShardingQueue(100));
await using var remover = new BucketRemover(tables, suspects, limits, TimeProvider.System, Guid.NewGuid, NullLogger.Instance);
var replacer = new ShardReplacer(tables, suspects, limits, TimeProvider.System, Guid.NewGuid, NullLogger.Instance);
await using var worker = new ShardingWorker(tables, queue, replacer, remover, limits, TimeProvider.System, new LineLogger());
await using var index = new CassandraIndex(
    tables,
    suspects,
    new NoParts(),
    queue,
    (_, _) => throw new NotSupportedException(),
    new IndexOptions { Server = IncarnationId.New() },
    limits,
    TimeProvider.System,
    NullLogger.Instance);
if (options.Splits)
{
    worker.Start();
}

if (options.Workload == "shard")
{
    await new ShardRun(tables, index, suspects, options).RunAsync(CancellationToken.None);
    return 0;
}

await new IndexRun(session, index, suspects, options).RunAsync(CancellationToken.None);
var done = worker.Snapshot;
Console.WriteLine($"replacements: {done.Replaced}, rows copied: {done.RowsCopied}, left: {done}");
return 0;
