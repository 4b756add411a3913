using S3Cassandra.Storage.Cassandra.Statements;

namespace S3Cassandra.Storage.Cassandra.Suspects;

/// <summary>
/// This process's word that an hour may have suspects: a fresh <c>touch</c> in the hour's row, renewed while it is used. A naming rests on a
/// touch that is less than <see cref="Lifetime"/> old when the naming is durable; so whoever sees the same touch twice, further apart than
/// that, and no suspects the second time, may remove the hour if the touch is still the same (<see cref="SuspectHours"/>).
/// </summary>
internal sealed class HourTouch(StatementRunner runner, SuspectStatements statements, TimeProvider clock, SuspectHour hour)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RenewAfter = Lifetime / 2;

    private readonly Lock _gate = new();
    private long? _begun;
    private Task<long>? _renewal;

    /// <summary>When the touch that a naming may rest on was begun, by <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public ValueTask<long> GetAsync(CancellationToken cancellationToken)
    {
        Task<long> renewal;
        lock (_gate)
        {
            var age = _begun is { } begun ? clock.GetElapsedTime(begun) : TimeSpan.MaxValue;
            if (age < RenewAfter)
            {
                return ValueTask.FromResult(_begun!.Value);
            }

            _renewal ??= Task.Run(RenewAsync, CancellationToken.None);
            if (age < Lifetime)
            {
                return ValueTask.FromResult(_begun!.Value);
            }

            renewal = _renewal;
        }

        return new ValueTask<long>(WaitAsync(renewal, cancellationToken));
    }

    private static async Task<long> WaitAsync(Task<long> renewal, CancellationToken cancellationToken)
    {
        try
        {
            return await renewal.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new StoreUnavailableException("Cassandra: an hour of suspects could not be noted in time.", exception);
        }
    }

    private async Task<long> RenewAsync()
    {
        try
        {
            var begun = await TouchAsync();
            lock (_gate)
            {
                _begun = begun;
            }

            return begun;
        }
        finally
        {
            lock (_gate)
            {
                _renewal = null;
            }
        }
    }

    private async ValueTask<long> TouchAsync()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var begun = clock.GetTimestamp();
            var touch = Guid.NewGuid();
            using var bound = statements.TouchHour.Bind().Uuid(touch).Int(hour.Slot).Bigint(hour.Hour).Uuid(touch);
            using var result = await runner.TryAsync(bound, CancellationToken.None);
            if (result is not null)
            {
                // Not applied is as good: it met itself.
                return begun;
            }
        }

        throw new StoreUnavailableException("Cassandra: nobody knows whether an hour of suspects was noted.");
    }
}
