using System.Buffers.Binary;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Suspects;

/// <summary>
/// Walks one hour of one slot, oldest first, a page at a time. An hour whose suspects were cleared is full of tombstones, and a read that
/// meets 100,000 of them fails: then it is read in shorter and shorter stretches.
/// </summary>
internal sealed class SuspectCursor(StatementRunner runner, SuspectStatements statements, SuspectHour hour, DateTimeOffset before)
{
    private const int PageSize = 256;
    private static readonly TimeSpan ShortestStretch = TimeSpan.FromSeconds(1);

    private readonly Queue<NamedSuspicion> _page = [];
    private readonly DateTimeOffset _end = before < hour.Start.AddHours(1) ? before : hour.Start.AddHours(1);
    private DateTimeOffset _from = hour.Start;
    private TimeSpan _stretch = TimeSpan.FromHours(1);
    private Guid? _last;
    private bool _ended;

    public SuspectHour Hour => hour;

    public bool IsEmpty { get; private set; } = true;

    /// <summary>The oldest one that was not taken.</summary>
    public NamedSuspicion Current => _page.Peek();

    /// <summary>Goes on from the current one, or begins; false at the end.</summary>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        _page.TryDequeue(out _);
        while (_page.Count == 0 && !_ended)
        {
            await FillAsync(cancellationToken);
        }

        return _page.Count > 0;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var to = _from + _stretch < _end ? _from + _stretch : _end;
        int read;
        try
        {
            read = await ReadAsync(to, cancellationToken);
        }
        catch (StoreUnavailableException exception)
            when (exception.InnerException is CqlServerException { Code: CqlErrorCode.ReadFailure } && _stretch > ShortestStretch)
        {
            _stretch /= 2;
            return;
        }

        if (read < PageSize)
        {
            _ended = to >= _end;
            _from = to;
            _last = null;
            _stretch *= 2;
        }
    }

    private async ValueTask<int> ReadAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        using var bound = statements.Select.Bind()
            .Bigint(hour.Hour).Int(hour.Slot).Uuid(_last ?? Lowest(_from)).Uuid(Lowest(to)).Int(PageSize);
        using var rows = await runner.ReadAsync(bound, serial: false, cancellationToken);
        var read = 0;
        while (rows.Read())
        {
            read++;
            IsEmpty = false;
            _last = rows.GetUuid(0);
            if (!rows.IsNull(1))
            {
                _page.Enqueue(new NamedSuspicion(SuspicionOf(rows), _last.Value, rows.IsNull(7) ? null : rows.GetTimestamp(7)));
            }
        }

        return read;
    }

    private static Suspicion SuspicionOf(RowSet rows) => new(
        (SuspicionKind)rows.GetTinyint(1),
        new Guid(rows.GetBlob(2).Span, bigEndian: true),
        new BucketId(rows.GetUuid(3)),
        rows.IsNull(4) ? null : ObjectKey.FromStored(rows.GetBlob(4).Span),
        rows.IsNull(5) ? null : UploadId.FromBytes(rows.GetBlob(5).Span),
        rows.IsNull(6) ? null : new AttemptId(rows.GetUuid(6)));

    /// <summary>Below every timeuuid of that time: Cassandra compares the lower half as signed bytes.</summary>
    private static Guid Lowest(DateTimeOffset moment)
    {
        var time = moment.UtcTicks - TimeUuidEpoch;
        Span<byte> bytes = stackalloc byte[16];
        bytes.Fill(0x80);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)time);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)(time >> 32));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(((time >> 48) & 0x0FFF) | (TimeUuid.Version << 12)));
        return new Guid(bytes, bigEndian: true);
    }

    private static readonly long TimeUuidEpoch = new DateTime(1582, 10, 15, 0, 0, 0, DateTimeKind.Utc).Ticks;
}
