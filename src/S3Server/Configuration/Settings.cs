namespace S3Cassandra.S3Server.Configuration;

/// <summary>Every setting there is. What is not here is refused, wherever it comes from.</summary>
internal static class Settings
{
    public const string Listen = "listen";
    public const string Data = "data";
    public const string Cassandra = "cassandra";
    public const string Keyspace = "keyspace";
    public const string CassandraUser = "cassandra-user";
    public const string CassandraPassword = "cassandra-password";
    public const string CassandraTls = "cassandra-tls";
    public const string CassandraCa = "cassandra-ca";
    public const string CassandraCertificate = "cassandra-certificate";
    public const string CassandraKey = "cassandra-key";
    public const string CassandraDatacenter = "cassandra-datacenter";
    public const string InstallSchema = "install-schema";
    public const string Replication = "replication";
    public const string AllowSingleReplica = "allow-single-replica";
    public const string RequireSyncedCommitLog = "require-synced-commitlog";
    public const string Domain = "domain";
    public const string TlsCertificate = "tls-certificate";
    public const string TlsKey = "tls-key";
    public const string Region = "region";
    public const string AdminListen = "admin-listen";
    public const string SignatureV2 = "signature-v2";
    public const string AllowSsecOverHttp = "allow-ssec-over-http";
    public const string TrustedProxy = "trusted-proxy";
    public const string RootAccessKey = "root-access-key";
    public const string RootSecretKey = "root-secret-key";
    public const string AccountId = "account-id";
    public const string AllowSampleKeys = "allow-sample-keys";
    public const string MasterKeys = "master-keys";
    public const string OidcPrivateHost = "oidc-private-host";
    public const string OidcCa = "oidc-ca";
    public const string AccessLog = "access-log";
    public const string AuditLog = "audit-log";
    public const string CloseDelay = "close-delay";
    public const string DrainTime = "drain-time";
    public const string RequestLineBytes = "request-line-bytes";
    public const string HeaderBytes = "header-bytes";
    public const string HeaderCount = "header-count";
    public const string HeaderTime = "header-time";
    public const string IdleTime = "idle-time";
    public const string MinBodyRate = "min-body-rate";
    public const string SlowBodyGrace = "slow-body-grace";
    public const string MaxConnections = "max-connections";
    public const string MaxRequests = "max-requests";
    public const string ResponseBufferBytes = "response-buffer-bytes";
    public const string ChunkMemory = "chunk-memory";
    public const string InlineThreshold = "inline-threshold";
    public const string GarbageGrace = "garbage-grace";
    public const string ShardBytes = "shard-bytes";

    public static IReadOnlyList<Setting> All { get; } =
    [
        new(Listen, SettingKind.Many, "[http[s]://]ADDRESS:PORT", "where to serve S3 (127.0.0.1:8080); port 0 takes a free one"),
        new(Data, SettingKind.Text, "DIR", "the data folder (./data)"),
        new(Cassandra, SettingKind.Many, "HOST[:PORT]", "a node of the Cassandra cluster that objects live in, instead of a data folder"),
        new(Keyspace, SettingKind.Text, "NAME", "the keyspace (s3)"),
        new(CassandraUser, SettingKind.Text, "NAME", "whom to log in as"),
        new(CassandraPassword, SettingKind.Text, "SECRET", "the password; better given by environment or file than by flag"),
        new(CassandraTls, SettingKind.Switch, "on|off", "whether to connect with TLS (off; on with any of the next three)"),
        new(CassandraCa, SettingKind.Text, "FILE", "authorities to trust instead of the machine's, PEM"),
        new(CassandraCertificate, SettingKind.Text, "FILE", "this client's certificate, PEM"),
        new(CassandraKey, SettingKind.Text, "FILE", "its private key, PEM"),
        new(CassandraDatacenter, SettingKind.Text, "NAME", "whose nodes are used (that of the first node that answers)"),
        new(InstallSchema, SettingKind.Switch, "on|off", "whether \"serve\" makes the tables, or what is new in them (off)"),
        new(Replication, SettingKind.Text, "DC=N[,DC=N]", "replicas of a keyspace that is made; the first data centre is home"),
        new(AllowSingleReplica, SettingKind.Switch, "on|off", "whether one replica will do where there are several nodes (off)"),
        new(RequireSyncedCommitLog, SettingKind.Switch, "on|off", "whether a node with a periodic commit log ends the start (off)"),
        new(Domain, SettingKind.Many, "NAME", "a domain under which buckets are host names: BUCKET.NAME"),
        new(TlsCertificate, SettingKind.Text, "FILE", "certificate and chain, PEM; with it, listeners speak HTTPS"),
        new(TlsKey, SettingKind.Text, "FILE", "the certificate's private key, PEM"),
        new(Region, SettingKind.Text, "NAME", "the region that requests are signed for (us-east-1)"),
        new(AdminListen, SettingKind.Text, "ADDRESS:PORT", "where /live and /ready answer (nowhere)"),
        new(SignatureV2, SettingKind.Switch, "on|off", "whether Signature V2 is accepted (on)"),
        new(AllowSsecOverHttp, SettingKind.Switch, "on|off", "whether customer keys (SSE-C) may come over plain HTTP (off)"),
        new(TrustedProxy, SettingKind.Many, "ADDRESS[/BITS]", "a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed"),
        new(RootAccessKey, SettingKind.Text, "ID", "the root access key to use instead of the one made at first start"),
        new(RootSecretKey, SettingKind.Text, "SECRET", "its secret; better given by environment or file than by flag"),
        new(AccountId, SettingKind.Text, "ID", "the 12 digits of the store's first account, where the first start makes it (random)"),
        new(AllowSampleKeys, SettingKind.Switch, "on|off", "whether the root key may be short or well known, to try things out (off)"),
        new(MasterKeys, SettingKind.Many, "NAME:BASE64", "keys that wrap the data keys of SSE-S3, newest first (those in the data folder; none on Cassandra)"),
        new(OidcPrivateHost, SettingKind.Many, "HOST[:PORT]", "an identity provider (OpenID Connect) that may have a private address (none)"),
        new(OidcCa, SettingKind.Text, "FILE", "authorities that certificates of those may be of besides the machine's, PEM"),
        new(AccessLog, SettingKind.Text, "FILE|-|off", "where the access log goes (-, standard output)"),
        new(AuditLog, SettingKind.Text, "FILE|stdout|off", "where a line of JSON goes for each administrative change and each refused request (off)"),
        new(CloseDelay, SettingKind.Text, "SECONDS", "how long listeners stay open after SIGTERM while requests are in flight (1)"),
        new(DrainTime, SettingKind.Text, "SECONDS", "how long requests in flight may take to finish after SIGTERM (30)"),
        new(RequestLineBytes, SettingKind.Text, "BYTES", "the longest request line (16384)"),
        new(HeaderBytes, SettingKind.Text, "BYTES", "the most bytes of a request's headers (32768)"),
        new(HeaderCount, SettingKind.Text, "NUMBER", "the most headers of a request (512)"),
        new(HeaderTime, SettingKind.Text, "SECONDS", "how long a request's headers may take to arrive (10)"),
        new(IdleTime, SettingKind.Text, "SECONDS", "how long a connection may idle (60)"),
        new(MinBodyRate, SettingKind.Text, "BYTES", "bytes a second below which a body is cut (1024)"),
        new(SlowBodyGrace, SettingKind.Text, "SECONDS", "how long a body may be slower than that (20)"),
        new(MaxConnections, SettingKind.Text, "NUMBER", "the most connections at once (no limit)"),
        new(MaxRequests, SettingKind.Text, "NUMBER", "the most requests answered at once; more get 503 SlowDown (4096)"),
        new(ResponseBufferBytes, SettingKind.Text, "BYTES", "how much of a response waits for a slow reader (131072)"),
        new(ChunkMemory, SettingKind.Text, "BYTES", "memory for bodies under way, all together (268435456)"),
        new(InlineThreshold, SettingKind.Text, "BYTES", "the largest body that is kept in the index (65536; on Cassandra 8192)"),
        new(GarbageGrace, SettingKind.Text, "SECONDS", "how old a suspect must be before the sweeper looks at it (300; 60 for what a commit released; on Cassandra 24 and 2 hours)"),
        new(ShardBytes, SettingKind.Text, "BYTES", "how much a shard of the index in Cassandra may hold before it is split (33554432)"),
    ];

    public static Setting? Named(string name) => All.FirstOrDefault(setting => setting.Name == name);
}
