using S3Cassandra.Cql.Sessions;

namespace S3Cassandra.Cql.Tests.Faults.Counter;

/// <summary>
/// Forbids the increment where it would be decided: an entry -n in place of what it requires to be there. Once that has applied, the
/// increment never can, however late it arrives; where it finds n, the increment has. Its own outcome may be unknown too: then again.
/// </summary>
internal sealed class EntrySettlement : ISettlement
{
    public async Task<bool> IsAppliedAsync(CounterTable table, Guid writer, long number, CounterState seen, CancellationToken token)
    {
        while (true)
        {
            var outcome = await ForbidAsync(table, writer, number, seen, token);
            if (outcome == Outcome.Applied)
            {
                return false;
            }

            if (outcome == Outcome.NotApplied)
            {
                // The entry is not as it was, and will not be again: this one's number, or the forbidding one of an attempt before.
                var now = await ReadAsync(table, writer, token);
                Assert.True(now.Done == number || now.Done == -number, $"{now.Done} stands where {number} or {-number} has to");
                return now.Done == number;
            }
        }
    }

    private static async Task<Outcome> ForbidAsync(CounterTable table, Guid writer, long number, CounterState seen, CancellationToken token)
    {
        try
        {
            return await table.ForbidAsync(writer, number, seen.Done, token);
        }
        catch (CqlException)
        {
            return Outcome.Unknown;
        }
    }

    /// <summary>A serial read may be repeated freely.</summary>
    private static async Task<CounterState> ReadAsync(CounterTable table, Guid writer, CancellationToken token)
    {
        while (true)
        {
            try
            {
                return await table.ReadAsync(writer, Consistency.LocalSerial, token);
            }
            catch (CqlException)
            {
                token.ThrowIfCancellationRequested();
            }
        }
    }
}
