namespace S3Cassandra.Support.Cassandra;

/// <summary>How the nodes of one cluster are started.</summary>
public sealed record CassandraNodeSettings
{
    /// <summary>The heap of each node, as Java writes it. A node takes about twice that.</summary>
    public string Heap { get; init; } = "768M";

    /// <summary>Whether a password is asked for: at first cassandra/cassandra.</summary>
    public bool Authentication { get; init; }

    /// <summary>A PKCS#12 file; with it clients must use TLS.</summary>
    public string? Keystore { get; init; }

    public string KeystorePassword { get; init; } = "changeit";

    /// <summary>A PKCS#12 file with the authority of clients' certificates; with it (and a keystore) clients must show one.</summary>
    public string? Truststore { get; init; }

    /// <summary>The data centre of each node, in turn; the last one repeats.</summary>
    public IReadOnlyList<string> DataCenters { get; init; } = ["dc1"];

    /// <summary>Whether each node tells clients that it is at <see cref="CassandraNode.ProxyEndPoint"/>: a proxy of the test's has to be there.</summary>
    public bool BehindProxies { get; init; }

    /// <summary>Lines of cassandra.yaml, each in place of the one with the same name.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
