using System.Globalization;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>What one server has to do in the background and is doing, for metrics and <c>status</c>.</summary>
/// <param name="Waiting">Jobs that wait: its backlog.</param>
/// <param name="Running">Jobs under way, replacements among them.</param>
/// <param name="Replacements">Replacements under way.</param>
/// <param name="Replaced">Replacements decided since the server began.</param>
/// <param name="RowsCopied">Rows that these copied.</param>
/// <param name="Failed">Jobs that failed since.</param>
internal sealed record ShardingSnapshot(
    int Waiting, int Running, IReadOnlyList<ReplacementProgress> Replacements, long Replaced, long RowsCopied, long Failed)
{
    /// <summary>In a line: <c>2 waiting, 1 under way: shard 7d1e… (Size) copying 1200 of 30000 rows</c>.</summary>
    public override string ToString()
    {
        var each = string.Concat(Replacements.Select((one, place) => string.Create(
            CultureInfo.InvariantCulture,
            $"{(place == 0 ? ": " : ", ")}shard {one.Shard} ({one.Reason}) {one.Stage.ToString().ToLowerInvariant()} {one.Copied} of {one.Rows} rows")));
        return string.Create(CultureInfo.InvariantCulture, $"{Waiting} waiting, {Running} under way{each}");
    }
}
