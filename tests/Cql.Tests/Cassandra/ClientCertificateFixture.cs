using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>A node that asks clients for certificates; started when first asked for.</summary>
public sealed class ClientCertificateFixture : IAsyncLifetime
{
    private SecuredCassandra? _node;

    public async Task<SecuredCassandra> StartAsync(CancellationToken token) =>
        _node ??= await SecuredCassandra.StartAsync(asksForCertificates: true, token);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }
}
