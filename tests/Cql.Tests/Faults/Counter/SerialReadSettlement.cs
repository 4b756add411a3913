namespace S3Cassandra.Cql.Tests.Faults.Counter;

/// <summary>Looks whether the increment is there, and takes its absence for an answer: wrong, for it may still arrive.</summary>
internal sealed class SerialReadSettlement : ISettlement
{
    public async Task<bool> IsAppliedAsync(CounterTable table, Guid writer, long number, CounterState seen, CancellationToken token)
    {
        while (true)
        {
            try
            {
                return (await table.ReadAsync(writer, Consistency.LocalSerial, token)).Done == number;
            }
            catch (CqlException)
            {
                token.ThrowIfCancellationRequested();
            }
        }
    }
}
