using System.Collections.Concurrent;

namespace S3Cassandra.Cql.Statements;

/// <summary>
/// A statement that the cluster has parsed. Prepared once per session, safe to be used by everybody at once; nodes that do not know it
/// (yet, or any more) are told when they say so.
/// </summary>
public sealed class PreparedStatement
{
    private const int MostKept = 256;

    private readonly ConcurrentQueue<BoundStatement> _kept = new();
    private readonly int[] _keyComponents;
    private readonly StatementText _text;
    private int _keptCount;
    private ResultMetadata _result;
    private ColumnSpec[]? _appliedColumns;

    internal PreparedStatement(
        string cql, ReadOnlyMemory<byte> id, IReadOnlyList<ColumnSpec> parameters, IReadOnlyList<int> partitionKey, ResultMetadata result)
    {
        Cql = cql;
        Id = id;
        Parameters = parameters;
        _text = StatementText.Of(cql);
        _result = result;
        _keyComponents = new int[parameters.Count];
        Array.Fill(_keyComponents, -1);
        for (var component = 0; component < partitionKey.Count; component++)
        {
            var marker = partitionKey[component];
            if ((uint)marker >= (uint)parameters.Count)
            {
                throw new CqlProtocolException($"The partition key is said to lie in marker {marker} of a statement with {parameters.Count}.");
            }
            _keyComponents[marker] = component;
        }
        PartitionKeyComponents = partitionKey.Count;
    }

    public string Cql { get; }

    /// <summary>The markers, in their order.</summary>
    public IReadOnlyList<ColumnSpec> Parameters { get; }

    /// <summary>The columns of the answer, as PREPARE said or a node since; none for a write, and for a conditional one, whose columns vary.</summary>
    public IReadOnlyList<ColumnSpec> Columns => ResultMetadata.Columns;

    /// <summary>Whether it is a write with an IF.</summary>
    public bool IsConditional => _text.IsConditional;

    /// <summary>The keyspace of the first marker; null for a statement without any.</summary>
    public string? Keyspace => Parameters.Count > 0 ? Parameters[0].Keyspace : null;

    internal ReadOnlyMemory<byte> Id { get; }

    internal StatementKind Kind => _text.Kind;

    internal int PartitionKeyComponents { get; }

    internal ResultMetadata ResultMetadata
    {
        get => Volatile.Read(ref _result);
        set => Volatile.Write(ref _result, value);
    }

    /// <summary>
    /// The columns that an answer will most likely have. A conditional statement's vary; those of an applied one are remembered, so that
    /// they need not be made anew each time.
    /// </summary>
    internal ColumnSpec[]? ExpectedColumns => IsConditional ? Volatile.Read(ref _appliedColumns) : ResultMetadata.Columns;

    /// <summary>Takes note of the columns that an answer came with.</summary>
    /// <param name="newId">In v5, the id of columns that have changed since PREPARE.</param>
    internal void Learn(byte[]? newId, ColumnSpec[] columns)
    {
        if (newId is not null)
        {
            ResultMetadata = new ResultMetadata(newId, columns);
        }
        else if (IsConditional && columns.Length == 1)
        {
            Volatile.Write(ref _appliedColumns, columns);
        }
    }

    /// <summary>
    /// Whether rows may come without their columns. Never for a conditional statement. In v4 a node cannot say that a table has got another
    /// column (CASSANDRA-10786), so there the columns of a SELECT * come with every answer.
    /// </summary>
    internal bool MaySkipMetadata(ProtocolVersion version) =>
        Kind == StatementKind.Read && ResultMetadata.Columns.Length > 0 && (version >= ProtocolVersion.V5 || !_text.SelectsAll);

    /// <summary>A statement to write the values into. Dispose it once it has been executed: it is used again.</summary>
    public BoundStatement Bind()
    {
        if (_kept.TryDequeue(out var bound))
        {
            Interlocked.Decrement(ref _keptCount);
        }
        else
        {
            bound = new BoundStatement(this);
        }
        bound.Lend();
        return bound;
    }

    internal void Return(BoundStatement bound)
    {
        if (Interlocked.Increment(ref _keptCount) > MostKept)
        {
            Interlocked.Decrement(ref _keptCount);
            return;
        }
        _kept.Enqueue(bound);
    }

    /// <summary>Which component of the partition key a marker is; -1 for none.</summary>
    internal int KeyComponent(int marker) => _keyComponents[marker];
}
