using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Cassandra.Servers;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>status</c>: what a store on Cassandra looks like: nodes, servers, shards, garbage. Ends with 1 where something wants to be looked at.</summary>
internal static class StatusVerb
{
    /// <summary>The sweepers look at everything within a day and a few hours.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromHours(36);

    public static async Task<int> RunAsync(IReadOnlyList<string> flags, TextWriter output)
    {
        var options = ServerOptionsBinder.Bind(SettingValues.Load(flags, Environment.GetEnvironmentVariables()));
        if (options.Cassandra is null)
        {
            throw new ConfigurationException($"\"status\" needs --{Settings.Cassandra} HOST[:PORT]; of a data folder \"fsck\" tells.");
        }

        await using var store = await OpenedStore.OpenAsync(
            options, NullLoggerFactory.Instance, Console.Error.WriteLine, CancellationToken.None);
        var survey = await store.Cassandra!.SurveyAsync(CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var line in Lines(survey, now))
        {
            await output.WriteLineAsync(line);
        }

        var concerns = Concerns(survey, now).ToList();
        foreach (var concern in concerns)
        {
            await output.WriteLineAsync($"! {concern}");
        }

        return concerns.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Lines(StoreSurvey survey, DateTimeOffset now)
    {
        yield return $"nodes    {survey.Nodes.Count}";
        foreach (var node in survey.Nodes)
        {
            yield return $"  {node.Address}  {node.Datacenter} {node.Rack}  {(node.IsUp ? "up" : node.IsLocal ? "down" : "not looked at")}";
        }

        yield return $"servers  {survey.Servers.Count}";
        foreach (var server in survey.Servers.OrderBy(server => server.Started))
        {
            yield return $"  {server.Name}  {server.Address}  {server.Version}  for {Span(now - server.Started)}, seen {Span(now - server.Seen)} ago: {server.Note}";
        }

        var maps = survey.Maps;
        yield return $"buckets  {maps.Buckets} in {maps.Shards} shards; {maps.Replacing} shards being replaced, {maps.Deleting} buckets being deleted, "
            + $"{maps.ChangingConfiguration} being reconfigured";
        var garbage = survey.Garbage;
        yield return $"garbage  {(garbage.More ? "more than " : "")}{garbage.Total} suspects: {garbage.Written} written, {garbage.Released} released, "
            + $"{garbage.EndedUploads} ended uploads, {garbage.Shards} shards"
            + (garbage.Oldest is { } oldest ? $"; the oldest for {Span(now - oldest)}" : "");
    }

    private static IEnumerable<string> Concerns(StoreSurvey survey, DateTimeOffset now)
    {
        foreach (var node in survey.Nodes.Where(node => node is { IsLocal: true, IsUp: false }))
        {
            yield return $"node {node.Address} is down: {node.Reason ?? "no reason is known"}";
        }

        foreach (var finding in survey.Findings)
        {
            yield return finding;
        }

        if (survey.Servers.Count == 0)
        {
            yield return "no server runs";
        }

        if (survey.Maps.Abandoned > 0)
        {
            yield return $"{survey.Maps.Abandoned} shards are claimed by replacements that ran out of time; the next write to one goes on with it";
        }

        if (survey.Garbage.Oldest is { } oldest && now - oldest > Overdue)
        {
            yield return $"garbage waits for {Span(now - oldest)}: the sweepers are behind, or no server runs";
        }
    }

    private static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalHours: < 72 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
    };
}
