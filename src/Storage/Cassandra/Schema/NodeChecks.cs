using System.Globalization;
using System.Text.RegularExpressions;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Cassandra.Statements;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>
/// What of a node's settings (<c>system_views.settings</c>, Cassandra 4.0 and later; each node has its own) does not go with this store.
/// A setting that a node does not have, or that says nothing, is no finding.
/// </summary>
/// <seealso href="https://cassandra.apache.org/doc/stable/cassandra/managing/configuration/cass_yaml_file.html"/>
internal sealed partial class NodeChecks(CassandraStoreOptions options)
{
    /// <summary>What a statement carries beside a chunk, and what the largest batch of the index takes.</summary>
    private const long Beside = 512 * 1024;

    /// <summary>The largest page that is asked for.</summary>
    private const long Page = 5000;

    /// <summary>Rows that are asked for by name in one read, at most.</summary>
    private const long Names = 200;

    private static readonly string[] WriteLevels = ["LOCAL_QUORUM", "QUORUM", "LOCAL_SERIAL"];
    private static readonly string[] ReadLevels = ["LOCAL_ONE", "LOCAL_QUORUM", "QUORUM", "ALL", "LOCAL_SERIAL"];

    public IEnumerable<NodeFinding> Judge(IReadOnlyDictionary<string, string> settings)
    {
        var values = new Dictionary<string, string>(settings.Where(setting => setting.Value is not ("" or "null")), StringComparer.Ordinal);
        return CommitLog(values).Concat(Paxos(values)).Concat(Sizes(values)).Concat(Guardrails(values));
    }

    private IEnumerable<NodeFinding> CommitLog(Dictionary<string, string> values)
    {
        if (values.GetValueOrDefault("commitlog_sync") == "periodic")
        {
            var window = values.GetValueOrDefault("commitlog_sync_period") ?? values.GetValueOrDefault("commitlog_sync_period_in_ms") ?? "10000ms";
            yield return new(
                options.RequireSyncedCommitLog,
                $"ACKNOWLEDGED WRITES CAN BE LOST: commitlog_sync is periodic, so what was written in the last {window} is not on the disk yet; a power cut "
                + "takes it, and conditional writes may be decided twice after it. Set commitlog_sync: batch (or group, a window of a few ms).");
        }
    }

    private static IEnumerable<NodeFinding> Paxos(Dictionary<string, string> values)
    {
        if (values.GetValueOrDefault("paxos_variant") is { } variant && variant.StartsWith("v1", StringComparison.Ordinal))
        {
            yield return new(false, $"paxos_variant is {variant}: conditional writes take twice the time, and under contention end unknown. Set paxos_variant: v2.");
        }
    }

    private IEnumerable<NodeFinding> Sizes(Dictionary<string, string> values)
    {
        var least = options.ChunkSize + Beside;
        foreach (var name in (string[])["native_transport_max_frame_size", "native_transport_max_frame_size_in_mb", "max_mutation_size"])
        {
            if (BytesOf(values.GetValueOrDefault(name), name) is { } most && most < least)
            {
                yield return new(true, $"{name} is {most} bytes, and chunks of {options.ChunkSize} bytes need {least}.");
            }
        }

        if (BytesOf(values.GetValueOrDefault("column_value_size_fail_threshold"), "") is { } value && value < options.ChunkSize)
        {
            yield return new(true, $"column_value_size_fail_threshold is {value} bytes, below a chunk's {options.ChunkSize}.");
        }
    }

    private static IEnumerable<NodeFinding> Guardrails(Dictionary<string, string> values)
    {
        if (values.GetValueOrDefault("minimum_timestamp_fail_threshold") is { } age)
        {
            yield return new(true, $"minimum_timestamp_fail_threshold is {age}: bodies, and copies of shards, are written with the timestamp 1.");
        }

        (string, long)[] counts =
        [
            ("page_size_fail_threshold", Page),
            ("in_select_cartesian_product_fail_threshold", Names),
            ("partition_keys_in_select_fail_threshold", MapReads.BucketsAtOnce),
        ];
        foreach (var (name, least) in counts)
        {
            if (long.TryParse(values.GetValueOrDefault(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var most) && most >= 0 && most < least)
            {
                yield return new(true, $"{name} is {most}; {least} is asked for at once.");
            }
        }

        foreach (var (name, used) in ((string, string[])[])
            [("write_consistency_levels_disallowed", WriteLevels), ("read_consistency_levels_disallowed", ReadLevels)])
        {
            var refused = used.Intersect(Word().Matches(values.GetValueOrDefault(name) ?? "").Select(word => word.Value), StringComparer.Ordinal).ToList();
            if (refused.Count > 0)
            {
                yield return new(true, $"{name} has {string.Join(", ", refused)}.");
            }
        }
    }

    /// <summary>"16MiB", "16777216", "16" of a setting in MB; null when it says no size.</summary>
    private static long? BytesOf(string? text, string name)
    {
        if (text is null || Size().Match(text) is not { Success: true } size
            || !long.TryParse(size.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var shift = size.Groups[2].Value switch
        {
            "" when name.EndsWith("_in_mb", StringComparison.Ordinal) => 20,
            "KiB" => 10,
            "MiB" => 20,
            "GiB" => 30,
            _ => 0,
        };
        return number > long.MaxValue >> shift ? null : number << shift;
    }

    [GeneratedRegex("^([0-9]+)(B|KiB|MiB|GiB)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    [GeneratedRegex("[A-Z_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
