using S3Cassandra.Cql.Sessions;

namespace S3Cassandra.Cql.Tests.Faults.Counter;

/// <summary>Increments the counter again and again, one increment at a time, each with a number that it never used before.</summary>
internal sealed class CounterWriter(CounterTable table, ISettlement settlement)
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly List<string> _surprises = [];
    private long _number;
    private string _last = "nothing";

    /// <summary>Increments that were acknowledged, or settled as applied.</summary>
    public long Counted { get; private set; }

    /// <summary>Increments whose outcome was unknown at first.</summary>
    public long Unknown { get; private set; }

    /// <summary>Increments that did not count, and were found applied afterwards: with what had been said of them.</summary>
    public IReadOnlyList<string> Surprises => _surprises;

    /// <param name="end">No increment begins after it; what has begun is settled.</param>
    public async Task RunAsync(CancellationToken end, CancellationToken token)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var seen = await table.ReadAsync(_id, Consistency.LocalSerial, token);
                if (_number > 0 && seen.Done == _number && _last.Length > 0)
                {
                    _surprises.Add(_last);
                }

                await IncrementAsync(seen, token);
            }
            catch (CqlException exception)
            {
                // The read failed, or the statement was certainly not executed: nothing to count.
                _last = _last.Length == 0 ? "" : exception.ToString();
                token.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task IncrementAsync(CounterState seen, CancellationToken token)
    {
        var number = ++_number;
        _last = "under way";
        var outcome = await table.IncrementAsync(_id, number, seen, token);
        _last = $"{outcome}";
        if (outcome == Outcome.Unknown)
        {
            Unknown++;
            outcome = await settlement.IsAppliedAsync(table, _id, number, seen, token) ? Outcome.Applied : Outcome.NotApplied;
            _last = $"unknown, settled as {outcome}";
        }

        if (outcome == Outcome.Applied)
        {
            Counted++;
            _last = "";
        }
    }
}
