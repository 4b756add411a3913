using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>What this server knows of a shard's size and load, and when it suggests a replacement. Estimates: a replacement counts.</summary>
internal sealed class ShardTally(ShardingOptions limits, IndexOptions options, TimeProvider time)
{
    /// <summary>Inserts at the end, of all: above this a shard grows by ascending keys.</summary>
    private const double MostlyAscending = 0.9;

    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(10);

    private Tally _others;
    private Tally _own;
    private long _rowsAtLearn;
    private int _fences;
    private ReadOnlyMemory<byte> _largest;
    private double _ascending;
    private long _windowBegan = time.GetTimestamp();
    private long _inWindow;
    private double _rate;
    private long _suggested;

    /// <summary>Whether what other servers did since would better be read again.</summary>
    public bool IsStale => _own.Rows - _rowsAtLearn > limits.SplitRows / 8;

    private Tally Total => _others + _own;

    /// <summary>Takes the shard's statics as they were read just now.</summary>
    public void Learn(ShardStatics statics)
    {
        _own = statics.Tallies.TryGetValue(options.Server, out var own) ? own : default;
        _others = default;
        foreach (var (server, tally) in statics.Tallies)
        {
            _others += server == options.Server ? default : tally;
        }

        _fences = statics.Done.Count;
        _rowsAtLearn = _own.Rows;
    }

    /// <summary>This server's tally once these commits have applied.</summary>
    public Tally After(IReadOnlyList<IndexCommit> commits)
    {
        var (rows, bytes, deletes) = (_own.Rows, _own.Bytes, _own.Deletes);
        var total = Total;
        var average = total.Rows > 0 ? Math.Max(0, total.Bytes / total.Rows) : 0;
        foreach (var commit in commits)
        {
            foreach (var write in commit.Writes)
            {
                if (!IsThere(commit, write.Address, otherwise: false))
                {
                    rows++;
                    bytes += commit.Key.Length + write.Record.Length + write.Body.Length + Tally.RowOverhead;
                }
            }

            foreach (var address in commit.Deletes)
            {
                var taken = IsThere(commit, address, otherwise: true) ? 1 : 0;
                rows -= taken;
                bytes -= taken * average;
                deletes++;
            }
        }

        return new Tally(rows, bytes, deletes);
    }

    /// <summary>These commits have applied.</summary>
    public void Applied(Tally own, IReadOnlyList<IndexCommit> commits)
    {
        _own = own;
        foreach (var commit in commits)
        {
            var isLargest = commit.Key.Span.SequenceCompareTo(_largest.Span) > 0;
            _largest = isLargest ? commit.Key.Memory : _largest;
            _ascending += ((isLargest ? 1 : 0) - _ascending) / 256;
        }

        _inWindow += commits.Count;
        var elapsed = time.GetElapsedTime(_windowBegan);
        if (elapsed >= RateWindow)
        {
            (_rate, _inWindow, _windowBegan) = (_inWindow / elapsed.TotalSeconds, 0, time.GetTimestamp());
        }
    }

    /// <summary>What to suggest now, if anything.</summary>
    public ReplacementReason? Suggestion()
    {
        if (Reason() is not { } reason || (_suggested != 0 && time.GetElapsedTime(_suggested) < options.SuggestionInterval))
        {
            return null;
        }

        _suggested = time.GetTimestamp();
        return reason;
    }

    private ReplacementReason? Reason()
    {
        var total = Total;
        return total switch
        {
            _ when total.Rows > limits.SplitRows || total.Bytes > limits.SplitBytes =>
                _ascending > MostlyAscending ? ReplacementReason.Ascending : ReplacementReason.Size,
            _ when total.Deletes > limits.RewriteDeletes => ReplacementReason.Deletes,
            _ when _fences > limits.RewriteFences => ReplacementReason.Fences,
            _ when _rate > options.SplitRate && total.Rows > limits.RateRows => ReplacementReason.Rate,
            _ => null,
        };
    }

    private static bool IsThere(IndexCommit commit, RowAddress address, bool otherwise)
    {
        foreach (var condition in commit.Conditions)
        {
            if (condition.Address.Equals(address))
            {
                return condition.Ver is not null;
            }
        }

        return otherwise;
    }
}
