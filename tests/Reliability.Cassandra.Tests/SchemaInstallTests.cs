using S3Cassandra.Support.Faults;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>A node lists a new keyspace before it uses it; an installer that finds it listed then meets a node that says it does not exist.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SchemaInstallTests(ProxiedNodes nodes)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_keyspace_that_a_node_does_not_use_yet_is_waited_for()
    {
        const int Times = 6;
        var cluster = await nodes.StartAsync(1, Token);
        var refused = 0;
        cluster.Add(request => request.Opcode == CqlOpcode.Query && request.Cql.StartsWith("USE ", StringComparison.Ordinal) && Interlocked.Increment(ref refused) <= Times
            ? CqlFault.AnswerWith(CqlError.Invalid("Forged: Keyspace does not exist"))
            : null);
        await cluster.InstallAsync(Token);
        cluster.RemoveRules();
        Assert.True(refused > Times, $"the keyspace was used {refused} times");
    }
}
