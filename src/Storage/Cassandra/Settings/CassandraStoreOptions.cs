using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Sessions;

namespace S3Cassandra.Storage.Cassandra.Settings;

/// <summary>How the store on Cassandra is reached.</summary>
public sealed record CassandraStoreOptions
{
    /// <summary>Nodes to begin with: <c>host</c> or <c>host:port</c>.</summary>
    public required IReadOnlyList<string> ContactPoints { get; init; }

    public string Keyspace { get; init; } = "s3";

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Whether connections are TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>A PEM file of authorities to trust instead of the machine's.</summary>
    public string? TlsAuthorities { get; init; }

    /// <summary>A PEM file with this client's certificate, for nodes that ask for one.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>The PEM file with its private key.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Null: that of the first contact point that answers.</summary>
    public string? LocalDatacenter { get; init; }

    /// <summary>For a statement that names no time of its own. Below the 5 s in which a request is answered.</summary>
    public TimeSpan StatementTime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>After this a call of the store has ended, whatever Cassandra does; what is not settled by then goes on in the background.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Bodies up to this many bytes belong in the index row, larger ones in a blob (docs/decisions/0008-inline-bodies-in-cassandra.md). Advice
    /// for the layer above: the store takes what it is given.
    /// </summary>
    public int InlineThreshold { get; init; } = 8 * 1024;

    /// <summary>Bytes per chunk of a new blob.</summary>
    public int ChunkSize { get; init; } = 512 * 1024;

    /// <summary>A shard of the index with more bytes than this is split (docs/decisions/0009-shards-copied-ahead.md).</summary>
    public long ShardBytes { get; init; } = 32 << 20;

    /// <summary>All chunk buffers together; whoever wants more waits.</summary>
    public long ChunkPoolBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Whether a start makes the schema where it is missing, and brings it up to date.</summary>
    public bool InstallSchema { get; init; }

    /// <summary>For <see cref="InstallSchema"/>, of a keyspace that is not there yet.</summary>
    public Replication? Replication { get; init; }

    /// <summary>Whether one replica will do where there are several nodes.</summary>
    public bool AllowSingleReplica { get; init; }

    /// <summary>Whether a node that acknowledges writes before they are on its disk ends a start, rather than being complained about.</summary>
    public bool RequireSyncedCommitLog { get; init; }

    /// <summary>Neither the password nor the key.</summary>
    public override string ToString() => $"{string.Join(", ", ContactPoints)} ({Keyspace})";

    /// <exception cref="StoreUnavailableException">A certificate cannot be read.</exception>
    internal CqlSessionOptions ToSession(string? keyspace) => new()
    {
        ContactPoints = ContactPoints,
        Keyspace = keyspace,
        Username = Username,
        Password = Password,
        Tls = Tls ? ReadTls() : null,
        LocalDatacenter = LocalDatacenter,
        RequestTimeout = StatementTime,
    };

    private TlsOptions ReadTls()
    {
        try
        {
            X509Certificate2Collection? authorities = null;
            if (TlsAuthorities is { } file)
            {
                authorities = [];
                authorities.ImportFromPemFile(file);
            }
            return new()
            {
                CertificateAuthorities = authorities,
                ClientCertificates = TlsCertificate is null ? null : [X509Certificate2.CreateFromPemFile(TlsCertificate, TlsKey)],
            };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"A certificate for Cassandra cannot be read ({TlsAuthorities}, {TlsCertificate}, {TlsKey}): {e.Message}", e);
        }
    }
}
