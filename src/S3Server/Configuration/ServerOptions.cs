using System.Net;
using System.Security.Cryptography.X509Certificates;
using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.S3Server.Configuration;

/// <summary>How the server is to run, bound and checked.</summary>
internal sealed record ServerOptions
{
    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    /// <summary>The data folder, absolute; unused with <see cref="Cassandra"/>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The cluster that the store is in; null: it is in the data folder.</summary>
    public CassandraStoreOptions? Cassandra { get; init; }

    public IReadOnlyList<string> Domains { get; init; } = [];

    public string? TlsCertificate { get; init; }

    public string? TlsKey { get; init; }

    public string Region { get; init; } = "us-east-1";

    public ListenAddress? AdminListen { get; init; }

    public bool SignatureV2 { get; init; } = true;

    public bool AllowSsecOverHttp { get; init; }

    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Null: the one in the data folder.</summary>
    public string? RootAccessKey { get; init; }

    public string? RootSecretKey { get; init; }

    /// <summary>The id that the store's first account is to have; null: any.</summary>
    public string? AccountId { get; init; }

    /// <summary>Whether the root key of the settings is short or well known, and may be.</summary>
    public bool HasSampleRootKey { get; init; }

    /// <summary>NAME:BASE64 each, newest first; empty: those in the data folder.</summary>
    public IReadOnlyList<string> MasterKeys { get; init; } = [];

    /// <summary>Identity providers that may have private addresses.</summary>
    public IReadOnlyList<PrivateHost> PrivateIdentityHosts { get; init; } = [];

    /// <summary>Authorities that the certificates of those may be of, besides the machine's.</summary>
    public X509Certificate2Collection IdentityAuthorities { get; init; } = [];

    /// <summary>A file, "-" for standard output, null for none.</summary>
    public string? AccessLog { get; init; } = "-";

    /// <summary>A file, "-" for standard output, null for none.</summary>
    public string? AuditLog { get; init; }

    public TimeSpan CloseDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    public long ChunkMemory { get; init; } = 256L * 1024 * 1024;

    /// <summary>Null: the store's own choice.</summary>
    public int? InlineThreshold { get; init; }

    /// <summary>Null: the sweeper's own choice.</summary>
    public TimeSpan? GarbageGrace { get; init; }

    public EdgeLimits Limits { get; init; } = new();
}
