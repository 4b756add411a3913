using S3Cassandra.Cql.Sessions;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>
/// The right to change the schema: a fact with a holder and an end, so that of several installers one works and the others wait. Statements
/// may run twice, so one that was paused beyond its end does no harm; two at once could make the nodes disagree on a table.
/// </summary>
internal sealed class SchemaClaim(StoreFacts facts, TimeProvider clock)
{
    private const string Fact = "schema_claim";
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly string _holder = $"{Environment.MachineName} {Guid.NewGuid():N}";

    /// <summary>Waits for it as long as others have it.</summary>
    public async ValueTask TakeAsync(Action<string> progress, CancellationToken token)
    {
        string? seen = null;
        while (await facts.ChangeAsync(Fact, null, _holder, Life, token) != Outcome.Applied)
        {
            var holder = await facts.GetAsync(Fact, token);
            if (holder == _holder)
            {
                return;
            }
            if (holder != seen && holder is not null)
            {
                progress($"waiting: {holder.Split(' ')[0]} is changing the schema");
                seen = holder;
            }
            await Task.Delay(Pause, clock, token);
        }
    }

    /// <summary>Begins its life anew. False: somebody else has it.</summary>
    public async ValueTask<bool> RenewAsync(CancellationToken token) =>
        await facts.ChangeAsync(Fact, _holder, _holder, Life, token) != Outcome.NotApplied;

    public async ValueTask ReleaseAsync(CancellationToken token) => _ = await facts.ChangeAsync(Fact, _holder, null, null, token);
}
