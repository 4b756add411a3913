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

if (options.Workload == "grow")
{
    await new GrowthRun(options).RunAsync(CancellationToken.None);
    return 0;
}

var store = new CassandraStoreOptions { ContactPoints = [options.Contact], Keyspace = options.Keyspace, StatementTime = TimeSpan.FromSeconds(30) };
await new SchemaInstaller(new InstallOptions { Store = store, Replication = Replication.Parse("dc1=1") }).RunAsync(CancellationToken.None);
await using var session = await CqlSession.ConnectAsync(
    new CqlSessionOptions { ContactPoints = store.ContactPoints, Keyspace = store.Keyspace }, CancellationToken.None);
var runner = new StatementRunner(session, new StatementOptions());
var suspects = await SuspectTable.OpenAsync(runner, TimeProvider.System, CancellationToken.None);
await using var index = new CassandraIndex(
    new CqlIndexTables(session, new StatementOptions()),
    suspects,
    new NoParts(),
    new ShardingQueue(1),
    (_, _) => throw new NotSupportedException(),
    new IndexOptions { Server = IncarnationId.New() },
    new ShardingOptions(),
    TimeProvider.System,
    NullLogger.Instance);
await new IndexRun(session, index, suspects, options).RunAsync(CancellationToken.None);
return 0;
