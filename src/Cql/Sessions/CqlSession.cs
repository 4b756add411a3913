using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Sessions;

/// <summary>
/// A client of one cluster: made once, used by everybody at once, disposed at the end. It sends each statement to a replica of its
/// partition, repeats what may be repeated and nothing else, and tells apart what failed, what did not apply and what nobody knows.
/// </summary>
public sealed class CqlSession : IAsyncDisposable
{
    private const string AppliedColumn = "[applied]";

    private readonly ControlConnection _control;
    private readonly NodeRegistry _registry;
    private readonly SchemaAgreement _schema;
    private readonly StatementPreparer _preparer;
    private readonly StatementExecutor _executor;
    private readonly CqlSessionOptions _options;
    private readonly ConnectionFactory _factory;
    private readonly ILogger _logger;

    private CqlSession(CqlSessionOptions options)
    {
        options.Validate();
        _options = options;
        _logger = options.LoggerFactory.CreateLogger("S3Cassandra.Cql");
        var cluster = ClusterOptionsOf(options, _logger);
        _factory = new ConnectionFactory(cluster);
        _registry = new NodeRegistry(_factory, cluster);
        _control = new ControlConnection(_registry, _factory, cluster);
        _schema = new SchemaAgreement(_registry, cluster);
        _preparer = new StatementPreparer(_registry, options, _logger);
        _executor = new StatementExecutor(_registry, new QueryPlanner(_registry, options), _preparer, new RequestSender(options), options, _logger);
    }

    /// <summary>The nodes of the cluster as they are at this moment.</summary>
    public IReadOnlyList<NodeStatus> Nodes => Array.ConvertAll(_registry.Current.Nodes, StatusOf);

    /// <summary>The data centre whose nodes are used.</summary>
    public string LocalDatacenter => _registry.Current.LocalDatacenter;

    /// <summary>The version of the protocol that was agreed on.</summary>
    public ProtocolVersion ProtocolVersion => _factory.Version;

    /// <summary>Connects: to a contact point, then to every node of the local data centre. Nodes that cannot be reached are tried on in the background.</summary>
    /// <exception cref="CqlAuthenticationException">The user or the password is refused.</exception>
    /// <exception cref="NoNodeAvailableException">No contact point, or no node of the local data centre, can be used: each with its reason.</exception>
    /// <exception cref="CqlServerException">The keyspace does not exist.</exception>
    public static async ValueTask<CqlSession> ConnectAsync(CqlSessionOptions options, CancellationToken token)
    {
        var session = new CqlSession(options);
        try
        {
            await session._control.StartAsync(token);
            await session.AwaitFirstConnectionsAsync(token);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Prepares a statement, once however often it is asked for.</summary>
    /// <exception cref="CqlServerException">It is wrong, or not allowed.</exception>
    public ValueTask<PreparedStatement> PrepareAsync(string cql, CancellationToken token) => _preparer.PrepareAsync(cql, token);

    /// <summary>
    /// Executes a statement. A change of the schema is waited for until the nodes agree on it, within
    /// <see cref="CqlSessionOptions.SchemaAgreementTimeout"/>.
    /// </summary>
    /// <exception cref="CqlServerException">A node refuses it, or could not do it.</exception>
    /// <exception cref="CqlUnknownOutcomeException">A write that must not be sent twice ended without an answer, or with one that leaves it open.</exception>
    /// <exception cref="CqlTimeoutException">A read or an idempotent write had no answer in time.</exception>
    /// <exception cref="NoNodeAvailableException">It could not be sent to any node; it was not executed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave it up; a write may have been executed, or may yet be.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RowSet> ExecuteAsync(Statement statement, CancellationToken token)
    {
        var execution = await RunAsync(statement, token);
        if (execution.IsSchemaChange)
        {
            await AwaitSchemaAgreementAsync(token);
        }
        return execution.Failure is { } failure ? throw AsThrown(statement, failure) : execution.Rows!;
    }

    /// <summary>
    /// Executes a conditional statement, at most once. Failures after which it certainly was not executed are thrown; an unknown outcome
    /// is a value, because what comes next is the caller's to decide.
    /// </summary>
    /// <exception cref="ArgumentException">The statement has no condition.</exception>
    /// <exception cref="CqlException">It was certainly not executed: refused by a node, or not sent at all.</exception>
    /// <exception cref="OperationCanceledException">The caller gave it up; its outcome is then unknown.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ConditionalResult> ExecuteConditionalAsync(Statement statement, CancellationToken token)
    {
        if (!statement.IsConditional)
        {
            throw new ArgumentException($"The statement has no condition: {statement.LogText}");
        }
        var execution = await RunAsync(statement, token);
        if (execution.Failure is { } failure)
        {
            if (!RetryRules.IsOutcomeUnknown(failure, isConditional: true))
            {
                throw failure;
            }
            Log.OutcomeUnknown(_logger, statement.LogText, failure.Message);
            return new ConditionalResult(failure);
        }
        var rows = execution.Rows!;
        try
        {
            return new ConditionalResult(rows, IsApplied(rows));
        }
        catch (CqlProtocolException e)
        {
            // It was executed; what came of it cannot be read.
            rows.Dispose();
            return new ConditionalResult(e);
        }
    }

    /// <summary>Executes a statement page by page. Each page is disposed when the next is asked for.</summary>
    /// <exception cref="CqlException">As <see cref="ExecuteAsync"/>; pages that were returned stand.</exception>
    public async IAsyncEnumerable<RowSet> QueryPagesAsync(Statement statement, [EnumeratorCancellation] CancellationToken token)
    {
        var from = statement.PagingState;
        try
        {
            bool more;
            do
            {
                using var page = await ExecuteAsync(statement, token);
                more = page.HasMorePages;
                statement.PagingState = page.PagingState;
                yield return page;
            }
            while (more);
        }
        finally
        {
            statement.PagingState = from;
        }
    }

    /// <summary>Waits until all nodes that are up have the same schema; false when they have not within the time allowed for it.</summary>
    public ValueTask<bool> AwaitSchemaAgreementAsync(CancellationToken token) => _schema.WaitAsync(_options.SchemaAgreementTimeout, token);

    /// <summary>The replicas of a partition in ring order, those of all data centres; none where they are not known (yet).</summary>
    /// <param name="routingKey">The partition key as it is hashed: the value's bytes; of several, <c>length:u16 | bytes | 00</c> each.</param>
    public IReadOnlyList<IPEndPoint> Replicas(string keyspace, ReadOnlySpan<byte> routingKey) =>
        Array.ConvertAll(_registry.Current.Replicas(keyspace, Murmur3Partitioner.Token(routingKey)), node => node.Address);

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Execution> RunAsync(Statement statement, CancellationToken token)
    {
        var activity = CqlActivities.Start(statement.Kind.ToString(), statement.LogText, statement.Keyspace ?? _options.Keyspace);
        if (activity is null && !CqlMetrics.Duration.Enabled)
        {
            return await _executor.ExecuteAsync(statement, token);
        }
        var started = _options.TimeProvider.GetTimestamp();
        var execution = default(Execution);
        try
        {
            execution = await _executor.ExecuteAsync(statement, token);
            return execution;
        }
        finally
        {
            CqlMetrics.Duration.Record(_options.TimeProvider.GetElapsedTime(started).TotalSeconds);
            if (activity is not null)
            {
                CqlActivities.End(activity, execution.Node, execution.Failure);
            }
        }
    }

    private static CqlException AsThrown(Statement statement, CqlException failure) =>
        statement.Kind != StatementKind.Read && !statement.IsIdempotent && RetryRules.IsOutcomeUnknown(failure, statement.IsConditional)
            ? new CqlUnknownOutcomeException($"Nobody knows whether this was executed, or will be: {statement.LogText}. {failure.Message}", failure) { Node = failure.Node }
            : failure;

    private static bool IsApplied(RowSet rows)
    {
        var column = rows.TryIndexOf(AppliedColumn);
        if (column < 0 || rows.Columns[column].Type.Code != CqlTypeCode.Boolean || !rows.Read() || rows.IsNull(column))
        {
            throw new CqlProtocolException("The answer to a conditional statement does not say whether it was applied.");
        }
        var applied = rows.GetBoolean(column);
        rows.Rewind();
        return applied;
    }

    private async ValueTask AwaitFirstConnectionsAsync(CancellationToken token)
    {
        var topology = _registry.Current;
        var nodes = Array.FindAll(topology.Nodes, node => node.Pool is not null);
        await Task.WhenAll(nodes.Select(node => node.Pool!.FirstAttempts)).WaitAsync(token);
        if (Array.Exists(nodes, node => node.Pool!.IsUp))
        {
            Log.Connected(_logger, topology.Nodes.Length, topology.Local.Length, topology.LocalDatacenter, _factory.Version);
            return;
        }
        if (nodes.Length == 0)
        {
            var known = string.Join(", ", topology.Nodes.Select(node => node.Datacenter).Distinct(StringComparer.Ordinal));
            throw new NoNodeAvailableException($"No node is in the data centre {topology.LocalDatacenter}; the cluster has {known}.", []);
        }
        var reasons = nodes.Select(node => node.Pool!.Failure).OfType<CqlException>().ToList();
        if (reasons.Find(reason => reason is CqlAuthenticationException or CqlServerException { Code: CqlErrorCode.Invalid or CqlErrorCode.Unauthorized }) is { } refusal)
        {
            throw refusal;
        }
        var failures = default(NodeFailures);
        foreach (var node in nodes)
        {
            failures.AddDown(node);
        }
        throw failures.ToException();
    }

    private static NodeStatus StatusOf(Node node)
    {
        var traffic = node.Pool?.Traffic ?? default;
        return new(
            node.HostId, node.Address, node.Datacenter, node.Rack, node.Pool is { IsUp: true }, traffic.Connections, traffic.InFlight, node.Pool?.Budget.Taken ?? 0, node.Pool?.Failure);
    }

    private static ClusterOptions ClusterOptionsOf(CqlSessionOptions options, ILogger logger) => new()
    {
        ContactPoints = [.. options.ContactPoints.Select(text => ContactPoint.Parse(text, options.Port))],
        Connection = new ConnectionOptions
        {
            Version = options.ProtocolVersion,
            Credentials = options.Username is null ? null : new NetworkCredential(options.Username, options.Password),
            Tls = options.Tls,
            ConnectTimeout = options.ConnectTimeout,
            HeartbeatInterval = options.HeartbeatInterval,
            HeartbeatTimeout = options.HeartbeatTimeout,
            MaxInFlight = options.MaxRequestsPerConnection,
            MaxFrameLength = options.MaxFrameLength,
            TimeProvider = options.TimeProvider,
            Logger = logger,
        },
        LocalDatacenter = options.LocalDatacenter,
        Keyspace = options.Keyspace,
        AddressTranslator = options.AddressTranslator,
        MetadataConnections = options.MetadataConnections,
        BlobConnections = options.BlobConnections,
        MaxBytesInFlight = options.MaxBytesInFlight,
        AllowRemoteDatacenters = options.AllowRemoteDatacenters,
    };
}
