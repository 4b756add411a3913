using System.Buffers.Binary;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>A shard's static columns as answers carry them: all of them, or those that conditions named.</summary>
internal static class StaticsColumns
{
    public const string All = "lo, hi, state, attempt, epoch, done, tally, min_upload";

    private const int LengthSize = sizeof(int);

    private static readonly Dictionary<IncarnationId, long> NoDone = [];
    private static readonly Dictionary<IncarnationId, Tally> NoTallies = [];

    /// <summary>What a read of rows needs to know of their shard.</summary>
    /// <param name="rows">At a row with a state.</param>
    /// <param name="from">Where its state, its epoch and its attempt stand, in this order.</param>
    /// <param name="hi">The end of its range, if it was read.</param>
    public static ShardStatics Of(RowSet rows, int from, ReadOnlyMemory<byte>? hi) => new(
        default,
        hi,
        (ShardState)rows.GetTinyint(from),
        rows.IsNull(from + 2) ? null : new AttemptId(rows.GetUuid(from + 2)),
        rows.GetInt(from + 1),
        0,
        NoDone,
        NoTallies);

    /// <summary>The current row's statics, with those columns that it has; null where it has no state: there is no such shard.</summary>
    public static ShardStatics? Read(RowSet rows)
    {
        if (Column(rows, "state") is not { } state)
        {
            return null;
        }

        return new ShardStatics(
            Column(rows, "lo") is { } lo ? rows.GetBlob(lo).ToArray() : default,
            Column(rows, "hi") is { } hi ? rows.GetBlob(hi).ToArray() : (ReadOnlyMemory<byte>?)null,
            (ShardState)rows.GetTinyint(state),
            Column(rows, "attempt") is { } attempt ? new AttemptId(rows.GetUuid(attempt)) : null,
            Column(rows, "epoch") is { } epoch ? rows.GetInt(epoch) : 0,
            Column(rows, "min_upload") is { } fence ? rows.GetBigint(fence) : 0,
            Column(rows, "done") is { } done ? ReadDone(rows.GetEncoded(done)!.Value.Span) : NoDone,
            Column(rows, "tally") is { } tally ? ReadTallies(rows.GetEncoded(tally)!.Value.Span) : NoTallies);
    }

    /// <summary>A tally as a CQL tuple.</summary>
    public static byte[] Encode(Tally tally)
    {
        var bytes = new byte[3 * (LengthSize + sizeof(long))];
        WriteTally(bytes, tally);
        return bytes;
    }

    /// <summary>Tallies as a CQL map.</summary>
    public static byte[] Encode(IReadOnlyDictionary<IncarnationId, Tally> tallies)
    {
        var bytes = new List<byte>();
        Span<byte> tally = stackalloc byte[3 * (LengthSize + sizeof(long))];
        Append(tallies.Count);
        foreach (var (server, value) in tallies)
        {
            var key = KeyOf(server);
            Append(key.Length);
            bytes.AddRange(key);
            Append(tally.Length);
            WriteTally(tally, value);
            bytes.AddRange(tally);
        }

        return [.. bytes];

        void Append(int number)
        {
            Span<byte> four = stackalloc byte[LengthSize];
            BinaryPrimitives.WriteInt32BigEndian(four, number);
            bytes.AddRange(four);
        }
    }

    /// <summary>A server's key in the maps; the empty incarnation's is empty.</summary>
    public static byte[] KeyOf(IncarnationId server) => server == default ? [] : server.Value.ToByteArray(bigEndian: true);

    private static int? Column(RowSet rows, string name) => rows.TryIndexOf(name) is var index and >= 0 && !rows.IsNull(index) ? index : null;

    private static Dictionary<IncarnationId, long> ReadDone(ReadOnlySpan<byte> map)
    {
        var done = new Dictionary<IncarnationId, long>();
        for (var left = TakeInt(ref map); left > 0; left--)
        {
            var server = TakeServer(ref map);
            done[server] = BinaryPrimitives.ReadInt64BigEndian(Take(ref map));
        }

        return done;
    }

    private static Dictionary<IncarnationId, Tally> ReadTallies(ReadOnlySpan<byte> map)
    {
        var tallies = new Dictionary<IncarnationId, Tally>();
        for (var left = TakeInt(ref map); left > 0; left--)
        {
            var server = TakeServer(ref map);
            var tuple = Take(ref map);
            tallies[server] = new Tally(TakeLong(ref tuple), TakeLong(ref tuple), TakeLong(ref tuple));
        }

        return tallies;
    }

    private static IncarnationId TakeServer(ref ReadOnlySpan<byte> map)
    {
        var key = Take(ref map);
        return key.Length == 16 ? new IncarnationId(new Guid(key, bigEndian: true)) : default;
    }

    private static long TakeLong(ref ReadOnlySpan<byte> from) => BinaryPrimitives.ReadInt64BigEndian(Take(ref from));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from)
    {
        var length = TakeInt(ref from);
        var taken = from[..length];
        from = from[length..];
        return taken;
    }

    private static int TakeInt(ref ReadOnlySpan<byte> from)
    {
        var number = BinaryPrimitives.ReadInt32BigEndian(from);
        from = from[LengthSize..];
        return number;
    }

    private static void WriteTally(Span<byte> destination, Tally tally)
    {
        foreach (var number in (ReadOnlySpan<long>)[tally.Rows, tally.Bytes, tally.Deletes])
        {
            BinaryPrimitives.WriteInt32BigEndian(destination, sizeof(long));
            BinaryPrimitives.WriteInt64BigEndian(destination[LengthSize..], number);
            destination = destination[(LengthSize + sizeof(long))..];
        }
    }
}
